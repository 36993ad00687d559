"""Compiling the table of strokes out of Rime's (LGPL-3.0, Debian's `rime-data-stroke`)."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np

from kiosk.errors import ContentError
from services import flat
from services.writing.keys.lexicon import Lexicon
from services.writing.keys.strokes import FORMAT, LONGEST, code
from services.writing.keys.texts import Texts

_STROKES = "hspnz"
_UNKNOWN = -25.0
_END_OF_HEAD = "..."


def compile_strokes(table: Path, lexicon: Lexicon, file: Path) -> None:
    """Write `file`. `table` is a dictionary of Rime's: after a head, lines of a character, a tab
    and its strokes. How likely a character is, `lexicon` knows. Raises `ContentError`, `OSError`.
    """
    texts = Texts(lexicon)
    rows = sorted(set(_rows(table)))
    flat.write(
        file,
        {
            "format": FORMAT,
            "codes": np.array([code for code, _ in rows], np.uint64).tobytes(),
            "characters": np.array([ord(char) for _, char in rows], np.uint32).tobytes(),
            "likely": np.array(
                [_likely(char, lexicon, texts) for _, char in rows], np.float16
            ).tobytes(),
        },
    )


def _rows(table: Path) -> Iterator[tuple[int, str]]:
    try:
        lines = table.read_text(encoding="utf-8").splitlines()
        body = lines[lines.index(_END_OF_HEAD) + 1 :]
    except (OSError, ValueError) as error:
        raise ContentError(f"{table}: cannot be read: {error}") from error
    for line in body:
        character, _, strokes = line.partition("\t")
        if len(character) == 1 and strokes and not set(strokes) - set(_STROKES):
            yield code([_STROKES.index(each) + 1 for each in strokes[:LONGEST]]), character


def _likely(character: str, lexicon: Lexicon, texts: Texts) -> float:
    words = lexicon.words
    return max(
        (
            float(lexicon.model.alone[words.word[entry]]) + float(words.gain[entry])
            for entry in texts.entries(character)
        ),
        default=_UNKNOWN,
    )
