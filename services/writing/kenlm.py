"""Reading a language model as KenLM writes it (binary format 5, quantised trie with array-compressed
pointers): single words and pairs of words. Longer runs are left."""

import struct
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kiosk.errors import ContentError

_MAGIC = b"mmap lm http://kheafield.com/code format version 5\n\0"
_QUANTISED_ARRAY_TRIE = 5
_FIXED_AT, _COUNTS_AT = 0x58, 0x6C
_QUANTISED = bytes((2, 8, 8))
"""Version of the quantiser, bits of a probability, bits of a back-off."""
_LEVELS = 256
_POINTER_BITS = 22
_SINGLE = np.dtype([("probability", "<f4"), ("backoff", "<f4"), ("next", "<u8")])


@dataclass(frozen=True)
class LanguageModel:
    """`words[0]` stands for every unknown word. Probabilities and back-offs are common logarithms.
    The pairs that end in word w are those from `first[w]` to `first[w + 1]`, sorted by the word
    before (`previous`); `level` leads into `levels`, their probabilities.
    """

    words: list[str]
    probability: NDArray[np.float32]
    backoff: NDArray[np.float32]
    first: NDArray[np.int64]
    previous: NDArray[np.int64]
    level: NDArray[np.uint8]
    levels: NDArray[np.float32]


def read(file: Path) -> LanguageModel:
    """Raises `ContentError` if it is not a model of three words written in this way."""
    try:
        data = file.read_bytes()
        return _read(data)
    except (OSError, ValueError, struct.error) as error:
        raise ContentError(f"{file}: cannot be read: {error}") from error


def _read(data: bytes) -> LanguageModel:
    order, _, kind, has_words, _ = struct.unpack_from("<B3xf3I", data, _FIXED_AT)
    if not data.startswith(_MAGIC) or (order, kind, has_words) != (3, _QUANTISED_ARRAY_TRIE, 1):
        raise ValueError("not a quantised trie of three words, with its words")
    singles, pairs, triples = struct.unpack_from("<3Q", data, _COUNTS_AT)
    at = _COUNTS_AT + 3 * 8 + 4 + 8 * (1 + singles)
    if data[at : at + 3] != _QUANTISED:
        raise ValueError("not quantised to eight bits")
    levels = np.frombuffer(data, np.float32, _LEVELS, at + 8)
    at += 8 + 3 * _LEVELS * 4
    single = np.frombuffer(data, _SINGLE, singles + 1, at)
    at += (singles + 2) * _SINGLE.itemsize
    inline, table = _pointer(pairs + 1, triples)
    at += table
    word_bits = singles.bit_length()
    width = word_bits + 16 + inline
    places = np.arange(pairs, dtype=np.int64) * width
    packed = np.frombuffer(data, np.uint8, ((1 + pairs) * width + 7) // 8 + 8, at)
    words = data[data.rindex(b"<unk>\0") :].decode().split("\0")[:-1]
    if len(words) != singles:
        raise ValueError(f"{len(words)} words, not {singles}")
    return LanguageModel(
        words=words,
        probability=single["probability"][:-1],
        backoff=single["backoff"][:-1],
        first=single["next"].astype(np.int64),
        previous=_bits(packed, places, word_bits),
        level=_bits(packed, places + word_bits + 8, 8).astype(np.uint8),
        levels=levels,
    )


def _pointer(entries: int, largest: int) -> tuple[int, int]:
    """How many bits of a pointer stand beside its entry, and how many bytes its table takes."""
    bits = largest.bit_length()
    chopped = min(
        range(min(bits, _POINTER_BITS) + 1),
        key=lambda chop: (largest >> (bits - chop)) * 64 - entries * chop,
    )
    return bits - chopped, 8 * (2 + (largest >> (bits - chopped))) + 7


def _bits(packed: NDArray[np.uint8], places: NDArray[np.int64], width: int) -> NDArray[Any]:
    begin, shift = places >> 3, (places & 7).astype(np.uint64)
    value = np.zeros(len(places), np.uint64)
    for byte in range(-(-(width + 7) // 8)):
        value |= packed[begin + byte].astype(np.uint64) << np.uint64(8 * byte)
    return ((value >> shift) & np.uint64((1 << width) - 1)).astype(np.int64)
