"""Every key the program can ask for has wording in every language, and no wording is left over."""

import re
import string
from datetime import date, timedelta
from pathlib import Path

import pytest

from kiosk import errors
from kiosk.domain.catalogue.guide import Exemption, Material, MaterialForm, Need
from kiosk.domain.catalogue.model import ON_THE_MACHINE, KioskKind
from kiosk.domain.catalogue.reach import Delta, Reach
from kiosk.domain.counter.booking import BookingState
from kiosk.domain.counter.payment import PaymentState
from kiosk.domain.questions.answers import problem
from kiosk.domain.questions.model import (
    Answer,
    Days,
    Flow,
    ItemAnswer,
    Kind,
    Option,
    Paper,
    PapersAnswer,
    PaperState,
    Question,
)
from kiosk.domain.submission.afterwards import AFTERWARDS
from kiosk.domain.submission.case import CaseState, Note, Rating
from kiosk.domain.submission.model import Kind as SubmissionKind
from kiosk.domain.submission.next_steps import ENQUIRY
from kiosk.domain.words import Language, Words
from services.content.catalogue import load_edition
from services.content.flows import load_flow, load_forms
from services.content.words import load_words

RESOURCES = Path(__file__).parents[2] / "resources"
FLOWS = [load_flow(RESOURCES / "flows" / "complaint.toml")]
FORMS = load_forms(RESOURCES / "flows")
WORDS = {language: load_words(RESOURCES / "text", language) for language in Language}
every_language = pytest.mark.parametrize("words", WORDS.values(), ids=WORDS)

SUBCLASSES = {"1A", "1B", "1C", "1D", "2", "3A", "3B", "4"}
ERRORS_OF_SCREENS = {"bug", "follow_offline", "receipt_number", "scan_unknown", "scan_in_form"}
REFUSALS = {"record_unknown", "bill_unknown", "slot_full"}
"""What the central server refuses with."""
EMERGENCY = {"outcomes.emergency.text", "outcomes.emergency.title", "complaint.trouble.help"}
STATES = {*CaseState, "waiting"}
GUIDE_SLIP = (
    *("code", "who", "promise", "legal", "fee", "result", "delivery", "department"),
    *("where", "hall", "address", "window", "open", "consult", "supervise"),
    *("materials", "no_materials", "conditions", "steps", "questions", "caption", "footer"),
)
RECEIPT_SLIP = (
    *("number", "code", "class", "subclass", "division", "department", "phone", "at"),
    *("how_long", "next", "follow", "at_any_kiosk", "by_phone", "at_the_window"),
    *("caption", "footer"),
)
CONTACT_SLIP = (
    *("title", "responsible", "hotline", "channel", "unanswered", "unknown", "bring"),
    *("help", "footer"),
)
STATUS_SLIP = ("title", "matter", "state", "answer", "due", "life")
PARKED_SLIP = ("title", "code", "until", "caption", "footer")
RECORD_SLIP = ("details", "issuer", "issued", "check", "caption", "footer")
GROUPS = {
    "social": "社会保障",
    "medical": "医疗保障",
    "estate": "不动产",
    "tax": "税务",
    "fund": "住房公积金",
    "police": "公安",
    "others": "其他",
}

KINDS = {
    "query": KioskKind.QUERY,
    "apply": KioskKind.APPLY,
    "book": KioskKind.BOOK,
    "pay": KioskKind.PAY,
    "guide": KioskKind.GUIDE,
}


def keys(words: Words, file: str) -> set[str]:
    return {key for key in words.entries if key.startswith(f"{file}.")}


def keys_of(flow: Flow) -> set[str]:
    found = {f"{flow.id}.title"}
    for question in flow.questions.values():
        found |= {f"{flow.id}.{question.id}.{part}" for part in ("ask", "help")}
        found |= {f"{flow.id}.{question.id}.{option.id}" for option in question.options}
    return found


@every_language
@pytest.mark.parametrize("flow", FLOWS, ids=lambda flow: flow.id)
def test_every_question_and_option_has_wording_and_none_is_left_over(
    flow: Flow, words: Words
) -> None:
    assert keys(words, flow.id) == keys_of(flow)


@every_language
def test_every_question_of_the_library_has_wording_and_none_is_left_over(words: Words) -> None:
    expected = set()
    for question in FORMS.library.values():
        parts = ("ask", "help", *(option.id for option in question.options))
        expected |= {f"library.{question.id}.{part}" for part in parts}
    assert keys(words, "library") == expected
    assert keys(words, "forms") == {f"forms.{plan}.title" for plan in FORMS.plans}


@every_language
def test_whoever_reads_aloud_has_words_of_its_own(words: Words) -> None:
    assert keys(words, "reading") == {f"reading.{key}" for key in ("sample", "chosen", "unchosen")}


@every_language
def test_guides_slips_and_the_counter_have_wording_and_none_is_left_over(words: Words) -> None:
    assert keys(words, "guide") == {
        *(f"guide.{key}" for key in ("edition", "hours", "any_window")),
        *(
            f"guide.asked.{key}"
            for key in ("promise", "who", "fee", "result", "here", "department")
        ),
        *(f"guide.legal.{unit}" for unit in ("workdays", "days")),
        *(f"guide.form.{form.name.lower()}" for form in MaterialForm),
        *(f"guide.need.{need.name.lower()}" for need in Need if need is not Need.REQUIRED),
        *(f"guide.exempt.{by.name.lower()}" for by in Exemption if by is not Exemption.NONE),
        *(f"guide.reach.{reach}.{part}" for reach in Reach for part in ("title", "text")),
        *(f"guide.delta.{delta}" for delta in Delta if delta is not Delta.NONE),
    }
    assert keys(words, "counter") == {
        *(f"counter.offline.{what}" for what in ("record", "bill", "slots")),
        *(f"counter.bill.{line}" for line in ("title", "for_whom", "period")),
        *(f"counter.payment.{state}" for state in PaymentState),
        *(f"counter.slot.{left}" for left in ("left", "full", "none")),
        *(f"counter.papers.{state}" for state in PaperState if state is not PaperState.EXEMPT),
        *(f"counter.booking.{state}" for state in BookingState),
    }
    assert keys(words, "slips") == {
        "slips.mark",
        *(f"slips.guide.{key}" for key in GUIDE_SLIP),
        *(f"slips.receipt.{key}" for key in RECEIPT_SLIP),
        *(f"slips.contact.{key}" for key in CONTACT_SLIP),
        *(f"slips.record.{key}" for key in RECORD_SLIP),
        *(f"slips.status.{key}" for key in STATUS_SLIP),
        *(f"slips.parked.{key}" for key in PARKED_SLIP),
    }
    parts = ("title", "matter", "first_title", "second_title", "second", "third_title", "third")
    kinds = set(SubmissionKind) - AFTERWARDS - {SubmissionKind.ATTACHMENT}
    assert keys(words, "receipt") == {
        "receipt.promised",
        "receipt.lacking",
        *(f"receipt.registered.{when}" for when in ("earliest", "settled")),
        *(f"receipt.{table}.{part}" for table in {*kinds, ENQUIRY} for part in parts),
        *(f"receipt.booking.{how}" for how in ("held", "asked")),
    }


@every_language
def test_every_outcome_has_wording_and_none_is_left_over(words: Words) -> None:
    ends = {outcome for flow in FLOWS for outcome in flow.outcomes} - {"register"}
    pages = (ends - {"channels"}) | {"route", "route_R16", "route_R17"}
    assert keys(words, "outcomes") == {
        f"outcomes.{page}.{part}" for page in pages for part in ("title", "text")
    }


def problems() -> set[str]:
    """Every problem a wrong answer can have, found by giving wrong answers."""
    today = date(2026, 11, 22)
    wrong: list[Answer] = ["", "x", "\a", "很长" * 9, ("x",), date(2026, 1, 1), date(2027, 1, 1)]
    wrong.append(tuple(today - timedelta(days=n) for n in range(100)))
    wrong += [ItemAnswer(None, " "), ItemAnswer(None, "很长" * 9), PapersAnswer(())]
    wrong.append(PapersAnswer((Paper("p", PaperState.PHOTOGRAPHED, (b"x",) * 7),)))
    paper = (Material("p", MaterialForm.COPY, 1, "i"),)
    return {
        problem(
            Question("q", kind, "", (Option("o"),), days=days, longest=9, papers=paper), a, today
        )
        for kind in Kind
        for days in Days
        for a in wrong
    } - {""}


@every_language
def test_every_problem_has_wording_and_none_is_left_over(words: Words) -> None:
    expected = {f"questions.problem.{key}" for key in problems()}
    papers = {f"questions.papers.{state}" for state in PaperState}
    assert keys(words, "questions") == expected | papers | {
        "questions.empty",
        "questions.scan",
        *(f"questions.pictures.{part}" for part in ("name", "taken")),
    }


def known_errors(kind: type[errors.KnownError]) -> set[str]:
    return {kind.key}.union(*(known_errors(further) for further in kind.__subclasses__()))


@every_language
def test_every_error_has_wording_and_none_is_left_over(words: Words) -> None:
    expected = known_errors(errors.KnownError) | ERRORS_OF_SCREENS | REFUSALS
    assert keys(words, "errors") == {f"errors.{key}" for key in expected}


@every_language
def test_groups_kinds_states_and_classes_have_wording_and_none_is_left_over(words: Words) -> None:
    assert keys(words, "groups") == {
        f"groups.{key}.{part}" for key in [*GROUPS, "all"] for part in ("title", "hint")
    }
    assert keys(words, "kinds") == {
        *(f"kinds.promise.{key}" for key in ("by_rule", "on_the_spot", "days")),
        *(f"kinds.{key}.{part}" for key in KINDS for part in ("short", "here")),
        *(f"kinds.{key}.action" for key, kind in KINDS.items() if kind in ON_THE_MACHINE),
        *(f"kinds.{key}.short" for key in ("all", "here")),
        *(f"kinds.audience.{key}" for key in ("all", "person", "company")),
    }
    assert keys(words, "states") == {"states.last_known"} | {
        f"states.{state}.{part}" for state in STATES for part in ("title", "next")
    }
    assert keys(words, "triage") == {
        *(f"triage.subclass.{key}" for key in SUBCLASSES | {"none"}),
        *(f"triage.class.{key[0]}" for key in SUBCLASSES),
        *(f"triage.also.{key}" for key in SUBCLASSES | {"noted"}),
        "triage.level.to_verify",
        "triage.route.found",
        "triage.route.bring",
        "triage.route.hint",
        *(f"triage.deadline.{sub}_{state}" for sub in ("1B", "1C") for state in ("over", "open")),
        "triage.deadline.provisional",
    }


@every_language
def test_whatever_can_be_done_afterwards_has_wording_and_none_is_left_over(words: Words) -> None:
    parts = ("button", "ask", "help", "send", "done")
    assert keys(words, "afterwards") == {
        *(f"afterwards.{kind}.{part}" for kind in AFTERWARDS for part in parts),
        "afterwards.addition.pictures",
        *(f"afterwards.level.{int(level)}" for level in Rating),
        *(f"afterwards.note.{note}" for note in Note),
        "afterwards.note.level",
    }


@every_language
def test_there_is_no_wording_in_files_nobody_reads(words: Words) -> None:
    files = {key.split(".")[0] for key in words.entries}
    read = {"outcomes", "questions", "errors", "groups", "kinds", "states", "triage", "library"}
    read |= {"forms", "guide", "counter", "receipt", "slips", "afterwards", "reading"}
    assert files == read | {flow.id for flow in FLOWS}


def test_groups_are_called_as_in_the_catalogue() -> None:
    titles = {WORDS[Language.ZH].say(f"groups.{key}.title") for key in GROUPS}
    catalogue = load_edition(RESOURCES / "catalogue")
    assert titles == set(GROUPS.values()) == {item.group for item in catalogue.items.values()}
    assert {item.kind for item in catalogue.items.values()} == set(KINDS.values())


def places(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def test_languages_have_the_same_keys_and_places_to_fill() -> None:
    chinese = WORDS[Language.ZH].entries
    for words in WORDS.values():
        assert {key: places(text) for key, text in words.entries.items()} == {
            key: places(text) for key, text in chinese.items()
        }


@every_language
def test_wording_is_neither_empty_nor_ragged(words: Words) -> None:
    for key, text in words.entries.items():
        assert text == text.strip() != "", key
        assert "  " not in text, key
        assert '"' not in text, key


def test_chinese_wording_is_chinese_short_and_uses_chinese_signs() -> None:
    for key, text in WORDS[Language.ZH].entries.items():
        assert re.search(r"[一-鿿]", text), key
        assert not re.search(r"[,;:!?'()]", text), key
        assert text.count("“") == text.count("”"), key
        if key.endswith(".ask"):
            assert len(text) <= 36, key


def test_english_wording_holds_no_chinese() -> None:
    for key, text in WORDS[Language.EN].entries.items():
        assert not re.search(r"[\u2e80-\u9fff\uff00-\uffef]", text), key


@every_language
def test_only_emergency_numbers_stand_in_the_wording_itself(words: Words) -> None:
    for key, text in words.entries.items():
        numbers = set(re.findall(r"\d{3,}", text))
        allowed = {"110", "119", "120"} if key in EMERGENCY else {"0551"}
        assert numbers <= allowed, key
