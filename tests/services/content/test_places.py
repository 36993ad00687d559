from datetime import date
from pathlib import Path

import pytest

from kiosk.domain.catalogue.places import Contact, Hall, Window, directory
from kiosk.errors import ContentError
from services.content.places import CONTACTS, HALLS, WINDOWS, read_directory
from tests.services.catalogue.made_up import PROVINCE

DIVISIONS = {PROVINCE.code: PROVINCE}
DAY = date(2026, 11, 1)
TABLES = {
    "halls.tsv": [
        list(HALLS),
        ["H1", "演示大厅", "340000", "演示地址", "09:00", "17:30", "2026-11-01", ""],
        ["H2", "演示分厅", "340000", "演示地址", "00:00", "23:59", "2026-11-01", "2026-11-30"],
    ],
    "windows.tsv": [
        list(WINDOWS),
        ["H1", "税务", "1号窗口", "2026-11-01", ""],
        ["H2", "税务", "2号窗口", "2026-11-01", "2026-11-30"],
    ],
    "contacts.tsv": [list(CONTACTS), ["税务", "12366", "12345"], ["公安", "110", "96110"]],
}


def written(folder: Path, name: str = "", line: int = 0, column: str = "", cell: str = "") -> Path:
    """The tables, with one cell changed."""
    for table, rows in TABLES.items():
        copy = [list(row) for row in rows]
        if table == name:
            copy[line - 1][copy[0].index(column)] = cell
        text = "\n".join("\t".join(row) for row in copy)
        (folder / table).write_text(f"{text}\n", encoding="utf-8")
    return folder


def test_halls_windows_and_contacts_are_read_with_the_days_they_hold_for(tmp_path: Path) -> None:
    end = date(2026, 11, 30)
    assert read_directory(written(tmp_path), DIVISIONS) == directory(
        [
            Hall("H1", "演示大厅", "340000", "演示地址", "09:00", "17:30", DAY, None),
            Hall("H2", "演示分厅", "340000", "演示地址", "00:00", "23:59", DAY, end),
        ],
        [Window("H1", "税务", "1号窗口", DAY, None), Window("H2", "税务", "2号窗口", DAY, end)],
        {"税务": Contact("12366", "12345"), "公安": Contact("110", "96110")},
    )


@pytest.mark.parametrize(
    ("name", "line", "column", "cell"),
    [
        ("halls.tsv", 2, "hall_id", ""),
        ("halls.tsv", 2, "name", " "),
        ("halls.tsv", 3, "division_code", "999999"),
        ("halls.tsv", 2, "address", ""),
        ("halls.tsv", 2, "opens", "9:00"),
        ("halls.tsv", 2, "opens", "24:00"),
        ("halls.tsv", 2, "opens", "0９:00"),
        ("halls.tsv", 2, "closes", "17:60"),
        ("halls.tsv", 2, "closes", "17:30:00"),
        ("halls.tsv", 2, "since", ""),
        ("halls.tsv", 2, "since", "2026-02-30"),
        ("halls.tsv", 3, "until", "never"),
        ("windows.tsv", 2, "hall_id", "nowhere"),
        ("windows.tsv", 2, "domain", ""),
        ("windows.tsv", 2, "place", ""),
        ("windows.tsv", 3, "since", "yesterday"),
        ("windows.tsv", 3, "until", "2026"),
        ("contacts.tsv", 2, "consult", "0551-12366"),
        ("contacts.tsv", 2, "consult", "１２３６６"),
        ("contacts.tsv", 2, "consult", "１１０"),
        ("contacts.tsv", 2, "consult", "12"),
        ("contacts.tsv", 2, "supervise", "1234567"),
        ("contacts.tsv", 2, "supervise", "22345"),
        ("contacts.tsv", 3, "domain", "税务"),
    ],
)
def test_a_broken_cell_is_named_with_file_line_and_column(
    tmp_path: Path, name: str, line: int, column: str, cell: str
) -> None:
    with pytest.raises(ContentError, match=rf"{name}:{line}: {column}: "):
        read_directory(written(tmp_path, name, line, column, cell), DIVISIONS)


@pytest.mark.parametrize("name", TABLES)
def test_a_missing_table_is_named(tmp_path: Path, name: str) -> None:
    (written(tmp_path) / name).unlink()
    with pytest.raises(ContentError, match=f"{name}: cannot be read"):
        read_directory(tmp_path, DIVISIONS)
