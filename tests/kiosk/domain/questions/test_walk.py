from dataclasses import replace
from datetime import date, timedelta
from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from kiosk import wiring
from kiosk.domain.catalogue.guide import DayUnit, Guide, Material, MaterialForm
from kiosk.domain.complaint.scope import scoped
from kiosk.domain.questions.model import (
    Answer,
    Fact,
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
from kiosk.domain.questions.walk import NotAnsweredError, Walk, run_through
from kiosk.errors import BugError
from services.content.flows import load_forms
from services.content.scopes import load_scopes, scope_of

TODAY = date(2026, 11, 22)
FLOWS = Path(__file__).parents[4] / "resources" / "flows"
PAPER = Material("演示材料", MaterialForm.COPY, 1, "演示")
GUIDE = Guide(1, (), (PAPER,), (), 0, DayUnit.WORKDAY, "", "", "", ("reason", "event_date"), ())
FORMS = load_forms(FLOWS)
EDITION = wiring.edition()
COMPLAINT = scoped(
    wiring.complaint(),
    scope_of(load_scopes(FLOWS / "scope.toml"), EDITION.divisions, "340000"),
    EDITION.routes,
)
REAL = [COMPLAINT, *(FORMS.flow(name, GUIDE) for name in FORMS.plans)]
KNOWN: list[Facts] = [
    {},
    {"item": "办社保卡", "item_id": "DEMO-SB-009", "serves": "个人", "audience": "个人"},
    {"item": "补换驾照", "item_id": "DEMO-GA-050", "serves": "both", "told_later": True},
]

ONLY_OPTIONS = (Kind.CHOICE, Kind.TOPIC)
LEADING = (*ONLY_OPTIONS, Kind.ITEM, Kind.NOTICE, Kind.PHONE, Kind.DATE, Kind.DAYS)
COLOURS = ("red", "green")
CHOICE_FACTS = ("a", "b", "c")
WRITTEN_FACTS = ("v", "w")


def ways(question: Question) -> list[Answer]:
    """One valid answer for every way the walk can go on from `question`."""
    beside: list[Answer] = [option.id for option in question.options]
    several: list[Answer] = [
        tuple(option.id for option in some)
        for count in range(1, len(question.options) + 1)
        for some in combinations(question.options[:5], count)
    ]
    written: dict[Kind, list[Answer]] = {
        Kind.NOTICE: beside or ["agreed"],
        Kind.CHOICE: beside,
        Kind.TOPIC: beside,
        Kind.SEVERAL: several,
        Kind.TEXT: ["好"],
        Kind.PHONE: ["13800000000", *beside],
        Kind.DATE: [TODAY, *beside],
        Kind.DAYS: [(TODAY,), (TODAY - timedelta(days=9), TODAY), *beside],
        Kind.ITEM: [
            ItemAnswer("DEMO-XX-001", "办证"),
            ItemAnswer(None, "自己的话"),
            *beside,
        ],
        Kind.DIVISION: ["340100"],
        Kind.DOCUMENT: ["999999190001010015"],
        Kind.CREDIT_CODE: ["913400000000000008"],
        Kind.AMOUNT: ["1.5"],
        Kind.NUMBER: ["2"],
        Kind.PAPERS: [PapersAnswer((Paper(PAPER.name, PaperState.PROMISED),))],
        Kind.PICTURES: [PapersAnswer((Paper("p", PaperState.PHOTOGRAPHED, (b"x",)),))],
        Kind.SLOT: ["2026-11-23T09:00"],
    }
    return written[question.kind] + ([""] if question.optional else [])


@st.composite
def small_flows(draw: st.DrawFn) -> Flow:
    """Flows that run forward only, with every kind of question and facts that decide."""
    count = draw(st.integers(1, 7))
    return Flow(
        "small", 1, "q0", {f"q{n}": draw(questions(n, count)) for n in range(count)}, ("x",)
    )


@st.composite
def questions(draw: st.DrawFn, number: int, count: int) -> Question:
    ahead = st.sampled_from([*(f"q{n}" for n in range(number + 1, count)), "end:x"])
    kind = draw(st.sampled_from(Kind))
    options: tuple[Option, ...] = ()
    if kind in LEADING:
        sets = st.dictionaries(st.sampled_from(CHOICE_FACTS), st.sampled_from(COLOURS), max_size=2)
        ids = draw(st.integers(1 if kind in ONLY_OPTIONS else 0, 3))
        options = tuple(Option(f"o{n}", draw(ahead | st.just("")), draw(sets)) for n in range(ids))
    elif kind is Kind.SEVERAL:
        sets = st.dictionaries(st.sampled_from(CHOICE_FACTS), st.sampled_from(COLOURS), max_size=1)
        options = (Option("o0", set=draw(sets)), Option("o1", set=draw(sets)))
    names = CHOICE_FACTS if kind is Kind.CHOICE else WRITTEN_FACTS
    optional = draw(st.booleans()) if kind is not Kind.NOTICE else False
    accepted: st.SearchStrategy[list[Fact]] = st.lists(
        st.sampled_from([*COLOURS, "o0", "o1"]), min_size=1, max_size=2
    )
    when = draw(st.dictionaries(st.sampled_from(CHOICE_FACTS), accepted, max_size=1))
    return Question(
        id=f"q{number}",
        kind=kind,
        next=draw(ahead),
        options=options,
        when={name: tuple(values) for name, values in when.items()},
        fact=draw(st.just("") | st.sampled_from(names)) if kind is not Kind.NOTICE else "",
        optional=optional,
        later=optional and draw(st.booleans()),
    )


flows = small_flows() | st.sampled_from(REAL)
starts = st.builds(Walk.start, flows, st.sampled_from(KNOWN))


def present(walk: Walk) -> Question:
    assert walk.question is not None
    return walk.question


def asked(walk: Walk) -> list[str]:
    """The questions on the path that were put without being asked for."""
    return [id for id in walk.trail if not walk.flow.questions[id].later]


def walk_on(data: st.DataObject, walk: Walk) -> list[Walk]:
    """Every position from `walk` to an end, by drawn answers."""
    positions = [walk]
    while walk.outcome is None:
        answer = data.draw(st.sampled_from(ways(present(walk))))
        assert walk.problem(answer, TODAY) == ""
        walk = walk.answered(answer)
        positions.append(walk)
    return positions


@given(starts, st.data())
def test_every_path_ends_and_steps_left_falls_to_zero(start: Walk, data: st.DataObject) -> None:
    positions = walk_on(data, start)
    end = positions[-1]
    assert end.outcome in end.flow.outcomes
    assert end.question is None
    assert len(set(end.trail)) == len(end.trail)
    assert len(asked(end)) == len(positions) - 1
    left = [walk.steps_left for walk in positions]
    assert left == sorted(set(left), reverse=True)
    assert left[-1] == 0


@settings(max_examples=50)
@given(starts, st.data())
def test_steps_left_is_one_more_than_the_longest_of_all_ways_on(
    start: Walk, data: st.DataObject
) -> None:
    for walk in walk_on(data, start)[:-1]:
        further = [walk.answered(answer).steps_left for answer in ways(present(walk))]
        assert walk.steps_left == 1 + max(further)


@given(starts, st.data())
def test_going_back_keeps_every_answer_and_forward_finds_them(
    start: Walk, data: st.DataObject
) -> None:
    positions = walk_on(data, start)
    end = positions[-1]
    walk = end
    for earlier in reversed(positions[:-1]):
        assert walk.can_go_back()
        walk = walk.back()
        assert walk.at == earlier.at
        assert walk.trail == earlier.trail
        assert walk.facts == earlier.facts
        assert walk.answers == end.answers
    assert not walk.can_go_back()
    assert walk.back() == walk
    assert walk.resume() == end
    for _ in asked(end):
        walk = walk.answered(end.answers[walk.at])
    assert walk == end


@given(starts, st.data())
def test_changing_an_answer_and_changing_it_back_restores_everything(
    start: Walk, data: st.DataObject
) -> None:
    end = walk_on(data, start)[-1]
    assume(end.trail)
    standing = end.change(data.draw(st.sampled_from(end.trail)))
    other = data.draw(st.sampled_from(ways(present(standing))))
    elsewhere = standing.answered(other).resume()
    while elsewhere.question is not None:
        way = data.draw(st.sampled_from(ways(present(elsewhere))))
        elsewhere = elsewhere.answered(way).resume()
    assert elsewhere.answers.keys() >= end.answers.keys()
    again = elsewhere.change(standing.at).answered(end.answers[standing.at]).resume()
    assert (again.at, again.trail, again.facts) == (end.at, end.trail, end.facts)
    assert again.review() == end.review()


@given(starts, st.data())
def test_facts_and_review_come_from_the_walked_path_only(start: Walk, data: st.DataObject) -> None:
    walk = walk_on(data, start)[-1]
    for _ in range(data.draw(st.integers(0, 3))):
        if walk.trail:
            walk = walk.change(data.draw(st.sampled_from(walk.trail)))
            walk = walk_on(data, walk)[-1]
    afresh = Walk.start(walk.flow, walk.known)
    for id in asked(walk):
        assert afresh.at == id
        afresh = afresh.answered(walk.answers[id])
    assume(not any(walk.answers[id] for id in set(walk.trail) - set(asked(walk))))
    assert afresh.at == walk.at
    assert afresh.facts == walk.facts
    assert afresh.review() == walk.review()
    notices = {id for id in walk.trail if walk.flow.questions[id].kind is Kind.NOTICE}
    assert [q.id for q, _ in walk.review()] == [id for id in walk.trail if id not in notices]


CHOICE = Question("choice", Kind.CHOICE, "text", (Option("x", set={"f": 1}), Option("y")))


def flow_of(*asked: Question) -> Flow:
    return Flow("some", 1, asked[0].id, {question.id: question for question in asked}, ("done",))


def test_a_question_whose_condition_does_not_hold_is_passed_over() -> None:
    flow = flow_of(CHOICE, Question("text", Kind.TEXT, "end:done", when={"f": (1, 2)}))
    assert Walk.start(flow).answered("x").at == "text"
    assert Walk.start(flow).answered("y").outcome == "done"


def test_a_question_about_a_fact_known_from_outside_is_passed_over() -> None:
    item = Question("item", Kind.ITEM, "choice", fact="item")
    flow = flow_of(item, CHOICE, Question("text", Kind.TEXT, "end:done"))
    assert Walk.start(flow).at == "item"
    walk = Walk.start(flow, {"item": "办证", "item_id": "DEMO-XX-001"})
    assert walk.at == "choice"
    assert not walk.can_go_back()
    assert walk.answered("y").facts == {"item": "办证", "item_id": "DEMO-XX-001"}


def test_what_the_catalogue_knows_of_an_item_is_not_asked() -> None:
    known = {"level": "省级", "promise_days": 15}
    walk = Walk.start(COMPLAINT).answered("rejected")
    assert walk.answered(ItemAnswer(None, "办证")).at == "level"
    assert walk.answered(ItemAnswer("DEMO-YJ-001", "办证", known)).at == "visits"
    outside = {**known, "level": "县级", "outside": True, "route": "R19"}
    assert walk.answered(ItemAnswer("DEMO-BD-027", "办证", outside)).at == "notice"


def test_days_give_how_many_they_are_the_first_and_the_last() -> None:
    flow = flow_of(Question("days", Kind.DAYS, "end:done", (Option("never"),), fact="days"))
    later, earlier = TODAY, TODAY - timedelta(days=3)
    walk = Walk.start(flow).answered((later, earlier))
    assert walk.answers == {"days": (earlier, later)}
    assert walk.facts == {"days": 2, "days_first": "2026-11-19", "days_last": "2026-11-22"}
    assert Walk.start(flow).answered("never").facts == {}


def test_of_several_every_option_sets_its_facts() -> None:
    options = (Option("a", set={"f": 1}), Option("b", set={"g": 2}), Option("c", set={"h": 3}))
    flow = flow_of(Question("many", Kind.SEVERAL, "end:done", options))
    assert Walk.start(flow).answered(("c", "a")).facts == {"f": 1, "h": 3}


LATER = Question("more", Kind.TEXT, "text", fact="said", optional=True, later=True)


def test_what_is_put_only_later_stands_in_the_review_and_can_be_answered_from_there() -> None:
    flow = flow_of(CHOICE, LATER, Question("text", Kind.TEXT, "end:done"))
    flow = replace(flow, questions={**flow.questions, "choice": replace(CHOICE, next="more")})
    walk = Walk.start(flow).answered("y")
    assert (walk.at, walk.steps_left) == ("text", 1)
    assert walk.back().at == "choice"
    end = walk.answered("好")
    assert [question.id for question, _ in end.review()] == ["choice", "more", "text"]
    said = end.change("more").answered("还有").resume()
    assert said.outcome == "done"
    assert said.facts["said"] == "还有"
    assert said.change("choice").answered("y").resume() == said


@given(st.sampled_from(REAL), st.data())
def test_all_answers_at_once_come_to_what_walking_comes_to(flow: Flow, data: st.DataObject) -> None:
    end = walk_on(data, Walk.start(flow))[-1]
    assert run_through(flow, {}, end.answers, TODAY) == (end.outcome, end.facts)


def test_an_answer_that_is_missing_or_wrong_is_named() -> None:
    with pytest.raises(NotAnsweredError, match="trouble: required"):
        run_through(COMPLAINT, {}, {}, TODAY)
    tomorrow = {"trouble": "waiting", "level": "province", "accepted": TODAY + timedelta(days=1)}
    with pytest.raises(NotAnsweredError, match="accepted: future"):
        run_through(COMPLAINT, {}, tomorrow, TODAY)


def test_an_item_gives_its_words_and_its_id_as_facts() -> None:
    flow = flow_of(Question("item", Kind.ITEM, "end:done", (Option("none"),), fact="item"))
    walk = Walk.start(flow)
    named = {"item": "办证", "item_id": "DEMO-XX-001"}
    assert walk.answered(ItemAnswer("DEMO-XX-001", " 办证 ")).facts == named
    assert walk.answered(ItemAnswer(None, "自己的话")).facts == {"item": "自己的话"}
    assert walk.answered("none").facts == {}


def test_an_optional_question_left_empty_sets_no_fact_and_stands_in_the_review() -> None:
    flow = flow_of(Question("day", Kind.DATE, "end:done", fact="day", optional=True))
    assert Walk.start(flow).answered("").facts == {}
    assert Walk.start(flow).answered("").review() == ((flow.questions["day"], ""),)
    assert Walk.start(flow).answered(TODAY).facts == {"day": "2026-11-22"}


def test_of_two_answers_that_set_a_fact_the_later_one_wins() -> None:
    again = Question("text", Kind.CHOICE, "end:done", (Option("z", set={"f": 2}),))
    walk = Walk.start(flow_of(CHOICE, again), {"f": 0})
    assert walk.facts == {"f": 0}
    assert walk.answered("x").facts == {"f": 1}
    assert walk.answered("x").answered("z").facts == {"f": 2}


def test_several_options_become_one_fact_in_the_order_touched() -> None:
    options = (Option("a"), Option("b"))
    flow = flow_of(Question("many", Kind.SEVERAL, "end:done", options, fact="many"))
    assert Walk.start(flow).answered(("b", "a")).facts == {"many": "b,a"}


def test_texts_are_kept_stripped_and_telephone_numbers_bare() -> None:
    flow = flow_of(Question("t", Kind.TEXT, "p"), Question("p", Kind.PHONE, "end:done"))
    walk = Walk.start(flow).answered("  办证\n").answered("138 0000-0000")
    assert walk.answers == {"t": "办证", "p": "13800000000"}


def test_a_walk_is_left_as_it_was_by_every_step() -> None:
    start = Walk.start(COMPLAINT)
    start.answered("refused").answered("policy").back()
    assert start == Walk.start(COMPLAINT)


def test_nothing_is_answered_after_the_end() -> None:
    end = Walk.start(COMPLAINT).answered("other").answered("danger")
    assert end.outcome == "emergency"
    assert end.resume() == end
    with pytest.raises(BugError, match="nothing is asked"):
        end.answered("yes")


def test_only_questions_on_the_walked_path_can_be_changed() -> None:
    with pytest.raises(BugError, match="not on the walked path"):
        Walk.start(COMPLAINT).change("item")


def test_a_place_that_was_not_walked_to_is_a_bug() -> None:
    with pytest.raises(BugError, match="not on the walked path"):
        Walk(COMPLAINT, "more", {}, {}).back()
