"""What kiosks may ask. Signed is what they do in their own name, and what they ask for a citizen:
batches, enrolments, the states and the status of cases. Open to everybody are `hello` and the keys,
which whoever is to sign needs first, and the log, which is there for anybody to check."""

from datetime import timedelta
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Header, HTTPException, Request
from fastapi import Query as Parameter
from starlette.responses import Response

from kiosk.domain.submission.case import Note
from kiosk.domain.submission.model import Kind
from kiosk.errors import CaseNotFound
from services import wire
from services.central import acceptlog, changes, identity, problems, repeats
from services.central.enrolment import redeem
from services.central.gate import WaitError
from services.central.intake import IncomingBatch, take_batch
from services.central.office import Office
from services.central.problems import ProblemError
from services.central.status import StatusDesk


class Query(wire.Message):
    """`wire.CaseQuery` of any length: what cannot be a number is simply not found."""

    number: str
    code: str


Ahead = Annotated[
    int | None, Header(alias=wire.CLOCK_AHEAD, ge=-wire.MOST_AHEAD, le=wire.MOST_AHEAD)
]
Key = Annotated[str | None, Header(alias=wire.IDEMPOTENCY_KEY, pattern=wire.KEY_PATTERN)]
Cursor = Annotated[int, Parameter(ge=0, lt=1 << 63)]
NOT_ACCEPTED = "nothing accepted has this id"
NOT_FOUND = "no case has this number and query code"


def routes(office: Office, desk: StatusDesk) -> APIRouter:
    """The routes every kiosk uses."""
    router = APIRouter(tags=["kiosk"])
    under_way = repeats.UnderWay()

    @router.get(wire.HELLO_PATH)
    def hello() -> wire.Hello:
        """Who this server is, and what time it has."""
        return wire.Hello(key_id=office.keys.keyset.key_id, time=office.clock.now())

    @router.get(wire.KEYSET_PATH)
    def keyset() -> wire.Keyring:
        """The public keys there are, for kiosks that can tell by the root's signature whether to
        believe it."""
        return office.keys.keyring

    @router.post(
        wire.BATCHES_PATH,
        response_model=wire.BatchResult,
        responses={
            409: {"description": "The first request with this key is not answered yet"},
            413: {"description": "Batch too large"},
            **problems.REFUSALS,
        },
    )
    def batches(
        batch: IncomingBatch,
        kiosk_id: Annotated[str, Depends(identity.signed(office))],
        body: Annotated[bytes, Depends(identity.body_of)],
        ahead: Ahead = None,
        key: Key = None,
        reads: int = 1,
    ) -> Response:
        """Take sealed submissions in; every item is answered on its own, and the same batch by the
        same key with the same bytes. `reads` is the kiosk's `wire.RECEIPT_VERSION`."""
        _for_itself(kiosk_id, batch.kiosk_id)
        off = None if ahead is None else timedelta(seconds=ahead)
        folded = reads >= wire.RECEIPT_VERSION
        if key is None:
            return _json(repeats.answer(take_batch(office, batch, off, folded=folded)))
        repeat = repeats.Repeat(office, kiosk_id, key.strip('"'), body)
        try:
            with under_way.entered(repeat):
                if before := repeat.answered():
                    return _json(before)
                results = take_batch(office, batch, off, repeat.keep, folded=folded)
                return _json(repeats.answer(results))
        except repeats.UnderWayError as error:
            raise HTTPException(409, str(error)) from error
        except repeats.AnotherRequestError as error:
            raise HTTPException(422, str(error)) from error

    @router.get(wire.STATES_PATH, responses=problems.REFUSALS)
    def states(
        kiosk_id: Annotated[str, Depends(identity.signed(office))], cursor: Cursor = 0
    ) -> wire.StateChanges:
        """How the cases that came from the kiosk have gone on since `cursor`. Nobody counts as told
        of anything by it."""
        with office.database.read() as session:
            return changes.since(session, kiosk_id, cursor)

    @router.get(wire.LOG_PATH)
    def log_head() -> wire.LogHead:
        """The log of accepted submissions, as it is now."""
        with office.database.read() as session:
            return acceptlog.head(session, office.keys, office.clock.now())

    @router.get(wire.PROOF_PATH, responses={404: {"description": NOT_ACCEPTED}})
    def log_proof(submission: UUID) -> wire.LogProof:
        """That a submission is in the log, for whoever holds its receipt."""
        with office.database.read() as session:
            found = acceptlog.proof(session, office.keys, submission, office.clock.now())
        if found is None:
            raise HTTPException(404, NOT_ACCEPTED)
        return found

    @router.post(wire.ENROLMENTS_PATH, responses=problems.REFUSALS)
    def enrolments(
        enrolment: wire.Enrolment, kiosk_id: Annotated[str, Depends(identity.introduced(office))]
    ) -> wire.Enrolled:
        """Enrol a kiosk that has a token."""
        _for_itself(kiosk_id, enrolment.kiosk_id)
        redeem(office, enrolment)
        return wire.Enrolled(kiosk_id=kiosk_id)

    @router.post(
        wire.CASE_PATH,
        responses={
            404: {"description": NOT_FOUND},
            429: {"description": "Too many failed attempts; see Retry-After"},
            **problems.REFUSALS,
        },
        response_model_exclude_unset=True,
        dependencies=[Depends(identity.signed(office))],
    )
    def status(query: Query, request: Request, reads: int = 1) -> wire.WireCaseStatus:
        """How a case stands; reading the status of a closed case counts as being told. `reads` is
        the version of the answer that can be read."""
        try:
            case = desk.follow(query.number, query.code, client_of(request))
            return case if reads >= wire.STATUS_VERSION else _first_version(case)
        except CaseNotFound as error:
            raise HTTPException(404, NOT_FOUND) from error
        except WaitError as wait:
            headers = {"Retry-After": str(wait.seconds)}
            raise HTTPException(429, "too many failed attempts", headers) from wait

    return router


def _json(body: bytes) -> Response:
    return Response(body, media_type="application/json")


def _for_itself(signed: str, named: str) -> None:
    """A kiosk speaks for no other."""
    if signed != named:
        raise ProblemError(wire.ProblemType.SIGNATURE)


def _first_version(case: wire.WireCaseStatus) -> wire.WireCaseStatus:
    """As it is read by who says nothing (see `wire.STATUS_VERSION`); `item_id` stays unset."""
    unknown = {Kind.UPGRADE, Note.UPGRADED, Note.LATE_UPGRADE}
    fields = case.model_dump(exclude={"item_id"})
    fields["possible"] = [kind for kind in case.possible if kind not in unknown]
    fields["notes"] = [note for note in case.notes if note.note not in unknown]
    return wire.WireCaseStatus(**fields)


def client_of(request: Request) -> str:
    """The address of whoever asks; kept in memory only."""
    return request.client.host if request.client else ""
