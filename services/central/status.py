"""How a case stands, for whoever holds number and query code; reading a result is being told it."""

from kiosk.domain.submission.afterwards import possible
from kiosk.domain.submission.case import CaseState, Note
from services import wire
from services.central import afterwards, appointments, bookings, cases
from services.central.appointments import Appointment
from services.central.cases import Told
from services.central.gate import Gate
from services.central.office import Office

_STATES = frozenset(CaseState)
_NOTES = frozenset(Note)


class StatusDesk:
    """Answers number and query code."""

    def __init__(self, office: Office, gate: Gate) -> None:
        self._office = office
        self._gate = gate

    def follow(self, number: str, code: str, client: str) -> wire.WireCaseStatus:
        """The case's status. Raises `CaseNotFound` or `WaitError` as `Gate.enter` does."""
        return self.show(self._gate.enter(number, code, client))

    def show(self, number: str) -> wire.WireCaseStatus:
        """The status of a case whose code the gate has seen. Raises `CaseNotFound`."""
        with self._office.database.read() as session:
            case = cases.find(session, number)
            untold = case.state == CaseState.CLOSED and case.citizen_told_at is None
        if untold:
            self._tell_citizen(number)
        return self._status(number)

    def appointment(self, number: str) -> Appointment | None:
        """The appointment of a case that was shown. Raises `CaseNotFound`."""
        with self._office.database.read() as session:
            case = cases.find(session, number)
            return appointments.of_case(session, self._office.edition, case.id)

    def _tell_citizen(self, number: str) -> None:
        with self._office.database.write() as session:
            case = cases.find(session, number, lock=True)
            if case.state == CaseState.CLOSED and case.citizen_told_at is None:
                now = self._office.clock.now()
                cases.tell(session, self._office.keys.vault, case, now, Told.CITIZEN, cases.CITIZEN)

    def _status(self, number: str) -> wire.WireCaseStatus:
        with self._office.database.read() as session:
            case = cases.find(session, number)
            events, now = cases.events(session, case), self._office.clock.now()
            standing = afterwards.standing(case)
            vault = self._office.keys.vault
            words, handed_in = cases.words(vault, case), cases.dossier(vault, case)
            booked = bookings.find(session, case.id)
            due = None if case.closed_at is None else self._office.feedback.due(case.closed_at)
            return wire.WireCaseStatus(
                number=case.number,
                kind=case.kind,
                item_name=words.item_name,
                state=case.state,
                events=[
                    wire.WireCaseEvent(state=event.action, at=event.at)
                    for event in events
                    if event.action in _STATES
                ],
                department=words.department,
                result=words.result,
                feedback_due=None if due is None else due.day,
                provisional=due is not None and due.provisional,
                booking=booked.state if booked else "",
                possible=sorted(possible(standing, now)),
                rating=standing.rating,
                notes=[
                    wire.WireCaseNote(note=event.action, at=event.at)
                    for event in events
                    if event.action in _NOTES
                ],
                item_id=handed_in.item_id,
            )
