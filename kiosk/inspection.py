"""Looking a whole catalogue over: counts, what is missing, and how much of each guide is its
own."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from statistics import mean
from typing import TYPE_CHECKING

from kiosk.domain.catalogue.complete import SHARED_BY, THIN, Defect, defects, own_share

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from kiosk.domain.catalogue.model import Edition

_NAMED = 20


@dataclass(frozen=True, slots=True)
class Report:
    """What was found. `thin` are the guides with the share (0..1) of them that is their own."""

    number: int
    by_group: Mapping[str, int]
    by_domain: Mapping[str, int]
    by_kind: Mapping[str, int]
    sayings: int
    own: Mapping[str, float]
    defects: tuple[Defect, ...]

    @property
    def thin(self) -> Mapping[str, float]:
        """The guides that have too little of their own, the thinnest first."""
        found = {item: share for item, share in self.own.items() if share < THIN}
        return dict(sorted(found.items(), key=lambda entry: entry[1]))

    @property
    def sound(self) -> bool:
        """Whether nothing required is missing."""
        return not self.defects

    def as_json(self) -> dict[str, object]:
        """For a program to read."""
        return {
            "edition": self.number,
            "items": sum(self.by_kind.values()),
            "groups": dict(self.by_group),
            "domains": dict(self.by_domain),
            "kinds": dict(self.by_kind),
            "sayings": self.sayings,
            "own_share": {"mean": round(_mean(self.own), 4), "shared_by_at_most": SHARED_BY},
            "thin": {item: round(share, 3) for item, share in self.thin.items()},
            "defects": [str(defect) for defect in self.defects],
        }

    def __str__(self) -> str:
        """For an operator to read."""
        lines = [f"edition {self.number}: {sum(self.by_kind.values())} items (演示数据)"]
        for title, counts in (
            ("group", self.by_group),
            ("domain", self.by_domain),
            ("kind", self.by_kind),
        ):
            lines.append(f"by {title}:")
            lines += [f"  {count:4d}  {name}" for name, count in counts.items()]
        lines.append(f"names, nicknames and sayings: {self.sayings}")
        lines.append(
            f"own content: {_mean(self.own):.1%} of a guide on average "
            f"(shared with at most {SHARED_BY} items)"
        )
        lines.append(f"thin guides (less than {THIN:.0%} their own): {len(self.thin)}")
        lines += [f"  {item}  {share:.0%}" for item, share in list(self.thin.items())[:_NAMED]]
        lines.append(f"defects: {len(self.defects)}")
        lines += [f"  {defect}" for defect in self.defects]
        return "\n".join(lines)


def inspect(edition: Edition, fields: frozenset[str]) -> Report:
    """Look an edition over; `fields` are the questions that forms know."""
    items = edition.items.values()
    return Report(
        number=edition.number,
        by_group=_counted(item.group for item in items),
        by_domain=_counted(item.domain for item in items),
        by_kind=_counted(item.kind.value for item in items),
        sayings=sum(1 + len(item.aliases) + len(item.said) for item in items),
        own=own_share(edition),
        defects=defects(edition, fields),
    )


def _counted(values: Iterable[str]) -> Mapping[str, int]:
    return Counter(values)


def _mean(shares: Mapping[str, float]) -> float:
    return mean(shares.values()) if shares else 0.0
