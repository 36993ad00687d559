"""Which characters are likely where: by what stands before them, and by what the field is for."""

from __future__ import annotations

from typing import TYPE_CHECKING
from zipfile import BadZipFile

import numpy as np

from kiosk.domain.writing import Field
from kiosk.errors import ContentError
from services.writing.hand.bigrams import Bigrams, Codes, Shares, counted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

FILE = "context.npz"


class Context:
    """Bigrams of general text, and of what each field is for."""

    def __init__(
        self,
        folder: Path,
        phrases: Callable[[Field], Iterable[str]],
        surnames: Mapping[str, float],
    ) -> None:
        """`phrases` are what is written into a field, `surnames` tell how many people have each.
        Raises `ContentError`."""
        file = folder / FILE
        try:
            with file.open("rb") as stream, np.load(stream, allow_pickle=False) as held:
                text, place, self._given = (
                    Bigrams(held[f"{name}_keys"], held[f"{name}_shares"])
                    for name in ("text", "place", "given")
                )
        except (OSError, ValueError, KeyError, EOFError, BadZipFile) as error:
            raise ContentError(f"{file}: cannot be read: {error}") from error
        self._surnames = counted(surnames.items())
        self._is_surname = frozenset(surnames)
        self._said = {
            Field.TEXT: (text,),
            Field.ADDRESS: (text, place, *_said(phrases(Field.ADDRESS))),
            Field.SEARCH: (text, *_said(phrases(Field.SEARCH))),
        }

    def likely(self, codes: Codes, field: Field, before: str) -> Shares:
        """How likely each of these characters (code points) comes next, 0 to 1."""
        before = before.rstrip()
        if field is Field.NAME:
            return self._in_name(codes, before)
        if not before and field is Field.TEXT:
            return self._in_use(codes)
        return _mean([said.next(before, codes) for said in self._said[field]])

    def _in_use(self, codes: Codes) -> Shares:
        """Whatever is written at all may begin a text, rare as it is."""
        (text,) = self._said[Field.TEXT]
        return np.where(text.next("", codes) > 0, np.float32(1), np.float32(0))

    def _in_name(self, codes: Codes, before: str) -> Shares:
        if not before:
            return self._surnames.next("", codes)
        if before in self._is_surname:
            # 欧 may go on as 欧阳.
            return _mean([self._given.next("", codes), self._surnames.next(before, codes)])
        return self._given.next(before, codes)


def _mean(shares: Sequence[Shares]) -> Shares:
    mean: Shares = np.mean(shares, axis=0)
    return mean


def _said(phrases: Iterable[str]) -> Iterator[Bigrams]:
    if words := [(phrase, 1.0) for phrase in phrases]:
        yield counted(words)
