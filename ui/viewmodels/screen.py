"""What all screens' view models share."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, SignalInstance
from PySide6.QtQml import QmlElement, QmlUncreatable
from shiboken6 import isValid

if TYPE_CHECKING:
    from collections.abc import Callable

    from kiosk.domain.submission.scanned import Scanned
    from ui.desk import Backstage, Desk

T = TypeVar("T")

QML_IMPORT_NAME = "Kiosk.ViewModels"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
@QmlUncreatable("made by ui.routes")
class ScreenViewModel(QObject):
    """A screen's state. `changed` stands for every property: screens are small, and wording in all
    of them follows the language. Each subclass declares `changed` itself: a Qt property does not
    find the notify signal of a Python base class.
    """

    changed: SignalInstance

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk

    def returned(self) -> None:
        """The citizen has come back from a screen this one led to."""
        self.changed.emit()

    def scanned(self, found: Scanned) -> bool:
        """A slip has been held under the scanner. Whether it was of use here."""
        return False

    def _ask(
        self,
        work: Callable[[Backstage], T],
        done: Callable[[T], None],
        failed: Callable[[BaseException], None] | None = None,
    ) -> None:
        """As `Desk.ask`; but whoever has left this screen hears no more of it."""
        failed = failed or self._desk.navigator.trouble
        self._desk.ask(work, self._if_here(done), self._if_here(failed))

    def _if_here(self, action: Callable[[T], None]) -> Callable[[T], None]:
        return lambda result: action(result) if isValid(self) else None

    def _say(self, key: str, **values: str | int) -> str:
        return self._desk.words.say(key, **values)
