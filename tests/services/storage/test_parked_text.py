import json
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.domain.questions.model import Answer, ItemAnswer, Paper, PapersAnswer, PaperState
from kiosk.domain.questions.walk import Walk
from kiosk.domain.session.parked import Parked
from services.storage.parked_text import from_text, to_text
from tests.kiosk.domain.session.parked_forms import (
    EDITION,
    SMALL,
    TODAY,
    answers,
    parked,
    parked_forms,
    typed,
    walks,
)

PLAIN = to_text(parked(Walk.start(SMALL)))


@given(parked_forms)
def test_what_is_written_down_is_read_as_it_was(form: Parked) -> None:
    again = from_text(to_text(form))
    assert again == form
    assert typed(again) == typed(form)


@given(walks(), st.none() | answers, st.booleans())
def test_the_walk_of_a_real_form_is_the_same_afterwards(
    walk: Walk, given: Answer | None, changing: bool
) -> None:
    form = parked(walk, given, changing=changing)
    again = from_text(to_text(form))
    assert typed(again) == typed(form)
    walked = again.walk(walk.flow, EDITION, TODAY)
    assert walked == walk
    assert walked.facts == walk.facts
    assert walked.trail == walk.trail
    assert walked.review() == walk.review()


@pytest.mark.parametrize(
    "answer",
    [
        "",
        "2026-11-22",
        date(2026, 11, 22),
        (),
        ("2026-11-22",),
        (date(2026, 11, 22), date(2026, 11, 23)),
        ItemAnswer(None, "自己的话", {"a": 1, "b": True, "c": "1"}),
        PapersAnswer((Paper("演示", PaperState.PHOTOGRAPHED, (b"\xff\xd8\x00", b"")),)),
    ],
)
def test_every_kind_of_answer_comes_back_as_what_it_is(answer: Answer) -> None:
    form = parked(Walk(SMALL, "colour", {"colour": answer}, {}), answer)
    assert typed(from_text(to_text(form))) == typed(form)


def test_the_text_is_json_in_ascii() -> None:
    text = to_text(parked(Walk.start(SMALL), "演示\ud83d"))
    assert text.isascii()
    assert json.loads(text)["given"] == {"kind": "text", "value": "演示\ud83d"}


def changed(**fields: object) -> str:
    return json.dumps({**json.loads(PLAIN), **fields})


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{}",
        "[]",
        PLAIN[:-1],
        changed(version=2),
        changed(canary=1),
        changed(edition="canary"),
        changed(given={"kind": "canary", "value": ""}),
        changed(given={"kind": "day", "value": "canary"}),
        changed(answers={"colour": "canary"}),
    ],
)
def test_another_text_is_refused_and_not_quoted(text: str) -> None:
    with pytest.raises(ValueError, match="not the text of a parked form") as caught:
        from_text(text)
    assert "canary" not in str(caught.value)
