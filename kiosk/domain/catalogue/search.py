"""What a search of the catalogue finds."""

from collections.abc import Iterable
from dataclasses import dataclass

from kiosk.domain.catalogue.model import ServiceItem

LONGEST_QUERY = 64
"""Characters of a query that are looked at; more than anybody types."""


@dataclass(frozen=True, slots=True)
class Hit:
    """An item found. `score` is 0..100 (100: its name or a nickname, said exactly); `matched` is
    the name or the words it was found by; `spans` are the ranges of the item's name that were
    said."""

    item: ServiceItem
    score: float
    matched: str
    spans: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Found:
    """The answer to a query: the likely items, the likeliest first. `nearest` are what comes
    closest where nothing is likely; only one of the two holds anything."""

    hits: tuple[Hit, ...] = ()
    nearest: tuple[Hit, ...] = ()


def as_json(query: str, found: Found, milliseconds: float) -> dict[str, object]:
    """The command line's answer to a search; `likely` tells whether the results are more than the
    nearest there is."""
    return {
        "query": query,
        "results": [
            {"item_id": hit.item.id, "name": hit.item.name, "score": hit.score}
            for hit in found.hits or found.nearest
        ],
        "likely": bool(found.hits),
        "milliseconds": round(milliseconds, 3),
    }


def joined(ranges: Iterable[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    """Ranges, in order, that touch or overlap (`㎡` is two tokens of one place) made one."""
    together: list[tuple[int, int]] = []
    for start, end in ranges:
        if together and together[-1][1] >= start:
            together[-1] = (together[-1][0], end)
        else:
            together.append((start, end))
    return tuple(together)
