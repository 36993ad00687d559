"""How fast the queue is: `python -m tests.bench.queue [--rows N]` prints JSON.

Enqueueing (seal, sign and durable insert, 2 KB of text) into an empty queue, enqueueing into one
with N rows, and a plain 4 KB write + fdatasync in the same folder take turns, so that all three see
the same disk; times in milliseconds. `ready` is from the start of a process to a queue that has
answered `status`, `accepts` and `next_wake`, `ready_memory_mb` what that process grew by, each with
N rows against none. `claim_100` leases a hundred of the N rows. `targets` are those of the project.
"""

import argparse
import json
import os
import shutil
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from itertools import count
from pathlib import Path

from kiosk.domain.submission.model import Submission
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


def plain_write(folder: Path) -> Callable[[object], None]:
    """4 KB, written and synced."""
    block = os.urandom(4096)
    descriptor = os.open(folder / "plain", os.O_CREAT | os.O_WRONLY, 0o600)

    def write(_: object) -> None:
        os.write(descriptor, block)
        os.fdatasync(descriptor)

    return write


_READY = """
import sys, time
from datetime import UTC, datetime
from pathlib import Path
from services.storage.outbox import SqliteOutbox
def resident():
    with open("/proc/self/statm") as statm:
        return int(statm.read().split()[1]) / 256
before, loaded = resident(), time.perf_counter()
outbox = SqliteOutbox(Path(sys.argv[1]))
outbox.status(), outbox.accepts(), outbox.next_wake(datetime.now(UTC))
print(time.perf_counter() - loaded, resident() - before)
"""


def ready(file: Path) -> tuple[float, float]:
    """Milliseconds and megabytes a fresh process needs until the queue in `file` has answered."""
    times, sizes = [], []
    for _ in range(5):
        command = [sys.executable, "-c", _READY, str(file)]
        told = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()
        times.append(float(told[0]) * 1000)
        sizes.append(float(told[1]))
    return statistics.median(times), statistics.median(sizes)


def fill(file: Path, rows: int) -> None:
    """Put `rows` made-up rows into the queue, past the outbox."""
    database = sqlite3.connect(file)
    database.execute(_FILL, (rows,))
    database.commit()
    database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    database.close()


def measure(rows: int = 1_000_000, times: int = 500) -> dict[str, object]:
    """All figures."""
    folder = Path(tempfile.mkdtemp(prefix="bench-queue-", dir=Path.cwd()))
    try:
        keys = CentralKeys(CentralSecrets().provision(folder / "keyset.json"))
        seal = Seal("test-kiosk", KioskKey(folder), keys)
        files = {"empty": folder / "empty" / "q.sqlite", "full": folder / "full" / "q.sqlite"}
        for file in files.values():
            SqliteOutbox(file).close()
        fill(files["full"], rows)
        at_start = {name: ready(file) for name, file in files.items()}
        queues = {name: SqliteOutbox(file) for name, file in files.items()}
        taken = enqueue(folder, queues, seal, times)
        full = queues["full"]
        claims = [
            milliseconds(lambda: full.lease(NOON, 100, 1 << 20, timedelta(minutes=1)))
            for _ in range(20)
        ]
        status = [milliseconds(full.status) for _ in range(50)]
        for queue in queues.values():
            queue.close()
    finally:
        shutil.rmtree(folder)
    plain = percentile(taken["plain"], 50)
    figures: dict[str, object] = {"rows": rows, "fdatasync_p50": round(plain, 3)}
    worst = {name: percentile(taken[name], 99) for name in queues}
    for name, p99 in worst.items():
        p50 = percentile(taken[name], 50)
        figures[f"enqueue_{name}"] = {
            "p50": round(p50, 3),
            "p99": round(p99, 3),
            "p50_to_fdatasync": round(p50 / plain, 2),
        }
        figures[f"ready_{name}"] = round(at_start[name][0], 1)
        figures[f"ready_{name}_memory_mb"] = round(at_start[name][1], 1)
    return {
        **figures,
        "full_to_empty_p99": round(
            percentile(taken["full"], 99) / percentile(taken["empty"], 99), 2
        ),
        "claim_100_p50": round(statistics.median(claims), 3),
        "status_p50": round(statistics.median(status), 3),
        "targets": {
            "full_to_empty_p99": 1.5,
            "p50_to_fdatasync": 4,
            "ready_full": 1000,
            "ready_full_memory_mb": 30,
        },
    }


def enqueue(
    folder: Path, queues: dict[str, SqliteOutbox], seal: Seal, times: int
) -> dict[str, list[float]]:
    """Milliseconds of each enqueue into each queue, and of each plain write, in turns."""
    told = (submission("演示数据" * 170) for _ in count())
    work: dict[str, Callable[[Submission], object]] = {
        name: partial(hand_in, queue, seal) for name, queue in queues.items()
    }
    work["plain"] = plain_write(folder)
    for _ in range(20):
        for each in work.values():
            each(next(told))
    taken: dict[str, list[float]] = {name: [] for name in work}
    for _ in range(times):
        for name, each in work.items():
            taken[name].append(milliseconds(partial(each, next(told))))
    return taken


def hand_in(queue: SqliteOutbox, seal: Seal, told: Submission) -> None:
    """Seal, sign and store."""
    queue.put(seal.seal(told))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--times", type=int, default=500)
    arguments = parser.parse_args()
    print(json.dumps(measure(arguments.rows, arguments.times), indent=2))
