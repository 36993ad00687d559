"""Where a flow ends without a submission: who to turn to, what to bring, and the next step."""

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement, QmlUncreatable

from kiosk.domain.catalogue.model import Route
from kiosk.domain.slip.contact import contact_slip
from kiosk.domain.words import Language
from ui.desk import Desk
from ui.form import Form
from ui.viewmodels.printing import Printing, window
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
        self._printing = Printing(desk, self._ask, self)

    @property
    def _route(self) -> Route | None:
        return self._desk.catalogue.routes.get(str(self._form.walk.facts.get("route", "")))

    def _key(self) -> str:
        route = self._route
        key = f"route_{route.id}" if route and self._outcome == "channels" else self._outcome
        return key if self._desk.words.get(f"outcomes.{key}.title") else "route"

    @Property(QObject, constant=True)
    def printing(self) -> Printing:
        """The way to paper."""
        return self._printing

    @Property(bool, constant=True)
    def printable(self) -> bool:
        """Whether there are channels to take along. In danger nobody waits for a slip."""
        return self._route is not None and not self.emergency

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
        return self._outcome == "guide"

    @Property(bool, constant=True)
    def hasItem(self) -> bool:
        """Whether the matter's guide can be shown."""
        return bool(self._form.walk.facts.get("item_id"))

    @Slot()
    def print(self) -> None:
        """Print whom to turn to on the narrow roll."""
        chinese = self._desk.first.words(Language.ZH)
        title = chinese.say(f"outcomes.{self._key()}.title")
        if self._route:
            self._printing.strip(contact_slip(title, self._route, chinese, window(self._desk)))

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
        self._form.walk = self._form.walk.back()
        self._desk.navigator.replace("question", form=self._form)

    @Slot()
    def home(self) -> None:
        """To the home screen."""
        self._desk.navigator.home()
