"""The items of one group, or all of them, filtered."""

from dataclasses import replace

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement, QmlUncreatable

from kiosk.domain.catalogue.model import COMPANY, PERSON, KioskKind, Selection
from ui.desk import Desk
from ui.models.items import ItemList
from ui.viewmodels.home import GROUPS, OTHERS
from ui.viewmodels.rows import KIND_KEYS, row
from ui.viewmodels.screen import ScreenViewModel

QML_IMPORT_NAME = "Kiosk.ViewModels"
QML_IMPORT_MAJOR_VERSION = 1

_AUDIENCES = {"person": PERSON, "company": COMPANY}
_HERE = "here"


@QmlElement
@QmlUncreatable("made by ui.routes")
class CategoryViewModel(ScreenViewModel):
    """A list of service items; without `group` the whole catalogue."""

    changed = Signal()

    def __init__(self, desk: Desk, parent: QObject | None = None, *, group: str = "") -> None:
        super().__init__(desk, parent)
        self._wanted = Selection(group=group)
        self._list = ItemList(
            desk.catalogue.items.__getitem__, lambda item: row(item, self._desk.words), self
        )
        self._select(self._wanted)
        self.changed.connect(self._list.reword)

    def _select(self, wanted: Selection) -> None:
        self._wanted = wanted
        self._list.show(self._desk.catalogue.select(wanted))
        self.changed.emit()

    def _count(self, wanted: Selection) -> int:
        return len(self._desk.catalogue.select(wanted))

    @Property(str, notify=changed)
    def title(self) -> str:
        """The group's name."""
        if not self._wanted.group:
            return self._say("groups.all.title")
        key = GROUPS.get(self._wanted.group, OTHERS[1:])[0]
        return self._say(f"groups.{key}.title")

    @Property(QObject, constant=True)
    def items(self) -> ItemList:
        """The items that pass the filters."""
        return self._list

    @Property(int, notify=changed)
    def total(self) -> int:
        """How many items pass the filters."""
        return self._list.rowCount()

    @Property(str, notify=changed)
    def audience(self) -> str:
        """`person`, `company`, or empty for both."""
        return next((key for key, name in _AUDIENCES.items() if name == self._wanted.audience), "")

    @Property("QVariantList", notify=changed)
    def audiences(self) -> list[dict[str, object]]:
        """Whom items serve: id, label, and how many items there would be."""
        return [
            {
                "id": key,
                "label": self._say(f"kinds.audience.{key or 'all'}"),
                "count": self._count(replace(self._wanted, audience=_AUDIENCES.get(key, ""))),
            }
            for key in ("", *_AUDIENCES)
        ]

    @Property(str, notify=changed)
    def kind(self) -> str:
        """The kind chosen, `here` for all that can be done on this machine, or empty."""
        if self._wanted.here:
            return _HERE
        return "" if self._wanted.kind is None else KIND_KEYS[self._wanted.kind]

    @Property("QVariantList", notify=changed)
    def kinds(self) -> list[dict[str, object]]:
        """What can be done: id, label, and how many items there would be."""
        return [
            {
                "id": key,
                "label": self._say(f"kinds.{key or 'all'}.short"),
                "count": self._count(self._of_kind(key)),
            }
            for key in ("", _HERE, *KIND_KEYS.values())
        ]

    def _of_kind(self, key: str) -> Selection:
        kind = next((kind for kind in KioskKind if KIND_KEYS[kind] == key), None)
        return replace(self._wanted, kind=kind, here=key == _HERE)

    @Slot(str)
    def chooseAudience(self, key: str) -> None:
        """Show only what serves people, or companies."""
        self._select(replace(self._wanted, audience=_AUDIENCES.get(key, "")))

    @Slot(str)
    def chooseKind(self, key: str) -> None:
        """Show only one kind of item."""
        self._select(self._of_kind(key))

    @Slot(str)
    def open(self, item_id: str) -> None:
        """Show an item's guide."""
        self._desk.navigator.go("guide", item_id=item_id)

    @Slot()
    def search(self) -> None:
        """Find an item in the citizen's own words."""
        self._desk.navigator.go("search")

    @Slot()
    def back(self) -> None:
        """To the screen before."""
        self._desk.navigator.back()
