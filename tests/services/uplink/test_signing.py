import json
import re
from base64 import b64encode
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from http_message_signatures import HTTPMessageVerifier, InvalidSignature, MappingKeyResolver
from http_message_signatures.algorithms import ED25519

from kiosk.domain.submission.model import State
from kiosk.domain.submission.retry import MOST_FAULTS
from kiosk.errors import CentralUnreachable
from kiosk.ports import Connection
from services import wire
from services.storage.cases import SqliteCases
from services.storage.central import SqliteCircuit
from services.storage.outbox import SqliteOutbox
from services.uplink import asking
from services.uplink.answers import CentralBusy
from services.uplink.client import CentralClient
from services.uplink.drain import Drain
from services.uplink.enrolment import TOKEN_FILE, EnrolToken
from services.uplink.judge import sealed_item
from services.uplink.keys import CentralKeys, KioskKey
from services.uplink.seal import Seal
from services.uplink.signing import NotAdmitted, RequestSigner, _Request
from services.uplink.states import CaseNews
from services.uplink.uplink import BackgroundUplink
from services.wire import ProblemType
from tests.services.uplink.central import (
    NOON,
    Behaviour,
    FakeCentral,
    Impostor,
    StoppedClock,
    submission,
)
from tests.services.uplink.conftest import Serve
from tests.services.uplink.test_client import answer
from tests.services.uplink.test_uplink import Heard, SystemClock

HERE = "http://central.invalid"
URL = f"http://127.0.0.1:9{wire.BATCHES_PATH}"
BODY = b'{"a": 1}'


@pytest.fixture
def signer(own: KioskKey) -> RequestSigner:
    return RequestSigner("test-kiosk", own, SystemClock())


def refusal(type_: str, **members: str) -> Behaviour:
    problem = {"type": type_, "title": "演示", "status": 401, "extra": [1]} | members
    return answer("401 Unauthorized", json.dumps(problem), wire.PROBLEM)


def verify(own: KioskKey, headers: dict[str, str], body: bytes = BODY) -> dict[str, int | str]:
    key = Ed25519PublicKey.from_public_bytes(own.verify_key)
    resolver = MappingKeyResolver(public_keys={"test-kiosk": key}, private_keys={})
    verifier = HTTPMessageVerifier(signature_algorithm=ED25519, key_resolver=resolver)
    (result,) = verifier.verify(
        _Request("POST", URL, headers),
        max_age=timedelta(minutes=1),
        expect_tag=wire.SIGNATURE_TAG,
        require_components=wire.SIGNED_COMPONENTS,
        body=body,
    )
    return result.parameters


def created(asked: bytes) -> datetime:
    (seconds,) = re.findall(rb";created=(\d+);", asked)
    return datetime.fromtimestamp(int(seconds), UTC)


def test_the_library_verifies_what_a_kiosk_signs(signer: RequestSigner, own: KioskKey) -> None:
    parameters = verify(own, signer.headers("POST", URL, BODY))
    assert (parameters["keyid"], parameters["tag"]) == ("test-kiosk", wire.SIGNATURE_TAG)
    with pytest.raises(InvalidSignature):
        verify(own, signer.headers("POST", URL, BODY), b'{"a": 2}')


def test_every_signature_is_good_for_one_request(signer: RequestSigner, own: KioskKey) -> None:
    nonces = {verify(own, signer.headers("POST", URL, BODY))["nonce"] for _ in range(20)}
    assert len(nonces) == 20
    assert all(0 < len(str(nonce)) <= wire.LONGEST_NONCE for nonce in nonces)


def test_once_the_server_s_time_is_known_the_kiosk_s_clock_says_nothing(own: KioskKey) -> None:
    clock = StoppedClock(NOON - timedelta(days=365))
    signer = RequestSigner("test-kiosk", own, clock)
    before = signer.headers("POST", URL, BODY)["Signature-Input"].encode()
    signer.learn(NOON)
    clock.moment = NOON + timedelta(days=365)
    after = signer.headers("POST", URL, BODY)["Signature-Input"].encode()
    assert created(before) == NOON - timedelta(days=365)
    assert NOON - timedelta(seconds=1) <= created(after) < NOON + timedelta(seconds=5)


def test_what_is_signed_says_how_far_the_kiosk_s_clock_is_ahead_as_far_as_that_is_known(
    own: KioskKey,
) -> None:
    now = SystemClock().now()
    clock = StoppedClock(now + timedelta(days=365))
    signer = RequestSigner("test-kiosk", own, clock)
    assert signer.headers("POST", URL, BODY)[wire.CLOCK_AHEAD] == "0"
    signer.learn(now)
    headers = signer.headers("POST", URL, BODY)
    assert 0 <= 365 * 86_400 - int(headers[wire.CLOCK_AHEAD]) < 5
    verify(own, headers)
    with pytest.raises(InvalidSignature):
        verify(own, headers | {wire.CLOCK_AHEAD: "0"})
    clock.moment = now - timedelta(hours=1)
    assert 0 <= -3600 - int(signer.headers("POST", URL, BODY)[wire.CLOCK_AHEAD]) < 5


def test_a_time_without_a_zone_teaches_nothing(own: KioskKey) -> None:
    signer = RequestSigner("test-kiosk", own, StoppedClock())
    signer.learn(datetime(2020, 1, 1))
    assert created(signer.headers("POST", URL, BODY)["Signature-Input"].encode()) == NOON


def batch(seal: Seal, own: KioskKey) -> wire.Batch:
    key = b64encode(own.verify_key)
    item = sealed_item(seal.seal(submission()))
    return wire.Batch(kiosk_id="test-kiosk", verify_key=key, items=[item])


def test_a_server_of_another_time_is_asked_again_with_its_time(
    serve: Serve, signer: RequestSigner, seal: Seal, own: KioskKey
) -> None:
    result = wire.BatchResult(results=[]).model_dump_json()
    there = serve(refusal(ProblemType.CLOCK, time="2031-05-06T07:08:09Z"), answer("200 OK", result))
    client = CentralClient(there.url, signer=signer)
    assert client.send(batch(seal, own)).results == []
    client.close()
    told = datetime(2031, 5, 6, 7, 8, 9, tzinfo=UTC)
    assert created(there.asked[0]) < told <= created(there.asked[1]) < told + timedelta(seconds=5)


@pytest.mark.parametrize(
    ("behave", "times"),
    [
        (refusal(ProblemType.CLOCK, time="2031-05-06T07:08:09Z"), 2),
        (refusal(ProblemType.CLOCK), 1),
        (refusal(ProblemType.REVOKED), 1),
        (refusal(ProblemType.NOT_ENROLLED), 1),
        (refusal(ProblemType.SIGNATURE), 1),
        (refusal(ProblemType.REPLAYED), 1),
    ],
)
def test_a_server_that_will_not_have_the_kiosk_is_not_asked_for_ever(
    serve: Serve, signer: RequestSigner, seal: Seal, own: KioskKey, behave: Behaviour, times: int
) -> None:
    there = serve(behave)
    client = CentralClient(there.url, signer=signer)
    with pytest.raises(NotAdmitted, match="urn:budayang:problem:"):
        client.send(batch(seal, own))
    client.close()
    assert len(there.asked) == times


def test_a_server_that_is_slow_to_tell_its_time_is_asked_with_it_the_next_time(
    serve: Serve,
    signer: RequestSigner,
    seal: Seal,
    own: KioskKey,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Nobody waits for two exchanges that may each take their time."""
    monkeypatch.setattr(asking, "SOON", 0.0)
    there = serve(
        refusal(ProblemType.CLOCK, time="2031-05-06T07:08:09Z"),
        answer("200 OK", wire.BatchResult(results=[]).model_dump_json()),
    )
    client = CentralClient(there.url, signer=signer)
    with pytest.raises(NotAdmitted):
        client.send(batch(seal, own))
    assert client.send(batch(seal, own)).results == []
    client.close()
    assert created(there.asked[1]) >= datetime(2031, 5, 6, 7, 8, 9, tzinfo=UTC)


def keys_of(there: Impostor) -> list[bytes]:
    return [key for asked in there.asked for key in re.findall(rb'idempotency-key: ("\S+")', asked)]


def test_the_same_batch_has_the_same_key_and_another_has_another(
    serve: Serve, signer: RequestSigner, seal: Seal, own: KioskKey
) -> None:
    result = wire.BatchResult(results=[]).model_dump_json()
    there = serve(answer("200 OK", result))
    client = CentralClient(there.url, signer=signer)
    one, another = batch(seal, own), batch(seal, own)
    for each in (one, one, another):
        client.send(each)
    client.close()
    first, again, other = keys_of(there)
    assert first == again != other
    assert all(re.fullmatch(wire.KEY_PATTERN, key.decode()) for key in (first, other))
    assert all(b'"idempotency-key"' in asked for asked in there.asked)  # it is signed


def test_a_batch_that_is_still_at_work_on_waits(
    serve: Serve, signer: RequestSigner, seal: Seal, own: KioskKey
) -> None:
    there = serve(answer("409 Conflict", "{}", wire.PROBLEM))
    client = CentralClient(there.url, signer=signer)
    with pytest.raises(CentralBusy):
        client.send(batch(seal, own))
    client.close()


@pytest.mark.parametrize(
    "behave",
    [
        refusal("about:blank"),
        answer("401 Unauthorized", "{", wire.PROBLEM),
        answer("401 Unauthorized", "{}", "text/html"),
    ],
)
def test_a_refusal_of_another_kind_is_not_the_central_server_s(
    serve: Serve, signer: RequestSigner, seal: Seal, own: KioskKey, behave: Behaviour
) -> None:
    client = CentralClient(serve(behave).url, signer=signer)
    with pytest.raises(CentralUnreachable):
        client.send(batch(seal, own))
    client.close()


def test_a_kiosk_that_is_not_admitted_waits_and_nothing_dies_of_it(
    outbox: SqliteOutbox, seal: Seal, own: KioskKey, keys: CentralKeys, central: FakeCentral
) -> None:
    refusing = True
    accept = central.send

    def send(sent: wire.Batch) -> wire.BatchResult:
        if refusing:
            raise NotAdmitted("test: revoked")
        return accept(sent)

    central.send = send
    for _ in range(3):
        outbox.put(seal.seal(submission()))
    clock = StoppedClock()
    drain = Drain(outbox, central, kiosk_id="k", own=own, keys=keys, clock=clock, random=Random(1))
    for _ in range(MOST_FAULTS + 5):
        with pytest.raises(NotAdmitted):
            drain.round()
    assert outbox.status().counts[State.RETRY_WAIT] == 3
    refusing = False
    assert drain.round() is True
    assert outbox.status().counts[State.ACKED] == 3
    assert central.batches == [3]


def test_the_uplink_of_a_kiosk_that_is_not_admitted_is_quiet_and_knows_its_connection(
    outbox: SqliteOutbox, seal: Seal, own: KioskKey, keys: CentralKeys, central: FakeCentral
) -> None:
    sends = 0

    def refuse(_: wire.Batch) -> wire.BatchResult:
        nonlocal sends
        sends += 1
        raise NotAdmitted("test: revoked")

    central.send = refuse
    outbox.put(seal.seal(submission()))
    clock, random = SystemClock(), Random(1)
    drain = Drain(outbox, central, kiosk_id="k", own=own, keys=keys, clock=clock, random=random)
    uplink = BackgroundUplink(
        drain,
        outbox,
        central,
        clock=clock,
        random=random,
        news=CaseNews(central, SqliteCases(outbox.store, HERE)),
        circuits=SqliteCircuit(outbox.store, HERE),
    )
    heard = Heard()
    uplink.watch(heard)
    uplink.start()
    heard.wait(Connection.ONLINE)
    uplink.stop()
    assert sends <= 2


TOKEN = "演示".encode().hex()


@pytest.fixture
def token(tmp_path: Path) -> Path:
    file = tmp_path / TOKEN_FILE
    file.write_text(f"{TOKEN}\n")
    return file


def hello(central: FakeCentral) -> Behaviour:
    return answer("200 OK", central.hello().model_dump_json())


def test_at_its_first_contact_a_kiosk_shows_its_token_and_deletes_it(
    serve: Serve, signer: RequestSigner, central: FakeCentral, token: Path
) -> None:
    enrolled = wire.Enrolled(kiosk_id="test-kiosk").model_dump_json()
    there = serve(hello(central), answer("200 OK", enrolled), hello(central))
    client = CentralClient(there.url, signer=signer, token=EnrolToken(token))
    for _ in range(2):
        client.hello()
    client.close()
    assert [asked.split()[1].decode() for asked in there.asked] == [
        wire.HELLO_PATH,
        wire.ENROLMENTS_PATH,
        wire.HELLO_PATH,
    ]
    assert not token.exists()


def test_a_token_that_is_refused_is_shown_once_and_stops_nothing(
    serve: Serve, signer: RequestSigner, central: FakeCentral, token: Path
) -> None:
    there = serve(hello(central), refusal(ProblemType.TOKEN), hello(central))
    client = CentralClient(there.url, signer=signer, token=EnrolToken(token))
    for _ in range(3):
        client.hello()
    assert len(there.asked) == 4
    token.write_text("another")
    with pytest.raises(CentralUnreachable):
        client.hello()  # the answer is a hello once more
    client.close()
    assert wire.ENROLMENTS_PATH.encode() in there.asked[-1]
    assert token.exists()


def test_a_token_stays_while_nobody_answers(
    serve: Serve, signer: RequestSigner, central: FakeCentral, token: Path
) -> None:
    there = serve(hello(central), answer("500 Oops", "", "text/plain"))
    client = CentralClient(there.url, signer=signer, token=EnrolToken(token))
    with pytest.raises(CentralUnreachable):
        client.hello()
    client.close()
    assert EnrolToken(token).read() == TOKEN


@pytest.mark.parametrize("content", [None, b"", b"\n", b"\xff\xfe"])
def test_a_file_without_a_token_is_none(tmp_path: Path, content: bytes | None) -> None:
    file = tmp_path / TOKEN_FILE
    if content is not None:
        file.write_bytes(content)
    assert EnrolToken(file).read() == ""
