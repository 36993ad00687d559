import json
import math
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.__main__ import main
from kiosk.errors import KnownError
from kiosk.pen_strokes import Written, all_written

STROKES = [[[0, 0], [10, 1]], [[5, -5], [5, 9]]]
READ = ([(0.0, 0.0), (10.0, 1.0)], [(5.0, -5.0), (5.0, 9.0)])
UPWARDS = [[[0, 900], [10, 899]], [[5, 905], [5, 891]]]
AS_OBJECTS = [[{"x": x, "y": y, "t": 0} for x, y in stroke] for stroke in STROKES]


@pytest.mark.parametrize(
    ("held", "expected"),
    [
        ([{"strokes": STROKES, "character": "十"}], [Written(READ, "十")]),
        ({"strokes": STROKES, "char": "十", "before": "二"}, [Written(READ, "十", "二")]),
        ([{"strokes": STROKES, "text": "十"}] * 2, [Written(READ, "十")] * 2),
        ([{"strokes": STROKES}], [Written(READ)]),
        (STROKES, [Written(READ)]),
        ([STROKES, STROKES], [Written(READ)] * 2),
        ([STROKES, [], STROKES], [Written(READ), Written(()), Written(READ)]),
        ({"十": STROKES, "千": STROKES}, [Written(READ, "十"), Written(READ, "千")]),
        ({"十": [STROKES, STROKES]}, [Written(READ, "十")] * 2),
        ({"十": {"strokes": STROKES}}, [Written(READ, "十")]),
        ({"version": 1, "samples": [{"strokes": STROKES}]}, [Written(READ)]),
        ([{"medians": UPWARDS, "character": "十"}], [Written(READ, "十")]),
        ([{"strokes": AS_OBJECTS}], [Written(READ)]),
        ([AS_OBJECTS, AS_OBJECTS], [Written(READ)] * 2),
        (STROKES[0], [Written(READ[:1])]),
        ([{"strokes": STROKES[0]}], [Written(READ[:1])]),
        ([{"strokes": [[["0", "0"], [10, 1, 0.3]], STROKES[1]]}], [Written(READ)]),
    ],
)
def test_strokes_are_read_as_others_write_them_down(held: object, expected: list[Written]) -> None:
    assert all_written(json.dumps(held)) == expected
    assert all_written(json.dumps(held, indent=1)) == expected


def test_there_may_be_one_value_a_line() -> None:
    line = json.dumps({"strokes": STROKES, "character": "十"}, ensure_ascii=False)
    assert all_written(f"{line}\n\n{line}\r\n") == [Written(READ, "十")] * 2


@pytest.mark.parametrize(
    "strokes",
    [[], None, 5, "一", {}, [[]], [None], ["一"], [[None]], [[[1]]], [[["a", "b"]]], [[[None, 1]]]],
)
def test_what_holds_no_strokes_is_an_entry_without(strokes: object) -> None:
    (entry,) = all_written(json.dumps([{"strokes": strokes, "character": "一"}]))
    assert entry.truth == "一"
    assert not any(entry.strokes)


def test_numbers_may_be_none() -> None:
    (entry,) = all_written('[{"strokes": [[[NaN, 0], [Infinity, 1], [1' + "0" * 400 + ", 1]]]}]")
    (stroke,) = entry.strokes
    assert math.isnan(stroke[0][0])
    assert math.isinf(stroke[1][0])
    assert len(stroke) == 2


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "no strokes in it"),
        ("strokes", "not JSON"),
        ('[{"strokes": [[[0, 0]', "not JSON"),
        ('{"strokes": []}\n{"strokes": [', "line 2: not JSON"),
        ("5", "value 1: neither an object nor a list"),
        ('{"strokes": []}\nnull', "value 2: neither"),
        ("[]", "no strokes in it"),
        ("{}", "no strokes in it"),
        ('{"version": 1}', "no strokes in it"),
        ("[" * 100_000, "lists in lists without end"),
        ("[" * 900 + "]" * 900, "no strokes|without end"),
    ],
)
def test_what_is_no_file_of_strokes_is_told(text: str, problem: str) -> None:
    with pytest.raises(KnownError, match=problem):
        all_written(text)


json_values = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=3),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(["strokes", "medians", "x", "y", "character", "before", "一"]), inner
        )
    ),
    max_leaves=30,
)


@given(json_values)
def test_any_json_is_read_or_told(value: object) -> None:
    try:
        entries = all_written(json.dumps(value))
    except KnownError:
        return
    for entry in entries:
        for stroke in entry.strokes:
            assert all(isinstance(each, float) for point in stroke for each in point)


def test_the_command_says_what_strokes_are_read_as(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "strokes.json"
    file.write_text(
        json.dumps([{"strokes": STROKES, "character": "十"}, {"strokes": []}, STROKES]),
        encoding="utf-8-sig",
    )
    assert main(["handwriting", "--file", str(file), "--json"]) == 0
    cross, nothing, same = map(json.loads, capsys.readouterr().out.splitlines())
    assert (cross["index"], cross["character"], len(cross["candidates"])) == (0, "十", 10)
    assert cross["candidates"][0] == "十"
    assert cross["milliseconds"] > 0
    assert (nothing["index"], nothing["candidates"]) == (1, [])
    assert "character" not in same
    assert same["candidates"] == cross["candidates"]
    assert main(["handwriting", "--file", str(file), "--field", "name"]) == 0
    assert capsys.readouterr().out.startswith("十  (")


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"[", "strokes.json: not JSON"),
        (b"\xff\xfe", "strokes.json: cannot be read"),
        (None, "strokes.json: cannot be read"),
    ],
)
def test_the_command_tells_what_is_wrong_with_a_file(
    content: bytes | None, told: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "strokes.json"
    if content is not None:
        file.write_bytes(content)
    assert main(["handwriting", "--file", str(file), "--json"]) == 1
    assert told in capsys.readouterr().err


def test_the_command_knows_four_fields(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["handwriting", "--file", "x.json", "--field", "colour"])
    assert ended.value.code == 2
    assert "--field" in capsys.readouterr().err
