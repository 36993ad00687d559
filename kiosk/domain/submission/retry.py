"""When to try again: exponential backoff with full jitter, honouring the server's Retry-After."""

from datetime import datetime, timedelta
from random import Random

FIRST_WAIT = timedelta(seconds=2)
LONGEST_WAIT = timedelta(minutes=5)


def next_attempt(
    now: datetime, attempts: int, random: Random, retry_after: timedelta | None = None
) -> datetime:
    """The moment of the next attempt after `attempts` failures (1 or more).

    Full jitter (Brooker, "Exponential Backoff and Jitter", 2015): uniform between zero and the
    capped exponential wait; never before `retry_after` has passed.
    """
    ceiling = min(LONGEST_WAIT, FIRST_WAIT * 2 ** min(attempts - 1, 16))
    wait = ceiling * random.random()
    return now + max(wait, retry_after or timedelta())
