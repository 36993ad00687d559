"""Compiling an edition: its bundle becomes one read-only file with everything in it that a kiosk
reads, the search index included. Takes seconds; runs in a process of its own."""

import math
import secrets
from array import array
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path

import msgspec
import numpy as np
from numpy.typing import NDArray

from kiosk.domain.catalogue.clues import Clue, clues
from kiosk.domain.catalogue.lexicon import Lexicon
from kiosk.domain.catalogue.model import Edition, ServiceItem
from kiosk.domain.catalogue.tokens import Token, bare, tokens
from kiosk.errors import ContentError
from services.catalogue import flat
from services.catalogue.layout import AUDIENCES, FORMAT, KINDS, hashed, phrases_of, weights
from services.catalogue.readings import Collected, syllables

_encode = msgspec.json.Encoder().encode


@dataclass(frozen=True, slots=True)
class _Phrase:
    """A name, nickname or saying of the item at position `item`."""

    said: str
    item: int
    cut: tuple[Token, ...]
    clues: tuple[tuple[Clue, ...], ...]


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
    items = list(edition.items.values())
    phrases = [
        _phrase(said, at, readings, known, lexicon)
        for at, item in enumerate(items)
        for said in phrases_of(item)
    ]
    starts = list(accumulate((len(phrase.cut) for phrase in phrases), initial=0))
    owner = np.array([phrase.item for phrase in phrases], np.uint32)
    of_token = np.repeat(np.arange(len(phrases), dtype=np.uint32), np.diff(starts))
    by_token: defaultdict[str, array[int]] = defaultdict(lambda: array("I"))
    for phrase, start in zip(phrases, starts, strict=False):
        for place, own in enumerate(phrase.clues, start):
            for feature, _ in own:
                by_token[feature].append(place)
    ordered = sorted(by_token, key=hashed)
    in_tokens = [np.frombuffer(by_token[feature], np.uint32) for feature in ordered]
    in_phrases = [np.unique(of_token[places]) for places in in_tokens]
    in_items = [np.unique(owner[numbers]) for numbers in in_phrases]
    rarity = {
        feature: math.log(1 + len(items) / len(owned))
        for feature, owned in zip(ordered, in_items, strict=True)
    }
    token_weights = [
        weight
        for phrase in phrases
        for weight in weights(phrase.cut, rarity, lexicon.idle(phrase.said))
    ]
    return {
        "features": np.array([hashed(feature) for feature in ordered], np.uint64).tobytes(),
        "rarity": np.array([rarity[feature] for feature in ordered], np.float32).tobytes(),
        **_postings("tokens", in_tokens),
        **_postings("phrases", in_phrases),
        **_postings("items", in_items),
        "owner": owner.tobytes(),
        "phrase": np.array([hashed(bare(p.said)) for p in phrases], np.uint64).tobytes(),
        "start": np.array(starts, np.uint32).tobytes(),
        "span": np.array([(t.start, t.end) for p in phrases for t in p.cut], np.uint16).tobytes(),
        "weight": np.array(token_weights, np.float32).tobytes(),
        "readings": _encode({char: " ".join(s) for char, s in readings.table().items()}),
        "syllables": _encode(sorted(known)),
    }


def _phrase(
    said: str, item: int, readings: Collected, known: frozenset[str], lexicon: Lexicon
) -> _Phrase:
    cut = tokens(said, readings, known)
    return _Phrase(said, item, cut, clues(cut, lexicon.meant(said), asked=False))


def _postings(name: str, numbers: Sequence[NDArray[np.uint32]]) -> dict[str, bytes]:
    ends = np.array(list(accumulate(map(len, numbers), initial=0)), np.uint64)
    together = np.concatenate(numbers) if numbers else np.empty(0)
    return {f"{name} at": ends.tobytes(), name: together.astype(np.uint32).tobytes()}


def _blobs(name: str, blobs: Sequence[bytes]) -> dict[str, bytes]:
    ends = np.array(list(accumulate(map(len, blobs), initial=0)), np.uint64)
    return {f"{name} at": ends.tobytes(), name: b"".join(blobs)}


def _audience(item: ServiceItem) -> int:
    return sum(1 << bit for bit, name in enumerate(AUDIENCES) if name in item.service_object)
