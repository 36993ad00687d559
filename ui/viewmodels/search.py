"""Finding an item in the citizen's own words."""

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement, QmlUncreatable

from ui.desk import Desk
from ui.viewmodels.finder import Finder
from ui.viewmodels.rows import found_row
from ui.viewmodels.screen import ScreenViewModel

QML_IMPORT_NAME = "Kiosk.ViewModels"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
@QmlUncreatable("made by ui.routes")
class SearchViewModel(ScreenViewModel):
    """Results as you type; nothing found is not a dead end."""

    changed = Signal()

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(desk, parent)
        self._finder = Finder(desk.catalogue, self._ask, 30, self.changed.emit)
        self._first = 0
        self._room = 4

    @Property(str, notify=changed)
    def text(self) -> str:
        """What has been typed."""
        return self._finder.text

    @Property("QVariantList", notify=changed)
    def rows(self) -> list[dict[str, object]]:
        """The likeliest items first, as many as there is room for."""
        shown = self._finder.found.hits[self._first : self._first + self._room]
        return [found_row(hit, self._desk.words) for hit in shown]

    @Property(bool, notify=changed)
    def nothingFound(self) -> bool:
        """Something was typed and no item is likely meant."""
        return self._finder.answered and not self._finder.found.hits

    @Property("QVariantList", notify=changed)
    def nearest(self) -> list[dict[str, object]]:
        """What comes closest, where nothing is likely."""
        return [found_row(hit, self._desk.words) for hit in self._finder.found.nearest]

    @Property(bool, notify=changed)
    def hasMore(self) -> bool:
        """There are results after those shown."""
        return self._first + self._room < len(self._finder.found.hits)

    @Property(bool, notify=changed)
    def hasBefore(self) -> bool:
        """There are results before those shown."""
        return self._first > 0

    @Slot(int)
    def fit(self, rows: int) -> None:
        """The screen has room for so many rows."""
        if max(1, rows) != self._room:
            self._room = max(1, rows)
            self.changed.emit()

    @Slot(int)
    def turn(self, pages: int) -> None:
        """Show the next results (or, if negative, the ones before)."""
        self._first = max(0, self._first + pages * self._room)
        self.changed.emit()

    @Slot(str)
    def type(self, text: str) -> None:
        """The field's text has changed."""
        if text != self._finder.text:
            self._first = 0
            self._finder.type(text)
            self.changed.emit()

    @Slot(str)
    def open(self, item_id: str) -> None:
        """Show an item's guide."""
        self._desk.navigator.go("guide", item_id=item_id)

    @Slot()
    def browse(self) -> None:
        """Show the whole catalogue, to be filtered."""
        self._desk.navigator.go("category")

    @Slot()
    def help(self) -> None:
        """Ask a person."""
        self._desk.navigator.help()

    @Slot()
    def complain(self) -> None:
        """Report a matter that could not be done."""
        self._desk.navigator.go("form", flow="complaint")

    @Slot()
    def back(self) -> None:
        """To the screen before."""
        self._desk.navigator.back()
