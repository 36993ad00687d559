"""A disk that fills up, turns read-only or fails, under a kiosk's open queue.

`python -m tests.faults.sick_disk` prints JSON, an entry a case. A full disk and one mounted
read-only are real: a small tmpfs in a mount namespace of its own (`unshare`). Errors of the device,
and the kernel's turning it read-only under open files, are put into the kiosk's system calls by
`strace`. In every case the disk is healed in the end, and the oracle must find
everything that was promised; what was refused may be anywhere, but once.
"""

import argparse
import json
import logging
import os
import pickle
import subprocess
import sys
import tempfile
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from uuid import UUID

from kiosk import wiring
from kiosk.domain.submission.model import State, Submission
from kiosk.errors import CentralUnreachable, StorageError
from tests.faults.hall import Hall, MovedClock, deliver, free_port, made_up, serving
from tests.faults.oracle import all_well
from tests.faults.recorded import strace

_SIZE = "96m"
_LIFE = 40
ERRORS = {
    "a sync fails": "fdatasync:error=EIO:when=9..11",
    "the first sync of all fails": "fdatasync:error=EIO:when=1",
    "every fourth sync fails": "fdatasync:error=EIO:when=4+4",
    "a write fails": "pwrite64:error=EIO:when=60..66",
    "every fiftieth write fails": "pwrite64:error=EIO:when=50+50",
    "a write finds no room": "pwrite64:error=ENOSPC:when=60..75",
    "a read fails": "pread64:error=EIO:when=12..30",
    "turns read-only": "pwrite64,ftruncate:error=EROFS:when=80+",
    "every fifth read fails": "pread64:error=EIO:when=5+5",
}


@dataclass
class Kiosk:
    """One that remembers what it promised."""

    hall: Hall
    random: Random
    clock: MovedClock = field(default_factory=MovedClock)
    promised: set[UUID] = field(default_factory=set)
    handed_in: dict[UUID, Submission] = field(default_factory=dict)
    refused: int = 0

    def start(self) -> wiring.Line:
        self.line = self.hall.line(self.clock)
        return self.line

    def stop(self) -> None:
        self.line.client.close()
        self.line.outbox.close()

    def hand_in(self, count: int) -> None:
        for one in made_up(self.random, count):
            self.handed_in[one.id] = one
            try:
                self.line.outbox.put(self.line.sealer.seal(one))
            except StorageError:
                self.refused += 1
            else:
                self.promised.add(one.id)

    def well(self) -> dict[str, object]:
        """With the disk healed and the server there."""
        verdict = all_well(self.hall, self.clock, self.promised, self.handed_in, self.random)
        return {
            "holds": verdict.holds,
            "verdict": str(verdict),
            "promised": len(self.promised),
            "refused": self.refused,
        }


def full(kiosk: Kiosk) -> dict[str, object]:
    """Somebody else's files take all the room. No more is taken in; what waits is sent all the
    same, by a kiosk that was started on the full disk."""
    folder = kiosk.hall.settings.kiosk_folder
    line = kiosk.start()
    assert line.outbox.accepts()
    kiosk.hand_in(300)
    assert not kiosk.refused
    others = folder / "others"
    with others.open("wb", buffering=0) as stream, suppress(OSError):
        while stream.write(bytes(4096)):
            continue
    while not kiosk.refused:
        kiosk.hand_in(20)
    kiosk.stop()
    line = kiosk.start()
    deliver(line, kiosk.clock)
    assert line.outbox.status().counts[State.ACKED] == len(kiosk.promised)
    assert not line.outbox.accepts()
    before = kiosk.refused
    kiosk.hand_in(1)
    assert kiosk.refused == before + 1
    others.unlink()
    assert line.outbox.accepts()
    kiosk.hand_in(10)
    assert kiosk.refused == before + 1
    kiosk.stop()
    return kiosk.well()


def read_only(kiosk: Kiosk) -> dict[str, object]:
    """It comes back read-only: refused, and all the same once it can be written again."""
    folder = str(kiosk.hall.settings.kiosk_folder)
    line = kiosk.start()
    kiosk.hand_in(30)
    line.drain.round()
    kiosk.hand_in(30)
    kiosk.stop()
    _mount("-o", "remount,ro", folder)
    try:
        line = kiosk.start()
        kiosk.hand_in(10)
        line.drain.round()
    except StorageError:
        kiosk.refused += 10
    assert kiosk.refused == 10
    kiosk.stop()
    _mount("-o", "remount,rw", folder)
    kiosk.start()
    kiosk.hand_in(10)
    kiosk.stop()
    return kiosk.well()


SMALL: dict[str, Callable[[Kiosk], dict[str, object]]] = {"full": full, "read-only": read_only}


def failing(error: str, kiosk: Kiosk) -> dict[str, object]:
    """A kiosk's life under a device's errors, in a process of its own."""
    made = made_up(kiosk.random, _LIFE)
    kiosk.handed_in = {one.id: one for one in made}
    papers = kiosk.hall.folder / "made"
    papers.write_bytes(pickle.dumps(made))
    queue, trace = kiosk.hall.queue, kiosk.hall.folder / "trace"
    command = [strace(), "-f", "-qq", "-o", str(trace), "-P", str(queue), "-P", f"{queue}-wal"]
    command += ["-e", f"trace={error.partition(':')[0]}", "-e", f"inject={error}"]
    life = [sys.executable, "-m", "tests.faults.sick_disk", "--life", str(kiosk.hall.folder)]
    ended = subprocess.run(
        [*command, *life, "--port", str(kiosk.hall.port)],
        capture_output=True,
        text=True,
        check=False,
    )
    if ended.returncode:
        return {"holds": False, "verdict": ended.stderr[-2000:]}
    kiosk.promised = {UUID(line) for line in ended.stdout.split()}
    kiosk.refused = _LIFE - len(kiosk.promised)
    injected = trace.read_text().count("(INJECTED)")
    return kiosk.well() | {"injected": injected}


def live(hall: Hall) -> None:
    """What the device's errors happen to. Says aloud what it promises; a start that is refused is
    tried again."""
    made = pickle.loads((hall.folder / "made").read_bytes())
    clock, line = MovedClock(), None
    for number, one in enumerate(made):
        try:
            line = line or hall.line(clock)
            line.outbox.put(line.sealer.seal(one))
            sys.stdout.write(f"{one.id}\n")
            sys.stdout.flush()
            if number % 7 == 6:
                line.drain.round()
            if number % 10 == 9:
                line.client.close()
                line.outbox.close()
                line = None
        except (StorageError, CentralUnreachable):
            continue


def cases(seed: int) -> dict[str, dict[str, object]]:
    """Every case, in this process's mount namespace."""
    found = {}
    for name in (*SMALL, *ERRORS):
        random = Random(f"{seed} {name}")
        with tempfile.TemporaryDirectory(prefix="sick-disk-") as folder:
            hall = Hall(Path(folder), free_port(random))
            hall.settings.kiosk_folder.mkdir()
            with serving(hall.settings.central_folder, hall.port):
                if name in ERRORS:
                    found[name] = failing(ERRORS[name], Kiosk(hall, random))
                    continue
                disk = str(hall.settings.kiosk_folder)
                _mount("-t", "tmpfs", "-o", f"size={_SIZE}", "budayang-test", disk)
                try:
                    found[name] = SMALL[name](Kiosk(hall, random))
                finally:
                    subprocess.run(["umount", disk], check=True)
    return found


def _mount(*words: str) -> None:
    subprocess.run(["mount", *words], check=True)


def apart(seed: int) -> int:
    """Play all cases where nobody else sees the disks."""
    own = ["unshare", "--mount", *([] if os.geteuid() == 0 else ["--map-root-user"])]
    command = [sys.executable, "-m", "tests.faults.sick_disk", "--inside", "--seed", str(seed)]
    return subprocess.run([*own, *command], check=False).returncode


def main() -> int:
    """The command line; 0 only if all is well in every case."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--inside", action="store_true")
    parser.add_argument("--life", type=Path)
    parser.add_argument("--port", type=int)
    arguments = parser.parse_args()
    if arguments.life:
        live(Hall(arguments.life, arguments.port))
        return 0
    if not arguments.inside:
        return apart(arguments.seed)
    logging.disable()
    found = cases(arguments.seed)
    print(json.dumps(found))
    return 0 if all(each["holds"] for each in found.values()) else 1


if __name__ == "__main__":
    raise SystemExit(main())
