"""Reading a language model of runs of up to three words as KenLM writes it: binary format 5, a
quantised trie with array-compressed pointers."""

import struct
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

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
    The pairs that end in word w are those from `pairs[w]` to `pairs[w + 1]`, sorted by the word
    before; those of three words that end in pair p are those from `triples[p]` to
    `triples[p + 1]`, sorted by the word before the pair."""

    words: list[str]
    probability: NDArray[np.float32]
    backoff: NDArray[np.float32]
    pairs: NDArray[np.int64]
    pair_before: NDArray[np.int64]
    pair_probability: NDArray[np.float32]
    pair_backoff: NDArray[np.float32]
    triples: NDArray[np.int64]
    triple_before: NDArray[np.int64]
    triple_probability: NDArray[np.float32]


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
    levels = np.frombuffer(data, np.float32, 3 * _LEVELS, at + 8)
    of_pair, backoff, of_triple = levels.reshape(3, -1)
    at += 8 + 3 * _LEVELS * 4
    single = np.frombuffer(data, _SINGLE, singles + 1, at)
    at += (singles + 2) * _SINGLE.itemsize
    inline = _inline_bits(pairs + 1, triples)
    jumps = np.frombuffer(data, np.uint64, 1 + (triples >> inline), (at + 7) // 8 * 8 + 8)
    at += 8 * (2 + (triples >> inline)) + 7
    word_bits = singles.bit_length()
    pair = _Packed(data, at, pairs + 1, (word_bits, 8, 8, inline))
    triple = _Packed(data, at + pair.size, triples, (word_bits, 8))
    words = data[data.rindex(b"<unk>\0") :].decode().split("\0")[:-1]
    if len(words) != singles:
        raise ValueError(f"{len(words)} words, not {singles}")
    high = np.searchsorted(jumps, np.arange(pairs + 1), "right") - 1
    return LanguageModel(
        words=words,
        probability=single["probability"][:-1],
        backoff=single["backoff"][:-1],
        pairs=single["next"].astype(np.int64),
        pair_before=pair.field(0)[:-1],
        pair_backoff=backoff[pair.field(1)[:-1]],
        pair_probability=of_pair[pair.field(2)[:-1]],
        triples=(high << inline) | pair.field(3),
        triple_before=triple.field(0),
        triple_probability=of_triple[triple.field(1)],
    )


def _inline_bits(entries: int, largest: int) -> int:
    """How many bits of a pointer stand beside its entry; the others are in a table of jumps."""
    bits = largest.bit_length()
    return bits - min(
        range(min(bits, _POINTER_BITS) + 1),
        key=lambda chop: (largest >> (bits - chop)) * 64 - entries * chop,
    )


class _Packed:
    """Rows of fields of so many bits each, one after another."""

    def __init__(self, data: bytes, at: int, rows: int, widths: Sequence[int]) -> None:
        self._widths = widths
        self._places = np.arange(rows, dtype=np.int64) * sum(widths)
        self.size = (rows * sum(widths) + 7) // 8 + 8
        self._bytes = np.frombuffer(data, np.uint8, self.size, at)

    def field(self, number: int) -> NDArray[np.int64]:
        """One field of every row."""
        width = self._widths[number]
        places = self._places + sum(self._widths[:number])
        begin, shift = places >> 3, (places & 7).astype(np.uint64)
        value = np.zeros(len(places), np.uint64)
        for byte in range(-(-(width + 7) // 8)):
            value |= self._bytes[begin + byte].astype(np.uint64) << np.uint64(8 * byte)
        return ((value >> shift) & np.uint64((1 << width) - 1)).astype(np.int64)
