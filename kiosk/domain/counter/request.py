"""What the kiosk asks the central server while the citizen waits: one item, with the answers."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, repr=False)
class CounterRequest:
    """For which item, of which division (GB/T 2260), and the machine's value of every answer by
    question id. Personal: memory only, never logged."""

    item_id: str
    division: str
    answers: Mapping[str, str]
