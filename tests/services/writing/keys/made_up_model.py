"""A language model of a few words, as KenLM writes it."""

import struct
from collections.abc import Sequence
from pathlib import Path

WORDS = ("<unk>", "社保卡", "丢", "了", "设", "报")
LEVELS = [-float(level) / 50 for level in range(256)]
PROBABILITY = (-6.0, -3.0, -3.5, -2.0, -4.0, -4.0)
PAIRS = ((1, 2, 25), (2, 3, 10), (4, 5, 200))
"""Word before, last word, and which level is how likely it is; by the last word."""
TRIPLES = ((1, 1, 5),)
"""Word before, number of the pair, level."""
BACKOFF_LEVEL = 15


def _packed(rows: Sequence[Sequence[tuple[int, int]]], spare_rows: int = 0) -> bytes:
    """Fields (value, bits) one after another, the lowest bit first; then eight bytes to spare."""
    total, at = 0, 0
    for row in rows:
        for value, bits in row:
            total |= value << at
            at += bits
    at += spare_rows * sum(bits for _, bits in rows[0])
    return total.to_bytes((at + 7) // 8 + 8, "little")


def write(file: Path) -> None:
    """Three words deep, quantised to eight bits. So few runs need no jumps in their pointers."""
    head = b"mmap lm http://kheafield.com/code format version 5\n\0".ljust(0x58, b"\0")
    head += struct.pack("<B3xf3I", 3, 1.5, 5, 1, 1)
    head += struct.pack("<3Q", len(WORDS), len(PAIRS), len(TRIPLES)) + bytes(4)
    vocabulary = struct.pack(f"<{1 + len(WORDS)}Q", len(WORDS) - 1, *range(len(WORDS)))
    levels = bytes((2, 8, 8)).ljust(8, b"\0") + struct.pack("<768f", *(LEVELS * 3))
    first = [sum(last < word for _, last, _ in PAIRS) for word in range(len(WORDS) + 1)]
    singles = b"".join(
        struct.pack("<ffQ", likely, -0.25, first[word]) for word, likely in enumerate(PROBABILITY)
    )
    singles += struct.pack("<ffQ", 0, 0, len(PAIRS)) + bytes(16)
    word_bits, pointer_bits = len(WORDS).bit_length(), len(TRIPLES).bit_length()
    begins = [sum(pair < at for _, pair, _ in TRIPLES) for at in range(len(PAIRS) + 1)]
    pairs = _packed(
        [
            [(before, word_bits), (BACKOFF_LEVEL, 8), (level, 8), (begin, pointer_bits)]
            for (before, _, level), begin in zip((*PAIRS, (0, 0, 0)), begins, strict=True)
        ]
    )
    triples = _packed([[(before, word_bits), (level, 8)] for before, _, level in TRIPLES])
    file.write_bytes(
        head
        + vocabulary
        + levels
        + singles
        + bytes(8 * (2 + (len(TRIPLES) >> pointer_bits)) + 7)
        + pairs
        + triples
        + b"\0".join(word.encode() for word in WORDS)
        + b"\0"
    )
