"""Whether a catalogue is complete: what its guides lack, and how much of them is their own.

The rule of the guides after GB/T 36114-2018 and the national exchange tables: every item has
materials (or needs none), a place, somebody to ask and somebody to complain to, and a statutory
period that is never shorter than the promised one.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from kiosk.domain.catalogue.guide import Guide
from kiosk.domain.catalogue.model import Edition, KioskKind, ServiceItem

SHARED_BY = 3
"""A sentence that no more items than these have counts as an item's own."""
THIN = 0.6
"""A guide less than this share of which is its own is thin."""
FEWEST = {"conditions": 2, "steps": 3, "questions": 1}
DEMONSTRATION = "演示数据"


@dataclass(frozen=True, slots=True)
class Defect:
    """What an item lacks. `field` is a field of `Guide` or `ServiceItem`."""

    item_id: str
    field: str
    what: str

    def __str__(self) -> str:
        """One line."""
        return f"{self.item_id}: {self.field}: {self.what}"


def defects(edition: Edition, fields: frozenset[str]) -> tuple[Defect, ...]:
    """Everything required that is missing or contradicts itself; `fields` are the questions that
    forms know."""
    return tuple(
        Defect(item.id, field, what)
        for item in edition.items.values()
        for field, what in _of_item(item, edition, fields)
    )


def own_share(edition: Edition) -> Mapping[str, float]:
    """For every guide the share (0..1) of its materials, conditions and steps that at most
    `SHARED_BY` items have. A paper that many need (an identity card) counts as shared."""
    users: Counter[str] = Counter()
    for guide in edition.guides.values():
        users.update(set(_contents(guide)))
    shares = {}
    for item_id, guide in edition.guides.items():
        contents = _contents(guide)
        own = sum(users[each] <= SHARED_BY for each in contents)
        shares[item_id] = own / len(contents) if contents else 0.0
    return shares


def _contents(guide: Guide) -> tuple[str, ...]:
    return (*guide.conditions, *guide.steps, *(material.name for material in guide.materials))


def _of_item(
    item: ServiceItem, edition: Edition, fields: frozenset[str]
) -> Iterator[tuple[str, str]]:
    if item.label != DEMONSTRATION:
        yield "label", f"{item.label!r} is not {DEMONSTRATION}"
    if item.domain not in edition.directory.contacts:
        yield "consult", f"nobody to ask about {item.domain}"
    if not any(domain == item.domain for _, domain in edition.directory.windows):
        yield "window", f"no hall has a window for {item.domain}"
    guide = edition.guides.get(item.id)
    if guide is None:
        yield "guide", "missing"
        return
    for field in ("fee", "result", "delivery"):
        if not getattr(guide, field).strip():
            yield field, "empty"
    for field, fewest in FEWEST.items():
        if len(getattr(guide, field)) < fewest:
            yield field, f"{len(getattr(guide, field))}, at least {fewest} are wanted"
    if item.materials and not guide.materials:
        yield "materials", "none, where the item names some"
    yield from _of_period(item, guide)
    yield from (("fields", f"no question {name!r}") for name in guide.fields if name not in fields)
    if item.kind is KioskKind.GUIDE and guide.fields:
        yield "fields", "asked by an item that has no form here"
    yield from (
        ("materials", f"{each.name or 'nameless'}: {what}")
        for each in guide.materials
        for what in _of_material(each.name, each.issuer, each.copies)
    )


def _of_period(item: ServiceItem, guide: Guide) -> Iterator[tuple[str, str]]:
    if guide.version < 1:
        yield "version", "counts from 1"
    if not item.promise_days:
        return
    if guide.legal_days < item.promise_days:
        yield "legal_days", f"{guide.legal_days}, less than {item.promise_days} promised"


def _of_material(name: str, issuer: str, copies: int) -> Iterator[str]:
    if not name.strip():
        yield "no name"
    if not issuer.strip():
        yield "no issuer"
    if copies < 1:
        yield "no copies"
