"""Parked forms, random and real."""

from datetime import date, timedelta
from pathlib import Path
from uuid import UUID

from hypothesis import strategies as st

from kiosk import wiring
from kiosk.domain.catalogue.guide import DayUnit, Guide, Material, MaterialForm
from kiosk.domain.complaint.scope import scoped
from kiosk.domain.questions.model import (
    Answer,
    Facts,
    Flow,
    ItemAnswer,
    Kind,
    Option,
    Paper,
    PapersAnswer,
    PaperState,
    Question,
)
from kiosk.domain.questions.walk import Walk
from kiosk.domain.session.parked import Parked
from kiosk.domain.session.session import Session
from kiosk.domain.submission.draft import Draft
from kiosk.domain.submission.model import Kind as SubmissionKind
from kiosk.domain.words import Language
from services.content.flows import load_forms
from services.content.scopes import load_scopes, scope_of

TODAY = date(2026, 11, 22)
EDITION = 7
FLOWS = Path(__file__).parents[4] / "resources" / "flows"
PAPERS = (
    Material("演示材料", MaterialForm.COPY, 1, "演示"),
    Material("演示证明", MaterialForm.ORIGINAL, 2, "演示"),
)
GUIDE = Guide(1, (), PAPERS, (), 0, DayUnit.WORKDAY, "", "", "", ("reason", "event_date"), ())
_CONTENT = wiring.edition()
COMPLAINT = scoped(
    wiring.complaint(),
    scope_of(load_scopes(FLOWS / "scope.toml"), _CONTENT.divisions, "340000"),
    _CONTENT.routes,
)
APPLICATION = load_forms(FLOWS).flow("application", GUIDE)
KNOWN: list[Facts] = [
    {},
    {"item": "补换驾照", "item_id": "DEMO-GA-050", "serves": "both", "told_later": True},
]

texts = st.text() | st.text(st.characters(categories=["Cs", "Cc", "So", "Lo"]))
"""Half characters too: nobody types them, but a text that is half typed has not been looked at."""
days = st.dates()
facts = st.dictionaries(texts, texts | st.integers() | st.booleans(), max_size=3)
pictures = st.lists(st.binary(max_size=50), max_size=2).map(tuple)
papers = st.lists(st.builds(Paper, texts, st.sampled_from(PaperState), pictures), max_size=3)
answers: st.SearchStrategy[Answer] = st.one_of(
    texts,
    days.map(lambda day: day.isoformat()),
    st.lists(texts, max_size=3).map(tuple),
    st.lists(days.map(lambda day: day.isoformat()), max_size=3).map(tuple),
    days,
    st.lists(days, max_size=3).map(tuple),
    st.builds(ItemAnswer, st.none() | texts, texts, facts),
    papers.map(lambda some: PapersAnswer(tuple(some))),
)
drafts = st.builds(Draft, st.uuids(), st.sampled_from(SubmissionKind), texts, texts)
sessions = st.builds(Session, st.sampled_from(Language), st.booleans(), texts)
parked_forms = st.builds(
    Parked,
    draft=drafts,
    edition=st.integers(),
    flow=texts,
    flow_version=st.integers(),
    known=facts,
    at=texts,
    answers=st.dictionaries(texts, answers, max_size=4),
    given=st.none() | answers,
    changing=st.booleans(),
    session=sessions,
)
DRAFT = Draft(
    UUID("01900000-0000-7000-8000-000000000000"),
    SubmissionKind.APPLICATION,
    "BBC-2222-2222-2",
    "000000",
)


def parked(walk: Walk, given: Answer | None = None, *, changing: bool = False) -> Parked:
    """A form parked where `walk` stands."""
    return Parked(
        draft=DRAFT,
        edition=EDITION,
        flow=walk.flow.id,
        flow_version=walk.flow.version,
        known=walk.known,
        at=walk.at,
        answers=walk.answers,
        given=given,
        changing=changing,
        session=Session(Language.EN, larger=True, home="340100"),
    )


@st.composite
def walks(draw: st.DrawFn) -> Walk:
    """Anywhere in a real form: on the way, at its end, gone back, or one answer being changed."""
    flow: Flow = draw(st.sampled_from([COMPLAINT, APPLICATION]))
    walk = Walk.start(flow, draw(st.sampled_from(KNOWN)))
    for _ in range(draw(st.integers(0, 40))):
        moves = [*["answer"] * 7, "back"]
        if walk.outcome is not None:
            moves = ["stay", "back", "change"]
        match draw(st.sampled_from(moves)):
            case "answer":
                assert walk.question is not None
                answer = draw(_answer_to(walk.question))
                assert walk.problem(answer, TODAY) == ""
                walk = walk.answered(answer)
            case "back":
                walk = walk.back()
            case "change":
                walk = walk.change(draw(st.sampled_from(walk.trail)))
    return walk


def _answer_to(question: Question) -> st.SearchStrategy[Answer]:
    """Answers without a problem."""
    beside = [option.id for option in question.options]
    past = st.integers(0, 400).map(lambda ago: TODAY - timedelta(days=ago))
    words = st.text("演示a1 ", min_size=1, max_size=5).filter(str.strip)
    written: dict[Kind, st.SearchStrategy[Answer]] = {
        Kind.TEXT: words,
        Kind.PHONE: st.just("13800000000"),
        Kind.DATE: past,
        Kind.DAYS: st.lists(past, min_size=1, max_size=3, unique=True).map(tuple),
        Kind.ITEM: st.builds(
            ItemAnswer, st.none() | st.just("DEMO-YJ-001"), words, st.just({"promise_days": 15})
        ),
        Kind.DIVISION: st.just("340100"),
        Kind.DOCUMENT: st.just("999999190001010015"),
        Kind.CREDIT_CODE: st.just("913400000000000008"),
        Kind.AMOUNT: st.just("1.5"),
        Kind.NUMBER: st.just("2"),
        Kind.PAPERS: _papers(question),
        Kind.PICTURES: st.builds(Paper, st.just("p"), st.just(PaperState.PHOTOGRAPHED), _shots).map(
            lambda paper: PapersAnswer((paper,))
        ),
    }
    ways: list[st.SearchStrategy[Answer]] = []
    if question.kind is Kind.SEVERAL:
        ways = [st.lists(st.sampled_from(beside), min_size=1, unique=True).map(tuple)]
    elif question.kind is Kind.NOTICE and not beside:
        ways = [st.just("agreed")]
    else:
        ways = [written[question.kind]] if question.kind in written else []
        ways += [st.sampled_from(beside)] if beside else []
    return st.one_of(*ways, *([st.just("")] if question.optional else []))


_shots = st.lists(st.binary(min_size=1, max_size=50), min_size=1, max_size=2).map(tuple)


def _papers(question: Question) -> st.SearchStrategy[Answer]:
    each = [
        st.just(Paper(material.name, PaperState.PROMISED))
        | st.builds(Paper, st.just(material.name), st.just(PaperState.PHOTOGRAPHED), _shots)
        for material in question.papers
    ]
    return st.tuples(*each).map(PapersAnswer)


def typed(value: object) -> object:
    """The value with its types: 1, True and "1" are told apart, and a day from its characters."""
    match value:
        case Parked() | Draft() | Session() | ItemAnswer() | PapersAnswer() | Paper():
            names = type(value).__slots__
            return type(value), {name: typed(getattr(value, name)) for name in names}
        case dict():
            return {key: typed(each) for key, each in value.items()}
        case tuple():
            return tuple, tuple(typed(each) for each in value)
    return type(value), value


SMALL = Flow(
    "small",
    1,
    "colour",
    {
        "colour": Question("colour", Kind.CHOICE, "why", (Option("red"), Option("green"))),
        "why": Question("why", Kind.TEXT, "papers"),
        "papers": Question("papers", Kind.PAPERS, "end:register", papers=PAPERS),
    },
    ("register",),
)
