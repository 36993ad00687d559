from datetime import UTC, datetime

import pytest

from kiosk.domain.catalogue.guide import DayUnit, Guide, Material, MaterialForm
from kiosk.domain.questions.forms import Forms, Plan
from kiosk.domain.questions.model import (
    Answer,
    Flow,
    ItemAnswer,
    Paper,
    PapersAnswer,
    PaperState,
    Question,
)
from kiosk.domain.questions.model import Kind as QuestionKind
from kiosk.domain.questions.walk import Walk
from kiosk.domain.submission.draft import (
    LACKING,
    Draft,
    attachments,
    compose,
    lacks_characters,
)
from kiosk.domain.submission.model import Kind
from kiosk.domain.words import Language, Words

NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)
PAPERS = tuple(Material(name, MaterialForm.COPY, 1, "演示") for name in ("户口簿", "照片"))
GUIDE = Guide(1, (), PAPERS, (), 0, DayUnit.WORKDAY, "", "", "", (), ())
FORMS = Forms(
    {"small": Plan("small", 1, ("papers",), "register")},
    {"papers": Question("papers", QuestionKind.PAPERS, words="library.papers")},
)
WORDS = Words(
    Language.ZH,
    {
        "library.papers.ask": "材料怎么交？",
        "questions.papers.photographed": "{name}（拍了{count}张）",
        "questions.papers.promised": "{name}（带到窗口）",
    },
)
ANSWER = PapersAnswer(
    (
        Paper("户口簿", PaperState.PHOTOGRAPHED, (b"one", b"two")),
        Paper("照片", PaperState.PROMISED),
    )
)


def ended() -> Walk:
    known = {"item": "演示事项", "item_id": "DEMO-XX-001"}
    return Walk.start(FORMS.flow("small", GUIDE), known).answered(ANSWER)


def test_a_form_says_what_becomes_of_its_papers_without_their_pictures() -> None:
    assert ended().outcome == "register"
    whole = compose(Draft.opened(Kind.APPLICATION, "BBC"), ended(), WORDS, {}, NOW)
    (answer,) = whole.answers
    assert answer.answer == "户口簿（拍了2张）；照片（带到窗口）"
    assert answer.value == "户口簿:photographed:2;照片:promised:0"
    assert whole.content == b""


def test_what_is_known_of_the_matter_is_handed_in_with_the_form() -> None:
    whole = compose(Draft.opened(Kind.APPLICATION, "BBC"), ended(), WORDS, {}, NOW)
    assert (whole.item_id, whole.item_name) == ("DEMO-XX-001", "演示事项")
    assert whole.facts == ended().facts
    assert (whole.flow, whole.flow_version, whole.created_at) == ("small", 1, NOW)
    assert whole.verdict == {}


@pytest.mark.parametrize(
    ("answer", "lacking"),
    [
        ("演示〓", True),
        ("演示甲", False),
        ("", False),
        (ItemAnswer(None, "〓的事"), True),
        (ItemAnswer(None, "演示的事"), False),
    ],
)
def test_an_answer_with_a_character_that_could_not_be_written_makes_that_a_fact(
    answer: Answer, lacking: bool
) -> None:
    kind = QuestionKind.ITEM if isinstance(answer, ItemAnswer) else QuestionKind.TEXT
    asked = Question("it", kind, "end:register", optional=True, words="library.papers")
    walk = Walk.start(Flow("one", 1, "it", {"it": asked}, ("register",))).answered(answer)
    assert lacks_characters(walk) is lacking
    whole = compose(Draft.opened(Kind.COMPLAINT, "BBC"), walk, WORDS, {}, NOW)
    assert whole.facts.get(LACKING, False) is lacking


def test_two_forms_are_never_taken_for_one() -> None:
    forms = [Draft.opened(Kind.APPLICATION, "BBC") for _ in range(50)]
    assert len({form.id for form in forms}) == len({form.number for form in forms}) == 50
    assert {form.id.version for form in forms} == {7}


def test_a_form_without_pictures_has_nothing_to_attach() -> None:
    promised = PapersAnswer(tuple(Paper(each.name, PaperState.PROMISED) for each in PAPERS))
    walk = Walk.start(FORMS.flow("small", GUIDE)).answered(promised)
    whole = compose(Draft.opened(Kind.APPLICATION, "BBC"), walk, WORDS, {}, NOW)
    assert attachments(whole, walk) == ()


def test_every_picture_is_handed_in_under_the_number_of_its_form() -> None:
    draft = Draft.opened(Kind.APPLICATION, "BBC")
    whole = compose(draft, ended(), WORDS, {}, NOW)
    pictures = attachments(whole, ended())
    assert [picture.content for picture in pictures] == [b"one", b"two"]
    assert {picture.kind for picture in pictures} == {Kind.ATTACHMENT}
    assert {(picture.number, picture.code) for picture in pictures} == {(draft.number, draft.code)}
    assert [picture.facts["page"] for picture in pictures] == [1, 2]
    assert all(picture.facts["belongs_to"] == str(draft.id) for picture in pictures)
    assert [picture.facts["paper"] for picture in pictures] == ["户口簿", "户口簿"]
    assert all(picture.answers == () and picture.verdict == {} for picture in pictures)


def test_handing_in_twice_is_handing_in_the_same() -> None:
    whole = compose(Draft.opened(Kind.APPLICATION, "BBC"), ended(), WORDS, {}, NOW)
    first, second = attachments(whole, ended()), attachments(whole, ended())
    assert [each.id for each in first] == [each.id for each in second]
    assert len({whole.id, *(each.id for each in first)}) == 3


def test_no_picture_shows_in_the_text_form_of_an_answer() -> None:
    assert "one" not in repr(ANSWER)
