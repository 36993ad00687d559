"""The same batch by the same key is answered once, and again with the same bytes."""

import json
import sqlite3
import threading
from collections.abc import Callable
from contextlib import closing
from datetime import timedelta
from typing import Any

import httpx
import pytest

from services import wire
from services.central import public
from services.central.repeats import KEPT
from services.central.repeats import Repeat as Kept
from tests.services.central.conftest import FakeKiosk, Hall

KEY = '"demo-key"'


def body(hall: Hall, *items: dict[str, Any]) -> bytes:
    made = items or [hall.kiosk.item(hall.kiosk.payload()) for _ in range(3)]
    return json.dumps(hall.kiosk.batch(*made)).encode()


def outcomes(answer: httpx.Response) -> list[str]:
    return [result["outcome"] for result in answer.json()["results"]]


def count(hall: Hall, table: str) -> int:
    with closing(sqlite3.connect(hall.database)) as connection:
        ((found,),) = connection.execute(f'SELECT count(*) FROM "{table}"').fetchall()
    return found


def test_a_repeat_is_answered_with_the_same_bytes(hall: Hall, start: Callable[..., Hall]) -> None:
    content = body(hall)
    first = hall.post(content, key=KEY)
    again = hall.post(content, key=KEY)
    anew = start().post(content, hall.kiosk, key=KEY)
    assert outcomes(first) == ["accepted"] * 3
    assert first.content == again.content == anew.content
    assert again.headers["Content-Type"] == first.headers["Content-Type"] == "application/json"
    assert (count(hall, "case"), count(hall, "answered")) == (3, 1)


def test_without_a_key_a_repeat_is_answered_item_by_item(hall: Hall) -> None:
    content = body(hall)
    assert outcomes(hall.post(content)) == ["accepted"] * 3
    assert outcomes(hall.post(content)) == ["duplicate"] * 3
    assert count(hall, "answered") == 0


def test_the_key_of_another_body_is_refused_and_nothing_is_taken(hall: Hall) -> None:
    hall.post(body(hall), key=KEY)
    answer = hall.post(body(hall), key=KEY)
    assert answer.status_code == 422
    assert answer.headers["Content-Type"] == wire.PROBLEM
    assert count(hall, "case") == 3


def test_a_key_is_its_kiosk_s_own(hall: Hall) -> None:
    other = FakeKiosk(hall.keyset, "demo-kiosk-2")
    content = json.dumps(other.batch(other.item(other.payload()))).encode()
    assert outcomes(hall.post(body(hall), key=KEY)) == ["accepted"] * 3
    assert outcomes(hall.post(content, other, key=KEY)) == ["accepted"]


def test_a_second_request_waits_for_the_first(hall: Hall, monkeypatch: pytest.MonkeyPatch) -> None:
    content = body(hall)
    taking, go_on = threading.Event(), threading.Event()
    take_batch = public.take_batch

    def slow(*given: Any, **more: Any) -> list[wire.ItemResult]:
        taking.set()
        assert go_on.wait(30)
        return take_batch(*given, **more)

    monkeypatch.setattr(public, "take_batch", slow)
    answers: list[httpx.Response] = []
    first = threading.Thread(target=lambda: answers.append(hall.post(content, key=KEY)))
    first.start()
    assert taking.wait(30)
    early = hall.post(content, key=KEY)
    go_on.set()
    first.join()
    assert (early.status_code, early.headers["Content-Type"]) == (409, wire.PROBLEM)
    assert hall.post(content, key=KEY).content == answers[0].content
    assert count(hall, "case") == 3


def test_after_a_failure_the_key_is_free(hall: Hall, monkeypatch: pytest.MonkeyPatch) -> None:
    content = body(hall)

    def fail(*_: Any, **__: Any) -> list[wire.ItemResult]:
        raise ValueError("演示")

    with monkeypatch.context() as patched:
        patched.setattr(public, "take_batch", fail)
        assert hall.post(content, key=KEY).status_code == 500
    assert outcomes(hall.post(content, key=KEY)) == ["accepted"] * 3


def test_the_answer_is_stored_with_the_batch_or_neither_is(
    hall: Hall, monkeypatch: pytest.MonkeyPatch
) -> None:
    hall.hand_in()
    content, keep = body(hall), Kept.keep

    def fail(*given: Any) -> None:
        keep(*given)
        raise public.repeats.AnotherRequestError("演示")

    with monkeypatch.context() as patched:
        patched.setattr(Kept, "keep", fail)
        assert hall.post(content, key=KEY).status_code == 422
    assert (count(hall, "case"), count(hall, "answered")) == (1, 0)


@pytest.mark.parametrize("wrong", [{"key_id": "0" * 16}, {"kiosk_id": "demo-kiosk-9"}])
def test_what_was_not_taken_whole_is_looked_at_anew(hall: Hall, wrong: dict[str, str]) -> None:
    good, bad = (hall.kiosk.payload() for _ in range(2))
    content = body(hall, hall.kiosk.item(good), hall.kiosk.item(bad, **wrong))
    first, again = (outcomes(hall.post(content, key=KEY)) for _ in range(2))
    assert (first[0], again[0]) == ("accepted", "duplicate")
    assert first[1] == again[1] in ("retry", "rejected")
    assert count(hall, "answered") == 0


def test_what_was_taken_before_is_answered_alike_without_being_kept(hall: Hall) -> None:
    content = body(hall)
    hall.post(content)
    assert hall.post(content, key=KEY).content == hall.post(content, key=KEY).content
    assert count(hall, "answered") == 0


def test_after_a_day_a_key_can_be_used_again(hall: Hall) -> None:
    hall.post(body(hall), key=KEY)
    hall.clock.moment += KEPT - timedelta(seconds=1)
    assert hall.post(body(hall), key=KEY).status_code == 422
    hall.clock.moment += timedelta(seconds=1)
    content = body(hall)
    first, again = (hall.post(content, key=KEY) for _ in range(2))
    assert outcomes(first) == ["accepted"] * 3
    assert first.content == again.content


@pytest.mark.parametrize("key", ["", "k", '""', '"k', '"k"; a=1', f'"{"k" * 65}"', '"a b"'])
def test_what_is_no_key_is_refused(hall: Hall, key: str) -> None:
    assert hall.post(body(hall), key=key).status_code == 422
    assert count(hall, "submission") == 0


@pytest.mark.parametrize("key", ['"k"', f'"{"k" * 64}"', '"8e03978e-40d5-43dd-bc93-6894a57f9324"'])
def test_what_is_a_key_is_one(hall: Hall, key: str) -> None:
    assert outcomes(hall.post(body(hall), key=key)) == ["accepted"] * 3
