from datetime import date
from pathlib import Path

import pytest

from kiosk.domain.calendar.workdays import Workdays, YearTable
from kiosk.errors import ContentError
from services.content.calendar import load_workdays

SOUND = """
year = 2026
source = "通知"
issued = 2025-11-04
off = [{ name = "元旦", first = 2026-01-01, last = 2026-01-03 }]
work = [2026-01-04]
"""


def loaded(folder: Path, text: str) -> Workdays:
    (folder / "2026.toml").write_text(text, encoding="utf-8")
    return load_workdays(folder)


def test_a_year_is_read_with_its_source(tmp_path: Path) -> None:
    table = YearTable(
        year=2026,
        off=frozenset({date(2026, 1, 1), date(2026, 1, 2), date(2026, 1, 3)}),
        work=frozenset({date(2026, 1, 4)}),
        source="通知",
        issued=date(2025, 11, 4),
    )
    assert loaded(tmp_path, SOUND) == Workdays({2026: table})


@pytest.mark.parametrize(
    ("sound", "broken", "message"),
    [
        ("year = 2026", "year = 2027", "year: is 2027"),
        ("year = 2026", 'year = "2026"', "year"),
        ('source = "通知"', "", "source"),
        ("last = 2026-01-03", "last = 2025-12-31", "元旦: ends before it begins"),
        ("first = 2026-01-01", "first = 2025-12-31", "2025-12-31 does not lie in 2026"),
        ("work = [2026-01-04]", "work = [2026-01-03]", "2026-01-03 cannot be a swapped"),
        ("work = [2026-01-04]", "work = [2026-01-05]", "2026-01-05 cannot be a swapped"),
        ("work =", "works =", "works|work"),
    ],
)
def test_a_broken_year_is_refused_by_file_and_place(
    tmp_path: Path, sound: str, broken: str, message: str
) -> None:
    assert sound in SOUND
    with pytest.raises(ContentError, match=rf"2026\.toml: .*({message})"):
        loaded(tmp_path, SOUND.replace(sound, broken))


def test_a_folder_without_years_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ContentError, match="no calendar"):
        load_workdays(tmp_path)
