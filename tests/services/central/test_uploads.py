"""What was uploaded is an item's envelope, once, and whatever happens on the way."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from uuid_utils.compat import uuid7

from services import wire
from services.central import intake
from services.central.uploads import MOST
from tests.services.central.conftest import FakeKiosk, Hall
from tests.services.central.uploading import (
    ask,
    count,
    create,
    encoded,
    kept,
    patch,
    path_of,
    standing,
    upload,
)


@pytest.fixture
def hall(hall: Hall) -> Hall:
    """A server that knows the kiosk."""
    hall.hand_in()
    return hall


def without_envelope(item: dict[str, Any]) -> dict[str, Any]:
    return item | {"envelope": None}


def envelope(item: dict[str, Any]) -> bytes:
    return wire.SealedItem.model_validate(item).envelope or b""


def outcome(result: dict[str, Any]) -> tuple[str, str]:
    return result["outcome"], result["reason"]


NOT_UPLOADED = ("retry", "not_uploaded")


def test_an_item_comes_without_the_envelope_that_was_uploaded(hall: Hall) -> None:
    payload = hall.kiosk.payload()
    item = hall.kiosk.item(payload)
    upload(hall, envelope(item))
    (result,) = hall.send(without_envelope(item))
    assert result["outcome"] == "accepted"
    hall.check_receipt(result["receipt"])
    assert hall.case(payload)["answers"][0]["answer"] == payload["answers"][0]["answer"]


def test_beside_it_come_items_with_theirs(hall: Hall) -> None:
    items = [hall.kiosk.item(hall.kiosk.payload()) for _ in range(4)]
    upload(hall, envelope(items[1]))
    results = hall.send(items[0], *map(without_envelope, items[1:3]), items[3])
    expected = [("accepted", ""), ("accepted", ""), NOT_UPLOADED, ("accepted", "")]
    assert [outcome(result) for result in results] == expected


def test_one_that_is_not_there_whole_is_asked_for_again(hall: Hall) -> None:
    item = hall.kiosk.item(hall.kiosk.payload())
    content, light = envelope(item), without_envelope(item)
    assert outcome(hall.send(light)[0]) == NOT_UPLOADED
    create(hall, content)
    assert outcome(hall.send(light)[0]) == NOT_UPLOADED
    patch(hall, 0, content[:-1], content)
    assert outcome(hall.send(light)[0]) == NOT_UPLOADED
    patch(hall, len(content) - 1, content[-1:], content)
    assert hall.send(light)[0]["outcome"] == "accepted"


def test_nobody_makes_use_of_another_kiosk_s(hall: Hall) -> None:
    item = hall.kiosk.item(hall.kiosk.payload())
    other = FakeKiosk(hall.keyset, "demo-kiosk-2")
    hall.send(other.item(other.payload()), kiosk=other)
    upload(hall, envelope(item), other)
    assert outcome(hall.send(without_envelope(item))[0]) == NOT_UPLOADED


def test_what_is_registered_is_answered_alike_with_and_without_its_envelope(hall: Hall) -> None:
    item = hall.kiosk.item(hall.kiosk.payload())
    (first,) = hall.send(item)
    (again,) = hall.send(without_envelope(item))
    assert (again["outcome"], again["receipt"]) == ("duplicate", first["receipt"])


def test_of_what_was_used_its_parts_are_gone_and_it_need_not_come_again(hall: Hall) -> None:
    item = hall.kiosk.item(hall.kiosk.payload())
    content, light = envelope(item), without_envelope(item)
    upload(hall, content)
    (first,) = hall.send(light)
    assert count(hall, "part") == 0
    assert create(hall, content).headers["Upload-Offset"] == str(len(content))
    (again,) = hall.send(light)
    assert (again["outcome"], again["receipt"]) == ("duplicate", first["receipt"])


def test_those_that_were_used_leave_room_for_more(hall: Hall) -> None:
    item = hall.kiosk.item(hall.kiosk.payload())
    upload(hall, envelope(item))
    many = [bytes([number]) * 9 for number in range(MOST)]
    assert [create(hall, content).status_code for content in many][-2:] == [201, 413]
    hall.send(without_envelope(item))
    assert create(hall, many[-1]).status_code == 201


def test_an_upload_is_used_with_the_batch_or_neither_is_stored(
    hall: Hall, monkeypatch: pytest.MonkeyPatch
) -> None:
    item = hall.kiosk.item(hall.kiosk.payload())
    content, light = envelope(item), without_envelope(item)
    upload(hall, content)
    before = count(hall, "submission")

    def fail(*_: Any) -> None:
        raise ValueError("演示")

    with monkeypatch.context() as patched:
        patched.setattr(intake.acceptlog, "append", fail)
        body = json.dumps(hall.kiosk.batch(light)).encode()
        assert hall.post(body).status_code == 500
    assert (count(hall, "submission"), kept(hall, content)) == (before, content)
    assert hall.send(light)[0]["outcome"] == "accepted"


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ({"envelope": ""}, ("rejected", "digest_mismatch")),
        ({"envelope": None, "sha256": encoded(bytes(32))}, ("rejected", "signature_invalid")),
        ({"envelope": None, "signature": encoded(bytes(64))}, ("rejected", "signature_invalid")),
        ({"envelope": 1}, ("rejected", "malformed")),
    ],
)
def test_an_envelope_that_is_left_out_is_no_other_that_is_wrong(
    hall: Hall, said: dict[str, Any], expected: tuple[str, str]
) -> None:
    item = hall.kiosk.item(hall.kiosk.payload())
    upload(hall, envelope(item))
    assert outcome(hall.send(item | said)[0]) == expected


def test_what_was_uploaded_and_cannot_be_opened_is_rejected(hall: Hall) -> None:
    item = hall.kiosk.item(b"no payload", id=uuid7(), kind="complaint")
    upload(hall, envelope(item))
    assert outcome(hall.send(without_envelope(item))[0]) == ("rejected", "payload_invalid")


# Whatever happens on the way

STEPS = st.lists(
    st.tuples(
        st.sampled_from(["part", "part", "part", "repeat", "elsewhere", "create", "look"]),
        st.integers(0, 40),
        st.integers(0, 1),
    ),
    max_size=20,
)


@pytest.fixture
def two(hall: Hall, start: Callable[..., Hall]) -> list[Hall]:
    """Two servers over one database, as one that is started anew: neither remembers anything."""
    other = start()
    other.kiosk = hall.kiosk
    return [hall, other]


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(content=st.binary(min_size=1, max_size=99), steps=STEPS)
def test_in_whatever_parts_an_envelope_comes_it_is_the_same_in_the_end(
    two: list[Hall], content: bytes, steps: list[tuple[str, int, int]]
) -> None:
    create(two[0], content)
    stands, last = 0, (0, b"")
    for step, size, which in steps:
        server, before = two[which], stands
        match step:
            case "part":
                last = (stands, content[stands : stands + size])
                stands += len(last[1])
                assert patch(server, *last, content).headers["Upload-Offset"] == str(stands)
            case "repeat":  # as by a line that delivers twice, or whose answer was lost
                taken = patch(server, *last, content).status_code == 204
                assert taken == (last[0] == before and not last[1])
            case "elsewhere":
                answer = patch(server, stands + 1 + size, content[:1], content)
                assert answer.status_code == 409
            case "create":
                assert create(server, content).headers["Upload-Offset"] == str(stands)
        assert standing(server, content) == stands
    patch(two[0], stands, content[stands:], content)
    assert [kept(server, content) for server in two] == [content] * 2
    ask(two[1], "DELETE", path_of(content))
