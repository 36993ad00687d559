"""An item's guide (办事指南): everything at once, before anything is filled in (一次性告知)."""

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement, QmlUncreatable

from kiosk.domain.catalogue.model import ON_THE_MACHINE, Division
from kiosk.domain.catalogue.reach import Delta, Reach, delta, reach
from kiosk.domain.catalogue.wording import legal, material_note, promised, spared
from ui.desk import Desk
from ui.viewmodels.rows import KIND_KEYS, icon_of
from ui.viewmodels.screen import ScreenViewModel

QML_IMPORT_NAME = "Kiosk.ViewModels"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
@QmlUncreatable("made by ui.routes")
class GuideViewModel(ScreenViewModel):
    """What one service item takes, where, and what can be done about it here and now."""

    changed = Signal()

    def __init__(self, desk: Desk, parent: QObject | None = None, *, item_id: str) -> None:
        super().__init__(desk, parent)
        self._item = desk.catalogue.items[item_id]
        self._guide = desk.catalogue.guide(item_id)
        self._today = desk.first.clock.now().date()

    @property
    def _here(self) -> Division:
        return self._desk.catalogue.divisions[self._desk.first.settings.hall.division]

    @property
    def _home(self) -> Division:
        """Where the matter belongs: as chosen, or else where this terminal stands."""
        return self._desk.catalogue.divisions.get(self._desk.session.home, self._here)

    # What it is

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

    @Property(str, constant=True)
    def code(self) -> str:
        """The short code to copy by hand."""
        return self._item.code

    @Property(str, notify=changed)
    def edition(self) -> str:
        """Which guide this is: its version, and the catalogue's edition."""
        number, version = self._desk.catalogue.number, self._guide.version
        return self._say("guide.edition", edition=number, version=version)

    @Property("QVariantList", notify=changed)
    def facts(self) -> list[dict[str, str]]:
        """What everybody asks first: icon, question, answer."""
        return [
            self._fact("clock", "promise", self._periods()),
            self._fact("user", "who", "、".join(self._item.service_object)),
            self._fact("currency-cny", "fee", self._guide.fee),
            self._fact(
                "clipboard-text", "result", f"{self._guide.result}（{self._guide.delivery}）"
            ),
        ]

    @Property("QVariantList", notify=changed)
    def furtherFacts(self) -> list[dict[str, str]]:
        """What some ask besides."""
        return [
            self._fact("device-mobile", "here", self._say(f"kinds.{self._kind}.here")),
            self._fact("buildings", "department", self._item.department),
        ]

    def _fact(self, icon: str, key: str, answer: str) -> dict[str, str]:
        return {"icon": icon, "asked": self._say(f"guide.asked.{key}"), "answer": answer}

    @property
    def _kind(self) -> str:
        return KIND_KEYS[self._item.kind]

    def _periods(self) -> str:
        words = self._desk.words
        if not self._guide.legal_days:
            return promised(self._item, words)
        return f"{promised(self._item, words)}（{legal(self._guide, words)}）"

    @Property("QStringList", constant=True)
    def conditions(self) -> list[str]:
        """Who can have it done, and when."""
        return list(self._guide.conditions)

    @Property("QStringList", constant=True)
    def steps(self) -> list[str]:
        """How it goes, in order."""
        return list(self._guide.steps)

    @Property("QVariantList", notify=changed)
    def materials(self) -> list[dict[str, object]]:
        """What to bring: name, detail, what spares one the paper (empty: it must be shown)."""
        words = self._desk.words
        return [
            {"name": each.name, "detail": material_note(each, words), "spared": spared(each, words)}
            for each in self._guide.materials
        ]

    @Property("QVariantList", constant=True)
    def questions(self) -> list[dict[str, str]]:
        """What people ask, and the answers."""
        return [{"ask": each.ask, "answer": each.answer} for each in self._guide.questions]

    # Where

    @Property(bool, notify=changed)
    def homeChosen(self) -> bool:
        """Whether the citizen has said where the matter belongs."""
        return bool(self._desk.session.home)

    @Property(str, notify=changed)
    def home(self) -> str:
        """The place the matter belongs to, as far as is known."""
        return self._home.name

    @Property(str, notify=changed)
    def reach(self) -> str:
        """就近能办, 跨区通办, 异地可办, or only there."""
        return self._say(f"guide.reach.{self._reach}.title")

    @Property(str, notify=changed)
    def reachTold(self) -> str:
        """The same in a sentence."""
        return self._say(f"guide.reach.{self._reach}.text", place=self._home.name)

    @Property(bool, notify=changed)
    def reachable(self) -> bool:
        """Whether nobody need travel for it."""
        return self._reach is not Reach.ONLY_THERE

    @property
    def _reach(self) -> Reach:
        return reach(self._item, self._home, self._here)

    @Property(str, notify=changed)
    def delta(self) -> str:
        """What can be done for Shanghai, Jiangsu and Zhejiang; empty where nothing is agreed."""
        can = delta(self._item)
        return "" if can is Delta.NONE else self._say(f"guide.delta.{can}")

    @Property("QVariantMap", notify=changed)
    def place(self) -> dict[str, str]:
        """The hall of the place: hall, address, window, hours."""
        directory = self._desk.catalogue.directory
        place = directory.place(self._home.code, self._item.domain, self._today)
        if place is None:
            return {}
        return {
            "hall": place.hall.name,
            "address": place.hall.address,
            "window": place.window or self._say("guide.any_window"),
            "hours": self._say("guide.hours", opens=place.hall.opens, closes=place.hall.closes),
        }

    @Property(str, constant=True)
    def consult(self) -> str:
        """The national hotline to ask."""
        contact = self._desk.catalogue.directory.contacts.get(self._item.domain)
        return contact.consult if contact else ""

    @Property(str, constant=True)
    def supervise(self) -> str:
        """The national hotline to complain to."""
        contact = self._desk.catalogue.directory.contacts.get(self._item.domain)
        return contact.supervise if contact else ""

    # What can be done

    @Property(bool, constant=True)
    def canApply(self) -> bool:
        """Whether the form is on this machine."""
        return self._item.kind in ON_THE_MACHINE

    @Property(str, notify=changed)
    def action(self) -> str:
        """The wording of the main button."""
        return self._say(f"kinds.{self._kind}.action") if self.canApply else ""

    @Slot()
    def apply(self) -> None:
        """Open the form."""
        self._desk.navigator.go("form", flow="item", item_id=self._item.id)

    @Slot()
    def takeAway(self) -> None:
        """Print the guide, or take it along on a phone."""
        self._desk.navigator.go("take_away", item_id=self._item.id)

    @Slot()
    def choosePlace(self) -> None:
        """Say where the matter belongs."""
        self._desk.navigator.go("where")

    @Slot()
    def complain(self) -> None:
        """This matter could not be done."""
        self._desk.navigator.go("form", flow="complaint", item_id=self._item.id)

    @Slot()
    def back(self) -> None:
        """To the screen before."""
        self._desk.navigator.back()
