from collections.abc import Iterator
from pathlib import Path

import pytest

from services.storage.outbox import SqliteOutbox
from services.uplink.keys import CentralKeys, KioskKey
from services.uplink.seal import Seal
from tests.services.uplink.central import CentralSecrets, FakeCentral


@pytest.fixture(scope="session")
def secrets() -> CentralSecrets:
    return CentralSecrets()


@pytest.fixture
def central(secrets: CentralSecrets) -> FakeCentral:
    return FakeCentral(secrets)


@pytest.fixture
def own(tmp_path: Path) -> KioskKey:
    return KioskKey(tmp_path / "kiosk")


@pytest.fixture
def keys(secrets: CentralSecrets, tmp_path: Path) -> CentralKeys:
    return CentralKeys(secrets.provision(tmp_path / "keyset.json"))


@pytest.fixture
def seal(own: KioskKey, keys: CentralKeys) -> Seal:
    return Seal("test-kiosk", own, keys)


@pytest.fixture
def outbox(tmp_path: Path) -> Iterator[SqliteOutbox]:
    outbox = SqliteOutbox(tmp_path / "kiosk" / "kiosk.sqlite")
    yield outbox
    outbox.close()
