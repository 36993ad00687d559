"""Compiling an edition: its bundle becomes one read-only SQLite file with everything in it that a
kiosk reads, the search index included. Takes seconds; runs in a process of its own."""

import json
import math
import secrets
import sqlite3
from array import array
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import msgspec

from kiosk.domain.catalogue.clues import clues, features
from kiosk.domain.catalogue.lexicon import Lexicon
from kiosk.domain.catalogue.model import COMPANY, PERSON, Edition, KioskKind, ServiceItem
from kiosk.domain.catalogue.tokens import Token, tokens
from kiosk.errors import ContentError
from services.catalogue.readings import Collected, syllables

FORMAT = 1
"""Changes whenever a compiled file must be made anew, whatever its edition."""
FILLER_WEIGHT = 0.15
UNKNOWN_RARITY = 1.0
AUDIENCES = (PERSON, COMPANY)
KINDS = tuple(KioskKind)

_TABLES = """
CREATE TABLE part (name TEXT PRIMARY KEY, value BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE item (id TEXT PRIMARY KEY, item BLOB NOT NULL, guide BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE phrase (number INTEGER PRIMARY KEY, said TEXT NOT NULL);
CREATE TABLE reading (char TEXT PRIMARY KEY, sounds TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE posting (
    feature TEXT PRIMARY KEY, rarity REAL NOT NULL, phrases BLOB NOT NULL, items BLOB NOT NULL
);
"""


@dataclass(frozen=True, slots=True)
class _Phrase:
    """A name, nickname or saying of the item at position `item`."""

    said: str
    item: int
    cut: tuple[Token, ...]
    features: frozenset[str]


def compile_edition(edition: Edition, lexicon: Lexicon, file: Path, digest: str = "") -> None:
    """Write `file` whole or not at all; `digest` is remembered as that of the source.

    Raises `ContentError` for an edition that lacks a guide, `OSError` where it cannot be written.
    """
    if lacking := edition.items.keys() - edition.guides.keys():
        raise ContentError(f"catalogue: {min(lacking)} has no guide ({len(lacking)} in all)")
    file.parent.mkdir(parents=True, exist_ok=True)
    new = file.with_name(f".{file.name}.{secrets.token_hex(8)}")
    try:
        _write(edition, lexicon, new, digest)
        new.replace(file)
    finally:
        new.unlink(missing_ok=True)


def _write(edition: Edition, lexicon: Lexicon, file: Path, digest: str) -> None:
    items = list(edition.items.values())
    readings = Collected()
    known = syllables()
    phrases = [
        _phrase(said, at, readings, known, lexicon)
        for at, item in enumerate(items)
        for said in phrases_of(item)
    ]
    with closing(sqlite3.connect(file)) as connection:
        connection.executescript("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF;" + _TABLES)
        with connection:
            _write_items(connection, edition, items)
            _part(connection, "digest", digest.encode())
            _write_index(connection, phrases, len(items), lexicon)
            connection.executemany(
                "INSERT INTO reading VALUES (?, ?)",
                ((char, " ".join(sounds)) for char, sounds in readings.table().items()),
            )
            _part(connection, "syllables", json.dumps(sorted(known)).encode())
        connection.execute("PRAGMA optimize")


def phrases_of(item: ServiceItem) -> tuple[str, ...]:
    """The name first, then the nicknames and sayings."""
    return tuple(dict.fromkeys((item.name, *item.aliases, *item.said)))


def weights(
    cut: Iterable[Token], rarity: Mapping[str, float], idle: frozenset[int]
) -> tuple[float, ...]:
    """What each token of a text counts: rare ones more, fillers hardly."""
    return tuple(
        rarity.get(token.char or f"~{token.sounds[0]}", UNKNOWN_RARITY)
        * (FILLER_WEIGHT if token.start in idle else 1.0)
        for token in cut
    )


def _phrase(
    said: str, item: int, readings: Collected, known: frozenset[str], lexicon: Lexicon
) -> _Phrase:
    cut = tokens(said, readings, known)
    return _Phrase(said, item, cut, features(clues(cut, lexicon.meant(said), asked=False)))


def _write_items(
    connection: sqlite3.Connection, edition: Edition, items: Sequence[ServiceItem]
) -> None:
    encode = msgspec.json.Encoder().encode
    connection.executemany(
        "INSERT INTO item VALUES (?, ?, ?)",
        ((item.id, encode(item), encode(edition.guides[item.id])) for item in items),
    )
    groups = list(dict.fromkeys(item.group for item in items))
    head = {"format": FORMAT, "number": edition.number, "issued": edition.issued, "groups": groups}
    _part(connection, "head", encode(head))
    _part(connection, "ids", encode([item.id for item in items]))
    _part(connection, "group", bytes(groups.index(item.group) for item in items))
    _part(connection, "kind", bytes(KINDS.index(item.kind) for item in items))
    _part(connection, "audience", bytes(_audience(item) for item in items))
    _part(connection, "divisions", encode(list(edition.divisions.values())))
    _part(connection, "routes", encode(list(edition.routes.values())))
    places = edition.directory
    _part(connection, "halls", encode([h for halls in places.halls.values() for h in halls]))
    _part(connection, "windows", encode([w for some in places.windows.values() for w in some]))
    _part(connection, "contacts", encode(places.contacts))


def _write_index(
    connection: sqlite3.Connection, phrases: Sequence[_Phrase], count: int, lexicon: Lexicon
) -> None:
    by_phrase: defaultdict[str, array[int]] = defaultdict(lambda: array("I"))
    for number, phrase in enumerate(phrases):
        for feature in phrase.features:
            by_phrase[feature].append(number)
    owner = array("I", (phrase.item for phrase in phrases))
    by_item = {
        feature: array("I", dict.fromkeys(owner[number] for number in numbers))
        for feature, numbers in by_phrase.items()
    }
    rarity = {feature: math.log(1 + count / len(owned)) for feature, owned in by_item.items()}
    total = array(
        "f",
        (sum(weights(p.cut, rarity, lexicon.idle(p.said))) for p in phrases),
    )
    connection.executemany(
        "INSERT INTO posting VALUES (?, ?, ?, ?)",
        (
            (feature, rarity[feature], by_phrase[feature].tobytes(), by_item[feature].tobytes())
            for feature in sorted(by_phrase)
        ),
    )
    connection.executemany(
        "INSERT INTO phrase VALUES (?, ?)", ((n, phrase.said) for n, phrase in enumerate(phrases))
    )
    _part(connection, "owner", owner.tobytes())
    _part(connection, "total", total.tobytes())


def _audience(item: ServiceItem) -> int:
    return sum(1 << bit for bit, name in enumerate(AUDIENCES) if name in item.service_object)


def _part(connection: sqlite3.Connection, name: str, value: bytes) -> None:
    connection.execute("INSERT INTO part VALUES (?, ?)", (name, value))
