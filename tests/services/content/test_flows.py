from pathlib import Path

import pytest

from kiosk.domain.questions.forms import Forms, Plan
from kiosk.domain.questions.model import Days, Flow, Kind, Option, Question
from kiosk.errors import ContentError
from services.content.flows import load_flow, load_forms

SOUND = """
id = "small"
version = 3
start = "a"
outcomes = ["done"]

[[questions]]
id = "a"
kind = "choice"
next = "b"
options = [{ id = "x", next = "end:done" }, { id = "y", set = { f = true, n = 2, s = "是" } }]

[[questions]]
id = "b"
kind = "date"
next = "end:done"
when = { f = [true] }
fact = "day"
optional = true
days = "coming"
longest = 7
"""


def loaded(folder: Path, text: str) -> Flow:
    file = folder / "small.toml"
    file.write_text(text, encoding="utf-8")
    return load_flow(file)


def test_a_flow_is_read_with_everything_it_says(tmp_path: Path) -> None:
    assert loaded(tmp_path, SOUND) == Flow(
        id="small",
        version=3,
        start="a",
        questions={
            "a": Question(
                id="a",
                kind=Kind.CHOICE,
                next="b",
                options=(
                    Option("x", next="end:done"),
                    Option("y", set={"f": True, "n": 2, "s": "是"}),
                ),
                words="small.a",
            ),
            "b": Question(
                id="b",
                kind=Kind.DATE,
                next="end:done",
                when={"f": (True,)},
                fact="day",
                optional=True,
                days=Days.COMING,
                words="small.b",
                longest=7,
            ),
        },
        outcomes=("done",),
        words="small",
    )


@pytest.mark.parametrize(
    ("sound", "broken", "message"),
    [
        ('id = "small"', "", "small.toml: .*`id`"),
        ("version = 3", 'version = "3"', "small.toml: .*version"),
        ("version = 3", "version = 3\ncolour = 1", "small.toml: .*colour"),
        ('kind = "date"', 'kind = "data"', "small.toml: b: .*data"),
        ('fact = "day"', 'facts = "day"', "small.toml: b: .*facts"),
        ("longest = 7", 'longest = "7"', "small.toml: b: .*longest"),
        ('{ id = "x", ', '{ id = "x", say = "?", ', "small.toml: a: .*say"),
        ('{ id = "x", ', '{ name = "x", ', "small.toml: a: "),
        ('id = "b"', 'id = "a"', "small.toml: a: this id twice"),
        ('next = "b"', 'next = "z"', "small.toml: a: no such question: 'z'"),
        ('id = "b"', "", "small.toml: question 2: .*`id`"),
        ("s =", "s ?", "small.toml: not valid TOML"),
    ],
)
def test_a_broken_flow_is_refused_by_file_and_question(
    tmp_path: Path, sound: str, broken: str, message: str
) -> None:
    assert sound in SOUND
    with pytest.raises(ContentError, match=message):
        loaded(tmp_path, SOUND.replace(sound, broken, 1))


def test_a_missing_file_is_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(ContentError, match="nowhere.toml: cannot be read"):
        load_flow(tmp_path / "nowhere.toml")


def test_a_file_in_another_encoding_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "small.toml"
    file.write_bytes('id = "流程"'.encode("gbk"))
    with pytest.raises(ContentError, match="small.toml: not valid UTF-8"):
        load_flow(file)


LIBRARY = """
[name]
kind = "text"
longest = 9

[whom]
kind = "choice"
options = [{ id = "me", set = { for_whom = "me" } }]
"""
PLANS = """
[small]
version = 2
questions = ["whom", "fields", "name"]
outcome = "register"
"""


def test_forms_are_read_with_their_library(tmp_path: Path) -> None:
    (tmp_path / "library.toml").write_text(LIBRARY, encoding="utf-8")
    (tmp_path / "forms.toml").write_text(PLANS, encoding="utf-8")
    assert load_forms(tmp_path) == Forms(
        plans={"small": Plan("small", 2, ("whom", "fields", "name"), "register")},
        library={
            "name": Question("name", Kind.TEXT, longest=9, words="library.name"),
            "whom": Question(
                "whom",
                Kind.CHOICE,
                options=(Option("me", set={"for_whom": "me"}),),
                words="library.whom",
            ),
        },
    )


@pytest.mark.parametrize("name", ["library.toml", "forms.toml"])
def test_missing_forms_are_refused_by_name(tmp_path: Path, name: str) -> None:
    (tmp_path / "library.toml").write_text(LIBRARY, encoding="utf-8")
    (tmp_path / "forms.toml").write_text(PLANS, encoding="utf-8")
    (tmp_path / name).unlink()
    with pytest.raises(ContentError, match=f"{name}: cannot be read"):
        load_forms(tmp_path)


@pytest.mark.parametrize(
    ("file", "sound", "broken", "message"),
    [
        ("library", 'kind = "text"', 'kind = "poem"', "library.toml: name: .*poem"),
        ("library", "longest = 9", "longer = 9", "library.toml: name: .*longer"),
        ("library", "longest = 9", 'days = "never"', "library.toml: name: .*never"),
        ("library", "longest = 9", 'id = "other"', "library.toml: name: .*id"),
        ("forms", "version = 2", "version = 2\ncolour = 1", "forms.toml: small: .*colour"),
        ("forms", '"name"]', '"nobody"]', "forms.toml: small: no question 'nobody'"),
        ("forms", "version = 2", "", "forms.toml: small: .*version"),
    ],
)
def test_broken_forms_are_refused_by_file_and_place(
    tmp_path: Path, file: str, sound: str, broken: str, message: str
) -> None:
    texts = {"library": LIBRARY, "forms": PLANS}
    for name, text in texts.items():
        (tmp_path / f"{name}.toml").write_text(text, encoding="utf-8")
    assert load_forms(tmp_path).plans["small"].questions == ("whom", "fields", "name")
    texts[file] = texts[file].replace(sound, broken, 1)
    (tmp_path / f"{file}.toml").write_text(texts[file], encoding="utf-8")
    with pytest.raises(ContentError, match=message):
        load_forms(tmp_path)
