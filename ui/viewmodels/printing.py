"""The way to paper: a slip painted and printed off the GUI thread."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from PySide6.QtCore import Property, QObject, Signal
from PySide6.QtQml import QmlElement, QmlUncreatable

from kiosk.domain.slip.window import Window
from kiosk.errors import KnownError
from ui.desk import Backstage, Desk

if TYPE_CHECKING:
    from kiosk.domain.slip.model import Slip

QML_IMPORT_NAME = "Kiosk.ViewModels"
QML_IMPORT_MAJOR_VERSION = 1

_Ask = Callable[..., None]
"""See `ScreenViewModel._ask`."""


def window(desk: Desk) -> Window:
    """The hall's window, as slips name it."""
    hall = desk.first.settings.hall
    return Window(hall.name, hall.window, hall.open_from, hall.open_until)


def tracking_page(desk: Desk, number: str = "") -> str:
    """The public site's tracking page, with a case's number filled in; never with its code."""
    page = f"{desk.first.settings.central.public_url}/track"
    return f"{page}?{urlencode({'number': number})}" if number else page


@QmlElement
@QmlUncreatable("part of a screen")
class Printing(QObject):
    """Whether there is a printer, and how the last job went."""

    changed = Signal()

    def __init__(self, desk: Desk, ask: _Ask, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._ask = ask
        self._ready = False
        self._busy = False
        self._done = False
        self._problem = ""
        ask(lambda backstage: backstage.printer.ready(), self._told)

    def _told(self, ready: bool) -> None:
        self._ready = ready
        self.changed.emit()

    @Property(bool, notify=changed)
    def ready(self) -> bool:
        """Whether there is a printer that takes a job now."""
        return self._ready

    @Property(bool, notify=changed)
    def busy(self) -> bool:
        """Whether a job is on its way."""
        return self._busy

    @Property(bool, notify=changed)
    def done(self) -> bool:
        """Whether the last job has been printed."""
        return self._done

    @Property(str, notify=changed)
    def problem(self) -> str:
        """Why it could not be printed, in plain words."""
        return self._desk.words.say(f"errors.{self._problem}") if self._problem else ""

    def strip(self, slip: Slip) -> None:
        """Print on the narrow roll (80 mm)."""
        from ui.slips import thermal_pdf

        self._print(slip, thermal_pdf)

    def sheet(self, slip: Slip) -> None:
        """Print on A4 paper."""
        from ui.slips import a4

        self._print(slip, a4)

    def _print(self, slip: Slip, paint: Callable[[Slip], bytes]) -> None:
        if self._busy:
            return
        self._busy, self._done, self._problem = True, False, ""
        self.changed.emit()

        def work(backstage: Backstage) -> None:
            backstage.printer.print(paint(slip), slip.title)

        self._ask(work, self._printed, self._failed)

    def _printed(self, _: None) -> None:
        self._busy, self._done = False, True
        self.changed.emit()

    def _failed(self, error: BaseException) -> None:
        self._busy = False
        if not isinstance(error, KnownError):
            self._desk.navigator.trouble(error)
            return
        self._problem = error.key
        self.changed.emit()
