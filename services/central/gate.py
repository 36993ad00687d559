"""Who holds number and query code of a case. Guessing is slow, and tells nothing."""

from sqlalchemy import select

from kiosk.domain.submission.receipt import normal_code, normal_number
from kiosk.errors import CaseNotFound, TooManyAttempts
from services.attempts import AttemptLimit
from services.central.office import Office
from services.central.tables import CaseRow

WINDOW_SECONDS = 15 * 60
PER_NUMBER = 5
PER_CLIENT = 200  # a whole hall may sit behind one address


class WaitError(TooManyAttempts):
    """Ask again after `seconds`."""

    def __init__(self, seconds: int) -> None:
        super().__init__("too many attempts")
        self.seconds = seconds


class Gate:
    """Lets in whoever holds number and query code. Keeps the count of failed attempts in memory."""

    def __init__(self, office: Office) -> None:
        self._office = office
        self._clients = AttemptLimit(PER_CLIENT, WINDOW_SECONDS)

    def enter(self, number: str, code: str, client: str) -> str:
        """The number of the case they hold. Raises `CaseNotFound` or `WaitError`.

        A wrong number, a wrong code and a malformed one are answered alike, at like cost.
        """
        guesses, codes = self._office.guesses, self._office.keys.codes
        begin(self._clients, client)
        try:
            number, code = normal_number(number), normal_code(code)
        except ValueError:
            codes.admit("", "", None)
            raise CaseNotFound("no such number and code") from None
        begin(guesses, number)
        with self._office.database.read() as session:
            case = session.scalar(select(CaseRow).where(CaseRow.number == number))
            hashed = None if case is None else case.code_hash
        if not codes.admit(number, code, hashed):
            raise CaseNotFound("no such number and code")
        guesses.succeeded(number)
        self._clients.succeeded(client)
        return number


def begin(limit: AttemptLimit, key: str) -> None:
    """Begin an attempt. Raises `WaitError`."""
    if seconds := limit.attempt(key):
        raise WaitError(seconds)
