from datetime import date

import pytest

from kiosk.domain.calendar.warning import calendar_warning, missing_year
from kiosk.domain.calendar.workdays import Workdays, YearTable


def calendar(*years: int) -> Workdays:
    empty: frozenset[date] = frozenset()
    return Workdays({year: YearTable(year, empty, empty, "通知", date.min) for year in years})


@pytest.mark.parametrize(
    ("today", "years", "missing"),
    [
        ("2026-10-31", (2026,), None),
        ("2026-11-01", (2026,), 2027),
        ("2026-12-31", (2026,), 2027),
        ("2026-12-31", (2026, 2027), None),
        ("2027-01-01", (2026,), 2027),
        ("2027-06-30", (2026,), 2027),
        ("2027-11-01", (2026,), 2027),
        ("2027-11-01", (2026, 2027), 2028),
    ],
)
def test_from_november_on_the_next_year_is_missing_until_it_is_loaded(
    today: str, years: tuple[int, ...], missing: int | None
) -> None:
    assert missing_year(calendar(*years), date.fromisoformat(today)) == missing


def test_the_operator_is_told_in_one_line_which_year_and_what_to_do() -> None:
    warning = calendar_warning(calendar(2026), date(2026, 11, 1))
    assert len(warning.splitlines()) == 1
    assert "2027" in warning
    assert "kiosk calendar import" in warning
    assert calendar_warning(calendar(2026), date(2026, 10, 31)) == ""
