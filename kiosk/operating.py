"""What an operator does with the queue from the command line: looks at it, carries it to the
central server by hand, and puts back what can be saved of a damaged one. Only metadata is shown."""

from __future__ import annotations

from contextlib import closing
from itertools import islice
from typing import TYPE_CHECKING

from kiosk import wiring
from services.central.carried import carried_files, take_carried
from services.storage.damage import salvaged, set_aside_before
from services.uplink import carry
from services.uplink.proof import Promise, proven

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from kiosk.settings import Settings

_MANY = 100
"""Submissions put back in one transaction."""


def waiting(settings: Settings) -> Iterator[str]:
    """A line for everything that waits. Raises `StorageError`."""
    with closing(wiring.open_outbox(settings)) as outbox:
        after = None
        while some := outbox.waiting(after):
            for each in some:
                made = f"{each.created_at:%Y-%m-%dT%H:%M:%SZ}"
                why = f" {each.last_code}" if each.last_code else ""
                yield (
                    f"{each.id} {each.kind} {each.state} {made} {each.size} bytes,"
                    f" {each.attempts} attempts{why}"
                )
            after = some[-1].id


def export(settings: Settings, folder: Path) -> str:
    """Copy what waits into a file in `folder`; a line to say so. Raises `StorageError`,
    `OSError`."""
    now = wiring.HallClock().now()
    with closing(wiring.open_outbox(settings)) as outbox:
        own = wiring.own_key(settings)
        file, count = carry.export(outbox, own, settings.kiosk.id, folder, now)
    if file is None:
        return "nothing waits"
    return f"{count} submissions in {file}; `kiosk central import` takes them"


def acknowledge(settings: Settings, file: Path) -> str:
    """Believe the receipts that were carried back; a line to say so. Raises `KnownError`,
    `OSError`."""
    now = wiring.HallClock().now()
    with closing(wiring.open_outbox(settings)) as outbox:
        count = carry.acknowledge(outbox, wiring.central_keys(settings), file, now)
    return f"{count} submissions are acknowledged"


def prove(settings: Settings, limit: int) -> Iterator[str]:
    """Have the central server prove that the last receipts are in its log: a line for each that is
    not, and one for all. Raises `CentralUnreachable`, `StorageError`."""
    line = wiring.line(settings, wiring.HallClock())
    keys, good, longest = wiring.central_keys(settings), 0, 0
    with closing(line.outbox), closing(line.client):
        promises = [Promise(*each) for each in line.outbox.receipts(limit)]
        for promise in promises:
            proof = line.client.proof(promise.id)
            if proof is not None and proven(promise, proof, keys):
                good, longest = good + 1, max(longest, proof.head.size)
            else:
                yield f"{promise.id}: NOT in the log of the central server"
    yield f"{good} of {len(promises)} receipts are in the log of {longest}"


def take_in(settings: Settings, source: Path) -> Iterator[str]:
    """Take in, at the central server, what was carried there; a line for every file. Raises
    `KnownError`, `OSError`."""
    files = carried_files(source)
    office = wiring.office(settings)
    with closing(office.database):
        for file in files:
            back, outcomes = take_carried(office, file)
            told = ", ".join(f"{n} {outcome}" for outcome, n in sorted(outcomes.items()))
            yield f"{file}: {told or 'empty'}; carry {back.name} back (`kiosk queue acknowledge`)"


def salvage(settings: Settings, aside: Path | None) -> Iterator[str]:
    """Put everything that is whole in one queue that was set aside, or in all of them, back into
    the queue, where it is one submission however often it is put; a line for each. Raises
    `StorageError`."""
    with closing(wiring.open_outbox(settings)) as outbox:
        for each in [aside] if aside else set_aside_before(outbox.file):
            count, whole = 0, salvaged(each, outbox.file.name)
            while some := tuple(islice(whole, _MANY)):
                outbox.put_all(some)
                count += len(some)
            yield f"{each}: {count} submissions are whole, and in the queue"
