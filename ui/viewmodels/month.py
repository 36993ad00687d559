"""A month as a grid of days to touch."""

import calendar
from collections.abc import Set as AbstractSet
from datetime import date

from kiosk.domain.questions.model import Days
from kiosk.domain.questions.wording import say_day
from kiosk.domain.words import Language


def month_of(day: date) -> date:
    """The first day of the month `day` lies in."""
    return day.replace(day=1)


def months_on(month: date, count: int) -> date:
    """The first day of the month `count` months later (earlier if negative)."""
    index = month.year * 12 + month.month - 1 + count
    return date(index // 12, index % 12 + 1, 1)


def grid(
    month: date, today: date, days: Days, chosen: AbstractSet[date], language: Language
) -> list[dict[str, object]]:
    """Six weeks from Monday. A day can be touched if it lies in the month and on the wanted side of
    today (`days`: up to today, from today on, or any).
    """
    weeks = calendar.Calendar().monthdatescalendar(month.year, month.month)
    return [
        {
            "iso": day.isoformat(),
            "said": say_day(day, language),
            "day": str(day.day) if day.month == month.month else "",
            "open": day.month == month.month and _wanted(day, today, days),
            "chosen": day in chosen,
            "today": day == today,
        }
        for week in weeks
        for day in week
    ]


def _wanted(day: date, today: date, days: Days) -> bool:
    if days is Days.ANY:
        return True
    return day <= today if days is Days.PAST else day >= today
