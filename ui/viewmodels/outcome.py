"""Where a flow ends without a submission: who to turn to, what to bring, and the next step."""

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement, QmlUncreatable

from kiosk.domain.catalogue.model import Route
from ui.desk import Desk
from ui.form import Form
from ui.viewmodels.screen import ScreenViewModel

QML_IMPORT_NAME = "Kiosk.ViewModels"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
@QmlUncreatable("made by ui.routes")
class OutcomeViewModel(ScreenViewModel):
    """A page to read and take along. No branch ends without a next step."""

    changed = Signal()

    def __init__(self, desk: Desk, parent: QObject | None = None, *, form: Form) -> None:
        super().__init__(desk, parent)
        self._form = form
        self._outcome = form.walk.outcome or ""
        self._picked = ""

    @property
    def _route(self) -> Route | None:
        wanted = self._picked or self._outcome.removeprefix("route:")
        return self._desk.catalogue.routes.get(wanted)

    @Property(bool, notify=changed)
    def picking(self) -> bool:
        """The flow could not tell whose matter it is: the citizen picks a topic."""
        return self._outcome == "route:pick" and not self._picked

    @Property("QVariantList", notify=changed)
    def topics(self) -> list[dict[str, str]]:
        """Topics to pick from where the flow could not tell whose matter it is; else none."""
        routes = self._desk.catalogue.routes.values() if self.picking else ()
        return [{"id": route.id, "topic": route.topic} for route in routes if route.priority > 0]

    @Slot(str)
    def pick(self, route: str) -> None:
        """This topic is the likeliest."""
        self._picked = route
        self.changed.emit()

    def _key(self) -> str:
        if self._picked:
            return "route"
        key = self._outcome.replace(":", "_")
        return key if self._desk.words.get(f"outcomes.{key}.title") else "route"

    @Property(str, notify=changed)
    def title(self) -> str:
        """What this page is about."""
        return self._say(f"outcomes.{self._key()}.title")

    @Property(str, notify=changed)
    def text(self) -> str:
        """What to do now."""
        return self._say(f"outcomes.{self._key()}.text")

    @Property(bool, constant=True)
    def emergency(self) -> bool:
        """Danger to life: numbers to call, nothing else."""
        return self._outcome == "emergency"

    @Property(str, notify=changed)
    def responsible(self) -> str:
        """Who is responsible."""
        return self._route.responsible if self._route else ""

    @Property(str, notify=changed)
    def hotline(self) -> str:
        """The national hotline."""
        return self._route.hotline if self._route else ""

    @Property(str, notify=changed)
    def channel(self) -> str:
        """Another way to reach them."""
        return self._route.other_channel if self._route else ""

    @Property("QStringList", notify=changed)
    def bring(self) -> list[str]:
        """What to bring."""
        return list(self._route.bring) if self._route else []

    @Property(bool, notify=changed)
    def leadsToGuide(self) -> bool:
        """Whether the next step is the matter's guide, or the search for it."""
        return not self.emergency and not self.picking

    @Property(bool, constant=True)
    def hasItem(self) -> bool:
        """Whether the matter's guide can be shown."""
        return bool(self._form.walk.facts.get("item_id"))

    @Slot()
    def guide(self) -> None:
        """Show the matter's guide, or search for it."""
        item_id = self._form.walk.facts.get("item_id")
        if item_id:
            self._desk.navigator.replace("guide", item_id=str(item_id))
        else:
            self._desk.navigator.replace("search")

    @Slot()
    def back(self) -> None:
        """To the last question: another answer may lead elsewhere."""
        if self._picked:
            self._picked = ""
            self.changed.emit()
            return
        self._form.walk = self._form.walk.back()
        self._desk.navigator.replace("question", form=self._form)

    @Slot()
    def home(self) -> None:
        """To the home screen."""
        self._desk.navigator.home()
