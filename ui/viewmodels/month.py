"""A month as a grid of days to touch."""

import calendar
from datetime import date


def month_of(day: date) -> date:
    """The first day of the month `day` lies in."""
    return day.replace(day=1)


def months_on(month: date, count: int) -> date:
    """The first day of the month `count` months later (earlier if negative)."""
    index = month.year * 12 + month.month - 1 + count
    return date(index // 12, index % 12 + 1, 1)


def grid(month: date, today: date, past: bool, chosen: date | None) -> list[dict[str, object]]:
    """Six weeks from Monday. A day can be touched if it lies in the month and on the wanted side of
    today (`past`: up to today; otherwise from tomorrow on).
    """
    weeks = calendar.Calendar().monthdatescalendar(month.year, month.month)
    return [
        {
            "iso": day.isoformat(),
            "day": str(day.day) if day.month == month.month else "",
            "open": day.month == month.month and (day <= today if past else day > today),
            "chosen": day == chosen,
            "today": day == today,
        }
        for week in weeks
        for day in week
    ]
