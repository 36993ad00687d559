"""Whether a year's holiday notice should have been loaded by now."""

from datetime import date

from kiosk.domain.calendar.workdays import Workdays

_NOVEMBER = 11
"""The month in which the notice for the next year is published."""


def missing_year(workdays: Workdays, today: date) -> int | None:
    """The first year whose notice should be loaded by `today` and is not: the present year's, and
    from 1 November on the next one's."""
    last = today.year + 1 if today.month >= _NOVEMBER else today.year
    return next((y for y in range(today.year, last + 1) if y not in workdays.years), None)


def calendar_warning(workdays: Workdays, today: date) -> str:
    """One line for the operator while a year is missing, else nothing."""
    year = missing_year(workdays, today)
    if year is None:
        return ""
    return (
        f"the holiday notice for {year} is not loaded, dates in {year} are provisional (暂定); "
        "once it is published, `kiosk calendar import` it"
    )
