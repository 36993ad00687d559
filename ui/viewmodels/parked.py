"""The code a parked form is taken back with."""

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement, QmlUncreatable

from kiosk.domain.questions.wording import say_day
from kiosk.domain.slip.parked import parked_slip
from kiosk.domain.words import Language
from ui.desk import Desk
from ui.viewmodels.printing import Printing, tracking_page
from ui.viewmodels.screen import ScreenViewModel

QML_IMPORT_NAME = "Kiosk.ViewModels"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
@QmlUncreatable("made by ui.routes")
class ParkedViewModel(ScreenViewModel):
    """To be copied or printed: it is written nowhere else."""

    changed = Signal()

    def __init__(self, desk: Desk, parent: QObject | None = None, *, code: str) -> None:
        super().__init__(desk, parent)
        self._code = code
        self._today = desk.first.clock.now().date()
        self._printing = Printing(desk, self._ask, self)

    @Property(str, constant=True)
    def code(self) -> str:
        """The code, as printed."""
        return self._code

    @Property(str, notify=changed)
    def day(self) -> str:
        """The day on which it holds."""
        return say_day(self._today, self._desk.session.language)

    @Property(QObject, constant=True)
    def printing(self) -> Printing:
        """The way to paper."""
        return self._printing

    @Slot()
    def print(self) -> None:
        """Print the code on the narrow roll."""
        chinese = self._desk.first.words(Language.ZH)
        link = tracking_page(self._desk)
        self._printing.strip(parked_slip(self._code, self._today, chinese, link))

    @Slot()
    def finish(self) -> None:
        """The citizen goes and fetches the papers."""
        self._desk.navigator.finish()
