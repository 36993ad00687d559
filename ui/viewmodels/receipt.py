"""What the citizen takes home: number, query code, and what happens next."""

from datetime import date, datetime, timedelta
from urllib.parse import urlencode

from PySide6.QtCore import Property, QObject, QTimer, Signal, Slot
from PySide6.QtQml import QmlElement, QmlUncreatable

from kiosk.domain.complaint.wording import say_class, say_deadline
from kiosk.domain.questions.wording import say_day
from kiosk.domain.slip.receipt import receipt_slip
from kiosk.domain.submission.model import Kind
from kiosk.domain.words import Language
from ui.desk import Backstage, Desk
from ui.form import Form
from ui.viewmodels.printing import Printing
from ui.viewmodels.screen import ScreenViewModel

QML_IMPORT_NAME = "Kiosk.ViewModels"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
@QmlUncreatable("made by ui.routes")
class ReceiptViewModel(ScreenViewModel):
    """ "Stored here" and "received by the centre" are two different sentences, told apart live."""

    changed = Signal()

    def __init__(self, desk: Desk, parent: QObject | None = None, *, form: Form) -> None:
        super().__init__(desk, parent)
        self._form, self._found = form, form.found
        self._received = False
        self._seconds = desk.idle.receipt
        self._printing = Printing(desk, self._ask, self)
        self._registration_day = ""
        self._ask(self._first_workday, self._set_day)
        self._clock = QTimer(self, interval=1000)
        self._clock.timeout.connect(self.tick)
        self._clock.start()
        self._look()

    def _first_workday(self, backstage: Backstage) -> str:
        now = self._desk.first.clock.now()
        over = f"{now:%H:%M}" >= self._desk.first.settings.hall.open_until
        day = now.date() + timedelta(days=1) if over else now.date()
        return backstage.workdays.first_from(day).day.isoformat()

    def _set_day(self, iso: str) -> None:
        self._registration_day = iso
        self.changed.emit()

    def _look(self) -> None:
        number = self._form.draft.number
        self._ask(lambda backstage: backstage.outbox.is_waiting(number), self._heard)

    def _heard(self, waiting: bool) -> None:
        if not waiting and not self._received:
            self._received = True
            self.changed.emit()

    @Slot()
    def tick(self) -> None:
        """A second has passed."""
        self._seconds -= 1
        if not self._received:
            self._look()
        if self._seconds <= 0:
            self._clock.stop()
            self._desk.navigator.finish()
        else:
            self.changed.emit()

    @Property(str, constant=True)
    def number(self) -> str:
        """The receipt number, as printed."""
        return self._form.draft.number

    @Property(str, constant=True)
    def code(self) -> str:
        """The query code in pairs of digits."""
        code = self._form.draft.code
        return " ".join(code[i : i + 2] for i in range(0, len(code), 2))

    @Property(str, constant=True)
    def link(self) -> str:
        """What the QR code says: the centre's tracking page with the number (not the code)."""
        query = urlencode({"number": self._form.draft.number})
        return f"{self._desk.first.settings.central.public_url}/track?{query}"

    @Property(bool, notify=changed)
    def received(self) -> bool:
        """Whether the central server has acknowledged it."""
        return self._received

    @Property(bool, constant=True)
    def complaint(self) -> bool:
        """A complaint, as against everything else."""
        return self._form.draft.kind is Kind.COMPLAINT

    @Property(str, notify=changed)
    def title(self) -> str:
        """What has been done."""
        return self._say(f"receipt.{self._form.draft.kind}.title")

    @Property(str, notify=changed)
    def matterTold(self) -> str:
        """What it is about, in a sentence."""
        return self._say(f"receipt.{self._form.draft.kind}.matter", matter=self.matter)

    @Property(str, notify=changed)
    def appointment(self) -> str:
        """When and where one is expected; empty for what is no appointment."""
        if self._form.draft.kind is not Kind.BOOKING:
            return ""
        facts = self._form.walk.facts
        at = datetime.fromisoformat(str(facts["slot"]))
        hall = self._desk.catalogue.directory.hall(str(facts["division"]), at.date())
        when = f"{say_day(at.date(), self._desk.session.language)} {at:%H:%M}"
        key = "held" if self._form.held_until else "asked"
        return self._say(f"receipt.booking.{key}", when=when, hall=hall.name if hall else "")

    def _told(self) -> list[str]:
        told = (self.appointment, self.classified, self.deadline, self.beside)
        return [str(each) for each in told if each]

    @Property("QVariantList", notify=changed)
    def steps(self) -> list[dict[str, str]]:
        """What happens next, in order: title and sentence."""
        return [{"title": title, "told": told} for title, told in self._steps()]

    def _steps(self) -> list[tuple[str, str]]:
        kind = self._form.draft.kind
        known = self._received and self.registrationDay
        first = "on" if known else "then"
        return [
            (
                self._say(f"receipt.{kind}.{step}_title"),
                self._say(f"receipt.registered.{first}", day=self.registrationDay)
                if step == "first"
                else self._say(f"receipt.{kind}.{step}"),
            )
            for step in ("first", "second", "third")
        ]

    @Property(QObject, constant=True)
    def printing(self) -> Printing:
        """The way to paper."""
        return self._printing

    @Slot()
    def print(self) -> None:
        """Print the receipt on the narrow roll."""
        chinese = self._desk.first.words(Language.ZH)
        self._printing.strip(
            receipt_slip(
                chinese,
                title=chinese.say(f"receipt.{self._form.draft.kind}.title"),
                number=self._form.draft.number,
                code=self._form.draft.code,
                matter=self.matterTold,
                told=self._told(),
                steps=tuple(self._steps()),
                link=self.link,
            )
        )

    @Property(str, notify=changed)
    def matter(self) -> str:
        """What it is about."""
        return str(self._form.walk.facts.get("item", ""))

    @Property(str, notify=changed)
    def classified(self) -> str:
        """The complaint's class in plain words, empty for applications."""
        found = self._found
        return say_class(found, self._desk.words, self._desk.catalogue.routes) if found else ""

    @Property(str, notify=changed)
    def deadline(self) -> str:
        """The limit that was computed, in words; empty where there is none."""
        limit = self._found.deadline if self._found else None
        return say_deadline(limit, self._desk.words) if limit else ""

    @Property(str, notify=changed)
    def beside(self) -> str:
        """What else is good to know: what to bring to whoever's matter it is, who else can help, or
        that the level is still to be found out; empty where there is nothing."""
        found, routes = self._found, self._desk.catalogue.routes
        if found and (route := routes.get(found.route)):
            return self._say("triage.route.bring", what="、".join(route.bring))
        if found and (route := routes.get(found.hint)):
            told = {"responsible": route.responsible, "hotline": route.hotline}
            return self._say("triage.route.hint", **told)
        return self._say("triage.level.to_verify") if found and found.level_to_verify else ""

    @Property(str, notify=changed)
    def registrationDay(self) -> str:
        """The working day on which it is looked at."""
        if not self._registration_day:
            return ""
        return say_day(date.fromisoformat(self._registration_day), self._desk.session.language)

    @Property(int, notify=changed)
    def seconds(self) -> int:
        """Seconds until this screen is wiped."""
        return self._seconds

    @Slot()
    def finish(self) -> None:
        """The citizen has copied or taken the number."""
        self._clock.stop()
        self._desk.navigator.finish()
