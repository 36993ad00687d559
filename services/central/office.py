"""What every part of the central server works with."""

from collections.abc import Callable
from dataclasses import dataclass

from kiosk.domain.catalogue.model import Edition
from kiosk.ports import Clock
from services.attempts import AttemptLimit
from services.central.database import Database
from services.central.feedback import FeedbackRule
from services.central.keys import ServerKeys
from services.central.opening import Opener


@dataclass(frozen=True, slots=True)
class Office:
    """One central server's database, keys, clock and rules."""

    database: Database
    keys: ServerKeys
    clock: Clock
    feedback: FeedbackRule
    open_enrolment: bool
    guesses: AttemptLimit
    """Query codes tried by number, whichever way they come. In memory."""
    edition: Callable[[], Edition | None]
    """The catalogue that holds now; None while none is published."""
    open: Opener
    """What looks at the items that are sent."""
