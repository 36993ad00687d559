"""What waits, carried to the central server by hand: a file of batches on the way there, a file of
the server's answers on the way back."""

import os
import re
from base64 import b64encode
from collections.abc import Collection, Iterator, Sequence
from datetime import datetime
from pathlib import Path
from random import Random
from typing import Protocol
from uuid import UUID

from pydantic import ValidationError

from kiosk.domain.submission.delivery import Acknowledged, LeasedSubmission, Settlement
from kiosk.domain.submission.model import SealedSubmission
from kiosk.errors import KnownError
from services import wire
from services.files import settle
from services.uplink.judge import judge, sealed_item
from services.uplink.keys import CentralKeys, KioskKey

_MANY = 20
"""Submissions read from the queue at a time; with pictures, some ten megabytes."""


class Queue(Protocol):
    """What is asked of the local queue. Every method may raise `StorageError`."""

    def copies(self, after: UUID | None, limit: int) -> list[SealedSubmission]:
        """What is to be carried, in the order of ids."""

    def exported(self, ids: Collection[UUID]) -> None:
        """Copies of these are written."""

    def find(self, ids: Collection[UUID]) -> list[SealedSubmission]:
        """Those of these that wait here."""

    def settle(self, settlements: Sequence[Settlement]) -> None:
        """Write down how deliveries ended."""


def export(
    queue: Queue, own: KioskKey, kiosk_id: str, folder: Path, now: datetime
) -> tuple[Path | None, int]:
    """Write everything that waits to a file in `folder`, one `wire.Batch` a line; the file (None if
    nothing waits) and how many submissions are in it. What is written is marked as exported, once
    it is there for good.

    Raises `StorageError`, `OSError`; then nothing is marked, and what was begun has a name ending
    in `.unfinished`.
    """
    name = re.sub(r"[^a-zA-Z0-9-]", "_", kiosk_id)
    file = folder / f"{name}-{now:%Y%m%dT%H%M%S}{wire.CARRIED}"
    unfinished = file.with_name(file.name + ".unfinished")
    written: list[UUID] = []
    folder.mkdir(parents=True, exist_ok=True)
    with unfinished.open("wb") as stream:
        for some in _in_turn(queue):
            for sealed in some:
                batch = wire.Batch(
                    kiosk_id=kiosk_id,
                    verify_key=b64encode(own.verify_key),
                    items=[sealed_item(sealed)],
                )
                stream.write(batch.model_dump_json().encode() + b"\n")
                written.append(sealed.id)
        stream.flush()
        os.fsync(stream.fileno())
    if not written:
        unfinished.unlink()
        return None, 0
    unfinished.replace(file)
    settle(folder)
    for start in range(0, len(written), _MANY):
        queue.exported(written[start : start + _MANY])
    return file, len(written)


def acknowledge(queue: Queue, keys: CentralKeys, file: Path, now: datetime) -> int:
    """Believe the receipts in a file that came back, as if they had come by wire; how many of what
    still waited is acknowledged. Twice is once.

    Raises `KnownError` for a file of something else, `StorageError`, `NotProvisioned`, `OSError`.
    """
    count = 0
    for answer in _answers(file):
        waiting = queue.find([result.id for result in answer.results])
        leased = [LeasedSubmission(sealed, 1) for sealed in waiting]
        # Only what is proven: what was refused on paper is still tried by wire.
        proven = [
            each
            for each in judge(leased, answer, keys, now, Random())
            if isinstance(each, Acknowledged)
        ]
        queue.settle(proven)
        count += len(proven)
    return count


def _answers(file: Path) -> Iterator[wire.BatchResult]:
    with file.open("rb") as lines:
        for number, line in enumerate(lines, start=1):
            try:
                yield wire.BatchResult.model_validate_json(line)
            except ValidationError:
                raise KnownError(
                    f"{file}: line {number} is no answer of a central server"
                ) from None


def _in_turn(queue: Queue) -> Iterator[list[SealedSubmission]]:
    after = None
    while some := queue.copies(after, _MANY):
        yield some
        after = some[-1].id
