"""Following a case by number and query code."""

from datetime import datetime

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement, QmlUncreatable

from kiosk.domain.questions.wording import say_day
from kiosk.domain.session.parked import Parked
from kiosk.domain.session.parking_code import normal_parking_code
from kiosk.domain.slip.model import Slip
from kiosk.domain.slip.status import status_slip
from kiosk.domain.submission.afterwards import AFTERWARDS
from kiosk.domain.submission.case import CaseEvent, CaseState, CaseStatus, Note, ahead
from kiosk.domain.submission.model import Kind
from kiosk.domain.submission.receipt import normal_code, normal_number
from kiosk.domain.words import Language
from kiosk.errors import CentralUnreachable, KnownError, ParkedOutdated
from ui.desk import Backstage, Desk
from ui.viewmodels.printing import Printing, tracking_page
from ui.viewmodels.screen import ScreenViewModel

QML_IMPORT_NAME = "Kiosk.ViewModels"
QML_IMPORT_MAJOR_VERSION = 1

CASES = frozenset(Kind) - AFTERWARDS - {Kind.ATTACHMENT}
"""What opens a case."""
FACTS_OF_A_CASE = {"apply_date": CaseState.RECEIVED, "accept_date": CaseState.REGISTERED}
"""What a complaint asks for, and the followed case tells."""
ORDER = (Kind.UPGRADE, Kind.REOPENING, Kind.RATING, Kind.ADDITION, Kind.WITHDRAWAL)


@QmlElement
@QmlUncreatable("made by ui.routes")
class FollowViewModel(ScreenViewModel):
    """First number and code, then how the case stands."""

    changed = Signal()

    def __init__(
        self, desk: Desk, parent: QObject | None = None, *, number: str = "", code: str = ""
    ) -> None:
        super().__init__(desk, parent)
        self._number = number
        self._code = code
        self._asking = False
        self._problem = ""
        self._stored_here = self._blind = False
        self._known: CaseEvent | None = None
        self._status: CaseStatus | None = None
        self._printing = Printing(desk, self._ask, self)

    @Property(str, notify=changed)
    def number(self) -> str:
        """The number as typed."""
        return self._number

    @Property(str, notify=changed)
    def code(self) -> str:
        """The query code as typed."""
        return self._code

    @Property(bool, constant=True)
    def scanner(self) -> bool:
        """Whether a slip's QR code can be held under a scanner."""
        return self._desk.first.settings.devices.scanner

    @Property(bool, notify=changed)
    def asking(self) -> bool:
        """Whether the central server is being asked."""
        return self._asking

    @Property(str, notify=changed)
    def problem(self) -> str:
        """What went wrong, in plain words."""
        return self._say(f"errors.{self._problem}") if self._problem else ""

    @Property(bool, notify=changed)
    def storedHere(self) -> bool:
        """The case is still in this kiosk, on its way to the centre."""
        return self._stored_here

    @Property(bool, notify=changed)
    def found(self) -> bool:
        """Whether there is a case to show."""
        return self._status is not None

    @Property(str, notify=changed)
    def itemName(self) -> str:
        """What the case is about."""
        return self._status.item_name if self._status else ""

    @Property(str, notify=changed)
    def state(self) -> str:
        """How it stands, in plain words."""
        return self._say(f"states.{self._status.state}.title") if self._status else ""

    @Property(str, notify=changed)
    def next(self) -> str:
        """What comes next, in plain words."""
        return self._say(f"states.{self._status.state}.next") if self._status else ""

    @Property(bool, notify=changed)
    def over(self) -> bool:
        """Whether nothing more is done about the case."""
        return self._status is not None and self._status.state is CaseState.WITHDRAWN

    @Property(str, notify=changed)
    def department(self) -> str:
        """Who handles it."""
        return self._status.department if self._status else ""

    @Property(str, notify=changed)
    def result(self) -> str:
        """The department's answer."""
        return self._status.result if self._status else ""

    @Property(str, notify=changed)
    def feedbackDue(self) -> str:
        """The day by which citizen and window are told."""
        due = self._status.feedback_due if self._status else None
        return say_day(due, self._desk.session.language) if due else ""

    @Property(str, notify=changed)
    def booking(self) -> str:
        """How an appointment stands; empty for what is none."""
        booking = self._status.booking if self._status else ""
        return self._say(f"counter.booking.{booking}") if booking else ""

    @Property("QVariantList", notify=changed)
    def events(self) -> list[dict[str, object]]:
        """The life of the case and what the citizen did with it: title, day and time, whether it
        has happened."""
        if self._status is None:
            return []
        happened = sorted(
            [
                *(
                    (event.at, self._say(f"states.{event.state}.title"))
                    for event in self._status.events
                ),
                *((note.at, self._noted(note.note)) for note in self._status.notes),
            ],
            key=lambda each: each[0],
        )
        return [
            *({"title": title, "when": self._when(at), "done": True} for at, title in happened),
            *(
                {"title": self._say(f"states.{state}.title"), "when": "", "done": False}
                for state in ahead(self._status.state)
            ),
        ]

    def _when(self, at: datetime) -> str:
        return f"{at.astimezone(self._desk.first.clock.now().tzinfo):%Y-%m-%d %H:%M}"

    def _noted(self, note: Note) -> str:
        rating = self._status.rating if self._status else None
        if note is not Note.RATED or rating is None:
            return self._say(f"afterwards.note.{note}")
        return self._say(
            "afterwards.note.level", level=self._say(f"afterwards.level.{int(rating)}")
        )

    @Property("QVariantList", notify=changed)
    def choices(self) -> list[dict[str, str]]:
        """What can be done with the case now: kind and label. Where the centre cannot be asked,
        whatever it may turn out to be open to."""
        if self._status is not None:
            possible = self._status.possible
        elif self._stored_here:
            possible = frozenset({Kind.ADDITION, Kind.WITHDRAWAL})
        else:
            possible = AFTERWARDS if self._blind else frozenset()
        return [
            {"kind": kind.value, "label": self._say(f"afterwards.{kind}.button")}
            for kind in ORDER
            if kind in possible
        ]

    @Property(bool, notify=changed)
    def blind(self) -> bool:
        """The centre cannot be asked, and the case is not here."""
        return self._blind

    @Property(str, notify=changed)
    def lastKnown(self) -> str:
        """How the case last stood as far as the kiosk knows, where the centre cannot be asked."""
        if not self._blind or self._known is None:
            return ""
        state = self._say(f"states.{self._known.state}.title")
        return self._say("states.last_known", state=state, when=self._when(self._known.at))

    @Property(QObject, constant=True)
    def printing(self) -> Printing:
        """The way to paper."""
        return self._printing

    @Slot()
    def print(self) -> None:
        """Print how the case stands on the narrow roll."""
        if self._status is not None:
            self._printing.strip(self._slip(self._status))

    @Slot()
    def printSheet(self) -> None:
        """Print it on A4 paper, in larger type."""
        if self._status is not None:
            self._printing.sheet(self._slip(self._status))

    def _slip(self, status: CaseStatus) -> Slip:
        chinese, zone = self._desk.first.words(Language.ZH), self._desk.first.clock.now().tzinfo
        return status_slip(status, chinese, zone, tracking_page(self._desk, status.number))

    @Slot(str)
    def wish(self, kind: str) -> None:
        """Do something with the case."""
        self._desk.navigator.go(
            "wish",
            number=normal_number(self._number),
            code=normal_code(self._code),
            kind=Kind(kind),
        )

    @Slot(str)
    def typeNumber(self, text: str) -> None:
        """The number field has changed."""
        if text != self._number and not self._asking:
            self._number, self._problem, self._stored_here = text, "", False
            self.changed.emit()

    @Slot(str)
    def typeCode(self, text: str) -> None:
        """The code field has changed."""
        if text != self._code and not self._asking:
            self._code, self._problem, self._stored_here = text, "", False
            self.changed.emit()

    @Slot()
    def ask(self) -> None:
        """Ask the central server."""
        if self._asking:
            return
        if self.takesBack:
            self._take_back()
            return
        try:
            normal_number(self._number), normal_code(self._code)
        except ValueError:
            self._problem = "receipt_number"
            self.changed.emit()
            return
        self._refresh()

    @Property(bool, notify=changed)
    def reportable(self) -> bool:
        """Whether what is followed is an application that can be reported as not done."""
        status = self._status
        known = status is not None and status.item_id in self._desk.catalogue.items
        return known and status is not None and status.kind == Kind.APPLICATION

    @Slot()
    def report(self) -> None:
        """Report that it was not done (办不成事): the matter, its number and its days are known."""
        if self._status is None or not self.reportable:
            return
        zone = self._desk.first.clock.now().tzinfo
        days = {event.state: event.at.astimezone(zone).date() for event in self._status.events}
        known = {"project_no": self._status.number}
        for fact, state in FACTS_OF_A_CASE.items():
            if state in days:
                known[fact] = days[state].isoformat()
        self._desk.navigator.go("form", flow="complaint", item_id=self._status.item_id, known=known)

    @Property(bool, notify=changed)
    def takesBack(self) -> bool:
        """Whether the number is the code of a parked form: it needs no query code."""
        try:
            normal_parking_code(self._number)
        except ValueError:
            return False
        return True

    def _take_back(self) -> None:
        code, today = normal_parking_code(self._number), self._desk.first.clock.now().date()
        self._asking, self._problem = True, ""
        self.changed.emit()

        def take(backstage: Backstage) -> tuple[Backstage, Parked]:
            return backstage, backstage.parking.take(code, today)

        self._ask(take, self._taken_back, self._failed)

    def _taken_back(self, taken: tuple[Backstage, Parked]) -> None:
        try:
            self._desk.navigator.take_back(*taken)
        except ParkedOutdated as error:
            self._failed(error)

    def returned(self) -> None:
        """Something may have been done with the case."""
        if self._status is not None or self._blind or self._stored_here:
            self._refresh()
        super().returned()

    def _refresh(self) -> None:
        """Ask the central server for the number and code that are there, and look for what of the
        case is still here. Until there is an answer the screen stays as it is."""
        number, code = normal_number(self._number), normal_code(self._code)
        self._number, self._asking, self._problem = number, True, ""
        self.changed.emit()

        def look(backstage: Backstage) -> CaseStatus | CaseEvent | None:
            try:
                return backstage.central.follow(number, code)
            except KnownError as error:
                if backstage.outbox.is_waiting(number, CASES):
                    return None
                if isinstance(error, CentralUnreachable):
                    known = backstage.cases.last_known(number)
                    if known is not None:
                        return known
                raise

        self._ask(look, self.show, self._failed)

    def show(self, found: CaseStatus | CaseEvent | None) -> None:
        """How the case stands; or how it last stood as far as is known here, where the centre
        cannot be asked; or (None) that it is still on its way from here."""
        if isinstance(found, CaseEvent):
            self._unreached(found)
            return
        self._asking = self._blind = False
        self._status = found
        self._stored_here = found is None
        self.changed.emit()

    def _unreached(self, known: CaseEvent | None) -> None:
        """The centre cannot be asked. A case that is shown stays."""
        self._asking = self._stored_here = False
        self._blind, self._known = self._status is None, known
        self._problem = "follow_offline"
        self.changed.emit()

    def _failed(self, error: BaseException) -> None:
        if isinstance(error, CentralUnreachable):
            self._unreached(None)
            return
        self._asking = False
        if not isinstance(error, KnownError):
            self._desk.navigator.trouble(error)
            return
        self._stored_here = self._blind = False
        self._problem = error.key
        self.changed.emit()

    @Slot()
    def back(self) -> None:
        """From the case to the fields, from the fields to the screen before."""
        if self._status is not None or self._blind or self._stored_here:
            self._status, self._problem = None, ""
            self._blind = self._stored_here = False
            self.changed.emit()
        else:
            self._desk.navigator.back()

    @Slot()
    def finish(self) -> None:
        """The citizen has read it."""
        self._desk.navigator.finish()
