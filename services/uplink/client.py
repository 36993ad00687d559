"""Speaks to the central server, and believes nobody else (captive portals, proxies, garbage)."""

import hashlib
from base64 import b64encode
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TypeVar
from uuid import UUID

import requests
from pydantic import ValidationError

from kiosk.domain.counter.booking import BookingState
from kiosk.domain.submission.case import (
    CaseChange,
    CaseEvent,
    CaseNote,
    CaseState,
    CaseStatus,
    Note,
    Rating,
)
from kiosk.domain.submission.model import Kind
from kiosk.errors import CaseNotFound, CentralUnreachable, KnownError, TooManyAttempts
from services import wire
from services.uplink import bounded
from services.uplink.answers import CentralBusy, answer, is_json
from services.uplink.asking import ask
from services.uplink.enrolment import EnrolToken
from services.uplink.keys import CentralKeys
from services.uplink.signing import NotAdmitted, NotEnrolled, RequestSigner
from services.uplink.uploads import Uploading

_M = TypeVar("_M", bound=wire.Message)
_BATCHES_PATH = f"{wire.BATCHES_PATH}?reads={wire.RECEIPT_VERSION}"
_CASE_PATH = f"{wire.CASE_PATH}?reads={wire.STATUS_VERSION}"


class CentralClient:
    """Implements `kiosk.ports.CentralServer`, and what the uplink sends. Safe from any thread.

    Every exchange ends within ten seconds, that of a batch within `bounded.longest_exchange`, after
    `uploads.LONGEST`. What a citizen waits for is one exchange, or hardly longer (`asking.SOON`).
    All raise `CentralUnreachable` for whatever is not the central server's own.
    """

    def __init__(
        self,
        base_url: str,
        ca: Path | None = None,
        keys: CentralKeys | None = None,
        signer: RequestSigner | None = None,
        token: EnrolToken | None = None,
    ) -> None:
        """`ca`: see `bounded.Session`. `keys` are kept up with the central server's, where a root
        has signed them. With `signer` it speaks in the kiosk's own name, without which
        the central server answers no more than `hello` and `proof`, and enrols it with the `token`
        if there is one."""
        self._base = base_url.rstrip("/")
        self._session = bounded.Session(ca)
        self._keys = keys
        self._signer = signer
        self._token = token

    def close(self) -> None:
        """Close idle connections."""
        self._session.close()

    def hang_up(self) -> None:
        """Cut the exchange under way, from any thread: it fails at once."""
        self._session.hang_up()

    def hello(self) -> wire.Hello:
        """Ask whether the central server is there and speaks our version; enrol if need be."""
        hello = answer(wire.Hello, *self._get(wire.HELLO_PATH))
        if wire.VERSION not in hello.versions:
            raise CentralUnreachable(f"{self._base}: speaks versions {hello.versions} only")
        self._keep_up(hello.key_id)
        if self._signer is not None:
            self._signer.learn(hello.time)
            self._enrol(self._signer)
        return hello

    def send(self, batch: wire.Batch) -> wire.BatchResult:
        """Hand over a batch, large envelopes in parts before it. Raises `CentralBusy`,
        `BatchRefused`, `NotAdmitted` or `StorageError` besides."""
        result = self._deliver(batch)
        for key_id in {one.receipt.key_id for one in result.results if one.receipt is not None}:
            self._keep_up(key_id)
        return result

    def _deliver(self, batch: wire.Batch) -> wire.BatchResult:
        if self._signer is not None:
            self._enrol(self._signer)
            batch = Uploading(self._ask).lightened(batch)
        return self._post(_BATCHES_PATH, batch, wire.BatchResult)

    def _enrol(self, signer: RequestSigner) -> None:
        token = self._token.read() if self._token is not None else ""
        if self._token is None or not token:
            return
        try:
            self._introduce(signer, token)
        except NotAdmitted:
            self._token.refused(token)
        else:
            self._token.spent()

    def _introduce(self, signer: RequestSigner, token: str = "") -> None:
        key = b64encode(signer.own.verify_key)
        enrolment = wire.Enrolment(kiosk_id=signer.kiosk_id, verify_key=key, token=token[:64])
        self._post(wire.ENROLMENTS_PATH, enrolment, wire.Enrolled)

    def _post(self, path: str, message: wire.Message, expected: type[_M]) -> _M:
        """What the kiosk hands over, by a key of its content."""
        body = message.model_dump_json().encode()
        key = {wire.IDEMPOTENCY_KEY: f'"{hashlib.sha256(body).hexdigest()}"'}
        response, content = self._ask("POST", path, body, key)
        if response.status_code == 409 and is_json(response):
            raise CentralBusy(f"{response.url}: still at work on the same request", None)
        return answer(expected, response, content)

    def changes(self, cursor: int) -> tuple[list[CaseChange], int]:
        """How the cases that came from here have gone on since `cursor`, and the next cursor; see
        `wire.StateChanges`. Where the server does not know the kiosk, and takes whoever comes, it
        is enrolled. Raises `NotAdmitted` or `StorageError` besides."""
        path = f"{wire.STATES_PATH}?cursor={cursor}"
        try:
            found = answer(wire.StateChanges, *self._ask("GET", path))
        except NotEnrolled:
            if self._signer is not None:
                with suppress(NotAdmitted):
                    self._introduce(self._signer)
            found = answer(wire.StateChanges, *self._ask("GET", path))
        return list(_known(found.changes)), found.cursor

    def proof(self, submission: UUID) -> wire.LogProof | None:
        """That something is in the log of what was accepted; None where the server knows nothing of
        it."""
        path = wire.PROOF_PATH.format(submission=submission)
        response, body = self._get(path)
        if response.status_code == 404 and is_json(response):
            return None
        return answer(wire.LogProof, response, body)

    def follow(self, number: str, code: str) -> CaseStatus:
        """How a case stands; reading it counts as the citizen having been told.

        Raises `CaseNotFound`, `TooManyAttempts`, `CentralUnreachable` or `StorageError`.
        """
        try:
            query = wire.CaseQuery(number=number, code=code)
        except ValidationError:
            raise CaseNotFound("a number or code of this length cannot exist") from None
        response, body = self._ask("POST", _CASE_PATH, query.model_dump_json().encode())
        if response.status_code == 404 and is_json(response):
            raise CaseNotFound("no case has this number and code")
        if response.status_code == 429 and is_json(response):
            raise TooManyAttempts("the central server asks to wait before the next query")
        return _case_status(answer(wire.WireCaseStatus, response, body))

    def _keep_up(self, key_id: str) -> None:
        """Fetch the keyset if it may hold this key, which is news. Where that fails, the next time
        will do: nothing is lost."""
        if self._keys is not None and self._keys.lacks(key_id):
            with suppress(KnownError):
                self._keys.renew(answer(wire.Keyring, *self._get(wire.KEYSET_PATH)))

    def _get(self, path: str) -> tuple[requests.Response, bytes]:
        """What is open to everybody."""
        return bounded.exchange(self._session, "GET", self._base + path)

    def _ask(
        self,
        method: str,
        path: str,
        body: bytes | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> tuple[requests.Response, bytes]:
        """What is open to kiosks."""
        url = self._base + path
        if self._signer is None:
            return bounded.exchange(self._session, method, url, body, headers)
        return ask(self._session, self._signer, method, url, body, headers)


def _known(changes: Sequence[wire.StateChange]) -> Iterator[CaseChange]:
    """Those whose state can be told here: of what only a newer server knows, nothing is kept."""
    for change in changes:
        if change.at.tzinfo is None:
            raise CentralUnreachable("a case's change has no time zone")
        with suppress(ValueError):
            yield CaseChange(change.receipt_hash, CaseState(change.state), change.at)


def _case_status(status: wire.WireCaseStatus) -> CaseStatus:
    moments = [event.at for event in status.events] + [note.at for note in status.notes]
    if any(moment.tzinfo is None for moment in moments):
        raise CentralUnreachable("a case's events have no time zone")
    try:
        return CaseStatus(
            number=status.number,
            kind=status.kind,
            item_name=status.item_name,
            state=CaseState(status.state),
            events=tuple(CaseEvent(CaseState(e.state), e.at) for e in status.events),
            department=status.department,
            result=status.result,
            feedback_due=status.feedback_due,
            provisional=status.provisional,
            booking=BookingState(status.booking) if status.booking else "",
            possible=frozenset(map(Kind, status.possible)),
            rating=None if status.rating is None else Rating(status.rating),
            notes=tuple(CaseNote(Note(n.note), n.at) for n in status.notes),
            item_id=status.item_id,
        )
    except ValueError as error:
        raise CentralUnreachable("a case's state is unknown to this kiosk") from error
