import json
from pathlib import Path

import pytest

from kiosk import __main__ as program
from kiosk.errors import KnownError
from kiosk.settings import Settings
from kiosk.triaging import Triage, answer_sets

OVERDUE = {
    "trouble": "waiting",
    "item": "DEMO-YJ-001",
    "accepted": "2026-09-01",
    "visits": ["2026-09-01", "2026-10-12"],
    "more": ["none"],
    "notice": "myself",
    "contact": "138 0000 0000",
}


@pytest.fixture(scope="module")
def triage(tmp_path_factory: pytest.TempPathFactory) -> Triage:
    return Triage.of(Settings(base=tmp_path_factory.mktemp("kiosk")))


def test_a_set_of_answers_is_classified(triage: Triage) -> None:
    found = triage.classified(OVERDUE)
    assert found["outcome"] == "register"
    assert found["subclasses"] == ["1C", "2"]
    assert found["due"] == "2026-09-21"


@pytest.mark.parametrize(
    ("changed", "question", "problem"),
    [
        ({"trouble": "x"}, "trouble", "option"),
        ({"accepted": "2999-01-01"}, "accepted", "future"),
        ({"accepted": "soon"}, "accepted", "date"),
        ({"visits": "2026-09-01"}, "visits", "date"),
        ({"contact": "110"}, "contact", "phone"),
        ({"Q7": "yes"}, "Q7", "no such question"),
        ({"visits": ["2026-09-01"] * 2}, "visits", "date"),
    ],
)
def test_an_answer_that_cannot_be_taken_is_named(
    triage: Triage, changed: dict[str, object], question: str, problem: str
) -> None:
    assert triage.classified(OVERDUE | changed) == {"question": question, "problem": problem}


def test_own_words_and_single_options_are_taken(triage: Triage) -> None:
    given = OVERDUE | {"item": "办个证", "level": "unsure", "more": "pushed"}
    found = triage.classified(given | {"departments": ["police", "tax"], "visits": "unsure"})
    assert found["classes"] == ["3", "1"]
    assert found["level"] == "待核实"


def test_every_question_is_listed_with_its_options_in_words(triage: Triage) -> None:
    listed = {str(each["id"]): each for each in triage.questions()}
    assert list(listed) == list(triage.flow.questions)
    assert len(dict(listed["topic"]["options"])) == 36
    assert "不知道" in dict(listed["level"]["options"]).values()


def test_the_command_reads_one_set_a_list_or_lines(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "answers.json"
    line = json.dumps(OVERDUE)
    for text in (line, f"[{line}]", f"{line}\n", json.dumps(OVERDUE, indent=1)):
        file.write_text(text)
        assert program.main(["triage", "--answers", str(file), "--json"]) == 0
        assert json.loads(capsys.readouterr().out)["primary"] == "1"


@pytest.mark.parametrize("text", ["{", "3", '{"a": 1}\nx\n', "[1]", "\n7\n"])
def test_what_is_no_set_of_answers_is_a_known_error(text: str) -> None:
    with pytest.raises(KnownError):
        list(answer_sets(text))
