"""Counting what `context.npz` holds in the dictionary of jieba (MIT)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np

from services.writing.hand.bigrams import counted

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from pathlib import Path

_CHINESE = re.compile("[\u4e00-\u9fff]+")
_PLACE = re.compile(".+[省市区县镇乡村组路街巷弄里道桥栋幢座室号园苑庄湾店]")
_PERSON, _PLACE_NAME = "nr", "ns"
"""Parts of speech."""
_LEAST = 5


def compile_context(dictionary: Path, surnames: Collection[str], file: Path) -> None:
    """Write `file`. `dictionary` has lines of a word, how often it was met, and its part of
    speech. Raises `OSError`."""
    text = list(_words(dictionary))
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
    np.savez_compressed(file, allow_pickle=False, **keys, **shares)


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
