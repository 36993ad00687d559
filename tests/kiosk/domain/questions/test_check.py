from dataclasses import replace

import pytest

from kiosk.domain.questions.check import defects
from kiosk.domain.questions.model import Flow, Kind, Option, Question

SOUND = Flow(
    "sound",
    1,
    "a",
    {
        "a": Question("a", Kind.CHOICE, "c", (Option("x", "b"), Option("y", set={"f": 1}))),
        "b": Question("b", Kind.TEXT, "c", fact="w"),
        "c": Question("c", Kind.DATE, "end:done", when={"f": (1,)}),
    },
    ("done",),
)


def with_question(question: Question) -> Flow:
    return replace(SOUND, questions={**SOUND.questions, question.id: question})


def test_a_sound_flow_has_no_defects() -> None:
    assert defects(SOUND) == ()


B = SOUND.questions["b"]


@pytest.mark.parametrize(
    ("broken", "line"),
    [
        (replace(SOUND, start="z"), "start: no such question: 'z'"),
        (with_question(replace(B, next="z")), "b: no such question: 'z'"),
        (with_question(replace(B, next="")), "b: no such question: ''"),
        (with_question(replace(B, next="end:z")), "b: no such outcome: 'end:z'"),
        (with_question(replace(B, next="b")), "b: lies on a way that may never end"),
        (with_question(replace(B, next="a")), "a: lies on a way that may never end"),
        (with_question(Question("z", Kind.TEXT, "end:done")), "z: cannot be reached"),
        (replace(SOUND, outcomes=("done", "z")), "outcomes: 'z' cannot be reached"),
        (with_question(Question("b", Kind.CHOICE, "c")), "b: a choice without options"),
        (with_question(Question("b", Kind.SEVERAL, "c")), "b: a several without options"),
        (with_question(replace(B, options=(Option("x"),))), "b: a text takes no options"),
        (
            with_question(Question("b", Kind.CHOICE, "c", (Option("x"), Option("x")))),
            "b: option 'x' twice",
        ),
        (
            with_question(Question("b", Kind.CHOICE, "c", (Option("ask"),))),
            "b: an option may not be called 'ask'",
        ),
        (
            with_question(Question("b", Kind.CHOICE, "", (Option("x"), Option("y", "c")))),
            "b: no such question: ''",
        ),
        (
            with_question(
                Question("b", Kind.CHOICE, "", (Option("x", "c"),), when={"f": (1,)}),
            ),
            "b: no such question: ''",
        ),
        (
            with_question(Question("b", Kind.SEVERAL, "c", (Option("x", "c"),))),
            "b: options of a several lead nowhere",
        ),
        (
            with_question(replace(SOUND.questions["c"], when={"w": ("好",)})),
            "c: `when` names 'w', which is not set by a choice",
        ),
        (with_question(replace(B, longest=0)), "b: `longest` must be 1 or more"),
    ],
)
def test_a_defect_is_named_with_its_question(broken: Flow, line: str) -> None:
    assert line in defects(broken)
