"""A central server with its clock in the test's hand, and a kiosk that seals and signs for it."""

import hashlib
import json
import warnings
from base64 import b64encode
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import httpx
import pytest
import uuid_utils
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PublicKey
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, MLKEM768X25519PublicKey, Suite

from kiosk.domain.calendar.workdays import Workdays
from kiosk.domain.submission.receipt import new_code, new_number
from services import wire
from services.central.app import create_app, open_office
from services.central.feedback import ZONE
from services.central.office import Office
from services.content.calendar import load_workdays
from services.receipts import unfolded
from services.uplink.signing import RequestSigner

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # starlette announces another HTTP client than httpx
    from starlette.testclient import TestClient

SUITE = Suite(KEM.MLKEM768_X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)
ML_KEM_BYTES = 1184
NOON = datetime(2026, 9, 29, 12, 0, tzinfo=ZONE)


BATCHES_PATH = f"{wire.BATCHES_PATH}?reads={wire.RECEIPT_VERSION}"


class HandClock:
    def __init__(self, moment: datetime = NOON) -> None:
        self.moment = moment

    def now(self) -> datetime:
        return self.moment


def public_key(seal_key: bytes) -> MLKEM768X25519PublicKey:
    return MLKEM768X25519PublicKey(
        MLKEM768PublicKey.from_public_bytes(seal_key[:ML_KEM_BYTES]),
        X25519PublicKey.from_public_bytes(seal_key[ML_KEM_BYTES:]),
    )


@dataclass
class FakeKiosk:
    keyset: wire.Keyset
    id: str = "demo-kiosk-1"
    key: Ed25519PrivateKey = field(default_factory=Ed25519PrivateKey.generate)

    def payload(self, **changes: Any) -> dict[str, Any]:
        return {
            "id": str(uuid_utils.uuid7()),
            "kind": "complaint",
            "number": new_number("BBC"),
            "code": new_code(),
            "created_at": "2026-09-29T11:58:00+08:00",
            "flow": "complaint",
            "flow_version": 1,
            "item_id": None,
            "item_name": "演示数据 社保卡补办",
            "answers": [
                {
                    "question": "Q1",
                    "asked": "您想反映哪一种事？",
                    "answer": "一直没结果 <b>演示</b>",
                    "value": "no_result",
                }
            ],
            "facts": {"department": "演示部门", "visits": 2, "complete": True},
            "verdict": {"primary": "1", "classes": ["1", "2"], "subclasses": ["1B"]},
        } | changes

    def item(self, payload: dict[str, Any] | bytes, **outside: Any) -> dict[str, Any]:
        """`payload` sealed and signed; `outside` replaces metadata before sealing."""
        meta: dict[str, Any] = {"kiosk_id": self.id, "key_id": self.keyset.key_id}
        if isinstance(payload, bytes):
            plain = payload
        else:
            plain = json.dumps(payload).encode()
            meta |= {"id": UUID(payload["id"]), "kind": payload["kind"]}
        meta |= outside
        envelope = SUITE.encrypt(
            plain, public_key(self.keyset.seal_key), info=wire.seal_info(**meta)
        )
        return self.signed(envelope, meta)

    def signed(self, envelope: bytes, meta: dict[str, Any]) -> dict[str, Any]:
        sha256 = hashlib.sha256(envelope).digest()
        created_at = datetime(2026, 9, 29, 3, 58, tzinfo=UTC)
        signature = self.key.sign(wire.item_bytes(**meta, created_at=created_at, sha256=sha256))
        item = wire.SealedItem.model_construct(
            **meta,
            created_at=created_at,
            suite=wire.SUITE,
            sha256=sha256,
            signature=signature,
            envelope=envelope,
        )
        return json.loads(item.model_dump_json())

    def sign(self, message: bytes) -> bytes:
        return self.key.sign(message)

    def batch(self, *items: dict[str, Any]) -> dict[str, Any]:
        head = wire.Batch.model_construct(
            kiosk_id=self.id, verify_key=self.key.public_key().public_bytes_raw(), items=[]
        )
        return json.loads(head.model_dump_json()) | {"items": list(items)}


@dataclass
class Hall:
    """The running server with everything a test needs to talk to it."""

    folder: Path
    client: TestClient
    clock: HandClock
    kiosk: FakeKiosk
    keyset: wire.Keyset
    office: Office
    """Of the command line, beside the running server."""

    @property
    def database(self) -> Path:
        return self.folder / "central.db"

    @property
    def token(self) -> str:
        return (self.folder / "clerk.token").read_text().strip()

    def post(
        self,
        content: bytes,
        kiosk: FakeKiosk | None = None,
        path: str = BATCHES_PATH,
        ahead: timedelta | None = None,
        key: str | None = None,
    ) -> httpx.Response:
        """What a kiosk says and signs, by an idempotency key if need be; one that knows the
        server's time has a clock that is as much `ahead` of it."""
        kiosk = kiosk or self.kiosk
        own = HandClock(self.clock.now() + (ahead or timedelta()))
        signer = RequestSigner(kiosk.id, kiosk, own)
        if ahead is not None:
            signer.learn(self.clock.now())
        headers = {"Content-Type": "application/json"}
        more = None if key is None else {wire.IDEMPOTENCY_KEY: key}
        headers |= signer.headers("POST", str(self.client.base_url) + path, content, more)
        return self.client.post(path, content=content, headers=headers)

    def send(
        self,
        *items: dict[str, Any],
        kiosk: FakeKiosk | None = None,
        ahead: timedelta | None = None,
    ) -> list[dict[str, Any]]:
        kiosk = kiosk or self.kiosk
        answer = self.post(json.dumps(kiosk.batch(*items)).encode(), kiosk, ahead=ahead)
        assert answer.status_code == 200, answer.text
        return answer.json()["results"]

    def hand_in(self, **changes: Any) -> dict[str, Any]:
        payload = self.kiosk.payload(**changes)
        assert self.send(self.kiosk.item(payload))[0]["outcome"] == "accepted"
        return payload

    def wish(
        self, case: dict[str, Any], kind: str, text: str = "", rating: Any = None, **changes: Any
    ) -> dict[str, Any]:
        """What a citizen does at a kiosk with a case, as its kiosk would send it."""
        said = {"question": "words", "asked": "", "answer": text, "value": text}
        return self.kiosk.payload(
            **{
                "kind": kind,
                "number": case["number"],
                "code": case["code"],
                "flow": "afterwards",
                "item_name": "",
                "answers": [said] if text else [],
                "facts": {} if rating is None else {"rating": rating},
                "verdict": {},
            }
            | changes
        )

    def say(
        self, case: dict[str, Any], kind: str, text: str = "", rating: Any = None, **changes: Any
    ) -> dict[str, Any]:
        """Hand it in."""
        payload = self.wish(case, kind, text, rating, **changes)
        assert self.send(self.kiosk.item(payload))[0]["outcome"] == "accepted"
        return payload

    def case(self, payload: dict[str, Any]) -> Any:
        """The case as a clerk sees it."""
        return self.clerk(f"/cases/{payload['number']}", method="GET").json()

    def clerk(self, path: str, body: dict[str, Any] | None = None, method: str = "POST") -> Any:
        headers = {"Authorization": f"Bearer {self.token}"}
        return self.client.request(method, f"/v1/clerk{path}", json=body, headers=headers)

    def act(self, payload: dict[str, Any], step: str, **body: str) -> Any:
        return self.clerk(f"/cases/{payload['number']}/{step}", body or None)

    def close(self, payload: dict[str, Any], at: datetime) -> None:
        assert self.act(payload, "register").status_code == 200
        assert self.act(payload, "dispatch", department="演示部门").status_code == 200
        self.clock.moment = at
        assert self.act(payload, "close", result="演示结果").status_code == 200

    def introduce(self, kiosk: FakeKiosk | None = None, token: str = "") -> httpx.Response:
        kiosk = kiosk or self.kiosk
        key = b64encode(kiosk.key.public_key().public_bytes_raw()).decode()
        said = {"kiosk_id": kiosk.id, "verify_key": key, "token": token}
        return self.post(json.dumps(said).encode(), kiosk, wire.ENROLMENTS_PATH)

    def ask(self, path: str, **body: Any) -> httpx.Response:
        """What the kiosk asks for a citizen, after it has introduced itself."""
        self.introduce()
        return self.post(json.dumps(body).encode(), path=path)

    def status(self, payload: dict[str, Any], reads: int = wire.STATUS_VERSION) -> httpx.Response:
        path = f"{wire.CASE_PATH}?reads={reads}"
        return self.ask(path, number=payload["number"], code=payload["code"])

    def check_receipt(self, receipt: dict[str, Any]) -> None:
        parsed = wire.Receipt.model_validate(receipt)
        promise = wire.receipt_bytes(
            id=parsed.id,
            sha256=parsed.sha256,
            registered_at=parsed.registered_at,
            key_id=parsed.key_id,
        )
        signed = unfolded(parsed.signature, promise)
        assert signed is not None
        Ed25519PublicKey.from_public_bytes(self.keyset.verify_key).verify(*signed)


@pytest.fixture(scope="session")
def workdays() -> Workdays:
    resources = Path(__file__).parents[3] / "resources"
    return load_workdays(resources / "calendar")


@pytest.fixture
def start(tmp_path: Path, workdays: Workdays) -> Iterator[Callable[..., Hall]]:
    """Start a server in the test's folder; a second call starts the same one again."""
    clients: list[TestClient] = []
    offices: list[Office] = []

    def begin(workdays: Workdays = workdays, **options: Any) -> Hall:
        clock = HandClock()
        folder = tmp_path / "central"
        options = {"open_enrolment": True, "offices_close": time(17)} | options
        app = create_app(folder, workdays, clock, **options)
        client = TestClient(app, raise_server_exceptions=False)
        client.__enter__()
        clients.append(client)
        keyset = wire.keyring((folder / "keyset.json").read_bytes()).keys[0]
        office, _ = open_office(folder, workdays, clock, **options)
        offices.append(office)
        return Hall(folder, client, clock, FakeKiosk(keyset), keyset, office)

    yield begin
    for office in offices:
        office.database.close()
    for client in clients:
        client.__exit__(None, None, None)


@pytest.fixture
def hall(start: Callable[..., Hall]) -> Hall:
    return start()
