"""Submissions that came by hand: taken in as if they had come by wire, and answered in a file to be
carried back."""

import os
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from pydantic import ValidationError

from kiosk.errors import KnownError
from services import wire
from services.central.intake import IncomingBatch, take_batch
from services.central.office import Office


def carried_files(source: Path) -> list[Path]:
    """`source` itself, or every file a kiosk has written into that folder. Raises `KnownError`
    where there is none."""
    files = sorted(source.glob(f"*{wire.CARRIED}")) if source.is_dir() else [source]
    if not files:
        raise KnownError(f"{source}: holds no file of a kiosk (*{wire.CARRIED})")
    return files


def take_carried(office: Office, file: Path) -> tuple[Path, Counter[str]]:
    """Take in everything in a file of a kiosk; the file of answers beside it, and how many came to
    which outcome. Taking the same file twice gives the same receipts.

    Raises `KnownError` for a line that is no batch (what stands before it has been taken in, and is
    answered when the file is taken again), `OSError`.
    """
    back = file.with_name(file.name.removesuffix(wire.CARRIED) + wire.ANSWERED)
    unfinished = back.with_name(back.name + ".unfinished")
    outcomes: Counter[str] = Counter()
    with unfinished.open("wb") as stream:
        for batch in _batches(file):
            results = take_batch(office, batch)
            outcomes.update(result.outcome for result in results)
            answer = wire.BatchResult(results=results)
            stream.write(answer.model_dump_json().encode() + b"\n")
        stream.flush()
        os.fsync(stream.fileno())
    unfinished.replace(back)
    return back, outcomes


def _batches(file: Path) -> Iterator[IncomingBatch]:
    with file.open("rb") as lines:
        for number, line in enumerate(lines, start=1):
            try:
                yield IncomingBatch.model_validate_json(line)
            except ValidationError:
                raise KnownError(f"{file}: line {number} is no batch of a kiosk") from None
