"""The clerk's desk: lists, shows and moves cases, for the JSON API and the web console alike."""

from collections.abc import Callable
from datetime import UTC, date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased

from kiosk.domain.complaint.triage import Verdict, upgraded
from kiosk.domain.submission.case import CaseState
from kiosk.errors import CaseNotFound
from services import wire
from services.central import appointments, cases, eventlog
from services.central.cases import Told
from services.central.feedback import ZONE
from services.central.office import Office
from services.central.tables import AttachmentRow, CaseRow, SubmissionRow
from services.central.vault import Vault, about


class CaseSummary(wire.Message):
    """One line of the list. `feedback_due` is set once the case is closed; `overdue` says that it
    has passed without both sides told. `rating` is the citizen's, 5 the best; `follow_up_since` is
    set while a bad one, a reopening or an upgrade is to be followed up. `enquiry`: a complaint that
    is registered as an enquiry; `upgraded_at` is when the citizen said that it is none any more."""

    number: str
    kind: str
    item_name: str
    state: CaseState
    department: str
    received_at: datetime
    citizen_told: bool
    window_told: bool
    feedback_due: date | None
    provisional: bool
    overdue: bool
    rating: int | None
    follow_up_since: datetime | None
    enquiry: bool
    upgraded_at: datetime | None


class CasePage(wire.Message):
    """One page (from 1) of the list; `counts` are all cases by state, `to_follow_up` those to be
    followed up."""

    cases: list[CaseSummary]
    total: int
    page: int
    pages: int
    counts: dict[CaseState, int]
    to_follow_up: int


class EventView(wire.Message):
    """One event of a case."""

    action: str
    at: datetime
    actor: str
    detail: str


class AppointmentView(wire.Message):
    """The time a form asked for (`2026-11-25T09:00`, local), where, and whether it is booked; time
    and hall are empty where the form named none there is."""

    slot: str
    hall: str
    state: str


class AttachmentView(wire.Message):
    """One photographed paper. `belongs_to` is the submission it was handed in with: the form or an
    addition. `added_at` is when that addition reached the centre (or the paper itself, if the
    addition is still to come); None for the form's."""

    id: str
    paper: str
    page: int
    belongs_to: str
    added_at: datetime | None


class RouteView(wire.Message):
    """Somebody else's matter: its topic, and who is responsible."""

    topic: str
    responsible: str


class CaseDetail(CaseSummary):
    """Everything known of a case. `verdict` is as of the day of the upgrade, if there was one;
    `route` says what its route is in the catalogue that holds now, None if that has none.
    `created_at` is by the kiosk's clock, `captured_at` the same moment by ours, if it is known."""

    created_at: datetime
    captured_at: datetime | None
    flow: str
    flow_version: int
    item_id: str | None
    answers: list[wire.WireAnswer]
    facts: dict[str, str | int | bool]
    verdict: dict[str, str | list[str]]
    route: RouteView | None
    suggested_department: str
    result: str
    events: list[EventView]
    appointment: AppointmentView | None
    attachments: list[AttachmentView]


_Step = Callable[[Session, Vault, CaseRow, datetime], None]


class ClerkDesk:
    """What a clerk may do. Every look at a case is recorded in the audit log."""

    def __init__(self, office: Office) -> None:
        self._office = office

    def page(
        self, state: CaseState | None, page: int, size: int, *, follow_up: bool = False
    ) -> CasePage:
        """One page of the list, the newest case first; with `follow_up` only what is to be."""
        with self._office.database.read() as session:
            rows, total = cases.listed(
                session, state=state, follow_up=follow_up, page=page, size=size
            )
            return CasePage(
                cases=[self._summary(row, self._words(row)) for row in rows],
                total=total,
                page=page,
                pages=max(1, -(-total // size)),
                counts=cases.counts(session),
                to_follow_up=cases.to_follow_up(session),
            )

    def show(self, number: str) -> CaseDetail:
        """One case. Raises `CaseNotFound`."""
        with self._office.database.write() as session:
            case = cases.find(session, number)
            eventlog.audit(
                session, at=self._now(), actor=cases.CLERK, action="viewed", subject=case.id
            )
            return self._detail(session, case)

    def picture(self, number: str, attachment_id: str) -> bytes:
        """A photographed paper of a case (JPEG). Raises `CaseNotFound`."""
        with self._office.database.write() as session:
            case = cases.find(session, number)
            row = session.get(AttachmentRow, attachment_id)
            if row is None or row.case_id != case.id:
                raise CaseNotFound("no such picture")
            eventlog.audit(
                session, at=self._now(), actor=cases.CLERK, action="picture", subject=row.id
            )
            return self._office.keys.vault.open_bytes(row.content, about(row.id, "content"))

    def register(self, number: str) -> CaseDetail:
        """登记. Raises `CaseNotFound`, `WrongOrderError`."""
        return self._act(number, cases.register)

    def dispatch(self, number: str, department: str) -> CaseDetail:
        """交办. Raises `CaseNotFound`, `WrongOrderError`, `BadWordingError`."""
        return self._act(number, lambda s, v, c, at: cases.dispatch(s, v, c, at, department))

    def close(self, number: str, result: str) -> CaseDetail:
        """办结. Raises `CaseNotFound`, `WrongOrderError`, `BadWordingError`."""
        return self._act(number, lambda s, v, c, at: cases.close(s, v, c, at, result))

    def tell(self, number: str, side: Told) -> CaseDetail:
        """窗口已知晓 or 已告知群众. Raises `CaseNotFound`, `WrongOrderError`."""
        return self._act(number, lambda s, v, c, at: cases.tell(s, v, c, at, side, cases.CLERK))

    def follow_up(self, number: str, note: str) -> CaseDetail:
        """回访. Raises `CaseNotFound`, `WrongOrderError`, `BadWordingError`."""
        return self._act(number, lambda s, v, c, at: cases.follow_up(s, v, c, at, note))

    def check_log(self) -> eventlog.Check:
        """Walk the event log's hash chain."""
        with self._office.database.read() as session:
            return eventlog.verify(session)

    def _act(self, number: str, step: _Step) -> CaseDetail:
        with self._office.database.write() as session:
            case = cases.find(session, number, lock=True)
            step(session, self._office.keys.vault, case, self._now())
            return self._detail(session, case)

    def _summary(self, case: CaseRow, words: cases.Words) -> CaseSummary:
        closed, rule = case.closed_at, self._office.feedback
        due = None if closed is None else rule.due(closed)
        waiting = closed is not None and case.state == CaseState.CLOSED
        return CaseSummary(
            number=case.number,
            kind=case.kind,
            item_name=words.item_name,
            state=CaseState(case.state),
            department=words.department,
            received_at=case.received_at,
            citizen_told=case.citizen_told_at is not None,
            window_told=case.window_told_at is not None,
            feedback_due=None if due is None else due.day,
            provisional=due is not None and due.provisional,
            overdue=waiting and closed is not None and rule.is_overdue(closed, self._now()),
            rating=case.rating,
            follow_up_since=case.follow_up_since,
            enquiry=case.enquiry,
            upgraded_at=case.upgraded_at,
        )

    def _detail(self, session: Session, case: CaseRow) -> CaseDetail:
        vault, words = self._office.keys.vault, self._words(case)
        handed_in = cases.dossier(vault, case)
        verdict = self._verdict(handed_in.verdict, case)
        return CaseDetail(
            **dict(self._summary(case, words)),
            **dict(handed_in) | {"verdict": verdict},
            captured_at=case.captured_at,
            route=self._route(verdict),
            suggested_department=handed_in.suggested_department,
            result=words.result,
            events=[
                EventView(
                    action=row.action,
                    at=row.at,
                    actor=row.actor,
                    detail=eventlog.detail(vault, row),
                )
                for row in cases.events(session, case)
            ],
            appointment=self._appointment(session, case),
            attachments=_attachments(session, vault, case),
        )

    def _verdict(self, verdict: Verdict, case: CaseRow) -> Verdict:
        if case.upgraded_at is None:
            return verdict
        day = case.upgraded_at.astimezone(ZONE).date()
        return upgraded(verdict, self._office.feedback.workdays, day)

    def _route(self, verdict: Verdict) -> RouteView | None:
        id_ = verdict.get("route")
        edition = self._office.edition() if id_ else None
        route = edition.routes.get(str(id_)) if edition else None
        return RouteView(topic=route.topic, responsible=route.responsible) if route else None

    def _appointment(self, session: Session, case: CaseRow) -> AppointmentView | None:
        found = appointments.of_case(session, self._office.edition, case.id)
        if found is None:
            return None
        hall = found.hall.name if found.hall else found.hall_id
        return AppointmentView(slot=found.slot, hall=hall, state=found.state)

    def _words(self, case: CaseRow) -> cases.Words:
        return cases.words(self._office.keys.vault, case)

    def _now(self) -> datetime:
        return self._office.clock.now()


def _attachments(session: Session, vault: Vault, case: CaseRow) -> list[AttachmentView]:
    """The pictures of a case: the form's, then those of each addition; paper by paper and page by
    page."""
    own, whole = aliased(SubmissionRow), aliased(SubmissionRow)
    rows = session.execute(
        select(AttachmentRow, func.coalesce(whole.registered_at, own.registered_at))
        .join(own, own.id == AttachmentRow.id)
        .outerjoin(whole, whole.id == AttachmentRow.belongs_to)
        .where(AttachmentRow.case_id == case.id)
    )
    views = [
        AttachmentView(
            id=row.id,
            paper=vault.open(row.paper, about(row.id, "paper")),
            page=row.page,
            belongs_to=row.belongs_to or case.id,
            added_at=None if row.belongs_to in (None, case.id) else at,
        )
        for row, at in rows
    ]
    return sorted(views, key=_place)


def _place(view: AttachmentView) -> tuple[datetime, str, str, int, str]:
    at = view.added_at or datetime.min.replace(tzinfo=UTC)
    return at, view.belongs_to, view.paper, view.page, view.id
