"""One edition of the catalogue as it travels and is kept: text, one record a line, in a fixed
order.

The second module that kiosk and central server share. A line is a JSON array `[section, key,
value]`; the lines are sorted by section and key, so that one edition has one text and one SHA-256.
Changes are lines that begin with `+` (new or altered) or `-` (gone; section and key only).
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from typing import Any, TypeVar

import msgspec

from kiosk.domain.catalogue.guide import Guide
from kiosk.domain.catalogue.model import Division, Edition, Route, ServiceItem
from kiosk.domain.catalogue.places import Contact, Hall, Window, directory
from kiosk.errors import CatalogueRefused

FORMAT = 1
SECTIONS = ("edition", "contact", "division", "guide", "hall", "item", "route", "window")

_encoder = msgspec.json.Encoder(order="deterministic")
_T = TypeVar("_T")


class Head(msgspec.Struct, frozen=True):
    """The record that names the edition. `domains` are the items' fields in the catalogue's order,
    in which screens list them; within a field the order is that of the ids."""

    format: int
    number: int
    issued: date
    domains: list[str]


def lines(edition: Edition) -> list[bytes]:
    """The edition's lines, sorted, without line ends."""
    places = edition.directory
    domains = list(dict.fromkeys(item.domain for item in edition.items.values()))
    records: list[tuple[str, str, object]] = [
        ("edition", "", Head(FORMAT, edition.number, edition.issued, domains)),
        *(("contact", domain, contact) for domain, contact in places.contacts.items()),
        *(("division", code, division) for code, division in edition.divisions.items()),
        *(("guide", id, guide) for id, guide in edition.guides.items()),
        *(("hall", f"{h.id} {h.since}", h) for halls in places.halls.values() for h in halls),
        *(("item", id, item) for id, item in edition.items.items()),
        *(("route", id, route) for id, route in edition.routes.items()),
        *(
            ("window", f"{w.hall} {w.domain} {w.since}", w)
            for windows in places.windows.values()
            for w in windows
        ),
    ]
    return sorted(map(_encoder.encode, records))


def text(edition_lines: Iterable[bytes]) -> bytes:
    """The whole bundle: what is hashed and signed."""
    return b"".join(line + b"\n" for line in edition_lines)


def record(line: bytes) -> tuple[str, str, Any]:
    """Section, key and value of a line, by the section's own type. Raises `CatalogueRefused`."""
    try:
        section, key, raw = msgspec.json.decode(line, type=tuple[str, str, msgspec.Raw])
        return section, key, _decoders[section].decode(raw)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError, KeyError) as error:
        raise CatalogueRefused(f"catalogue bundle: {line[:60]!r}: {error}") from error


def edition(edition_lines: Iterable[bytes]) -> Edition:
    """The edition of these lines. Raises `CatalogueRefused` for anything it does not know."""
    found: dict[str, dict[str, Any]] = {section: {} for section in SECTIONS}
    for line in edition_lines:
        section, key, value = record(line)
        found[section][key] = value
    head = found["edition"].get("")
    if head is None or head.format != FORMAT:
        raise CatalogueRefused("catalogue bundle: no head, or a format this program does not know")
    order = {domain: at for at, domain in enumerate(head.domains)}
    items = found["item"].items()
    return Edition(
        number=head.number,
        issued=head.issued,
        items=dict(sorted(items, key=lambda one: (order.get(one[1].domain, len(order)), one[0]))),
        guides=found["guide"],
        divisions=found["division"],
        routes=found["route"],
        directory=directory(found["hall"].values(), found["window"].values(), found["contact"]),
    )


def changes(before: Iterable[bytes], after: Iterable[bytes]) -> list[bytes]:
    """What makes the lines `after` of the lines `before`."""
    old, new = set(before), set(after)
    kept = {_name(line) for line in new}
    gone = sorted({_name(line) for line in old - new} - kept)
    return [*(b"-" + name for name in gone), *(b"+" + line for line in sorted(new - old))]


def changed(before: Iterable[bytes], difference: Iterable[bytes]) -> list[bytes]:
    """The lines `before` with the changes made. Raises `CatalogueRefused` for what is no change."""
    by_name = {_name(line): line for line in before}
    for change in difference:
        sign, line = change[:1], change[1:]
        if sign == b"+":
            by_name[_name(line)] = line
        elif sign != b"-" or by_name.pop(line, None) is None:
            raise CatalogueRefused("catalogue changes: do not fit the edition they are for")
    return sorted(by_name.values())


def renumbered(old: Edition, number: int, issued: date) -> Edition:
    """The same content as another edition."""
    return replace(old, number=number, issued=issued)


def number(edition_lines: Iterable[bytes]) -> int:
    """The number of the edition of these lines; 0 if they name none. Raises `CatalogueRefused`."""
    named = (line for line in edition_lines if line.startswith(b'["edition"'))
    return next((record(line)[2].number for line in named), 0)


def split(whole: bytes) -> Iterator[bytes]:
    """The lines of a bundle."""
    return (line for line in whole.split(b"\n") if line)


def _name(line: bytes) -> bytes:
    """Section and key, as a JSON array."""
    try:
        section, key, _ = msgspec.json.decode(line, type=tuple[str, str, msgspec.Raw])
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise CatalogueRefused(f"catalogue bundle: {line[:60]!r}: {error}") from error
    return _encoder.encode((section, key))


def _decoder(kind: type[_T]) -> msgspec.json.Decoder[_T]:
    return msgspec.json.Decoder(kind)


_decoders: dict[str, msgspec.json.Decoder[Any]] = {
    "edition": _decoder(Head),
    "contact": _decoder(Contact),
    "division": _decoder(Division),
    "guide": _decoder(Guide),
    "hall": _decoder(Hall),
    "item": _decoder(ServiceItem),
    "route": _decoder(Route),
    "window": _decoder(Window),
}
