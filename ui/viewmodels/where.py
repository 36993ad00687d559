"""Where the citizen's matters belong (归属地): a city, then one of its counties."""

from dataclasses import replace

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement, QmlUncreatable

from ui.desk import Desk
from ui.viewmodels.places import place_options
from ui.viewmodels.screen import ScreenViewModel

QML_IMPORT_NAME = "Kiosk.ViewModels"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
@QmlUncreatable("made by ui.routes")
class WhereViewModel(ScreenViewModel):
    """Two touches choose one of 16 cities and 104 counties; the choice is forgotten with the
    turn."""

    changed = Signal()

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(desk, parent)
        self._city = ""

    @Property("QVariantList", notify=changed)
    def options(self) -> list[dict[str, object]]:
        """The places to choose from: id, label, chosen."""
        return place_options(self._desk.catalogue, self._city, self._desk.session.home)

    @Property(str, notify=changed)
    def city(self) -> str:
        """The city whose counties are shown, empty while cities are."""
        return self._desk.catalogue.divisions[self._city].name if self._city else ""

    @Slot(str)
    def choose(self, place: str) -> None:
        """A city opens; any other place is the one."""
        if place.startswith("in:"):
            self._city = place.removeprefix("in:")
            self.changed.emit()
            return
        self._desk.session = replace(self._desk.session, home=place)
        self._desk.navigator.back()

    @Slot()
    def back(self) -> None:
        """From the counties to the cities, from the cities to the screen before."""
        if self._city:
            self._city = ""
            self.changed.emit()
        else:
            self._desk.navigator.back()
