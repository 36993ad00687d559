"""Kills a kiosk with SIGKILL at random moments and looks for what it had promised to keep.

`python -m tests.faults.kill_rounds --rounds N` prints JSON. Each round forks a child that seals and
enqueues submissions, reports each id after the commit, and now and then delivers a few. `lost`
counts reported submissions that are gone or whose envelope is damaged; it must be 0.
"""

import argparse
import hashlib
import json
import os
import select
import shutil
import signal
import sqlite3
import tempfile
import time
from dataclasses import asdict, dataclass, field
from datetime import timedelta
from pathlib import Path
from random import Random

from kiosk.domain.submission.delivery import Acknowledged
from services.storage.outbox import SqliteOutbox
from services.uplink.keys import CentralKeys, KioskKey
from services.uplink.seal import Seal
from tests.services.uplink.central import KEY_ID, NOON, CentralSecrets, submission

_ROUNDS_PER_FOLDER = 20
_LONGEST_LIFE = 0.12
_PUT, _DELIVERED = "P", "D"


@dataclass
class Score:
    """What came of the rounds. `unreported`: committed, but killed before saying so."""

    rounds: int = 0
    committed: int = 0
    delivered: int = 0
    unreported: int = 0
    lost: int = 0
    damaged: list[str] = field(default_factory=list)
    seconds: float = 0.0


def kill_rounds(rounds: int, seed: int) -> Score:
    """Play `rounds` rounds, a fresh folder (so a fresh migration too) every so many."""
    random, secrets, score = Random(seed), CentralSecrets(), Score()
    begun = time.monotonic()
    for first in range(0, rounds, _ROUNDS_PER_FOLDER):
        folder = Path(tempfile.mkdtemp(prefix="kill-rounds-"))
        secrets.provision(folder / "keyset.json")
        put: set[str] = set()
        delivered: set[str] = set()
        known: set[str] = set()
        for _ in range(first, min(first + _ROUNDS_PER_FOLDER, rounds)):
            for line in _live_and_die(folder, random.uniform(0, _LONGEST_LIFE), random.random()):
                (put if line[0] == _PUT else delivered).add(line[1:])
            stored = _inspect(folder, put, delivered, score)
            score.unreported += len(stored - put - known)
            known |= stored
            score.rounds += 1
        score.committed += len(put)
        score.delivered += len(delivered)
        shutil.rmtree(folder)
    score.seconds = round(time.monotonic() - begun, 1)
    return score


def _live_and_die(folder: Path, life: float, seed: float) -> list[str]:
    """The whole lines a child wrote before it was killed `life` seconds old."""
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reader)
        try:
            _live(folder, writer, Random(seed))
        finally:
            os._exit(1)
    os.close(writer)
    said = bytearray()
    deadline = time.monotonic() + life
    while (rest := deadline - time.monotonic()) > 0:
        if select.select([reader], [], [], rest)[0]:
            chunk = os.read(reader, 65536)
            if not chunk:
                raise RuntimeError("the child ended by itself")
            said += chunk
    os.kill(child, signal.SIGKILL)
    while chunk := os.read(reader, 65536):
        said += chunk
    os.close(reader)
    os.waitpid(child, 0)
    return said.decode().split("\n")[:-1]


def _live(folder: Path, writer: int, random: Random) -> None:
    outbox = SqliteOutbox(folder / "kiosk.sqlite")
    seal = Seal("test-kiosk", KioskKey(folder), CentralKeys(folder / "keyset.json"))
    while True:
        sealed = seal.seal(submission("演示数据" * random.randrange(200)))
        outbox.put(sealed)
        os.write(writer, f"{_PUT}{sealed.id.hex}\n".encode())
        if random.random() < 0.2:
            ids = [one.sealed.id for one in outbox.lease(NOON, 4, 1 << 20, timedelta(days=1))]
            for id in ids:
                os.write(writer, f"{_DELIVERED}{id.hex}\n".encode())
            outbox.settle([Acknowledged(id, NOON, KEY_ID, bytes(64)) for id in ids])


def _inspect(folder: Path, put: set[str], delivered: set[str], score: Score) -> set[str]:
    """Check the database as the next start finds it; the ids it holds."""
    SqliteOutbox(folder / "kiosk.sqlite").close()
    database = sqlite3.connect(folder / "kiosk.sqlite")
    (verdict,) = database.execute("PRAGMA integrity_check").fetchone()
    if verdict != "ok":
        score.damaged.append(verdict)
    rows = {
        id: (envelope, sha256)
        for id, envelope, sha256 in database.execute("SELECT id, envelope, sha256 FROM outbox")
    }
    counted = dict(database.execute("SELECT state, count(*) FROM outbox GROUP BY state"))
    kept = dict(database.execute("SELECT state, n FROM counters WHERE n <> 0"))
    if counted != kept:
        score.damaged.append(f"counters {kept}, rows {counted}")
    database.close()
    for id in put:
        envelope, sha256 = rows.get(id, (None, b""))
        whole = envelope is not None and hashlib.sha256(envelope).digest() == sha256
        purged = envelope is None and id in rows and id in delivered
        score.lost += not (whole or purged)
    return set(rows)


def main() -> int:
    """The command line; 0 only if nothing was lost or damaged."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    score = kill_rounds(arguments.rounds, arguments.seed)
    print(json.dumps(asdict(score)))
    return 1 if score.lost or score.damaged else 0


if __name__ == "__main__":
    raise SystemExit(main())
