"""The log of accepted submissions, a Merkle tree (RFC 9162): every receipt ever signed is a leaf,
in the order of signing, and can be proven to be in it by whoever holds the receipt."""

from collections.abc import Callable, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session

from services import wire
from services.central.keys import ServerKeys
from services.central.tables import LeafRow, NodeRow
from services.merkle import inclusion_proof, leaf_hash, new_nodes, root


def append(session: Session, receipts: Sequence[wire.Receipt]) -> None:
    """Add receipts, in the transaction of what they are for, whose turn it is
    (`eventlog.wait_turn`)."""
    if not receipts:
        return
    stored, first = _nodes(session), _size(session)
    new: dict[tuple[int, int], bytes] = {}

    def node(level: int, place: int) -> bytes:
        return new.get((level, place)) or stored(level, place)

    for index, receipt in enumerate(receipts, start=first):
        promise = wire.receipt_bytes(
            id=receipt.id,
            sha256=receipt.sha256,
            registered_at=receipt.registered_at,
            key_id=receipt.key_id,
        )
        for level, place, hashed in new_nodes(index, leaf_hash(promise), node):
            new[level, place] = hashed
    leaves = [
        {"submission_id": str(receipt.id), "place": index}
        for index, receipt in enumerate(receipts, start=first)
    ]
    nodes = [{"level": at[0], "place": at[1], "hash": hashed} for at, hashed in new.items()]
    connection = session.connection()
    connection.execute(insert(LeafRow), leaves)
    connection.execute(insert(NodeRow), nodes)


def head(session: Session, keys: ServerKeys, now: datetime) -> wire.LogHead:
    """How long the log is and what its root is, signed."""
    return _signed(keys, _size(session), _nodes(session), now)


def proof(
    session: Session, keys: ServerKeys, submission: UUID, now: datetime
) -> wire.LogProof | None:
    """That an accepted submission is in the log as it is now; None for one that is not known."""
    leaf = session.get(LeafRow, str(submission))
    if leaf is None:
        return None
    nodes, size = _nodes(session), _size(session)
    path = inclusion_proof(leaf.place, size, nodes)
    return wire.LogProof.model_construct(
        place=leaf.place, path=path, head=_signed(keys, size, nodes, now)
    )


def _signed(
    keys: ServerKeys, size: int, nodes: Callable[[int, int], bytes], now: datetime
) -> wire.LogHead:
    top, key_id = root(size, nodes), keys.keyset.key_id
    signed = wire.log_bytes(size=size, root=top, at=now, key_id=key_id)
    return wire.LogHead.model_construct(
        size=size, root=top, at=now, key_id=key_id, signature=keys.sign(signed)
    )


def _size(session: Session) -> int:
    last = session.scalar(select(func.max(LeafRow.place)))
    return 0 if last is None else last + 1


def _nodes(session: Session) -> Callable[[int, int], bytes]:
    def node(level: int, place: int) -> bytes:
        return session.get_one(NodeRow, (level, place)).hash

    return node
