"""Speaks to the central server, and believes nobody else (captive portals, proxies, garbage)."""

import hashlib
from base64 import b64encode
from collections.abc import Mapping
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import TypeVar
from uuid import UUID

import requests
from pydantic import ValidationError

from kiosk.domain.counter.booking import BookingState
from kiosk.domain.submission.case import (
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
from services.uplink.enrolment import EnrolToken
from services.uplink.keys import CentralKeys
from services.uplink.signing import NotAdmitted, RequestSigner, problem
from services.uplink.uploads import Uploading

_M = TypeVar("_M", bound=wire.Message)
_CASE_PATH = f"{wire.CASE_PATH}?reads={wire.STATUS_VERSION}"


class CentralClient:
    """Implements `kiosk.ports.CentralServer`, and what the uplink sends. Safe from any thread.

    Every call but `send` ends within ten seconds (name resolution aside), `send` within
    `bounded.longest_exchange` after `uploads.LONGEST`. All raise `CentralUnreachable` for whatever
    is not the central server's own.
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
        has signed them. With `signer` it speaks in the kiosk's own name, and enrols it with the
        `token` if there is one."""
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
        hello = answer(wire.Hello, *self._exchange("GET", wire.HELLO_PATH))
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
        signer = self._signer
        if signer is None:
            return answer(wire.BatchResult, *self._exchange("POST", wire.BATCHES_PATH, batch))
        self._enrol(signer)
        lighter = Uploading(partial(self._exchange_signed, signer)).lightened(batch)
        return self._signed(signer, wire.BATCHES_PATH, lighter, wire.BatchResult)

    def _enrol(self, signer: RequestSigner) -> None:
        token = self._token.read() if self._token is not None else ""
        if self._token is None or not token:
            return
        key = b64encode(signer.own.verify_key)
        enrolment = wire.Enrolment(kiosk_id=signer.kiosk_id, verify_key=key, token=token[:64])
        try:
            self._signed(signer, wire.ENROLMENTS_PATH, enrolment, wire.Enrolled)
        except NotAdmitted:
            self._token.refused(token)
        else:
            self._token.spent()

    def _signed(
        self, signer: RequestSigner, path: str, message: wire.Message, expected: type[_M]
    ) -> _M:
        """The answer to a signed message."""
        body = message.model_dump_json().encode()
        key = {wire.IDEMPOTENCY_KEY: f'"{hashlib.sha256(body).hexdigest()}"'}
        response, content = self._exchange_signed(signer, "POST", path, body, key)
        if response.status_code == 409 and is_json(response):
            raise CentralBusy(f"{response.url}: still at work on the same request", None)
        return answer(expected, response, content)

    def _exchange_signed(
        self,
        signer: RequestSigner,
        method: str,
        path: str,
        body: bytes,
        more: Mapping[str, str],
        *,
        again: bool = True,
    ) -> tuple[requests.Response, bytes]:
        """A signed request with `more` headers. A server that has another time is asked again,
        once."""
        url = self._base + path
        headers = signer.headers(method, url, body, more)
        response, content = bounded.exchange(self._session, method, url, body or None, headers)
        refusal = problem(response, content)
        if refusal is None:
            return response, content
        if refusal.type is wire.ProblemType.CLOCK and refusal.time is not None and again:
            signer.learn(refusal.time)
            return self._exchange_signed(signer, method, path, body, more, again=False)
        raise NotAdmitted(f"{url}: {refusal.type}: {refusal.title}")

    def proof(self, submission: UUID) -> wire.LogProof | None:
        """That something is in the log of what was accepted; None where the server knows nothing of
        it."""
        path = wire.PROOF_PATH.format(submission=submission)
        response, body = self._exchange("GET", path)
        if response.status_code == 404 and is_json(response):
            return None
        return answer(wire.LogProof, response, body)

    def follow(self, number: str, code: str) -> CaseStatus:
        """How a case stands; reading it counts as the citizen having been told.

        Raises `CaseNotFound`, `TooManyAttempts` or `CentralUnreachable`.
        """
        try:
            query = wire.CaseQuery(number=number, code=code)
        except ValidationError:
            raise CaseNotFound("a number or code of this length cannot exist") from None
        response, body = self._exchange("POST", _CASE_PATH, query)
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
                self._keys.renew(answer(wire.Keyring, *self._exchange("GET", wire.KEYSET_PATH)))

    def _exchange(
        self, method: str, path: str, message: wire.Message | None = None
    ) -> tuple[requests.Response, bytes]:
        json = None if message is None else message.model_dump_json().encode()
        return bounded.exchange(self._session, method, self._base + path, json)


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
