from datetime import date
from pathlib import Path

import pytest

from kiosk.domain.calendar.workdays import Workdays
from kiosk.errors import ContentError
from services.content.calendar import load_lunar, load_workdays

SHIPPED = Path(__file__).parents[3] / "resources" / "calendar"
SOUND = (SHIPPED / "2026.toml").read_text(encoding="utf-8")


def loaded(folder: Path, text: str) -> Workdays:
    (folder / "2026.toml").write_text(text, encoding="utf-8")
    return load_workdays(folder)


def test_a_year_is_read_with_its_source(tmp_path: Path) -> None:
    table = loaded(tmp_path, SOUND).years[2026]
    assert table.source == "国务院办公厅关于2026年部分节假日安排的通知"
    assert table.issued == date(2025, 11, 4)
    assert {date(2026, 1, 1), date(2026, 1, 3), date(2026, 10, 7)} <= table.off
    assert min(table.work) == date(2026, 1, 4)


@pytest.mark.parametrize(
    ("sound", "broken", "message"),
    [
        ("year = 2026", "year = 2027", "year: is 2027"),
        ("year = 2026", 'year = "2026"', "year"),
        ("source = ", "origin = ", "source|origin"),
        ("last = 2026-01-03", "last = 2025-12-31", "元旦: ends before it begins"),
        ("first = 2026-01-01", "first = 2025-11-30", "元旦: 35 days long"),
        ("2026-10-10", "2026-10-07", "2026-10-07 cannot be a swapped working day"),
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


def test_an_operators_year_comes_beside_the_shipped_ones_and_wins(tmp_path: Path) -> None:
    corrected = SOUND.replace("issued = 2025-11-04", "issued = 2026-03-01")
    (tmp_path / "2026.toml").write_text(corrected, encoding="utf-8")
    own = load_workdays(SHIPPED, tmp_path)
    shipped = load_workdays(SHIPPED)
    assert own.years[2026].issued == date(2026, 3, 1)
    assert own.years[2025] == shipped.years[2025]
    assert own.lunar == shipped.lunar
    assert load_workdays(SHIPPED, tmp_path / "none") == shipped


def test_an_operators_broken_year_is_named(tmp_path: Path) -> None:
    (tmp_path / "2027.toml").write_text(SOUND, encoding="utf-8")
    with pytest.raises(ContentError, match=r"2027\.toml: year: is 2026"):
        load_workdays(SHIPPED, tmp_path)


def test_the_shipped_lunar_days_are_seven_a_year_for_ten_years() -> None:
    years = [day.year for day in load_lunar(SHIPPED)]
    assert {year: years.count(year) for year in years} == dict.fromkeys(range(2027, 2037), 7)


def test_without_lunar_days_there_are_none(tmp_path: Path) -> None:
    assert loaded(tmp_path, SOUND).lunar == frozenset()


def test_broken_lunar_days_are_named(tmp_path: Path) -> None:
    (tmp_path / "lunar.toml").write_text("off = []", encoding="utf-8")
    with pytest.raises(ContentError, match=r"lunar\.toml"):
        loaded(tmp_path, SOUND)
