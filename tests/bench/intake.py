"""How long a kiosk waits for the central server to take a full batch: `python -m tests.bench
intake` prints JSON.

A hundred new complaints, and the same again, read, checked, opened, stored and answered, but no
network; medians in milliseconds, and how many plain 4 KB writes with fdatasync in the same folder
took as long.
"""

import datetime as dt
import json
import os
import shutil
import statistics
import tempfile
import time
from contextlib import closing
from pathlib import Path

from kiosk.wiring import RESOURCES
from services import wire
from services.central.app import open_office
from services.central.intake import IncomingBatch, take_batch
from services.content.calendar import load_workdays
from tests.bench.queue import milliseconds
from tests.services.central.conftest import FakeKiosk, HandClock


def measure(times: int = 10) -> dict[str, float]:
    """All figures."""
    folder = Path(tempfile.mkdtemp(prefix="bench-intake-", dir=Path.cwd()))
    try:
        office, _ = open_office(
            folder,
            load_workdays(RESOURCES / "calendar"),
            HandClock(),
            open_enrolment=True,
            offices_close=dt.time(17),
        )
        with closing(office.database), (folder / "plain").open("wb", buffering=0) as plain:
            kiosk, block = FakeKiosk(office.keys.keyset), os.urandom(4096)
            new: list[float] = []
            again: list[float] = []
            written: list[float] = []
            for _ in range(times):
                items = [kiosk.item(kiosk.payload()) for _ in range(wire.MAX_BATCH_ITEMS)]
                body = json.dumps(kiosk.batch(*items)).encode()
                for taken in (new, again):
                    begun = time.perf_counter()
                    batch = IncomingBatch.model_validate_json(body)
                    results = take_batch(office, batch, folded=True)
                    taken.append((time.perf_counter() - begun) * 1000)
                    assert all(result.receipt for result in results)
                for _ in range(20):
                    written.append(
                        milliseconds(lambda: (plain.write(block), os.fdatasync(plain.fileno())))
                    )
    finally:
        shutil.rmtree(folder)
    return {
        "new": round(statistics.median(new), 1),
        "again": round(statistics.median(again), 1),
        "new_to_fdatasync": round(statistics.median(new) / statistics.median(written), 1),
    }


if __name__ == "__main__":
    print(json.dumps(measure()))
