"""The life of a case: received → registered → dispatched → closed → answered.

`answered` needs both sides told of the result: the citizen (by reading the status, or by phone)
and the window (by its own acknowledgement). What the citizen does with it is in `afterwards.py`.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from pydantic import BaseModel, ConfigDict
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from kiosk.domain.submission.case import CaseState
from kiosk.domain.submission.receipt import normal_number
from kiosk.errors import CaseNotFound, KnownError
from services import wire
from services.central import eventlog
from services.central.tables import CaseRow, EventRow
from services.central.vault import Vault, about

CLERK = "clerk"
CITIZEN = "citizen"

_TO_FOLLOW_UP = CaseRow.follow_up_since.is_not(None)

LONGEST_DEPARTMENT = 100
LONGEST_RESULT = 4000
LONGEST_NOTE = 2000

FOLLOWED_UP = "followed_up"
"""The action of the event log by which a clerk has followed a case up (回访)."""


class Told(StrEnum):
    """The two sides of the feedback, as actions of the event log."""

    CITIZEN = "citizen_told"
    WINDOW = "window_told"


class WrongOrderError(KnownError):
    """The case is not in the state this step needs."""


class BadWordingError(KnownError):
    """What somebody wrote is empty, too long or holds unprintable characters."""


class Dossier(BaseModel):
    """What was handed in, as kept in the case: the payload without number and query code."""

    model_config = ConfigDict(frozen=True, extra="ignore", hide_input_in_errors=True)

    created_at: datetime
    flow: str
    flow_version: int
    item_id: str | None
    answers: list[wire.WireAnswer]
    facts: dict[str, str | int | bool]
    verdict: dict[str, str | list[str]]

    @property
    def suggested_department(self) -> str:
        """The department the kiosk's flow named, if any."""
        named = self.facts.get("department", "")
        return named if isinstance(named, str) else ""


def dossier(vault: Vault, case: CaseRow) -> Dossier:
    """What was handed in. Raises `StorageError`."""
    return Dossier.model_validate_json(vault.open(case.payload, about(case.id, "payload")))


@dataclass(frozen=True, slots=True)
class Words:
    """What is written in the case beside the payload; department and result come with time."""

    item_name: str
    department: str
    result: str


def words(vault: Vault, case: CaseRow) -> Words:
    """The case's words. Raises `StorageError`."""
    return Words(
        vault.open(case.item_name, about(case.id, "item_name")),
        vault.open(case.department, about(case.id, "department")),
        vault.open(case.result, about(case.id, "result")),
    )


def check_key(session: Session, vault: Vault) -> None:
    """Raises `StorageError` if there are cases and this is not the vault's key."""
    case = session.scalar(select(CaseRow).order_by(CaseRow.received_at.desc()).limit(1))
    if case is not None:
        words(vault, case)


def find(session: Session, number: str, *, lock: bool = False) -> CaseRow:
    """The case with this number, as a person may type it; with `lock` nobody else changes a case
    before the transaction ends (see `eventlog.wait_turn`). Raises `CaseNotFound`."""
    try:
        query = select(CaseRow).where(CaseRow.number == normal_number(number))
    except ValueError as error:
        raise CaseNotFound("not a receipt number") from error
    if lock:
        eventlog.wait_turn(session)
    case = session.scalar(query)
    if case is None:
        raise CaseNotFound("no such case")
    return case


def listed(
    session: Session, *, state: CaseState | None, follow_up: bool, page: int, size: int
) -> tuple[list[CaseRow], int]:
    """One page (from 1) of the cases, the newest first, and how many there are in all: those in a
    state, those to be followed up, or all."""
    rows, count = select(CaseRow), select(func.count()).select_from(CaseRow)
    if state is not None:
        rows, count = rows.where(CaseRow.state == state), count.where(CaseRow.state == state)
    if follow_up:
        rows, count = rows.where(_TO_FOLLOW_UP), count.where(_TO_FOLLOW_UP)
    rows = rows.order_by(CaseRow.received_at.desc(), CaseRow.id)
    found = session.scalars(rows.limit(size).offset((page - 1) * size))
    return list(found), session.scalar(count) or 0


def to_follow_up(session: Session) -> int:
    """How many cases are to be followed up."""
    return session.scalar(select(func.count()).select_from(CaseRow).where(_TO_FOLLOW_UP)) or 0


def counts(session: Session) -> dict[CaseState, int]:
    """How many cases stand in each state."""
    rows = session.execute(select(CaseRow.state, func.count()).group_by(CaseRow.state))
    return dict.fromkeys(CaseState, 0) | {CaseState(state): number for state, number in rows}


def events(session: Session, case: CaseRow) -> list[EventRow]:
    """The case's events, in order."""
    rows = select(EventRow).where(EventRow.case_id == case.id).order_by(EventRow.seq)
    return list(session.scalars(rows))


def register(session: Session, vault: Vault, case: CaseRow, at: datetime) -> None:
    """A clerk has taken note of the case (登记). Raises `WrongOrderError`."""
    _need(case, CaseState.RECEIVED)
    enter(session, vault, case, CaseState.REGISTERED, at)


def dispatch(session: Session, vault: Vault, case: CaseRow, at: datetime, department: str) -> None:
    """The case goes to the department responsible (交办), or once more to one if it was reopened.

    Raises `WrongOrderError`, `BadWordingError`.
    """
    _need(case, CaseState.REGISTERED, CaseState.REOPENED)
    written = readable(department, "department", LONGEST_DEPARTMENT)
    case.department = vault.seal(written, about(case.id, "department"))
    enter(session, vault, case, CaseState.DISPATCHED, at, written)


def close(session: Session, vault: Vault, case: CaseRow, at: datetime, result: str) -> None:
    """The department has given its result (办结); the feedback clock starts.

    Raises `WrongOrderError`, `BadWordingError`.
    """
    _need(case, CaseState.DISPATCHED)
    written = readable(result, "result", LONGEST_RESULT)
    case.result = vault.seal(written, about(case.id, "result"))
    case.closed_at = at
    enter(session, vault, case, CaseState.CLOSED, at, written)


def tell(
    session: Session, vault: Vault, case: CaseRow, at: datetime, side: Told, actor: str
) -> None:
    """One side has been told of the result; with both told, the case is answered.

    Raises `WrongOrderError` if there is no result yet or this side has been told before.
    """
    _need(case, CaseState.CLOSED)
    before = case.citizen_told_at if side is Told.CITIZEN else case.window_told_at
    if before is not None:
        raise WrongOrderError(f"{side}: this side has been told already")
    if side is Told.CITIZEN:
        case.citizen_told_at = at
    else:
        case.window_told_at = at
    eventlog.append(session, vault, case_id=case.id, action=side, at=at, actor=actor)
    if case.citizen_told_at is not None and case.window_told_at is not None:
        enter(session, vault, case, CaseState.ANSWERED, at, actor=actor)


def reopen(
    session: Session, vault: Vault, case: CaseRow, at: datetime, detail: str, actor: str
) -> None:
    """The department's result is none: the case goes on as if it had not been given."""
    case.result = vault.seal("", about(case.id, "result"))
    case.closed_at = case.citizen_told_at = case.window_told_at = None
    enter(session, vault, case, CaseState.REOPENED, at, detail, actor)


def follow_up(session: Session, vault: Vault, case: CaseRow, at: datetime, note: str) -> None:
    """A clerk has followed up a bad rating, a reopening or an upgrade (回访), and says how.

    Raises `WrongOrderError` if there is nothing to follow up, `BadWordingError`.
    """
    if case.follow_up_since is None:
        raise WrongOrderError("there is nothing to follow up")
    written = readable(note, "note", LONGEST_NOTE)
    case.follow_up_since = None
    eventlog.append(
        session, vault, case_id=case.id, action=FOLLOWED_UP, at=at, actor=CLERK, detail=written
    )


def enter(
    session: Session,
    vault: Vault,
    case: CaseRow,
    state: CaseState,
    at: datetime,
    detail: str = "",
    actor: str = CLERK,
) -> None:
    """The case is in this state from now on."""
    case.state = state
    eventlog.append(
        session, vault, case_id=case.id, action=state, at=at, actor=actor, detail=detail
    )


def readable(text: str, name: str, longest: int) -> str:
    """Words as they are kept. Raises `BadWordingError`."""
    cleaned = text.replace("\r\n", "\n").strip()
    if not 0 < len(cleaned) <= longest:
        raise BadWordingError(f"{name}: needs 1 to {longest} characters")
    if not all(ch.isprintable() or ch in "\n\t\u3000" for ch in cleaned):
        raise BadWordingError(f"{name}: holds characters that cannot be printed")
    return cleaned


def _need(case: CaseRow, *states: CaseState) -> None:
    if case.state not in states:
        raise WrongOrderError(f"the case is {case.state}; this step needs {' or '.join(states)}")
