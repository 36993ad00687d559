from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kiosk.errors import ContentError
from services.content.tsv import Row, read_table, unique

HEADER = ("id", "name", "days")


def _table(folder: Path, data: bytes | str) -> Path:
    file = folder / "table.tsv"
    file.write_bytes(data.encode() if isinstance(data, str) else data)
    return file


def _row(folder: Path, line: str) -> Row:
    return read_table(_table(folder, f"id\tname\tdays\n{line}\n"), HEADER)[0]


def test_a_table_is_read_row_by_row(tmp_path: Path) -> None:
    rows = read_table(_table(tmp_path, "id\tname\tdays\na\t甲\t3\nb\t乙\t0\n"), HEADER)
    assert [(row.line, row.text("name"), row.count("days")) for row in rows] == [
        (2, "甲", 3),
        (3, "乙", 0),
    ]


def test_a_byte_order_mark_crlf_and_a_missing_last_line_end_are_tolerated(tmp_path: Path) -> None:
    rows = read_table(_table(tmp_path, "\ufeffid\tname\tdays\r\na\t甲\t3"), HEADER)
    assert rows[0].cells == ["a", "甲", "3"]


@pytest.mark.parametrize(
    ("data", "place"),
    [
        ("", "1: id"),
        ("id\tname\n", "1: days"),
        ("id\tdays\tname\n", "1: name"),
        ("id\tname\tdays\tmore\n", "1: more: unknown column"),
        ("id\tname\tdays\n", "2: id: no rows"),
        ("id\tname\tdays\na\t甲\t1\na\t甲\n", "3: days: 2 columns instead of 3"),
        ("id\tname\tdays\na\t甲\t1\t2\n", "2: days: 4 columns instead of 3"),
        ("id\tname\tdays\na\t甲\t1\n\n", "3: name: 1 columns instead of 3"),
        ("id\tname\tdays\na\t甲\x00\t1\n", "2: name: has a control character (U+0000)"),
        ("id\tname\tdays\na\t甲\t1\rb\t乙\t2\n", "2: days: has a control character (U+000D)"),
        ("id\tname\tdays\r\na\t甲\t1\x1f\r\n", "2: days: has a control character (U+001F)"),
        ("\x00", "1: column 1: has a control character (U+0000)"),
        ("id\tname\tdays\na\t甲\t1\n".encode("utf-16"), "1: column 1: is not UTF-8"),
        (b"id\tname\tdays\na\t" + "社保".encode("gb18030"), "2: name: is not UTF-8"),
    ],
)
def test_a_broken_table_is_named_with_file_line_and_column(
    tmp_path: Path, data: bytes | str, place: str
) -> None:
    file = _table(tmp_path, data)
    with pytest.raises(ContentError) as caught:
        read_table(file, HEADER)
    assert str(caught.value).startswith(f"{file}:{place}")


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(ContentError, match="absent.tsv: cannot be read: No such file"):
        read_table(tmp_path / "absent.tsv", HEADER)


def test_a_folder_in_place_of_a_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(ContentError, match="cannot be read"):
        read_table(tmp_path, HEADER)


@pytest.mark.parametrize("days", ["", "-1", "1.5", "three", "３", "９" * 3, "9" * 5000, " 3"])
def test_what_is_not_a_whole_number_is_refused(tmp_path: Path, days: str) -> None:
    with pytest.raises(ContentError, match=":2: days: "):
        _row(tmp_path, f"a\t甲\t{days}").count("days")


@pytest.mark.parametrize("name", ["", " ", "\u3000"])
def test_a_blank_cell_is_refused_where_text_is_needed(tmp_path: Path, name: str) -> None:
    with pytest.raises(ContentError, match=":2: name: is blank"):
        _row(tmp_path, f"a\t{name}\t1").text("name")


def test_a_list_is_split_and_none_is_the_empty_list(tmp_path: Path) -> None:
    assert _row(tmp_path, "a\t甲、乙\t1").parts("name", "、") == ("甲", "乙")
    assert _row(tmp_path, "a\t无\t1").parts("name", "、") == ()


@pytest.mark.parametrize("name", ["甲、、乙", "、甲", "甲、", "甲、 "])
def test_an_empty_part_of_a_list_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(ContentError, match=":2: name: has an empty part"):
        _row(tmp_path, f"a\t{name}\t1").parts("name", "、")


def test_a_repeated_key_names_both_lines(tmp_path: Path) -> None:
    rows = read_table(_table(tmp_path, "id\tname\tdays\na\t甲\t1\nb\t乙\t1\na\t丙\t1\n"), HEADER)
    with pytest.raises(ContentError, match=":4: id: 'a' stands in line 2 already"):
        unique(rows, "id")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.binary(max_size=300))
def test_any_bytes_are_rows_or_a_content_error(tmp_path: Path, data: bytes) -> None:
    try:
        rows = read_table(_table(tmp_path, b"id\n" + data), ("id",))
    except ContentError:
        rows = []
    assert all(len(row.cells) == 1 for row in rows)
