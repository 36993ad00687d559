"""A compiled edition, opened: what the screens read."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar

import msgspec
import numpy as np

from kiosk.domain.catalogue.guide import Guide
from kiosk.domain.catalogue.lexicon import Lexicon
from kiosk.domain.catalogue.model import (
    ON_THE_MACHINE,
    Division,
    Route,
    Selection,
    ServiceItem,
)
from kiosk.domain.catalogue.places import Contact, Hall, Window, directory
from kiosk.domain.catalogue.search import Found
from kiosk.domain.catalogue.topics import Topics
from kiosk.errors import ContentError
from services.catalogue.index import Index
from services.catalogue.layout import AUDIENCES, FORMAT, KINDS
from services.flat import Parts

_T = TypeVar("_T")


class _Head(msgspec.Struct, frozen=True):
    format: int
    number: int
    issued: date
    groups: list[str]
    digest: str


class _Items(Mapping[str, ServiceItem]):
    """The items by id, read when they are wanted."""

    def __init__(self, store: "CompiledCatalogue", ids: Sequence[str]) -> None:
        self._store = store
        self._ids = ids

    def __getitem__(self, item_id: str) -> ServiceItem:
        return self._store.item(item_id)

    def __iter__(self) -> Iterator[str]:
        return iter(self._ids)

    def __len__(self) -> int:
        return len(self._ids)


class CompiledCatalogue:
    """Implements `kiosk.ports.Catalogue` over one file made by `compile_edition`."""

    def __init__(self, file: Path, lexicon: Lexicon) -> None:
        """Raises `ContentError` if it is no compiled edition of this program's format."""
        self._parts = parts = Parts(file)
        try:
            head = _decoded(parts.raw("head"), _Head)
            if head.format != FORMAT:
                raise ContentError(f"{file}: compiled for another version of this program")
            self.number = head.number
            self.issued = head.issued
            self.digest = head.digest
            """Of the files it was compiled from; empty for a bundle."""
            self._groups = head.groups
            self._ids = _decoded(parts.raw("ids"), list[str])
            self._at = {item_id: at for at, item_id in enumerate(self._ids)}
            self._group, self._kind, self._audience = (
                parts.numbers(name, np.uint8) for name in ("group", "kind", "audience")
            )
            self.divisions: Mapping[str, Division] = {
                division.code: division
                for division in _decoded(parts.raw("divisions"), list[Division])
            }
            self.routes: Mapping[str, Route] = {
                route.id: route for route in _decoded(parts.raw("routes"), list[Route])
            }
            self.directory = directory(
                _decoded(parts.raw("halls"), list[Hall]),
                _decoded(parts.raw("windows"), list[Window]),
                _decoded(parts.raw("contacts"), dict[str, Contact]),
            )
            self.item = lru_cache(maxsize=2048)(self._read_item)
            self.items: Mapping[str, ServiceItem] = _Items(self, self._ids)
            self._index = Index(parts, self.items, self._ids, lexicon)
            self._topics = Topics(self.routes, self._index.read, self._index.syllables, lexicon)
        except (msgspec.MsgspecError, KeyError, ValueError) as error:
            raise ContentError(f"{file}: not a compiled catalogue: {error}") from error

    def guide(self, item_id: str) -> Guide:
        """What an item takes. Raises `KeyError`."""
        return _decoded(self._blob("guide", item_id), Guide)

    def select(self, wanted: Selection) -> Sequence[str]:
        """The ids of the items a list shows, in the catalogue's order."""
        chosen = np.ones(len(self._ids), np.bool_)
        if wanted.group:
            known = wanted.group in self._groups
            chosen &= self._group == self._groups.index(wanted.group) if known else False
        if wanted.audience:
            chosen &= (self._audience & (1 << AUDIENCES.index(wanted.audience))) != 0
        if wanted.kind is not None:
            chosen &= self._kind == KINDS.index(wanted.kind)
        if wanted.here:
            chosen &= np.isin(self._kind, [KINDS.index(kind) for kind in ON_THE_MACHINE])
        return [self._ids[at] for at in np.flatnonzero(chosen)]

    def search(self, text: str, limit: int = 20) -> Found:
        """The best items for what a citizen says. Any text will do."""
        return self._index.search(text, limit)

    def topics(self, text: str) -> Sequence[str]:
        """The ids of the routes that may be meant, the likeliest first. Any text will do."""
        return self._topics.search(text)

    def _read_item(self, item_id: str) -> ServiceItem:
        return _decoded(self._blob("item", item_id), ServiceItem)

    def _blob(self, name: str, item_id: str) -> memoryview:
        at = self._at[item_id]
        ends = self._parts.numbers(f"{name} at", np.uint64)
        return self._parts.raw(name)[int(ends[at]) : int(ends[at + 1])]


def _decoded(data: memoryview, kind: type[_T]) -> _T:
    decoded: Any = msgspec.json.decode(data, type=kind)
    return decoded  # type: ignore[no-any-return]
