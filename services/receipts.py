"""Many receipts by one signature: what is signed is the root of a Merkle tree over them (RFC 9162
§2.1, as in draft-ietf-tls-batch-signing), and with each receipt goes the way from it to the root.

A folded signature is the Ed25519 signature (64 bytes), the receipt's place in the tree and the
number of leaves (a byte each), and the hashes of its inclusion proof (32 bytes each). A lone
receipt is signed itself: 64 bytes.
"""

from collections.abc import Callable, Sequence

from services.merkle import leaf_hash, root_and_paths, root_of

MOST = 255
"""Receipts under one signature."""
_SIGNATURE_BYTES = 64
_HASH_BYTES = 32


def sign_together(sign: Callable[[bytes], bytes], promises: Sequence[bytes]) -> list[bytes]:
    """A signature for each of up to `MOST` promises, by one call of `sign`."""
    if len(promises) < 2:
        return [sign(promise) for promise in promises]
    root, paths = root_and_paths([leaf_hash(promise) for promise in promises])
    signature = sign(_tree_bytes(root, len(promises)))
    return [
        b"".join((signature, bytes((place, len(promises))), *path))
        for place, path in enumerate(paths)
    ]


def unfolded(signature: bytes, promise: bytes) -> tuple[bytes, bytes] | None:
    """The Ed25519 signature, and what it has to be over if the promise was signed with it; None for
    what cannot be a signature of this promise."""
    bare, rest = signature[:_SIGNATURE_BYTES], signature[_SIGNATURE_BYTES:]
    if not rest:
        return bare, promise
    path = [rest[at : at + _HASH_BYTES] for at in range(2, len(rest), _HASH_BYTES)]
    if len(rest) < 2 or any(len(step) != _HASH_BYTES for step in path):
        return None
    place, size = rest[0], rest[1]
    root = root_of(place, size, leaf_hash(promise), path)
    return None if root is None else (bare, _tree_bytes(root, size))


def _tree_bytes(root: bytes, size: int) -> bytes:
    return f'["receipts",1,{size},"{root.hex()}"]'.encode()
