"""How fast the queue is: `python -m tests.bench.queue [--rows N]` prints JSON.

Enqueueing (seal and durable insert, 2 KB of text) is measured interleaved with a plain 4 KB
write + fdatasync in the same folder, once with an empty queue and once with N rows in it; times in
milliseconds. `claim_100` leases a hundred of the N rows.
"""

import argparse
import json
import os
import shutil
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from services.storage.outbox import SqliteOutbox
from services.uplink.keys import CentralKeys, KioskKey
from services.uplink.seal import Seal
from tests.services.uplink.central import NOON, CentralSecrets, submission

_FILL = """
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?)
INSERT INTO outbox (id, kind, state, created_at, kiosk_id, key_id, suite, sha256, signature,
                    receipt_hash, next_at, envelope)
SELECT printf('%032x', i), 'complaint', 'sealed', i, 'test-kiosk', 'k', 's', zeroblob(32),
       zeroblob(64), randomblob(32), 0, zeroblob(2048) FROM n
"""


def milliseconds(work: Callable[[], object]) -> float:
    """How long `work` takes."""
    begun = time.perf_counter()
    work()
    return (time.perf_counter() - begun) * 1000


def percentile(times: list[float], percent: int) -> float:
    """The `percent`th percentile."""
    return statistics.quantiles(times, n=100)[percent - 1]


def enqueue(folder: Path, outbox: SqliteOutbox, seal: Seal, times: int) -> dict[str, float]:
    """p50 and p99 of one enqueue, absolute and as a ratio to the interleaved plain write."""
    queued: list[float] = []
    plain: list[float] = []
    block = os.urandom(4096)
    descriptor = os.open(folder / "plain", os.O_CREAT | os.O_WRONLY, 0o600)

    def write() -> None:
        os.write(descriptor, block)
        os.fdatasync(descriptor)

    for _ in range(times):
        told = submission("演示数据" * 170)
        queued.append(milliseconds(lambda told=told: outbox.put(seal.seal(told))))
        plain.append(milliseconds(write))
    os.close(descriptor)
    return {
        "p50": round(percentile(queued, 50), 3),
        "p99": round(percentile(queued, 99), 3),
        "p50_to_fdatasync": round(percentile(queued, 50) / percentile(plain, 50), 2),
        "p99_to_fdatasync": round(percentile(queued, 99) / percentile(plain, 99), 2),
    }


def fill(file: Path, rows: int) -> None:
    """Put `rows` made-up rows into the queue, past the outbox."""
    database = sqlite3.connect(file)
    database.execute(_FILL, (rows,))
    database.commit()
    database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    database.close()


def measure(rows: int = 100_000, times: int = 500) -> dict[str, object]:
    """All figures, in milliseconds."""
    folder = Path(tempfile.mkdtemp(prefix="bench-queue-", dir=Path.cwd()))
    try:
        keys = CentralKeys(CentralSecrets().provision(folder / "keyset.json"))
        seal = Seal("test-kiosk", KioskKey(folder), keys)
        file = folder / "kiosk.sqlite"
        outbox = SqliteOutbox(file)
        for _ in range(20):
            outbox.put(seal.seal(submission()))
        empty = enqueue(folder, outbox, seal, times)
        outbox.close()
        fill(file, rows)
        opened = milliseconds(lambda: SqliteOutbox(file).close())
        outbox = SqliteOutbox(file)
        full = enqueue(folder, outbox, seal, times)
        claims = [
            milliseconds(lambda: outbox.lease(NOON, 100, 1 << 20, timedelta(minutes=1)))
            for _ in range(20)
        ]
        status = [milliseconds(outbox.status) for _ in range(50)]
        outbox.close()
    finally:
        shutil.rmtree(folder)
    return {
        "rows": rows,
        "enqueue_empty": empty,
        "enqueue_full": full,
        "full_to_empty_p99": round(full["p99"] / empty["p99"], 2),
        "open": round(opened, 3),
        "claim_100_p50": round(statistics.median(claims), 3),
        "status_p50": round(statistics.median(status), 3),
    }


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--times", type=int, default=500)
    arguments = parser.parse_args()
    print(json.dumps(measure(arguments.rows, arguments.times), indent=2))
