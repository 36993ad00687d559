"""When to try again: exponential backoff with full jitter, honouring the server's Retry-After; and
when no more."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from random import Random

FIRST_WAIT = timedelta(seconds=2)
LONGEST_WAIT = timedelta(minutes=5)
LONGEST_RETRY_AFTER = timedelta(hours=1)
"""However long a server asks for: whoever answers may not be ours."""
MOST_FAULTS = 50
"""How often a submission may fail by itself, not with the network or the server as a whole. At the
longest waits that is two hours."""

MOST_FAILURES = 9
"""More in a row make no wait longer."""


@dataclass(frozen=True, slots=True)
class Circuit:
    """How it stands with one server: how often in a row it was not reached (at most
    `MOST_FAILURES`), and until when it asked to be left alone (timezone-aware)."""

    failures: int = 0
    busy_until: datetime | None = None

    def lost(self) -> "Circuit":
        """Once more it was not reached."""
        return replace(self, failures=min(self.failures + 1, MOST_FAILURES))

    def busy(self, now: datetime, wait: timedelta) -> "Circuit":
        """It asked to be left alone for so long."""
        return replace(self, busy_until=now + min(wait, LONGEST_RETRY_AFTER))

    def reached(self) -> "Circuit":
        """It answered; what it asked for still holds."""
        return replace(self, failures=0)

    def busy_for(self, now: datetime) -> timedelta:
        """How long it is still to be left alone, at most `LONGEST_RETRY_AFTER`: what is later than
        that was timed by a clock that has since been set back, and holds no more."""
        left = timedelta() if self.busy_until is None else self.busy_until - now
        return left if timedelta() < left <= LONGEST_RETRY_AFTER else timedelta()


def next_attempt(
    now: datetime, attempts: int, random: Random, retry_after: timedelta | None = None
) -> datetime:
    """The moment of the next attempt after `attempts` failures (1 or more).

    Full jitter (Brooker, "Exponential Backoff and Jitter", 2015): uniform between zero and the
    capped exponential wait. It comes on top of `retry_after` (RFC 9110 §10.2.3), so kiosks told
    the same moment do not come back together.
    """
    ceiling = min(LONGEST_WAIT, FIRST_WAIT * (1 << min(attempts - 1, 16)))
    asked = min(LONGEST_RETRY_AFTER, retry_after or timedelta())
    return now + asked + ceiling * random.random()
