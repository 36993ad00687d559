"""The contract between kiosk and central server: the one module both import.

JSON over HTTP. Binary fields travel as base64. A `SealedItem` is opened by the central server
only; a `Receipt` signed by the server is the only acknowledgement there is (a bare 200, such as a
captive portal's, acknowledges nothing).

What a kiosk does in its own name, and what it asks for a citizen, it signs (RFC 9421, Ed25519, with
`keyid` its id, `created`, a `nonce` and `SIGNATURE_TAG`), and refusals of that are problems (RFC
9457). `HELLO_PATH`, `KEYSET_PATH`, the catalogue's and the log's paths are open to everybody: they
tell nothing of anybody, and what they tell is signed itself where it is to be believed.

A kiosk says in everything it signs how far its own clock is ahead of the server's (`CLOCK_AHEAD`),
as what was handed in is dated by the kiosk's clock and counts from when it was by the server's.
Until it knows the server's time it says 0, and is within `SIGNATURE_SECONDS` of the truth: it signs
by its own clock then, and is told the server's time if that will not do. It is a header because a
`Batch` with another field is none to older servers; headers they do not know they pass over.

What a kiosk hands over has a key made of its content (`IDEMPOTENCY_KEY`). A batch that was
taken whole is answered with the same bytes for a day; its key with another body is 422. While the
first request with a key is under way there is 409 for the next. Any other batch is looked at anew.

An envelope of more than `PART_BYTES` is uploaded in parts first (tus 1.0.0,
https://tus.io/protocols/resumable-upload), named by its SHA-256, and left out of its batch. To
create an upload that is there already is to ask how far it has come.
"""

import json
from base64 import b64encode
from collections.abc import Sequence
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Base64Bytes, BaseModel, ConfigDict, Field, WithJsonSchema

VERSION = 1
SUITE = "MLKEM768_X25519/HKDF_SHA256/AES_256_GCM"
MAX_BATCH_ITEMS = 100
MAX_BATCH_BYTES = 1 << 20
PART_BYTES = 1 << 16
"""The most a kiosk sends of an envelope at once: so much is lost with an exchange on a bad line."""

STATUS_VERSION = 2
"""Which `WireCaseStatus` a kiosk can read: it says so as `?reads=2`, which older servers pass over.
Who says nothing knows neither `item_id` nor upgrades, and reads no answer that has them."""

RECEIPT_VERSION = 2
"""Which `Receipt.signature` a kiosk can verify: it says so as `?reads=2` with a batch. Who says
nothing is given receipts that are signed each alone."""

KEYRING_VERSION = 2
"""What a `Keyring` is, as a lone `Keyset` is version 1 of the same file."""

HELLO_PATH = "/v1/hello"  # GET → Hello
KEYSET_PATH = "/v1/keyset"  # GET → Keyring
BATCHES_PATH = "/v1/batches"  # POST Batch → BatchResult, signed
UPLOADS_PATH = "/v1/uploads"  # POST → 201 with an offset, signed; OPTIONS
UPLOAD_PATH = "/v1/uploads/{sha256}"  # HEAD, PATCH, DELETE, signed; the envelope's SHA-256 in hex
ENROLMENTS_PATH = "/v1/enrolments"  # POST Enrolment → Enrolled, signed
LOG_PATH = "/v1/log"  # GET → LogHead
PROOF_PATH = "/v1/log/{submission}"  # GET → LogProof; 404 for what was not accepted
STATES_PATH = "/v1/status"  # GET ?cursor= → StateChanges, signed
CASE_PATH = "/v1/cases/status"  # POST CaseQuery → WireCaseStatus, 404 or 429, signed
CATALOGUE_PATH = "/v1/catalogue"  # GET → EditionNotice with an ETag; 304, or 404 if none
EDITION_PATH = "/v1/catalogue/{number}"  # GET → the bundle (see bundle.py), gzip
CHANGES_PATH = "/v1/catalogue/{number}/since/{before}"  # GET → the changes, gzip; 404 if not kept
RECORDS_PATH = "/v1/counter/records"  # POST CounterQuery → WireRecord or 404, signed
SLOTS_PATH = "/v1/counter/slots"  # POST SlotQuery → SlotList, signed
HOLDS_PATH = "/v1/counter/holds"  # POST HoldRequest → WireHold or 409, signed
BILLS_PATH = "/v1/counter/bills"  # POST CounterQuery → WireBill or 404, signed
PAYMENTS_PATH = "/v1/counter/payments"  # POST BillQuery → WirePayment or 404, signed
GUIDE_PAGE = "/g/{code}"  # an item's guide, for a phone that has read a slip's QR code
GZIP = "application/gzip"

KIOSK_ID = r"^[a-z0-9-]{1,32}$"
SIGNED_COMPONENTS = ("@method", "@path", "@query", "content-digest")
MOST_CHANGES = 500
"""In one `StateChanges`."""
CLOCK_AHEAD = "budayang-clock-ahead"
"""A header: whole seconds, negative where the kiosk's clock is behind."""
IDEMPOTENCY_KEY = "idempotency-key"
"""A header (draft-ietf-httpapi-idempotency-key-header-06): a string in quotes."""
KEY_PATTERN = r'^"[A-Za-z0-9._:-]{1,64}"$'
TUS_RESUMABLE = "tus-resumable"
TUS_VERSION = "1.0.0"
UPLOAD_LENGTH = "upload-length"
UPLOAD_OFFSET = "upload-offset"
UPLOAD_METADATA = "upload-metadata"
UPLOAD_CHECKSUM = "upload-checksum"
OFFSET_OCTETS = "application/offset+octet-stream"
SIGNED_IF_SENT = (
    CLOCK_AHEAD,
    IDEMPOTENCY_KEY,
    UPLOAD_LENGTH,
    UPLOAD_OFFSET,
    UPLOAD_METADATA,
    UPLOAD_CHECKSUM,
)
"""Headers that the signature covers too, where the request has them."""
MOST_AHEAD = 10**12
"""Seconds: more than there are between any two moments of the calendar."""
SIGNATURE_TAG = "budayang-kiosk"
SIGNATURE_SECONDS = 120
"""How far a signature's `created` may be from the server's time."""
LONGEST_NONCE = 64
PROBLEM = "application/problem+json"
CARRIED, ANSWERED = ".carried.jsonl", ".answered.jsonl"
"""How files end that are carried by hand: one `Batch` a line there, one `BatchResult` a line back.
"""


class Message(BaseModel):
    """Frozen, and strict about fields it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class ProblemType(StrEnum):
    """Why a signed request is refused.

    `SIGNATURE`: there is none, or it does not fit. `CLOCK`: it was made at another time, by the
    server's clock (`Problem.time`). `REPLAYED`: it has been used. `NOT_ENROLLED`, `REVOKED`: not by
    a kiosk that is served. `TOKEN`: the token to enrol with is wrong, used or out of date.
    """

    SIGNATURE = "urn:budayang:problem:signature"
    CLOCK = "urn:budayang:problem:clock"
    REPLAYED = "urn:budayang:problem:replayed"
    NOT_ENROLLED = "urn:budayang:problem:not-enrolled"
    REVOKED = "urn:budayang:problem:revoked"
    TOKEN = "urn:budayang:problem:token"


class Problem(BaseModel):
    """What went wrong (RFC 9457), without anything that was sent. Without a type of ours `title` is
    the status in words; `detail` is for the operator. Members that are not known are passed over,
    as §3.2 asks."""

    model_config = ConfigDict(frozen=True)

    type: ProblemType | Literal["about:blank"] = "about:blank"
    title: str
    status: int
    detail: str | None = None
    time: datetime | None = None


class Keyset(Message):
    """The central server's public keys of one generation, as its operator hands them to a kiosk
    (`keyset.json`) while there is no other.

    `seal_key` is the raw HPKE public key of `suite` (ML-KEM-768, 1184 bytes, followed by X25519, 32
    bytes), `verify_key` the raw Ed25519 public key that signs receipts (32 bytes).
    """

    version: int = VERSION
    key_id: str
    suite: str = SUITE
    seal_key: Base64Bytes
    verify_key: Base64Bytes


class Keyring(Message):
    """The central server's public keys, the current ones first. Retired ones verify what they have
    signed, and what was sealed to them is still opened.

    `serial` grows with every change. `signature` is the offline root's, over `keyring_bytes`, and
    empty where there is no root.
    """

    version: int = KEYRING_VERSION
    serial: int = Field(ge=1)
    keys: list[Keyset] = Field(min_length=1)
    signature: Base64Bytes = b""


class Hello(Message):
    """What the server says of itself."""

    service: Literal["budayang-central"] = "budayang-central"
    versions: list[int] = [VERSION]
    key_id: str
    time: datetime
    max_batch_items: int = MAX_BATCH_ITEMS
    max_batch_bytes: int = MAX_BATCH_BYTES


class SealedItem(Message):
    """One sealed submission. `signature` is the kiosk's, over `item_bytes`. An `envelope` that is
    left out was uploaded, or registered before."""

    id: UUID
    kind: str
    created_at: datetime
    kiosk_id: str
    key_id: str
    suite: str
    sha256: Base64Bytes
    signature: Base64Bytes
    envelope: Base64Bytes | None = None


class Batch(Message):
    """Up to `MAX_BATCH_ITEMS` sealed submissions of one kiosk, with its Ed25519 key (32 bytes)."""

    version: int = VERSION
    kiosk_id: str
    verify_key: Base64Bytes
    items: list[SealedItem] = Field(min_length=1, max_length=MAX_BATCH_ITEMS)


class Enrolment(Message):
    """A kiosk's first word: the key (Ed25519, 32 bytes) it will sign with, and did sign this with,
    and the one-time token its operator was given."""

    kiosk_id: str = Field(pattern=KIOSK_ID)
    verify_key: Annotated[Base64Bytes, Field(min_length=32, max_length=32)]
    token: str = Field(max_length=64)


class Enrolled(Message):
    """The kiosk is known by this name from now on."""

    kiosk_id: str


class Outcome(StrEnum):
    """What became of one item. Only `ACCEPTED` and `DUPLICATE` carry a receipt.

    `CONFLICT`: this id is known with another content. `REJECTED`: will never be taken as it is.
    `RETRY`: not now.
    """

    ACCEPTED = "accepted"
    DUPLICATE = "duplicate"
    CONFLICT = "conflict"
    RETRY = "retry"
    REJECTED = "rejected"


RETRY_REASONS = frozenset(
    {
        "busy",
        "storage",
        "unsupported_version",
        "kiosk_not_enrolled",
        "kiosk_key_mismatch",
        "kiosk_revoked",
        "too_many_attempts",
        "not_uploaded",
        "unknown_key",
        "unknown_suite",
    }
)
"""Why items are to be tried again through no fault of their own: a kiosk does so forever."""


class Receipt(Message):
    """The server's promise that it holds this submission. `signature` covers `receipt_bytes`, alone
    or with others (see `services.receipts`)."""

    id: UUID
    sha256: Base64Bytes
    registered_at: datetime
    key_id: str
    signature: Base64Bytes


class ItemResult(Message):
    """The answer for one item of a batch; `reason` is a short code for the operator."""

    id: UUID
    outcome: Outcome
    reason: str = ""
    receipt: Receipt | None = None


class BatchResult(Message):
    """One `ItemResult` for each item of the batch, in any order."""

    results: list[ItemResult]


class LogHead(Message):
    """The log of accepted submissions as it was at a moment: how many receipts are in it, and the
    root of the Merkle tree (RFC 9162 §2.1) over their `receipt_bytes`. `signature` covers
    `log_bytes`."""

    size: int
    root: Base64Bytes
    at: datetime
    key_id: str
    signature: Base64Bytes


class LogProof(Message):
    """That a receipt is in the log: its place (from 0), and the hashes that lead to the root (RFC
    9162 §2.1.3)."""

    place: int
    path: list[Base64Bytes]
    head: LogHead


class WireAnswer(Message):
    """One question with its answer, as the citizen read them, and the machine's value."""

    question: str
    asked: str
    answer: str
    value: str


class Payload(Message):
    """What is inside a sealed item, opened: everything the citizen handed in."""

    version: int = VERSION
    id: UUID
    kind: str
    number: str
    code: str
    created_at: datetime
    flow: str
    flow_version: int
    item_id: str | None
    item_name: str
    answers: list[WireAnswer]
    facts: dict[str, str | int | bool]
    verdict: dict[str, str | list[str]]
    content: Base64Bytes = b""


class CaseQuery(Message):
    """Number and query code, as printed on the receipt."""

    number: str = Field(max_length=32)
    code: str = Field(max_length=16)


class WireCaseEvent(Message):
    """One dated step in the life of a case."""

    state: str
    at: datetime


class WireCaseNote(Message):
    """When something a citizen did afterwards reached the case."""

    note: str
    at: datetime


class WireCaseStatus(Message):
    """How a case stands, for whoever holds number and query code. `possible` are the kinds of
    submission that would have an effect now; `rating` is the level given (5 is the best); `item_id`
    is the catalogue's id of the matter."""

    number: str
    kind: str
    item_name: str
    state: str
    events: list[WireCaseEvent]
    department: str
    result: str
    feedback_due: date | None
    provisional: bool
    booking: str = ""
    possible: list[str] = []
    rating: int | None = None
    notes: list[WireCaseNote] = []
    item_id: str | None = None


class StateChange(Message):
    """A case from this kiosk has come into a state. `receipt_hash` is the SHA-256 of its number."""

    receipt_hash: Base64Bytes
    state: str
    at: datetime


class StateChanges(Message):
    """What has changed since a cursor (0: since ever), in order. `cursor` is to be asked for next:
    at once, as more may follow, until it is the one that was asked for. It is less than that where
    the server has been put back to an earlier day."""

    changes: list[StateChange] = Field(max_length=MOST_CHANGES)
    cursor: int = Field(ge=0, lt=1 << 63)


class EditionNotice(Message):
    """Which edition of the catalogue holds now. `sha256` and `size` (bytes) are the bundle's,
    before compression; `signature` covers `edition_bytes`; `since` are the earlier editions that
    changes are kept from."""

    version: int = VERSION
    number: int
    issued: date
    sha256: Base64Bytes
    size: int
    key_id: str
    signature: Base64Bytes
    since: list[int] = []


class CounterQuery(Message):
    """For which item and division (GB/T 2260), with the machine's value of every answer."""

    item_id: str = Field(max_length=32)
    division: str = Field(max_length=6)
    answers: dict[str, str]


_PAIR = {"type": "array", "items": {"type": "string"}, "minItems": 2, "maxItems": 2}


class WireRecord(Message):
    """A record as a printable page; see `kiosk.domain.counter.record`."""

    title: str
    lines: list[Annotated[tuple[str, str], WithJsonSchema(_PAIR)]]
    columns: list[str]
    rows: list[list[str]]
    issuer: str
    issued_at: datetime
    check_code: str
    check_path: str
    watermark: str


class SlotQuery(Message):
    """Which times can be booked for an item in a division's hall."""

    item_id: str = Field(max_length=32)
    division: str = Field(max_length=6)


class WireSlot(Message):
    """Half an hour of one day, `start` as `HH:MM` local time; `left` is how many can still come."""

    day: date
    start: str
    left: int


class SlotList(Message):
    """Every slot of the days that can be booked, the full ones too."""

    slots: list[WireSlot]


class HoldRequest(Message):
    """Keep a slot (`2026-11-25T09:00`) for the form that becomes `submission`."""

    item_id: str = Field(max_length=32)
    division: str = Field(max_length=6)
    slot: str = Field(max_length=16)
    submission: UUID


class WireHold(Message):
    """The slot is kept until then."""

    slot: str
    until: datetime


class WireBill(Message):
    """What is to be paid, in fen; `path` is where a phone pays on the public site."""

    id: str
    title: str
    for_whom: str
    period: str
    amount: int
    path: str
    expires_at: datetime


class BillQuery(Message):
    """Which bill."""

    id: str = Field(max_length=64)


class WirePayment(Message):
    """How a bill stands: `unpaid`, `paid` or `expired`."""

    state: str


def upload_metadata(sha256: bytes) -> str:
    """What an upload says of itself: the envelope's SHA-256, in hex before base64."""
    return f"sha256 {b64encode(sha256.hex().encode()).decode()}"


def keyring(text: bytes) -> Keyring:
    """What is in a `keyset.json`, of either version. Raises `pydantic.ValidationError`."""
    if b'"keys"' in text:
        return Keyring.model_validate_json(text)
    return Keyring(serial=1, keys=[Keyset.model_validate_json(text)])


def keyring_bytes(*, serial: int, keys: list[Keyset]) -> bytes:
    """What the root signs (Ed25519): of each key its id and suite, and both halves in hex."""
    written = [[k.key_id, k.suite, k.seal_key.hex(), k.verify_key.hex()] for k in keys]
    return _canonical(["keyring", KEYRING_VERSION, serial, written])


def edition_bytes(*, number: int, issued: date, sha256: bytes, size: int, key_id: str) -> bytes:
    """What the central server signs (Ed25519) in an edition's notice."""
    return _canonical(
        ["catalogue", VERSION, number, issued.isoformat(), sha256.hex(), size, key_id]
    )


def seal_info(*, id: UUID, kind: str, kiosk_id: str, key_id: str) -> bytes:
    """The HPKE `info` (RFC 9180 §5.1) that binds an envelope to its metadata."""
    return _canonical(["budayang", VERSION, str(id), kind, kiosk_id, key_id])


def item_bytes(
    *, id: UUID, kind: str, created_at: datetime, kiosk_id: str, key_id: str, sha256: bytes
) -> bytes:
    """What the kiosk signs (Ed25519) for one sealed item."""
    moment = created_at.astimezone(UTC).isoformat()
    return _canonical(["item", VERSION, str(id), kind, moment, kiosk_id, key_id, sha256.hex()])


def receipt_bytes(*, id: UUID, sha256: bytes, registered_at: datetime, key_id: str) -> bytes:
    """What the central server promises in a receipt, and signs (see `services.receipts`)."""
    moment = registered_at.astimezone(UTC).isoformat()
    return _canonical(["receipt", VERSION, str(id), sha256.hex(), moment, key_id])


def log_bytes(*, size: int, root: bytes, at: datetime, key_id: str) -> bytes:
    """What the central server signs (Ed25519) in the head of its log."""
    return _canonical(["log", VERSION, size, root.hex(), at.astimezone(UTC).isoformat(), key_id])


_CANONICAL = json.JSONEncoder(ensure_ascii=True, separators=(",", ":"))


def _canonical(fields: Sequence[str | int | list[list[str]]]) -> bytes:
    return _CANONICAL.encode(fields).encode()
