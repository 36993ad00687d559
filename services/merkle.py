"""Merkle tree hashes and inclusion proofs (RFC 9162 §2.1), for the log of accepted submissions."""

from collections.abc import Callable, Iterator, Sequence
from functools import reduce
from hashlib import sha256

EMPTY = sha256().digest()
"""The root of a log with nothing in it (§2.1.1)."""


def leaf_hash(content: bytes) -> bytes:
    """The hash of a leaf (§2.1.1)."""
    return sha256(b"\x00" + content).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash of an inner node (§2.1.1)."""
    return sha256(b"\x01" + left + right).digest()


def new_nodes(
    index: int, leaf: bytes, node: Callable[[int, int], bytes]
) -> Iterator[tuple[int, int, bytes]]:
    """The complete subtrees that leaf `index` (from 0) completes: level, index in that level, hash;
    level 0 is the leaf itself. `node` gives those that were complete before."""
    level, hashed = 0, leaf
    yield level, index, hashed
    while index & 1:
        hashed = node_hash(node(level, index - 1), hashed)
        level, index = level + 1, index >> 1
        yield level, index, hashed


def root(size: int, node: Callable[[int, int], bytes]) -> bytes:
    """The root over the first `size` leaves, from complete subtrees (§2.1.1)."""
    return _hash_of(0, size, node)


def inclusion_proof(index: int, size: int, node: Callable[[int, int], bytes]) -> list[bytes]:
    """What leads from leaf `index` to the root over `size` leaves (§2.1.3.1)."""
    begin, end = 0, size
    path: list[bytes] = []
    while end - begin > 1:
        middle = begin + _split(end - begin)
        if index < middle:
            path.append(_hash_of(middle, end, node))
            end = middle
        else:
            path.append(_hash_of(begin, middle, node))
            begin = middle
    return path[::-1]


def root_and_paths(leaves: Sequence[bytes]) -> tuple[bytes, list[list[bytes]]]:
    """The root over a few leaves (their hashes, one at least), and each one's inclusion proof
    (§2.1.3.1)."""
    paths: list[list[bytes]] = [[] for _ in leaves]
    level, height = list(leaves), 0
    while len(level) > 1:
        for place, path in enumerate(paths):
            beside = (place >> height) ^ 1
            if beside < len(level):
                path.append(level[beside])
        pairs = [node_hash(*level[at : at + 2]) for at in range(0, len(level) - 1, 2)]
        level = pairs + level[2 * len(pairs) :]
        height += 1
    return level[0], paths


def root_of(index: int, size: int, leaf: bytes, proof: Sequence[bytes]) -> bytes | None:
    """The root that an inclusion proof leads to (§2.1.3.2); None if it cannot be one of this leaf
    and size."""
    if not 0 <= index < size:
        return None
    place, last, hashed = index, size - 1, leaf
    for step in proof:
        if last == 0:
            return None
        if place & 1 or place == last:
            hashed = node_hash(step, hashed)
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            hashed = node_hash(hashed, step)
        place, last = place >> 1, last >> 1
    return hashed if last == 0 else None


def _split(size: int) -> int:
    """The largest power of two below `size`."""
    return 1 << (size - 1).bit_length() - 1


def _peaks(begin: int, end: int) -> Iterator[tuple[int, int]]:
    """The complete subtrees that leaves `begin` to `end` are made of, from the left: level and
    index. `begin` is where a subtree as large as the first one may begin."""
    while begin < end:
        level = (end - begin).bit_length() - 1
        yield level, begin >> level
        begin += 1 << level


def _hash_of(begin: int, end: int, node: Callable[[int, int], bytes]) -> bytes:
    subtrees = [node(level, index) for level, index in _peaks(begin, end)]
    return reduce(lambda right, left: node_hash(left, right), subtrees[::-1]) if subtrees else EMPTY
