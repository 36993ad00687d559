"""How Chinese characters are pronounced: pypinyin, put right where it picks the wrong reading."""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING, Any

from kiosk.errors import ContentError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_CHARACTERS = re.compile("[\u3400-\u9fff]|[^\u3400-\u9fff]+")


class Pinyin:
    """Readings by a lexicon first: lines of a word and its syllables, `长者<tab>zhang2 zhe3`, one
    for each character, as they are said in connected speech."""

    def __init__(self, lexicon: Path) -> None:
        """The file is read when it is first needed."""
        self._file = lexicon

    def syllables(self, text: str) -> Iterator[str]:
        """Syllables with their tones as digits, 5 the neutral one: 你好 is `ni2 hao3`. What has no
        reading comes as it stands. Raises `ContentError` for a broken lexicon."""
        from pypinyin import Style, lazy_pinyin

        for piece in self._words.split(text):
            if piece in self._readings:
                yield from self._readings[piece]
            else:
                yield from lazy_pinyin(
                    piece,
                    style=Style.TONE3,
                    errors=_as_it_stands,
                    neutral_tone_with_five=True,
                    tone_sandhi=True,
                )

    def words(self) -> Iterator[str]:
        """What the lexicon knows. Raises `ContentError`."""
        yield from self._readings

    @cached_property
    def _readings(self) -> dict[str, list[str]]:
        try:
            lines = self._file.read_text(encoding="utf-8").splitlines()
        except (OSError, UnicodeDecodeError) as error:
            raise ContentError(f"{self._file}: cannot be read: {error}") from error
        readings = {}
        for number, line in enumerate(lines[1:], 2):
            word, _, said = line.partition("\t")
            readings[word] = said.split()
            if not word or len(word) != len(said.split()):
                raise ContentError(f"{self._file}:{number}: one syllable for each character")
        return readings

    @cached_property
    def _words(self) -> re.Pattern[str]:
        longest_first = sorted(self._readings, key=len, reverse=True)
        return re.compile(f"({'|'.join(map(re.escape, longest_first))})")


def _as_it_stands(unread: str) -> Any:
    """Chinese one by one, all else in runs. pypinyin takes lists, though its types know none."""
    return _CHARACTERS.findall(unread)
