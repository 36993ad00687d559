"""待机: nobody is here; one touch begins a turn."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtQml import QmlElement, QmlUncreatable

from ui.viewmodels.screen import ScreenViewModel

QML_IMPORT_NAME = "Kiosk.ViewModels"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
@QmlUncreatable("made by ui.routes")
class AttractViewModel(ScreenViewModel):
    """The screen an unused kiosk shows."""

    changed = Signal()

    @Slot()
    def begin(self) -> None:
        """A citizen has touched the screen."""
        self._desk.navigator.home()
