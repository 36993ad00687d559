"""Chinese by the five strokes (笔画): 一 (h, 1), 丨 (s, 2), 丿 (p, 3), 丶 (n, 4), 乙 (z, 5), in the
order in which a character is written; `*` and `?` stand for any one."""

from collections.abc import Sequence
from pathlib import Path
from threading import Lock

import numpy as np
from numpy.typing import NDArray

from kiosk.domain.writing import Candidate, Field
from kiosk.errors import ContentError
from services.flat import Parts

FORMAT = b"1"
LONGEST = 24
"""Strokes beyond these tell characters no longer apart."""
ANY = 6
_KEYS = {key: at for keys in ("hspnz", "12345", "一丨丿丶乙") for at, key in enumerate(keys, 1)}
_KEYS |= {"*": ANY, "?": ANY}
_SHOWN = "一丨丿丶乙*"
_PLACES = np.array([6**place for place in reversed(range(LONGEST))], np.uint64)
"""What a stroke counts by its place in a code: the codes that begin alike lie together."""


def code(strokes: Sequence[int]) -> int:
    """The strokes as one number: digits to base 6, the first stroke first."""
    return sum(stroke * int(place) for stroke, place in zip(strokes, _PLACES, strict=False))


class FiveStrokes:
    """Implements `kiosk.ports.Typing`. Reads its data when it is first asked."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._lock = Lock()
        self._data: _Table | None = None

    def load(self) -> None:
        """See the port."""
        self._loaded()

    def candidates(
        self, keys: str, field: Field, before: str = "", limit: int = 80
    ) -> Sequence[Candidate]:
        """See the port: characters written with exactly these strokes first, then those that begin
        with them. Raises `ContentError` the first time, if the data cannot be read."""
        strokes = _strokes(keys)
        if not strokes:
            return ()
        table = self._loaded()
        rows = table.rows(strokes[:LONGEST])
        exact = table.codes[rows] % _PLACES[min(len(strokes), LONGEST) - 1] == 0
        return [Candidate(text, len(keys)) for text in table.texts(rows, exact, limit)]

    def split(self, keys: str) -> str:
        """The strokes as they are written."""
        return "".join(_SHOWN[stroke - 1] for stroke in _strokes(keys))

    def others(self, character: str, field: Field, limit: int = 80) -> Sequence[str]:
        """What is written like it: with the same strokes, then with another last one."""
        table = self._loaded()
        found: dict[str, None] = {}
        for own in table.codes_of(character):
            strokes = [int(own // place % 6) for place in _PLACES if own // place % 6]
            rows = table.rows([*strokes[:-1], ANY])
            same = table.codes[rows] == own
            found |= dict.fromkeys(table.texts(rows, same, limit + 1))
        found.pop(character, None)
        return list(found)[:limit]

    def _loaded(self) -> "_Table":
        with self._lock:
            if self._data is None:
                self._data = _Table(self._file)
            return self._data


class _Table:
    """Characters by their code; a character may have several."""

    def __init__(self, file: Path) -> None:
        parts = Parts(file)
        try:
            if bytes(parts.raw("format")) != FORMAT:
                raise ContentError(f"{file}: compiled for another version of this program")
            self.codes: NDArray[np.uint64] = parts.numbers("codes", np.uint64)
            self._characters: NDArray[np.uint32] = parts.numbers("characters", np.uint32)
            self._likely: NDArray[np.float16] = parts.numbers("likely", np.float16)
        except (KeyError, ValueError) as error:
            raise ContentError(f"{file}: no table of strokes: {error}") from error

    def rows(self, strokes: Sequence[int]) -> NDArray[np.int64]:
        """Those that begin with these strokes."""
        known = strokes.index(ANY) if ANY in strokes else len(strokes)
        begin = code(strokes[:known])
        step = int(_PLACES[known - 1]) if known else 6**LONGEST
        low, high = np.searchsorted(self.codes, np.array([begin, begin + step], np.uint64))
        rows = np.arange(low, high)
        for place, stroke in enumerate(strokes[known:], known):
            digit = self.codes[rows] // _PLACES[place] % 6
            rows = rows[digit > 0 if stroke == ANY else digit == stroke]
        return rows

    def texts(self, rows: NDArray[np.int64], first: NDArray[np.bool_], limit: int) -> Sequence[str]:
        """The characters of these rows, those marked `first` before the others, then the likelier
        ones."""
        order = np.lexsort((-self._likely[rows], ~first))
        characters = (chr(self._characters[row]) for row in rows[order[: 4 * limit]])
        return list(dict.fromkeys(characters))[:limit]

    def codes_of(self, character: str) -> Sequence[int]:
        """The codes of a character."""
        if len(character) != 1:
            return []
        return [int(each) for each in self.codes[self._characters == ord(character)]]


def _strokes(keys: str) -> list[int]:
    """The strokes; what is none is left out."""
    return [_KEYS[key] for key in keys.lower() if key in _KEYS]
