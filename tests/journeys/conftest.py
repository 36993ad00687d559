import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication

from kiosk import settings as settings_file
from kiosk.demonstration import PORTRAIT, CentralProcess, Clerk, Layout, central_table, free_port
from kiosk.settings import Panel, Settings
from kiosk.startup import Kiosk
from ui.visitor import Visitor

ROOT = Path(__file__).parent.parent.parent


@dataclass(frozen=True)
class Hall:
    """One hall: its settings, and the ways to start what stands in it."""

    config: Path
    settings: Settings
    _stack: ExitStack

    @contextmanager
    def central(self) -> Iterator[Clerk]:
        """The central server, with a clerk at it, until the block is left."""
        server = CentralProcess(self.config)
        try:
            with closing(Clerk(self.settings)) as clerk:
                yield clerk
        finally:
            server.stop()

    @contextmanager
    def kiosk(self, layout: Layout = PORTRAIT) -> Iterator[tuple[Kiosk, Visitor]]:
        """The kiosk, waiting for a citizen, until the block is left."""
        width, height = layout.millimetres
        settings = self.settings._replace(panel=Panel(width, height))
        with closing(Kiosk(settings, size=layout.pixels, screen="attract")) as kiosk:
            visitor = Visitor(kiosk.application.window, kiosk.application.engine)
            visitor.wait(kiosk.backstage.done, "the adapters")
            yield kiosk, visitor

    @contextmanager
    def kiosk_that_cannot_start(self) -> Iterator[tuple[Kiosk, Visitor]]:
        """A kiosk whose adapters cannot be had."""
        with closing(Kiosk(self.settings, size=PORTRAIT.pixels)) as kiosk:
            yield kiosk, Visitor(kiosk.application.window, kiosk.application.engine)

    def citizen(self, canary: str) -> "subprocess.Popen[str]":
        """A kiosk and a citizen in a process that may be killed (see `citizen.py`)."""
        process = subprocess.Popen(
            [sys.executable, "-m", "tests.journeys.citizen", str(self.config), canary],
            cwd=ROOT,
            env=os.environ | {"QT_QPA_PLATFORM": "offscreen", "QT_QUICK_BACKEND": "software"},
            stdout=subprocess.PIPE,
            text=True,
        )
        self._stack.enter_context(process)
        self._stack.callback(process.kill)
        return process


def _hall(folder: Path, stack: ExitStack) -> Hall:
    """A hall with a data folder of its own. Its central server has been started once before, so
    that the kiosk holds its keys."""
    config = folder / "kiosk.toml"
    config.write_text(central_table(free_port()), encoding="utf-8")
    hall = Hall(config, settings_file.load(config), stack)
    with hall.central():
        pass
    return hall


@pytest.fixture
def hall(qapp: QGuiApplication, tmp_path: Path) -> Iterator[Hall]:
    with ExitStack() as stack:
        yield _hall(tmp_path, stack)


@pytest.fixture(scope="module")
def standing_hall(
    qapp: QGuiApplication, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Hall]:
    """One hall for all tests of a module."""
    with ExitStack() as stack:
        yield _hall(tmp_path_factory.mktemp("hall"), stack)
