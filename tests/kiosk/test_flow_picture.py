from itertools import combinations
from xml.etree import ElementTree

import pytest

from kiosk import wiring
from kiosk.domain.questions.model import Flow, Kind, Option, Question
from kiosk.domain.words import Language, Words
from kiosk.flow_picture import draw
from services.content.words import load_words

WORDS = load_words(wiring.RESOURCES / "text", Language.ZH)
SVG = "{http://www.w3.org/2000/svg}"
COMPLAINT = wiring.complaint()


def picture(flow: Flow = COMPLAINT, words: Words = WORDS) -> ElementTree.Element:
    return ElementTree.fromstring(draw(flow, words))


def texts(drawn: ElementTree.Element) -> list[str]:
    return [text.text or "" for text in drawn.iter(f"{SVG}text")]


def boxes(drawn: ElementTree.Element) -> list[tuple[int, int, int, int]]:
    """Left, top, right and bottom of every question's box."""
    found = []
    for rect in drawn.iter(f"{SVG}rect"):
        x, y, width, height = (int(rect.get(name, 0)) for name in ("x", "y", "width", "height"))
        if rect.get("rx") == "8":
            found.append((x, y, x + width, y + height))
    return found


def test_the_picture_of_the_complaint_shows_every_question_and_every_end() -> None:
    seen = texts(picture())
    for id in COMPLAINT.questions:
        assert any(text.startswith(f"{id} · ") for text in seen), id
    assert {f"end:{outcome}" for outcome in COMPLAINT.outcomes} <= set(seen)


def test_every_answer_stands_there_whole() -> None:
    seen = "".join(texts(picture()))
    for question in COMPLAINT.questions.values():
        if len(question.options) <= 8:
            for option in question.options:
                said = option.label or WORDS.say(f"{question.words}.{option.id}")
                assert all(part in seen for part in (said[:8], said[-4:])), said


@pytest.mark.parametrize("language", Language)
def test_it_has_the_shape_of_a_page_and_nothing_lies_on_anything(language: Language) -> None:
    drawn = picture(words=load_words(wiring.RESOURCES / "text", language))
    width, height = int(drawn.get("width", 0)), int(drawn.get("height", 0))
    assert 1.0 < width / height < 1.8
    assert width < 2400
    found = boxes(drawn)
    assert len(found) == len(COMPLAINT.questions)
    for left, top, right, bottom in found:
        assert 0 < left < right < width
        assert 0 < top < bottom < height
    for a, b in combinations(found, 2):
        assert a[2] < b[0] or b[2] < a[0] or a[3] < b[1] or b[3] < a[1]


def test_an_answer_names_the_number_it_leads_to_and_what_it_makes_of_the_matter() -> None:
    first = Question("a", Kind.CHOICE, "b", (Option("x", "end:done", {"sub": "1A"}), Option("y")))
    second = Question("b", Kind.TEXT, "end:done")
    words = Words(Language.ZH, {".ask": "问", ".x": "甲", ".y": "乙"})
    drawn = picture(Flow("some", 1, "a", {"a": first, "b": second}, ("done",)), words)
    seen = texts(drawn)
    assert seen.index("○ 甲") < seen.index("end:done") < seen.index("1A") < seen.index("○ 乙")
    assert "→ 2" in seen


def test_one_question_alone_can_be_drawn() -> None:
    only = Question("a", Kind.TEXT, "end:done")
    words = Words(Language.ZH, {".ask": "问"})
    assert len(boxes(picture(Flow("some", 1, "a", {"a": only}, ("done",)), words))) == 1
