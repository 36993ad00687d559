"""What all screens' view models share."""

from PySide6.QtCore import QObject, SignalInstance
from PySide6.QtQml import QmlElement, QmlUncreatable

from ui.desk import Desk

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

    def _say(self, key: str, **values: str | int) -> str:
        return self._desk.words.say(key, **values)
