"""What kiosks and citizens' phones may ask: hello, batches and the status of a case."""

from fastapi import APIRouter, HTTPException, Request

from kiosk.domain.submission.case import Note
from kiosk.domain.submission.model import Kind
from kiosk.errors import CaseNotFound
from services import wire
from services.central.gate import WaitError
from services.central.intake import IncomingBatch, take_batch
from services.central.office import Office
from services.central.status import StatusDesk


class Query(wire.Message):
    """`wire.CaseQuery` of any length: what cannot be a number is simply not found."""

    number: str
    code: str


NOT_FOUND = "no case has this number and query code"


def routes(office: Office, desk: StatusDesk) -> APIRouter:
    """The routes every kiosk uses."""
    router = APIRouter(tags=["kiosk"])

    @router.get(wire.HELLO_PATH)
    def hello() -> wire.Hello:
        """Who this server is, and what time it has."""
        return wire.Hello(key_id=office.keys.keyset.key_id, time=office.clock.now())

    @router.get(wire.KEYSET_PATH)
    def keyset() -> wire.Keyring:
        """The public keys there are, for kiosks that can tell by the root's signature whether to
        believe it."""
        return office.keys.keyring

    @router.post(wire.BATCHES_PATH, responses={413: {"description": "Batch too large"}})
    def batches(batch: IncomingBatch) -> wire.BatchResult:
        """Take sealed submissions in; every item is answered on its own."""
        return wire.BatchResult(results=take_batch(office, batch))

    @router.post(
        wire.CASE_PATH,
        responses={
            404: {"description": NOT_FOUND},
            429: {"description": "Too many failed attempts; see Retry-After"},
        },
        response_model_exclude_unset=True,
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
