"""How a case stands, for whoever holds number and query code; reading a result is being told it."""

from sqlalchemy import select

from kiosk.domain.submission.case import CaseState
from kiosk.domain.submission.receipt import normal_code, normal_number
from kiosk.errors import CaseNotFound, TooManyAttempts
from services import wire
from services.central import appointments, bookings, cases
from services.central.appointments import Appointment
from services.central.cases import Told
from services.central.codes import NOBODY, code_matches
from services.central.limits import AttemptLimit
from services.central.office import Office
from services.central.tables import CaseRow

WINDOW_SECONDS = 15 * 60
PER_NUMBER = 5
_STATES = frozenset(CaseState)
PER_CLIENT = 200  # a whole hall may sit behind one address


class WaitError(TooManyAttempts):
    """Ask again after `seconds`."""

    def __init__(self, seconds: int) -> None:
        super().__init__("too many failed attempts")
        self.seconds = seconds


class StatusDesk:
    """Answers number and query code. Keeps the count of failed attempts in memory."""

    def __init__(self, office: Office) -> None:
        self._office = office
        self._numbers = AttemptLimit(PER_NUMBER, WINDOW_SECONDS)
        self._clients = AttemptLimit(PER_CLIENT, WINDOW_SECONDS)

    def follow(self, number: str, code: str, client: str) -> wire.WireCaseStatus:
        """The case's status. Raises `CaseNotFound` or `WaitError`.

        A wrong number, a wrong code and a malformed one are answered alike, at like cost.
        """
        self._begin(self._clients, client)
        try:
            number, code = normal_number(number), normal_code(code)
        except ValueError:
            code_matches("", NOBODY)
            raise CaseNotFound("no such number and code") from None
        self._begin(self._numbers, number)
        with self._office.database.read() as session:
            case = session.scalar(select(CaseRow).where(CaseRow.number == number))
            hashed = NOBODY if case is None else case.code_hash
        if not code_matches(code, hashed) or case is None:
            raise CaseNotFound("no such number and code")
        self._numbers.succeeded(number)
        self._clients.succeeded(client)
        if case.state == CaseState.CLOSED and case.citizen_told_at is None:
            self._tell_citizen(number)
        return self._status(number)

    def appointment(self, number: str) -> Appointment | None:
        """The appointment of a case that `follow` has shown. Raises `CaseNotFound`."""
        with self._office.database.read() as session:
            case = cases.find(session, number)
            return appointments.of_case(session, self._office.edition, case.id)

    def _begin(self, limit: AttemptLimit, key: str) -> None:
        if seconds := limit.attempt(key):
            raise WaitError(seconds)

    def _tell_citizen(self, number: str) -> None:
        with self._office.database.write() as session:
            case = cases.find(session, number, lock=True)
            if case.state == CaseState.CLOSED and case.citizen_told_at is None:
                now = self._office.clock.now()
                cases.tell(session, self._office.keys.vault, case, now, Told.CITIZEN, cases.CITIZEN)

    def _status(self, number: str) -> wire.WireCaseStatus:
        with self._office.database.read() as session:
            case = cases.find(session, number)
            steps = [
                wire.WireCaseEvent(state=event.action, at=event.at)
                for event in cases.events(session, case)
                if event.action in _STATES
            ]
            words = cases.words(self._office.keys.vault, case)
            booked = bookings.find(session, case.id)
            due = None if case.closed_at is None else self._office.feedback.due(case.closed_at)
            return wire.WireCaseStatus(
                number=case.number,
                kind=case.kind,
                item_name=words.item_name,
                state=case.state,
                events=steps,
                department=words.department,
                result=words.result,
                feedback_due=None if due is None else due.day,
                provisional=due is not None and due.provisional,
                booking=booked.state if booked else "",
            )
