"""Compiling an edition: its bundle becomes one read-only file with everything in it that a kiosk
reads, the search index included. Takes seconds; runs in a process of its own."""

import secrets
from array import array
from collections import defaultdict
from collections.abc import Sequence
from itertools import accumulate
from pathlib import Path
from sys import intern

import msgspec
import numpy as np
from numpy.typing import NDArray

from kiosk.domain.catalogue.clues import Clue, clues
from kiosk.domain.catalogue.lexicon import Lexicon
from kiosk.domain.catalogue.model import Edition, ServiceItem
from kiosk.domain.catalogue.tokens import Token, bare, tokens
from kiosk.errors import ContentError
from services import flat
from services.catalogue.layout import (
    AUDIENCES,
    FORMAT,
    KINDS,
    UNKNOWN_RARITY,
    hashed,
    named,
    phrases_of,
    share,
)
from services.catalogue.readings import Collected, syllables

_encode = msgspec.json.Encoder().encode


def compile_edition(edition: Edition, lexicon: Lexicon, file: Path, digest: str = "") -> None:
    """Write `file` whole or not at all; `digest` is remembered as that of the source.

    Raises `ContentError` for an edition that lacks a guide, `OSError` where it cannot be written.
    """
    if lacking := edition.items.keys() - edition.guides.keys():
        raise ContentError(f"catalogue: {min(lacking)} has no guide ({len(lacking)} in all)")
    file.parent.mkdir(parents=True, exist_ok=True)
    new = file.with_name(f".{file.name}.{secrets.token_hex(8)}")
    try:
        flat.write(new, {**_contents(edition, digest), **_index(edition, lexicon)})
        new.replace(file)
    finally:
        new.unlink(missing_ok=True)


def _contents(edition: Edition, digest: str) -> dict[str, bytes]:
    items = list(edition.items.values())
    groups = list(dict.fromkeys(item.group for item in items))
    places = edition.directory
    head = {"format": FORMAT, "number": edition.number, "issued": edition.issued, "groups": groups}
    return {
        "head": _encode(head | {"digest": digest}),
        "ids": _encode([item.id for item in items]),
        "group": bytes(groups.index(item.group) for item in items),
        "kind": bytes(KINDS.index(item.kind) for item in items),
        "audience": bytes(_audience(item) for item in items),
        "divisions": _encode(list(edition.divisions.values())),
        "routes": _encode(list(edition.routes.values())),
        "halls": _encode([hall for halls in places.halls.values() for hall in halls]),
        "windows": _encode([one for windows in places.windows.values() for one in windows]),
        "contacts": _encode(places.contacts),
        **_blobs("item", [_encode(item) for item in items]),
        **_blobs("guide", [_encode(edition.guides[item.id]) for item in items]),
    }


def _index(edition: Edition, lexicon: Lexicon) -> dict[str, bytes]:
    readings, known = Collected(), syllables()
    said = _Said()
    for at, item in enumerate(edition.items.values()):
        for phrase in phrases_of(item):
            cut = tokens(phrase, readings, known)
            own = clues(cut, lexicon.meant(phrase), asked=False)
            said.add(at, phrase, cut, own, lexicon.idle(phrase))
    return {
        **said.index(len(edition.items)),
        "readings": _encode({char: " ".join(s) for char, s in readings.table().items()}),
        "syllables": _encode(sorted(known)),
    }


class _Said:
    """All phrases, one after the other; their tokens are numbered through."""

    def __init__(self) -> None:
        self._owner, self._start = array("I"), array("I", [0])
        self._hash, self._span = array("Q"), array("H")
        self._named: list[str] = []
        self._share = array("f")
        self._places: defaultdict[str, array[int]] = defaultdict(lambda: array("I"))

    def add(
        self,
        item: int,
        phrase: str,
        cut: Sequence[Token],
        own: Sequence[Sequence[Clue]],
        idle: frozenset[int],
    ) -> None:
        """A name, nickname or saying of the item at position `item`."""
        self._owner.append(item)
        self._hash.append(hashed(bare(phrase)))
        for place, (token, features) in enumerate(zip(cut, own, strict=True), len(self._named)):
            for feature, _ in features:
                self._places[feature].append(place)
            self._named.append(intern(named(token)))
            self._share.append(share(token, idle))
            self._span.extend((token.start, token.end))
        self._start.append(len(self._named))

    def index(self, items: int) -> dict[str, bytes]:
        """The parts of the search index."""
        owner = np.frombuffer(self._owner, np.uint32)
        of_token = np.repeat(np.arange(len(owner), dtype=np.uint32), np.diff(self._start))
        features = sorted(self._places, key=hashed)
        in_tokens = [np.frombuffer(self._places[feature], np.uint32) for feature in features]
        in_phrases = [np.unique(of_token[places]) for places in in_tokens]
        in_items = [np.unique(owner[numbers]) for numbers in in_phrases]
        rarity = np.log1p(items / np.array([len(owned) for owned in in_items], np.float64))
        by_name = dict(zip(features, rarity.tolist(), strict=True))
        weight = [by_name.get(name, UNKNOWN_RARITY) for name in self._named]
        return {
            "features": np.array([hashed(feature) for feature in features], np.uint64).tobytes(),
            "rarity": rarity.astype(np.float32).tobytes(),
            **_postings("tokens", in_tokens),
            **_postings("phrases", in_phrases),
            **_postings("items", in_items),
            "owner": self._owner.tobytes(),
            "phrase": self._hash.tobytes(),
            "start": self._start.tobytes(),
            "span": self._span.tobytes(),
            "weight": (np.array(weight) * np.array(self._share)).astype(np.float32).tobytes(),
        }


def _postings(name: str, numbers: Sequence[NDArray[np.uint32]]) -> dict[str, bytes]:
    ends = np.array(list(accumulate(map(len, numbers), initial=0)), np.uint64)
    together = np.concatenate(numbers) if numbers else np.empty(0)
    return {f"{name} at": ends.tobytes(), name: together.astype(np.uint32).tobytes()}


def _blobs(name: str, blobs: Sequence[bytes]) -> dict[str, bytes]:
    ends = np.array(list(accumulate(map(len, blobs), initial=0)), np.uint64)
    return {f"{name} at": ends.tobytes(), name: b"".join(blobs)}


def _audience(item: ServiceItem) -> int:
    return sum(1 << bit for bit, name in enumerate(AUDIENCES) if name in item.service_object)
