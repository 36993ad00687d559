"""An item's guide (办事指南): everything at once, before anything is filled in (一次性告知)."""

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement, QmlUncreatable

from ui.desk import Desk
from ui.viewmodels.rows import KIND_KEYS, ON_THE_MACHINE, icon_of, promise
from ui.viewmodels.screen import ScreenViewModel

QML_IMPORT_NAME = "Kiosk.ViewModels"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
@QmlUncreatable("made by ui.routes")
class GuideViewModel(ScreenViewModel):
    """What one service item needs, and what can be done about it here and now."""

    changed = Signal()

    def __init__(self, desk: Desk, parent: QObject | None = None, *, item_id: str) -> None:
        super().__init__(desk, parent)
        self._item = desk.catalogue.items[item_id]

    @Property(str, constant=True)
    def name(self) -> str:
        """The item's official name."""
        return self._item.name

    @Property(str, constant=True)
    def icon(self) -> str:
        """The icon of its group."""
        return icon_of(self._item.group)

    @Property(str, constant=True)
    def path(self) -> str:
        """Where it stands in the catalogue."""
        return f"{self._item.group} · {self._item.domain}"

    @Property(str, notify=changed)
    def promise(self) -> str:
        """How long it takes."""
        return promise(self._item, self._desk.words)

    @Property(str, constant=True)
    def department(self) -> str:
        """Who handles it."""
        return self._item.department

    @Property(str, constant=True)
    def where(self) -> str:
        """How far from home it can be done."""
        return self._item.cross_region

    @Property(str, notify=changed)
    def who(self) -> str:
        """Who may apply."""
        return "、".join(self._item.service_object)

    @Property(str, notify=changed)
    def here(self) -> str:
        """What can be done on this machine."""
        return self._say(f"kinds.{KIND_KEYS[self._item.kind]}.here")

    @Property(bool, constant=True)
    def canApply(self) -> bool:
        """Whether the form is on this machine."""
        return self._item.kind in ON_THE_MACHINE

    @Property(str, notify=changed)
    def action(self) -> str:
        """The wording of the main button."""
        return self._say(f"kinds.{KIND_KEYS[self._item.kind]}.action") if self.canApply else ""

    @Property("QStringList", constant=True)
    def materials(self) -> list[str]:
        """What to bring."""
        return list(self._item.materials)

    @Property("QStringList", constant=True)
    def aliases(self) -> list[str]:
        """What people call it."""
        return list(self._item.aliases)

    @Slot()
    def apply(self) -> None:
        """Open the form."""
        self._desk.navigator.go("form", flow="application", item_id=self._item.id)

    @Slot()
    def complain(self) -> None:
        """This matter could not be done."""
        self._desk.navigator.go("form", flow="complaint", item_id=self._item.id)

    @Slot()
    def back(self) -> None:
        """To the screen before."""
        self._desk.navigator.back()
