"""The classification against an oracle written from the answers, not from the facts."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from itertools import product

import pytest
from hypothesis import given as for_all
from hypothesis import strategies as st

from kiosk import wiring
from kiosk.domain.catalogue.model import Route
from kiosk.domain.complaint.deadline import LICENCE as A_LICENCE
from kiosk.domain.complaint.scope import Scope, item_facts, scoped
from kiosk.domain.complaint.triage import (
    Classification,
    Verdict,
    classify,
    is_enquiry,
    upgraded,
    verdict,
)
from kiosk.domain.questions.model import Answer, Fact, Facts, ItemAnswer
from kiosk.domain.questions.walk import run_through
from services.content.calendar import load_workdays
from services.content.scopes import load_scopes

TODAY = date(2026, 11, 25)
EDITION, WORKDAYS = wiring.edition(), load_workdays(wiring.RESOURCES / "calendar")
SCOPES = load_scopes(wiring.RESOURCES / "flows" / "scope.toml")
PROVINCE, CITY = SCOPES["340000"], SCOPES["340100"]
ROUTES: Mapping[str, Route] = EDITION.routes
LATE, EARLY = date(2026, 9, 1), date(2026, 11, 24)


def item(item_id: str, scope: Scope) -> ItemAnswer:
    found = EDITION.items[item_id]
    return ItemAnswer(found.id, found.name, item_facts(found, scope))


LICENCE, CITY_ITEM, COUNTY_ITEM, TAX, GAS = (
    "DEMO-YJ-001",
    "DEMO-GJ-004",
    "DEMO-BD-027",
    "DEMO-SW-003",
    "DEMO-GY-011",
)
ITEMS = {LICENCE: "省级", CITY_ITEM: "市级", COUNTY_ITEM: "县级", TAX: "", GAS: ""}
LEVELS = {
    "province": "省级",
    "city": "市级",
    "county": "县级",
    "town": "乡级",
    "utility": "",
    "unsure": "待核实",
}
TROUBLES: list[dict[str, Answer]] = [
    {"trouble": "refused", "why": why} for why in ("not_theirs", "no_reason", "policy", "unsure")
]
TROUBLES += [{"trouble": "refused", "why": "not_in_anhui"}]
TROUBLES += [
    {"trouble": "refused", "why": "incomplete", "told": each}
    for each in ("told_once", "told_differently", "still_refused", "unsure")
]
TROUBLES += [{"trouble": "waiting", "accepted": each} for each in (LATE, EARLY, "unsure")]
TROUBLES += [
    {"trouble": "waiting", "accepted": "no_word", "handed_in": each}
    for each in (LATE, EARLY, "unsure")
]
TROUBLES += [{"trouble": each} for each in ("rejected", "pushed", "unsure")]
TROUBLES += [{"trouble": "other", "other": "elsewhere"}]
MATTERS: list[dict[str, Answer]] = [{"item": "", "level": level} for level in LEVELS]
VISITS: list[Answer] = [(LATE,), (LATE, EARLY), "online", "twice", "unsure"]
MORE: list[Answer] = [
    ("pushed",),
    ("delayed",),
    ("elsewhere",),
    ("pushed", "delayed"),
    ("delayed", "elsewhere"),
    ("pushed", "delayed", "elsewhere"),
    ("none",),
    ("unsure",),
]


def sub_of(trouble: Mapping[str, Answer], item_id: str) -> str:
    """The subclass of class 1, by what was answered. Without an item no limit is known, and what
    cannot be computed counts."""
    why, told_how = trouble.get("why"), trouble.get("told")
    if trouble["trouble"] == "rejected":
        return "1D"
    if trouble["trouble"] == "refused":
        return "" if why == "not_in_anhui" or told_how == "told_once" else "1A"
    if trouble["trouble"] != "waiting":
        return ""
    began = trouble.get("handed_in", trouble["accepted"])
    sub = "1B" if trouble["accepted"] == "no_word" else "1C"
    return "" if began == EARLY and item_id else sub


def oracle(
    trouble: Mapping[str, Answer], item_id: str, level: str, visits: Answer, more: Answer
) -> tuple[str, ...]:
    """The subclasses hit, in a provincial hall."""
    assert isinstance(more, tuple)
    asked_for_more = trouble.get("other") != "elsewhere"
    elsewhere = not asked_for_more or "elsewhere" in more
    hits = ["4"] if elsewhere else []
    if asked_for_more and visits != "online":
        hits += [sub for each, sub in (("pushed", "3A"), ("delayed", "3B")) if each in more]
    hits += [sub for sub in [sub_of(trouble, item_id)] if sub]
    if visits in ("twice", (LATE, EARLY)):
        hits.append("2")
    return tuple(hits)


REST: dict[str, Answer] = {
    "departments": ("police", "other"),
    "where": "shanghai",
    "notice": "myself",
    "contact": "code",
}


def found(scope: Scope, given: Mapping[str, Answer]) -> tuple[Classification, Facts]:
    outcome, facts = run_through(scoped(wiring.complaint(), scope, ROUTES), {}, given, TODAY)
    assert outcome == "register"
    return classify(facts, scope, WORKDAYS, TODAY), facts


def every_way() -> Iterator[tuple[dict[str, Answer], str, str, Answer, Answer]]:
    matters = [*MATTERS, *({"item": item(item_id, PROVINCE)} for item_id in ITEMS)]
    for trouble, matter, visits, more in product(TROUBLES, matters, VISITS, MORE):
        asked = matter["item"]
        item_id = asked.item_id or "" if isinstance(asked, ItemAnswer) else ""
        level = ITEMS[item_id] if item_id else LEVELS[str(matter["level"])]
        yield {**trouble, **matter}, item_id, level, visits, more


def test_every_way_is_classified_as_its_answers_say() -> None:
    flow = scoped(wiring.complaint(), PROVINCE, ROUTES)
    ways, seen = 0, set()
    for given, item_id, level, visits, more in every_way():
        answers = {**given, **REST, "visits": visits, "more": more}
        outcome, facts = run_through(flow, {}, answers, TODAY)
        was = classify(facts, PROVINCE, WORKDAYS, TODAY)
        assert outcome == "register"
        if level in ("省级", "待核实"):
            assert was.subclasses == oracle(given, item_id, level, visits, more), given
            assert was.route == ""
        else:
            tax_or_gas = {TAX: "R09", GAS: "R29"}.get(item_id, "R20")
            assert was.route == ("R19" if level else tax_or_gas), given
            assert was.classes == ()
        assert was.primary == next((each for each in "4312" if each in was.classes), "")
        ways += 1
        seen |= {*was.subclasses, was.route}
    assert ways > 7000
    assert seen == {"1A", "1B", "1C", "1D", "2", "3A", "3B", "4", "R19", "R20", "R09", "R29", ""}


@pytest.mark.parametrize("route", ROUTES)
def test_every_topic_leads_where_its_route_says(route: str) -> None:
    given: dict[str, Answer] = {"trouble": "other", "other": "unsure", "topic": route, **REST}
    outcome, facts = run_through(scoped(wiring.complaint(), PROVINCE, ROUTES), {}, given, TODAY)
    if route in PROVINCE.emergency:
        assert outcome == "emergency"
    elif route in PROVINCE.channels:
        assert outcome == "channels"
    else:
        assert (outcome, facts["route"]) == ("register", route)
        assert classify(facts, PROVINCE, WORKDAYS, TODAY).route == route


def test_a_city_hall_takes_the_citys_matters_and_hands_the_provinces_on() -> None:
    refused: dict[str, Answer] = {"trouble": "rejected", "item": "", "visits": (LATE,)}
    rest = {**REST, "more": ("none",)}
    assert found(CITY, {**refused, **rest, "level": "city"})[0].subclasses == ("1D",)
    assert found(CITY, {**refused, **rest, "level": "province"})[0].route == "R19"
    assert found(CITY, {**refused, **rest, "item": item(CITY_ITEM, CITY)})[0].classes == ("1",)


def test_who_never_went_to_the_centre_was_not_sent_about_in_it() -> None:
    given: dict[str, Answer] = {"trouble": "pushed", "item": "", "level": "province"}
    given |= {**REST, "more": ("pushed",)}
    online, unsure = (
        found(PROVINCE, {**given, "visits": each})[0] for each in ("online", "unsure")
    )
    assert (online.classes, online.hint) == ((), "R18")
    assert (unsure.classes, unsure.hint) == (("3",), "")


def test_the_verdict_is_plain_text_and_lists() -> None:
    given: dict[str, Answer] = {"trouble": "waiting", "accepted": LATE, "visits": (LATE, EARLY)}
    given |= {"item": item(LICENCE, PROVINCE), "more": ("none",), **REST}
    assert verdict(found(PROVINCE, given)[0]) == {
        "primary": "1",
        "classes": ["1", "2"],
        "subclasses": ["1C", "2"],
        "level": "省级",
        "due": "2026-09-21",
        "overdue": "42",
    }
    somebody_else = {"trouble": "other", "other": "wages", **REST}
    assert verdict(found(PROVINCE, somebody_else)[0]) == {"route": "R05", "level": "待核实"}


def test_a_limit_that_can_still_be_kept_says_which_one_it_is() -> None:
    given: dict[str, Answer] = {"trouble": "waiting", "accepted": EARLY, "visits": (EARLY,)}
    given |= {"item": item(LICENCE, PROVINCE), "more": ("none",), **REST}
    told = verdict(found(PROVINCE, given)[0])
    assert (told["primary"], told["overdue"], told["limit"]) == ("", "0", "1C")
    assert is_enquiry(told)


@pytest.mark.parametrize(
    ("told", "enquiry"),
    [
        ({"primary": "", "classes": [], "subclasses": [], "level": "省级"}, True),
        ({"primary": "2", "classes": ["2"], "subclasses": ["2"], "level": "省级"}, False),
        ({"route": "R05", "level": "待核实"}, False),
        ({"primary": "", "route": "R05"}, False),
        ({}, False),
    ],
)
def test_what_has_neither_class_nor_route_is_an_enquiry(told: Verdict, enquiry: bool) -> None:
    assert is_enquiry(told) == enquiry


@for_all(
    sub=st.sampled_from(["1B", "1C"]),
    began=st.dates(date(2025, 1, 1), date(2026, 12, 31)),
    promised=st.integers(0, 40),
    asked_after=st.integers(0, 60),
    upgraded_after=st.integers(0, 120),
    more=st.fixed_dictionaries(
        {},
        optional={
            "item_type": st.sampled_from([A_LICENCE, "公共服务"]),
            "level": st.sampled_from(["省级", "待核实"]),
            "visits": st.integers(0, 2),
            "pushed": st.booleans(),
        },
    ),
)
def test_an_enquiry_that_lacked_only_time_is_classified_as_if_it_came_later(
    sub: str,
    began: date,
    promised: int,
    asked_after: int,
    upgraded_after: int,
    more: dict[str, Fact],
) -> None:
    day = "apply_date" if sub == "1B" else "accept_date"
    facts: Facts = {"sub": sub, day: began.isoformat(), "promise_days": promised, **more}
    first = began + timedelta(days=asked_after)
    later = first + timedelta(days=upgraded_after)
    told = verdict(classify(facts, PROVINCE, WORKDAYS, first))
    as_of_then = verdict(classify(facts, PROVINCE, WORKDAYS, later))
    assert upgraded(told, WORKDAYS, later) == (as_of_then if is_enquiry(told) else told)
    assert upgraded(as_of_then, WORKDAYS, later) == as_of_then


def test_a_limit_has_not_passed_on_the_free_days_after_its_last_day() -> None:
    friday = date(2026, 11, 20)
    told: Verdict = {"primary": "", "due": friday.isoformat(), "overdue": "0", "limit": "1C"}
    days = [friday + timedelta(days=n) for n in range(4)]
    assert [upgraded(told, WORKDAYS, day)["overdue"] for day in days] == ["0", "0", "0", "1"]


@pytest.mark.parametrize(
    "told",
    [
        {"primary": ""},
        {"primary": "", "due": "2026-09-21", "overdue": "0"},
        {"primary": "", "due": "soon", "limit": "1B"},
        {"primary": "", "due": ["2026-09-21"], "limit": "1B"},
        {"primary": "", "due": "2026-09-21", "limit": "1D"},
        {"primary": "", "due": "2026-09-21", "limit": ["1B"]},
        {"primary": "2", "classes": ["2"], "due": "2026-09-21", "limit": "1C"},
        {"route": "R05", "due": "2026-09-21", "limit": "1C"},
        {},
    ],
)
def test_what_no_day_can_change_stays_as_it_is(told: Verdict) -> None:
    assert upgraded(told, WORKDAYS, TODAY) == told
