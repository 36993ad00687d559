"""What every part of the central server works with."""

from dataclasses import dataclass

from kiosk.ports import Clock
from services.central.database import Database
from services.central.feedback import FeedbackRule
from services.central.keys import ServerKeys


@dataclass(frozen=True, slots=True)
class Office:
    """One central server's database, keys, clock and rules."""

    database: Database
    keys: ServerKeys
    clock: Clock
    feedback: FeedbackRule
    open_enrolment: bool
