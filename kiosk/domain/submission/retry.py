"""When to try again: exponential backoff with full jitter, honouring the server's Retry-After; and
when no more."""

from datetime import datetime, timedelta
from random import Random

FIRST_WAIT = timedelta(seconds=2)
LONGEST_WAIT = timedelta(minutes=5)
LONGEST_RETRY_AFTER = timedelta(hours=1)
"""However long a server asks for: whoever answers may not be ours."""
MOST_FAULTS = 50
"""How often a submission may fail by itself, not with the network or the server as a whole. At the
longest waits that is two hours."""


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
