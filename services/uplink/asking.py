"""Asking the central server in the kiosk's own name."""

import time
from collections.abc import Mapping

import requests

from services import wire
from services.uplink import bounded
from services.uplink.signing import NotAdmitted, NotEnrolled, RequestSigner, problem

SOON = 1.0
"""Seconds: a server that takes longer to say that it has another time is not asked again at once,
so that two exchanges take hardly longer than one."""


def ask(
    session: bounded.Session,
    signer: RequestSigner,
    method: str,
    url: str,
    body: bytes | None = None,
    headers: Mapping[str, str] | None = None,
) -> tuple[requests.Response, bytes]:
    """A signed `bounded.exchange`; `headers` are signed too. By a server that has another time the
    signer learns it, and asks again, once. Raises `NotAdmitted` where the signature is refused,
    `CentralUnreachable`, or `StorageError` if the kiosk's key cannot be read or made.
    """
    begun = time.monotonic()
    found = _exchange(session, signer, method, url, body, headers)
    refusal = problem(*found)
    if refusal is not None and refusal.type is wire.ProblemType.CLOCK and refusal.time is not None:
        signer.learn(refusal.time)
        if time.monotonic() - begun < SOON:
            found = _exchange(session, signer, method, url, body, headers)
            refusal = problem(*found)
    if refusal is not None:
        unknown = refusal.type is wire.ProblemType.NOT_ENROLLED
        kind = NotEnrolled if unknown else NotAdmitted
        raise kind(f"{url}: {refusal.type}: {refusal.title}")
    return found


def _exchange(
    session: bounded.Session,
    signer: RequestSigner,
    method: str,
    url: str,
    body: bytes | None,
    headers: Mapping[str, str] | None,
) -> tuple[requests.Response, bytes]:
    signed = signer.headers(method, url, body or b"", headers)
    return bounded.exchange(session, method, url, body, signed)
