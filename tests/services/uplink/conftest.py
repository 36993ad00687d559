from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from services.storage.outbox import SqliteOutbox
from services.uplink.keys import CentralKeys, KioskKey
from services.uplink.seal import Seal
from tests.services.uplink.central import Behaviour, CentralSecrets, FakeCentral, Impostor

Serve = Callable[..., Impostor]


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


@pytest.fixture
def serve() -> Iterator[Serve]:
    """Somebody who gives these answers, one after another, and then the last one again."""
    with ExitStack() as stack:

        def start(*answers: Behaviour) -> Impostor:
            left = list(answers)

            def behave(connection: object) -> None:
                (left.pop(0) if len(left) > 1 else left[0])(connection)

            impostor = Impostor(behave)
            stack.callback(impostor.close)
            return impostor

        yield start
