"""The words of an edition that people write: what is done here, by whom, and where."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from kiosk.domain.catalogue.lexicon import Lexicon
from kiosk.domain.catalogue.model import Division, Route, ServiceItem
from kiosk.domain.catalogue.places import Directory
from kiosk.domain.names import Addresses, Names

_APART = re.compile(r"[（）()、，；;/“”·\s]+|或者?")
_LEVEL = re.compile(r"[市区县]$")


@dataclass(frozen=True)
class Vocabulary:
    """The words of any such hall; this one's matters, and the words they are spoken of in; places,
    and what addresses are made of; what people are called."""

    service: Sequence[str]
    matters: Sequence[str]
    words: Sequence[str]
    places: Sequence[str]
    addresses: Addresses
    names: Names


def matters(items: Iterable[ServiceItem]) -> tuple[str, ...]:
    """What people come for, what they bring, and whose business it is."""
    return _different(_matters(items))


def spoken(routes: Iterable[Route], lexicon: Lexicon) -> tuple[str, ...]:
    """What it is spoken of in."""
    return _different(_spoken(routes, lexicon))


def places(divisions: Iterable[Division], directory: Directory) -> tuple[str, ...]:
    """Where people live, and the halls."""
    return _different(_places(divisions, directory))


def _matters(items: Iterable[ServiceItem]) -> Iterator[str]:
    for item in items:
        yield from item.aliases
        for name in (item.name, item.group, item.domain, item.department, *item.materials):
            yield from _APART.split(name)


def _spoken(routes: Iterable[Route], lexicon: Lexicon) -> Iterator[str]:
    for route in routes:
        yield from route.keywords
        yield from _APART.split(route.responsible)
        yield from _APART.split(route.topic)
    for alike in lexicon.concepts.values():
        yield from alike


def _places(divisions: Iterable[Division], directory: Directory) -> Iterator[str]:
    for division in divisions:
        yield from (division.name, division.full_name, division.full_name.partition("省")[2])
        if len(division.name) > 2:
            yield _LEVEL.sub("", division.name)
    for halls in directory.halls.values():
        yield from (hall.name for hall in halls)


def _different(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(word for word in words if len(word) > 1))
