"""Following a case by number and query code."""

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement, QmlUncreatable

from kiosk.domain.questions.wording import say_day
from kiosk.domain.submission.case import CaseStatus, ahead
from kiosk.domain.submission.receipt import normal_code, normal_number
from kiosk.errors import CentralUnreachable, KnownError
from ui.desk import Backstage, Desk
from ui.viewmodels.screen import ScreenViewModel

QML_IMPORT_NAME = "Kiosk.ViewModels"
QML_IMPORT_MAJOR_VERSION = 1

NUMBER_LENGTH, CODE_LENGTH = 16, 8


@QmlElement
@QmlUncreatable("made by ui.routes")
class FollowViewModel(ScreenViewModel):
    """First number and code, then how the case stands."""

    changed = Signal()

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(desk, parent)
        self._number = ""
        self._code = ""
        self._asking = False
        self._problem = ""
        self._stored_here = False
        self._status: CaseStatus | None = None

    @Property(str, notify=changed)
    def number(self) -> str:
        """The number as typed."""
        return self._number

    @Property(str, notify=changed)
    def code(self) -> str:
        """The query code as typed."""
        return self._code

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
        """The life of the case: title, day and time, whether it has happened."""
        if self._status is None:
            return []
        zone = self._desk.first.clock.now().tzinfo
        happened = [
            (event.state, f"{event.at.astimezone(zone):%Y-%m-%d %H:%M}")
            for event in self._status.events
        ]
        to_come = [(state, "") for state in ahead(self._status.state)]
        return [
            {"title": self._say(f"states.{state}.title"), "when": when, "done": when != ""}
            for state, when in happened + to_come
        ]

    @Slot(str)
    def typeNumber(self, text: str) -> None:
        """The number field has changed."""
        if text != self._number:
            self._number, self._problem, self._stored_here = text, "", False
            self.changed.emit()

    @Slot(str)
    def typeCode(self, text: str) -> None:
        """The code field has changed."""
        if text != self._code:
            self._code, self._problem, self._stored_here = text, "", False
            self.changed.emit()

    @Slot()
    def ask(self) -> None:
        """Ask the central server."""
        if self._asking:
            return
        try:
            number, code = normal_number(self._number), normal_code(self._code)
        except ValueError:
            self._problem = "receipt_number"
            self.changed.emit()
            return
        self._asking, self._problem, self._stored_here = True, "", False
        self.changed.emit()

        def look(backstage: Backstage) -> CaseStatus | None:
            try:
                return backstage.central.follow(number, code)
            except KnownError:
                if backstage.outbox.is_waiting(number):
                    return None
                raise

        self._ask(look, self.show, self._failed)

    def show(self, status: CaseStatus | None) -> None:
        """How the case stands, or (None) that it is still on its way from here."""
        self._asking = False
        self._status = status
        self._stored_here = status is None
        self.changed.emit()

    def _failed(self, error: BaseException) -> None:
        self._asking = False
        if not isinstance(error, KnownError):
            self._desk.navigator.trouble(error)
            return
        self._problem = "follow_offline" if isinstance(error, CentralUnreachable) else error.key
        self.changed.emit()

    @Slot()
    def back(self) -> None:
        """From the case to the fields, from the fields to the screen before."""
        if self._status is not None:
            self._status = None
            self.changed.emit()
        else:
            self._desk.navigator.back()

    @Slot()
    def finish(self) -> None:
        """The citizen has read it."""
        self._desk.navigator.finish()
