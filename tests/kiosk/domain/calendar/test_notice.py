"""The notice for 2026, and what somebody may mistype in it."""

from dataclasses import replace
from datetime import date

import pytest

from kiosk.domain.calendar.notice import Holiday, Notice, defects, doubts

NOTICE = Notice(
    year=2026,
    source="国务院办公厅关于2026年部分节假日安排的通知",
    issued=date(2025, 11, 4),
    off=(
        Holiday("元旦", date(2026, 1, 1), date(2026, 1, 3)),
        Holiday("春节", date(2026, 2, 15), date(2026, 2, 23)),
        Holiday("清明节", date(2026, 4, 4), date(2026, 4, 6)),
        Holiday("劳动节", date(2026, 5, 1), date(2026, 5, 5)),
        Holiday("端午节", date(2026, 6, 19), date(2026, 6, 21)),
        Holiday("中秋节", date(2026, 9, 25), date(2026, 9, 27)),
        Holiday("国庆节", date(2026, 10, 1), date(2026, 10, 7)),
    ),
    work=(
        date(2026, 1, 4),
        date(2026, 2, 14),
        date(2026, 2, 28),
        date(2026, 5, 9),
        date(2026, 9, 20),
        date(2026, 10, 10),
    ),
)
LUNAR = frozenset({date(2026, 2, 16), date(2026, 6, 19), date(2026, 9, 25)})


def with_holiday(at: int, holiday: Holiday) -> Notice:
    return replace(NOTICE, off=(*NOTICE.off[:at], holiday, *NOTICE.off[at + 1 :]))


def test_a_notice_as_it_was_published_has_neither_defects_nor_doubts() -> None:
    assert defects(NOTICE) == ()
    assert doubts(NOTICE, LUNAR) == ()
    assert (len(NOTICE.table.off), len(NOTICE.table.work)) == (33, 6)


@pytest.mark.parametrize(
    ("notice", "told"),
    [
        (
            with_holiday(0, Holiday("元旦", date(2026, 1, 1), date(2025, 12, 31))),
            "元旦: ends before it begins",
        ),
        (
            with_holiday(6, Holiday("国庆节", date(2026, 10, 1), date(2026, 11, 7))),
            "国庆节: 38 days long",
        ),
        (
            with_holiday(0, Holiday("元旦", date(2025, 11, 30), date(2025, 12, 2))),
            "2025-11-30 does not lie in 2026",
        ),
        (replace(NOTICE, year=2062), "2026-01-01 does not lie in 2062, nor do 38 more days"),
        (
            with_holiday(5, Holiday("中秋节", date(2026, 9, 29), date(2026, 10, 1))),
            "2026-10-01 is a day off twice",
        ),
        (replace(NOTICE, work=(*NOTICE.work, NOTICE.work[0])), "2026-01-04 is worked twice"),
        (
            replace(NOTICE, work=(date(2026, 1, 3),)),
            "2026-01-03 cannot be a swapped working day: it is a day off",
        ),
        (
            replace(NOTICE, work=(date(2026, 1, 5),)),
            "2026-01-05 cannot be a swapped working day: it is no weekend day",
        ),
        (replace(NOTICE, off=NOTICE.off[:3]), "15 days off: a notice has 20 to 45"),
        (
            replace(NOTICE, issued=date(2024, 11, 4)),
            "issued 2024-11-04: neither in 2026 nor in the year before",
        ),
        (replace(NOTICE, source=" "), "source: is blank"),
    ],
)
def test_a_defect_is_told_in_one_line(notice: Notice, told: str) -> None:
    assert told in defects(notice)


def test_every_defect_is_told() -> None:
    notice = replace(NOTICE, source="", off=NOTICE.off[:3], work=(date(2026, 1, 5),))
    assert len(defects(notice)) == 3


def test_the_new_years_holiday_may_begin_in_the_december_before() -> None:
    notice = with_holiday(0, Holiday("元旦", date(2025, 12, 30), date(2026, 1, 1)))
    notice = replace(notice, work=(date(2025, 12, 28), *NOTICE.work[1:]))
    assert defects(notice) == ()


def test_a_statutory_day_that_is_not_off_is_doubted() -> None:
    notice = with_holiday(4, Holiday("端午节", date(2026, 6, 20), date(2026, 6, 22)))
    assert doubts(notice, LUNAR) == ("2026-06-19 is a statutory holiday, but no day off",)


def test_a_day_too_many_is_doubted() -> None:
    notice = with_holiday(6, Holiday("国庆节", date(2026, 10, 1), date(2026, 10, 8)))
    assert doubts(notice, LUNAR) == ("14 more days are free than weekends give; the law gives 13",)
