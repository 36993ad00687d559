from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication

from kiosk.demonstration import PORTRAIT, Layout, free_port
from kiosk.settings import Central, Devices, Panel, Settings
from kiosk.startup import Kiosk
from services.devices.folder_printer import FolderPrinter
from tests.services.uplink.central import CentralSecrets
from tests.ui.stage import Stage
from ui.visitor import Visitor

Open = Callable[..., Stage]


@pytest.fixture
def open_kiosk(qapp: QGuiApplication, tmp_path: Path) -> Iterator[Open]:
    """Start a kiosk that finds no central server; its adapters are there when this returns."""
    with ExitStack() as stack:

        def start(
            layout: Layout = PORTRAIT, secrets: CentralSecrets | None = None, camera: str = ""
        ) -> Stage:
            width, height = layout.millimetres
            settings = Settings(
                panel=Panel(width_mm=width, height_mm=height),
                central=Central(port=free_port()),
                devices=Devices(camera=camera or Devices().camera, scanner=True, speaker="null"),
                base=tmp_path,
            )
            if secrets:
                secrets.provision(settings.keyset_file)
            kiosk = stack.enter_context(closing(Kiosk(settings, size=layout.pixels)))
            visitor = Visitor(kiosk.application.window, kiosk.application.engine)
            visitor.wait(kiosk.backstage.done, "the adapters")
            return Stage(settings, kiosk, visitor)

        yield start


@pytest.fixture
def sheets(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A printer: the folder its sheets fall into."""
    folder = tmp_path / "sheets"
    monkeypatch.setattr("services.devices.printer.LpPrinter", lambda queue: FolderPrinter(folder))
    return folder


@pytest.fixture(scope="session")
def secrets() -> CentralSecrets:
    return CentralSecrets()


@pytest.fixture
def stage(open_kiosk: Open) -> Stage:
    return open_kiosk()
