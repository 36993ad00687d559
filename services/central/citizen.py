"""What a citizen does with a case on a phone."""

from kiosk.domain.submission.afterwards import Wish
from kiosk.domain.submission.case import Rating
from kiosk.domain.submission.model import Kind
from services.attempts import AttemptLimit
from services.central import afterwards, cases
from services.central.cases import BadWordingError
from services.central.gate import WINDOW_SECONDS, Gate, begin
from services.central.office import Office

LONGEST_WORDS = 1000
PER_CASE = 10


class CitizenDesk:
    """Does what whoever holds number and query code wants done, so many times in a while."""

    def __init__(self, office: Office, gate: Gate) -> None:
        self._office = office
        self._gate = gate
        self._done = AttemptLimit(PER_CASE, WINDOW_SECONDS)

    def act(
        self, number: str, code: str, client: str, kind: Kind, text: str, rating: Rating | None
    ) -> str:
        """The case's number, once it is done.

        Raises `CaseNotFound`, `WaitError`, `BadWordingError` if something is left to say, and
        `WrongOrderError` if the case is not open to it any more.
        """
        number = self._gate.enter(number, code, client)
        now = self._office.clock.now()
        words = cases.readable(text, "words", LONGEST_WORDS) if text.strip() else ""
        try:
            wish = Wish(kind, now, words, rating)
        except ValueError as error:
            raise BadWordingError(str(error)) from error
        begin(self._done, number)
        with self._office.database.write() as session:
            case = cases.find(session, number, lock=True)
            afterwards.fulfil(session, self._office.keys.vault, case, wish, now, cases.CITIZEN)
        return number
