"""The items of one group, filtered, page by page."""

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement, QmlUncreatable

from ui.desk import Desk
from ui.viewmodels.home import GROUPS, OTHERS
from ui.viewmodels.rows import ON_THE_MACHINE, row
from ui.viewmodels.screen import ScreenViewModel

QML_IMPORT_NAME = "Kiosk.ViewModels"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
@QmlUncreatable("made by ui.routes")
class CategoryViewModel(ScreenViewModel):
    """A list of service items of one group of the home screen."""

    changed = Signal()

    def __init__(self, desk: Desk, parent: QObject | None = None, *, group: str) -> None:
        super().__init__(desk, parent)
        self._group = group
        self._filter = "all"
        self._page = 0
        self._page_size = 8

    def _matching(self) -> list[object]:
        return [
            item
            for item in self._desk.catalogue.in_group(self._group)
            if self._filter == "all"
            or (self._filter == "here" and item.kind in ON_THE_MACHINE)
            or (self._filter == "person" and "个人" in item.service_object)
            or (self._filter == "company" and "法人" in item.service_object)
        ]

    @Property(str, notify=changed)
    def title(self) -> str:
        """The group's name."""
        key = GROUPS.get(self._group, OTHERS[1:])[0]
        return self._say(f"groups.{key}.title")

    @Property(str, notify=changed)
    def filter(self) -> str:
        """`all`, `person`, `company` or `here` (can be done on this machine)."""
        return self._filter

    @Property("QVariantList", notify=changed)
    def rows(self) -> list[dict[str, object]]:
        """The items of the present page."""
        start = self._page * self._page_size
        items = self._matching()[start : start + self._page_size]
        return [row(item, self._desk.words) for item in items]

    @Property(int, notify=changed)
    def total(self) -> int:
        """How many items pass the filter."""
        return len(self._matching())

    @Property(int, notify=changed)
    def page(self) -> int:
        """The present page, from 1."""
        return self._page + 1

    @Property(int, notify=changed)
    def pages(self) -> int:
        """How many pages there are, at least 1."""
        return max(1, -(-len(self._matching()) // self._page_size))

    @Slot(int)
    def fit(self, rows: int) -> None:
        """The screen has room for so many rows; the first row shown stays in sight."""
        rows = max(1, rows)
        if rows != self._page_size:
            self._page = self._page * self._page_size // rows
            self._page_size = rows
            self.changed.emit()

    @Slot(str)
    def choose(self, wanted: str) -> None:
        """Set the filter; it starts at its first page."""
        self._filter = wanted
        self._page = 0
        self.changed.emit()

    @Slot(int)
    def turn(self, pages: int) -> None:
        """Turn so many pages on (back if negative), staying inside the list."""
        self._page = min(max(0, self._page + pages), self.pages - 1)
        self.changed.emit()

    @Slot(str)
    def open(self, item_id: str) -> None:
        """Show an item's guide."""
        self._desk.navigator.go("guide", item_id=item_id)

    @Slot()
    def back(self) -> None:
        """To the screen before."""
        self._desk.navigator.back()
