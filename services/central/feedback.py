"""The feedback clock: from the department's result until citizen and window have both been told.

The source is the province's rule for the "办不成事" window: one working day after the result, to
the citizen and to the window alike. It limits the telling, not the handling.
"""

from dataclasses import dataclass
from datetime import datetime, time
from zoneinfo import ZoneInfo

from kiosk.domain.calendar.workdays import Due, Workdays

ZONE = ZoneInfo("Asia/Shanghai")
_WORKING_DAYS = 1


@dataclass(frozen=True, slots=True)
class FeedbackRule:
    """The clock of one centre: its calendar and the hour its offices close (local time)."""

    workdays: Workdays
    offices_close: time

    def due(self, closed_at: datetime) -> Due:
        """The last day on which both sides may be told in time.

        A result given at night, on a weekend or on a holiday counts as given on the next working
        day.
        """
        moment = closed_at.astimezone(ZONE)
        day = moment.date()
        late = self.workdays.is_workday(day) and moment.time() >= self.offices_close
        given = self.workdays.add(day, 1) if late else self.workdays.first_from(day)
        due = self.workdays.add(given.day, _WORKING_DAYS)
        return Due(due.day, given.provisional or due.provisional)

    def is_overdue(self, closed_at: datetime, now: datetime) -> bool:
        """Whether the day `due` has passed at `now`."""
        return now.astimezone(ZONE).date() > self.due(closed_at).day
