"""Whose turn it is: how this citizen reads, and when the kiosk takes them to have left."""

from dataclasses import dataclass, field

from kiosk.domain.session.manner import Manner
from kiosk.domain.words import Language


@dataclass(frozen=True, slots=True)
class Session:
    """One citizen's turn. A new turn always starts from these defaults. `reading` has every screen
    read aloud, in this `manner`; `home` is the division (GB/T 2260) that the citizen's matters
    belong to, empty while it has not been chosen."""

    language: Language = Language.ZH
    larger: bool = False
    home: str = ""
    reading: bool = False
    manner: Manner = field(default_factory=Manner)


@dataclass(frozen=True, slots=True)
class IdlePolicy:
    """Seconds without touch until the warning, of its countdown, and of the receipt screen."""

    warn_after: int
    countdown: int
    receipt: int


def in_hours(opens: str, closes: str, workday: bool, now: str) -> bool:
    """Whether the windows are staffed: a working day between `opens` and `closes` (all `HH:MM`)."""
    return workday and opens <= now < closes
