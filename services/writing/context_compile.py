"""Counting what `context.npz` holds: `python -m services.writing.context_compile DICTIONARY`, with
the `dict.txt` of jieba 0.42.1 (a word, how often it was met, its part of speech, a line)."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from services.writing.bigrams import counted
from services.writing.context import FILE, SURNAMES, read_surnames

if TYPE_CHECKING:
    from collections.abc import Iterator

_CHINESE = re.compile("[\u4e00-\u9fff]+")
_PLACE = re.compile(".+[省市区县镇乡村组路街巷弄里道桥栋幢座室号园苑庄湾店]")
_PERSON, _PLACE_NAME = "nr", "ns"
"""Parts of speech."""
_LEAST = 5


def compile_context(dictionary: Path, folder: Path) -> None:
    """Write `FILE` into the folder, which holds `SURNAMES`."""
    text = list(_words(dictionary))
    surnames = frozenset(read_surnames(folder / SURNAMES))
    bigrams = {
        "text": counted(((word, times) for word, times, _ in text), least=_LEAST),
        "place": counted(
            (word, times)
            for word, times, part in text
            if part == _PLACE_NAME or (part != _PERSON and _PLACE.fullmatch(word))
        ),
        # Names are of people that were written about: each counts once.
        "given": counted(
            (word[1:], 1)
            for word, _, part in text
            if part == _PERSON and word[0] in surnames and len(word) in (2, 3)
        ),
    }
    keys = {f"{name}_keys": each.keys for name, each in bigrams.items()}
    shares = {f"{name}_shares": each.shares for name, each in bigrams.items()}
    np.savez_compressed(folder / FILE, allow_pickle=False, **keys, **shares)


def _words(dictionary: Path) -> Iterator[tuple[str, int, str]]:
    for line in dictionary.read_text(encoding="utf-8").splitlines():
        word, times, part = line.split(" ")
        if _CHINESE.fullmatch(word) and _is_simplified(word):
            yield word, int(times), part


def _is_simplified(word: str) -> bool:
    """Whether all of it is in GB 2312. What is not is, in this dictionary, nearly always a
    traditional form or text that was read in the wrong encoding."""
    try:
        word.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True


if __name__ == "__main__":
    compile_context(Path(sys.argv[1]), Path(__file__).parents[2] / "resources" / "writing")
