"""What the citizen takes home: number, query code, and what happens next."""

from datetime import datetime

from PySide6.QtCore import Property, QObject, QTimer, Signal, Slot
from PySide6.QtQml import QmlElement, QmlUncreatable

from kiosk.domain.complaint.wording import say_beside, say_class, say_deadline, say_other_classes
from kiosk.domain.questions.wording import say_day
from kiosk.domain.slip.model import Slip
from kiosk.domain.slip.receipt import Receipt, receipt_slip
from kiosk.domain.submission.draft import lacks_characters
from kiosk.domain.submission.model import Kind
from kiosk.domain.submission.next_steps import (
    say_promised,
    say_registration,
    say_steps,
    table_of,
)
from kiosk.domain.words import Language, Words
from ui.desk import Desk
from ui.form import Form
from ui.viewmodels.printing import Printing, tracking_page, window
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
        self._enquiry = self._found is not None and self._found.is_enquiry
        self._table = table_of(form.draft.kind, form.found)
        self._at = desk.first.clock.now()
        self._registration = form.registration_day()
        self._received = False
        self._seconds = desk.idle.receipt
        self._printing = Printing(desk, self._ask, self)
        self._clock = QTimer(self, interval=1000)
        self._clock.timeout.connect(self.tick)
        self._clock.start()
        self._look()

    def _look(self) -> None:
        number = self._form.draft.number
        self._ask(lambda backstage: backstage.outbox.is_waiting(number), self._heard)

    def _heard(self, waiting: bool) -> None:
        if not waiting and not self._received:
            self._received = True
            self._registration = self._form.registration_day()
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
        return tracking_page(self._desk, self._form.draft.number)

    @Property(bool, notify=changed)
    def received(self) -> bool:
        """Whether the central server has acknowledged it."""
        return self._received

    @Property(str, notify=changed)
    def title(self) -> str:
        """What has been done."""
        return self._say(f"receipt.{self._table}.title")

    @Property(str, notify=changed)
    def matter(self) -> str:
        """What it is about, in a sentence; empty where that was left open."""
        return self._matter(self._desk.words)

    @Property(str, notify=changed)
    def appointment(self) -> str:
        """When and where one is expected; empty for what is no appointment."""
        return self._appointment(self._desk.words)

    @Property(str, notify=changed)
    def classified(self) -> str:
        """The complaint's class in plain words, empty for applications."""
        return self._classified(self._desk.words)

    @Property(str, notify=changed)
    def otherClasses(self) -> str:
        """What else the complaint is, shortly; empty where there is nothing."""
        return say_other_classes(self._found, self._desk.words) if self._found else ""

    @Property(str, notify=changed)
    def limit(self) -> str:
        """The day by which it is to be done: the limit that was computed, or what is promised;
        empty where there is none."""
        return self._deadline(self._desk.words) or self._promised(self._desk.words)

    @Property(str, notify=changed)
    def beside(self) -> str:
        """What else is good to know; empty where there is nothing."""
        return self._beside(self._desk.words)

    @Property(str, notify=changed)
    def lacking(self) -> str:
        """What is to be done about characters that could not be written; empty where none were."""
        return self._lacking(self._desk.words)

    @Property("QVariantList", notify=changed)
    def steps(self) -> list[dict[str, str]]:
        """What happens next, in order: title and sentence."""
        return [{"title": title, "told": told} for title, told in self._steps(self._desk.words)]

    @Property(bool, constant=True)
    def leadsToGuide(self) -> bool:
        """Whether it is an enquiry about a matter whose guide can be shown."""
        return self._enquiry and self._form.item is not None

    @Property(QObject, constant=True)
    def printing(self) -> Printing:
        """The way to paper."""
        return self._printing

    @Property(int, notify=changed)
    def seconds(self) -> int:
        """Seconds until this screen is wiped."""
        return self._seconds

    @Slot()
    def guide(self) -> None:
        """Show the matter's guide. As long as it is read, this screen waits; whoever leaves there
        is missed as anywhere else (`ui.presence`)."""
        if item := self._form.item:
            self._clock.stop()
            self._desk.navigator.go("guide", item_id=item.id)

    def returned(self) -> None:
        """The countdown begins anew."""
        self._seconds = self._desk.idle.receipt
        self._clock.start()
        self._look()
        super().returned()

    @Slot()
    def print(self) -> None:
        """Print the receipt on the narrow roll."""
        self._printing.strip(self._slip())

    @Slot()
    def printSheet(self) -> None:
        """Print it on A4 paper, in larger type."""
        self._printing.sheet(self._slip())

    @Slot()
    def finish(self) -> None:
        """The citizen has copied or taken the number."""
        self._clock.stop()
        self._desk.navigator.finish()

    def _slip(self) -> Slip:
        chinese = self._desk.first.words(Language.ZH)
        return receipt_slip(self._receipt(chinese), chinese)

    def _receipt(self, words: Words) -> Receipt:
        catalogue, facts, found = self._desk.catalogue, self._form.walk.facts, self._found
        route = catalogue.routes.get(found.route) if found else None
        deadline, promised = self._deadline(words), self._promised(words)
        item, guide = self._form.item, None
        if self._enquiry and item:
            guide = item, catalogue.guide(item.id), "" if deadline else promised
            promised = ""
        told = (
            self._appointment(words),
            self._classified(words) if self._enquiry else "",
            deadline or promised,
            "" if route else self._beside(words),
            self._lacking(words),
        )
        division = catalogue.divisions.get(str(facts.get("division", "")))
        return Receipt(
            title=words.say(f"receipt.{self._table}.title"),
            number=self._form.draft.number,
            code=self.code,
            at=self._at,
            window=window(self._desk),
            matter=self._matter(words),
            told=told,
            steps=self._steps(words),
            link=self.link,
            division=division.full_name if division else "",
            department=str(facts.get("department", "")),
            phone=self._form.phone,
            found=found,
            route=route,
            guide=guide,
        )

    def _matter(self, words: Words) -> str:
        route = self._desk.catalogue.routes.get(self._found.route) if self._found else None
        matter = str(self._form.walk.facts.get("item", "")) or (route.topic if route else "")
        return words.say(f"receipt.{self._table}.matter", matter=matter) if matter else ""

    def _appointment(self, words: Words) -> str:
        if self._form.draft.kind is not Kind.BOOKING:
            return ""
        facts = self._form.walk.facts
        at = datetime.fromisoformat(str(facts["slot"]))
        hall = self._desk.catalogue.directory.hall(str(facts["division"]), at.date())
        when = f"{say_day(at.date(), words.language)} {at:%H:%M}"
        key = "held" if self._form.held_until else "asked"
        return words.say(f"receipt.booking.{key}", when=when, hall=hall.name if hall else "")

    def _classified(self, words: Words) -> str:
        found = self._found
        return say_class(found, words, self._desk.catalogue.routes) if found else ""

    def _deadline(self, words: Words) -> str:
        limit = self._found.deadline if self._found else None
        return say_deadline(limit, words) if limit else ""

    def _promised(self, words: Words) -> str:
        item = self._form.item
        if item is None or not (self._enquiry or self._form.draft.kind is Kind.APPLICATION):
            return ""
        due = self._form.promised_day(item, self._registration)
        return say_promised(self._registration, due, words) if due else ""

    def _beside(self, words: Words) -> str:
        found = self._found
        return say_beside(found, words, self._desk.catalogue.routes) if found else ""

    def _lacking(self, words: Words) -> str:
        return words.say("receipt.lacking") if lacks_characters(self._form.walk) else ""

    def _steps(self, words: Words) -> tuple[tuple[str, str], ...]:
        first = say_registration(self._registration, words, received=self._received)
        return say_steps(self._table, first, words)
