"""Whether the central server still stands by a receipt: it is in its log of all receipts."""

from typing import NamedTuple
from uuid import UUID

from kiosk.domain.submission.delivery import Acknowledged
from services import wire
from services.merkle import leaf_hash, root_of
from services.uplink.keys import CentralKeys


class Promise(NamedTuple):
    """A receipt that was believed, and the SHA-256 of what it is for."""

    receipt: Acknowledged
    sha256: bytes

    @property
    def id(self) -> UUID:
        """Of the submission."""
        return self.receipt.id


def proven(promise: Promise, proof: wire.LogProof, keys: CentralKeys) -> bool:
    """Whether the proof leads from this receipt to the head of a log that the central server has
    signed (RFC 9162 §2.1.3.2). Raises `NotProvisioned`."""
    receipt, head = promise.receipt, proof.head
    leaf = wire.receipt_bytes(
        id=receipt.id,
        sha256=promise.sha256,
        registered_at=receipt.registered_at,
        key_id=receipt.key_id,
    )
    signed = wire.log_bytes(size=head.size, root=head.root, at=head.at, key_id=head.key_id)
    return (
        head.at.tzinfo is not None
        and keys.verify(head.signature, signed)
        and root_of(proof.place, head.size, leaf_hash(leaf), proof.path) == head.root
    )
