"""Home: the groups of the catalogue, and the ways to everything else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement, QmlUncreatable

from ui.desk import Desk
from ui.viewmodels.screen import ScreenViewModel

if TYPE_CHECKING:
    from kiosk.ports import Catalogue

QML_IMPORT_NAME = "Kiosk.ViewModels"
QML_IMPORT_MAJOR_VERSION = 1

GROUPS = {
    "社会保障": ("social", "identification-card"),
    "医疗保障": ("medical", "first-aid-kit"),
    "不动产": ("estate", "house-line"),
    "税务": ("tax", "receipt"),
    "住房公积金": ("fund", "piggy-bank"),
    "公安": ("police", "shield-star"),
}
OTHERS = ("其他", "others", "squares-four")


@QmlElement
@QmlUncreatable("made by ui.routes")
class HomeViewModel(ScreenViewModel):
    """The first screen of a citizen's turn. It shows before the catalogue has been read."""

    changed = Signal()

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(desk, parent)
        self._counts: dict[str, int] = {}
        if desk.first.catalogue.done():
            self.count(desk.catalogue)

    def count(self, catalogue: Catalogue) -> None:
        """The catalogue is there: tell how many items each field has."""
        from kiosk.domain.catalogue.model import Selection

        self._counts = {
            name: len(catalogue.select(Selection(group=name))) for name in [*GROUPS, OTHERS[0]]
        }
        self.changed.emit()

    @Property("QVariantList", notify=changed)
    def groups(self) -> list[dict[str, object]]:
        """The six fields everybody comes for: group, icon, title, hint, count."""
        return [
            {
                "group": name,
                "icon": icon,
                "title": self._say(f"groups.{key}.title"),
                "hint": self._say(f"groups.{key}.hint"),
                "count": self._counts.get(name, 0),
            }
            for name, (key, icon) in GROUPS.items()
        ]

    @Property(int, notify=changed)
    def otherCount(self) -> int:
        """How many items lie outside the six fields; 0 while the catalogue is not read yet."""
        return self._counts.get(OTHERS[0], 0)

    @Slot(str)
    def openGroup(self, group: str) -> None:
        """Show the items of a group."""
        self._desk.navigator.go("category", group=group)

    @Slot()
    def openOthers(self) -> None:
        """Show the items outside the six fields."""
        self._desk.navigator.go("category", group=OTHERS[0])

    @Slot()
    def search(self) -> None:
        """Find an item in the citizen's own words."""
        self._desk.navigator.go("search")

    @Property(str, notify=changed)
    def place(self) -> str:
        """Where the citizen's matters belong, empty while it has not been said."""
        home = self._desk.session.home
        return self._desk.catalogue.divisions[home].name if home else ""

    @Slot()
    def choosePlace(self) -> None:
        """Say where one's matters belong."""
        self._desk.navigator.go("where")

    @Slot()
    def complain(self) -> None:
        """Report a matter that could not be done."""
        self._desk.navigator.go("form", flow="complaint")

    @Slot()
    def follow(self) -> None:
        """Follow a case by number and query code."""
        self._desk.navigator.go("follow")
