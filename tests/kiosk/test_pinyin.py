"""`kiosk pinyin`, as an operator types it."""

import json
from pathlib import Path
from typing import Any

import pytest

from kiosk.__main__ import main


def asked(capsys: pytest.CaptureFixture[str], *arguments: str) -> list[dict[str, Any]]:
    assert main(["pinyin", "--json", *arguments]) == 0
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_each_query_of_a_file_is_answered_in_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "queries"
    file.write_text(
        "\ufeff# service terms\n\nsbk\t社保卡\n"
        '{"pinyin": "xi\'an", "text": "西安"}\n{"pinyin": "wo"}\nzhongguo\n',
        encoding="utf-8",
    )
    answers = asked(capsys, "--file", str(file), "--field", "search")
    assert [answer["pinyin"] for answer in answers] == ["sbk", "xi'an", "wo", "zhongguo"]
    assert [answer.get("rank") for answer in answers] == [1, 1, None, None]
    assert all(len(answer["candidates"]) >= 10 for answer in answers)
    assert all(0 < answer["milliseconds"] <= answer["worst_key"] for answer in answers)


def test_the_field_decides(capsys: pytest.CaptureFixture[str]) -> None:
    (name,) = asked(capsys, "wangxiulan", "--field", "name")
    assert name["candidates"][0] == "王秀兰"


def test_what_is_not_among_the_candidates_has_no_rank(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "queries").write_text("wo\t龘\n", encoding="utf-8")
    (answer,) = asked(capsys, "--file", str(tmp_path / "queries"))
    assert answer["rank"] is None


def test_without_json_people_can_read_it(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["pinyin", "sbk"]) == 0
    assert "社保卡" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        (b"\xff\xfe\x00", "cannot be read"),
        (b'{"pinyin": 1}', "queries:1"),
        (b'wo\n{"pinyin"', "queries:2: not JSON"),
        (b'{"pinyin": "wo", "text": []}', "queries:1"),
    ],
)
def test_a_bad_file_is_told_in_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], content: bytes, complaint: str
) -> None:
    (tmp_path / "queries").write_bytes(content)
    assert main(["pinyin", "--file", str(tmp_path / "queries")]) == 1
    told = capsys.readouterr().err
    assert complaint in told
    assert told.count("\n") == 1


def test_a_missing_file_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["pinyin", "--file", str(tmp_path / "none")]) == 1
    assert "none" in capsys.readouterr().err


def test_nothing_to_do_is_told() -> None:
    with pytest.raises(SystemExit) as ended:
        main(["pinyin"])
    assert ended.value.code == 2
