"""Cuts the power at every moment of a kiosk's life, in a recording of what it wrote.

`python -m tests.faults.power_cut --states N` prints JSON. A kiosk's queue is run once under
`strace`: made from one of the first version, filled, drained to a real server, closed and opened
again. From the recording the files are rebuilt as a disk may hold them after the power was cut:
what was synced is there; of what was written since, nothing, all, the first of it, or any of it,
also with only some sectors of a write; of the names given since, the first of them. Opened again,
everything whose `put` had returned must be there and whole. kill -9 cannot show this: there the
system still writes what it was given.
"""

import argparse
import hashlib
import json
import sqlite3
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import asdict, dataclass, field
from pathlib import Path
from random import Random

from kiosk.domain.submission.delivery import Settlement
from kiosk.domain.submission.model import Kind, SealedSubmission, State
from kiosk.errors import KnownError
from services.storage import migrations
from services.storage.damage import set_aside_before
from services.storage.outbox import SqliteOutbox
from tests.faults.hall import Hall, MovedClock, free_port, made_up, serving, to_first_version
from tests.faults.recorded import Step, record

SECTOR = 512
PUT, ANSWERED = "put", "answered"
_WAYS = ("nothing", "all", "the first", "any", "torn")
_MEMORY = Path("/dev/shm")
_KEY = "signing.pem"
_CYCLES = 6
_AT_SYNC = 0.6
"""So many of the cuts are just before a sync, when most is in the balance."""


@dataclass
class Score:
    """What came of it. `states` are all different from each other."""

    steps: int = 0
    syncs: int = 0
    states: int = 0
    sampled: int = 0
    promised: int = 0
    answered: int = 0
    ways: dict[str, int] = field(default_factory=dict)
    lost: list[str] = field(default_factory=list)
    damaged: list[str] = field(default_factory=list)
    seconds: float = 0.0

    @property
    def clean(self) -> bool:
        return not (self.lost or self.damaged)


@dataclass
class Disk:
    """What is on the disk for good, and what was done since and may be there or not."""

    files: dict[int, bytearray] = field(default_factory=dict)
    pending: dict[int, list[Step]] = field(default_factory=dict)
    names: dict[str, int] = field(default_factory=dict)
    renamed: list[Step] = field(default_factory=list)
    sizes: dict[int, int] = field(default_factory=dict)

    def take(self, step: Step) -> None:
        """The next step of the recording."""
        match step.what:
            case "create" | "unlink" | "rename" | "link":
                if step.what == "create":
                    self.files[step.file], self.pending[step.file] = bytearray(), []
                    self.sizes[step.file] = 0
                self.renamed.append(step)
            case "append":
                at = self.sizes[step.file]
                self._pend(Step("write", step.file, at=at, data=step.data))
            case "write" | "cut":
                self._pend(step)
            case "sync":
                for one in self.pending[step.file]:
                    _apply(self.files[step.file], one, None)
                self.pending[step.file] = []
            case "sync names":
                for one in self.renamed:
                    _rename(self.names, one)
                self.renamed = []

    def _pend(self, step: Step) -> None:
        self.pending[step.file].append(step)
        end = step.at + len(step.data)
        self.sizes[step.file] = end if step.what == "cut" else max(self.sizes[step.file], end)

    def after_a_cut(self, way: str, random: Random) -> dict[str, bytearray]:
        """The files as they may be found."""
        names = dict(self.names)
        for one in self.renamed[: _kept(way, len(self.renamed), random)]:
            _rename(names, one)
        return {
            name: self._content(file, way, random)
            for name, file in names.items()
            if not name.endswith("-shm")  # made anew by whoever opens the database first
        }

    def _content(self, file: int, way: str, random: Random) -> bytearray:
        content, pending = bytearray(self.files[file]), self.pending[file]
        if way in ("any", "torn"):
            likely = random.random()
            pending = [one for one in pending if random.random() < likely]
        else:
            pending = pending[: _kept(way, len(pending), random)]
        for one in pending:
            _apply(content, one, random if way == "torn" else None)
        return content


def _kept(way: str, count: int, random: Random) -> int:
    return {"nothing": 0, "all": count}.get(way, random.randint(0, count))


def _apply(content: bytearray, step: Step, torn: Random | None) -> None:
    if step.what == "cut":
        del content[step.at :]
        content.extend(bytes(step.at - len(content)))
        return
    for at, data in _sectors(step) if torn else [(step.at, step.data)]:
        if torn and torn.random() < 0.5:
            continue
        content.extend(bytes(max(0, at - len(content))))
        content[at : at + len(data)] = data


def _sectors(step: Step) -> Iterator[tuple[int, bytes]]:
    start = 0
    while start < len(step.data):
        end = start + SECTOR - (step.at + start) % SECTOR
        yield step.at + start, step.data[start:end]
        start = end


def _rename(names: dict[str, int], step: Step) -> None:
    match step.what:
        case "create":
            names[step.name] = step.file
        case "unlink":
            names.pop(step.name, None)
        case "link":
            names[step.other] = step.file
        case "rename":
            names.pop(step.name, None)
            names[step.other] = step.file


class Judge:
    """Opens what a cut has left, in memory."""

    def __init__(self, sha256: dict[str, bytes], score: Score) -> None:
        self._sha256, self._score = sha256, score
        self._folder = tempfile.TemporaryDirectory(dir=_MEMORY if _MEMORY.is_dir() else None)
        self._seen: set[int] = set()

    def close(self) -> None:
        self._folder.cleanup()

    def look(
        self, files: dict[str, bytearray], put: set[str], answered: set[str], when: str
    ) -> None:
        state = hash((tuple(sorted((name, bytes(data)) for name, data in files.items())), len(put)))
        self._score.sampled += 1
        if state in self._seen:
            return
        self._seen.add(state)
        self._score.states += 1
        with tempfile.TemporaryDirectory(dir=self._folder.name) as name:
            folder = Path(name)
            for file, content in files.items():
                (folder / file).write_bytes(content)
            try:
                self._judge(folder / "outbox.sqlite", put, answered, when)
            except (KnownError, sqlite3.DatabaseError) as error:
                self._score.damaged.append(f"{when}: {error}")

    def _judge(self, queue: Path, put: set[str], answered: set[str], when: str) -> None:
        outbox = SqliteOutbox(queue)
        aside = set_aside_before(queue)
        self._score.damaged += [f"{when}: {each.name}" for each in aside]
        if not (queue.parent / _KEY).exists():
            self._score.damaged.append(f"{when}: the kiosk's key is gone")
        with closing(sqlite3.connect(queue)) as database:
            (verdict,) = database.execute("PRAGMA integrity_check").fetchone()
            if verdict != "ok":
                self._score.damaged.append(f"{when}: {verdict}")
            rows = database.execute("SELECT id, state, envelope, sha256 FROM outbox").fetchall()
            kept = dict(database.execute("SELECT state, n FROM counters WHERE n <> 0"))
        outbox.close()
        if kept != Counter(state for _, state, *_ in rows):
            self._score.damaged.append(f"{when}: counters {kept}")
        here = set()
        for id, state, envelope, sha256 in rows:
            expected = self._sha256.get(id, sha256)
            if state == State.ACKED:
                whole = id in answered
            else:
                whole = hashlib.sha256(envelope or b"").digest() == sha256 == expected
            if whole:
                here.add(id)
            else:
                self._score.damaged.append(f"{when}: {id} ({state}) is not what was put")
        self._score.lost += [f"{when}: {id}" for id in sorted(put - here)]


@dataclass
class Recording:
    """`steps`, the first of which (`before`) only make what was there already: `old`."""

    steps: list[Step]
    before: int
    old: dict[str, bytes]

    def without_syncs(self, beginning: str) -> "Recording":
        """As if the program had not synced what begins so."""
        files = {step.file for step in self.steps if step.name.startswith(beginning)}
        left = self.steps[: self.before]
        left += [
            step
            for step in self.steps[self.before :]
            if step.what != "sync" or step.file not in files
        ]
        return Recording(left, self.before, self.old)


def power_cut(states: int, seed: int) -> Score:
    """Record, and look at `states` different states."""
    begun = time.monotonic()
    score = cut_in(recording(seed), states, seed)
    score.seconds = round(time.monotonic() - begun, 1)
    return score


def cut_in(recording: Recording, states: int, seed: int) -> Score:
    """Look at `states` different states of what was recorded."""
    random, steps, sha256 = Random(seed), recording.steps, dict(recording.old)
    score = Score(steps=len(steps), syncs=sum(step.what.startswith("sync") for step in steps))
    for step in steps:
        if step.what == "word" and step.name.startswith(PUT):
            _, id, digest = step.name.split()
            sha256[id] = bytes.fromhex(digest)
    score.promised = len(sha256)
    judge = Judge(sha256, score)
    while score.states < states and score.sampled < 4 * states + 100:
        _walk(recording, _moments(recording, states - score.states, random), judge, score, random)
    judge.close()
    return score


def _moments(recording: Recording, count: int, random: Random) -> Counter[int]:
    """After how many steps the power is cut, and how often."""
    steps, first = recording.steps, recording.before
    syncs = [i for i, step in enumerate(steps) if i > first and step.what.startswith("sync")]
    return Counter(
        random.choice(syncs)
        if syncs and random.random() < _AT_SYNC
        else random.randint(first, len(steps))
        for _ in range(count)
    )


def _walk(
    recording: Recording, moments: Counter[int], judge: Judge, score: Score, random: Random
) -> None:
    disk, put, answered = Disk(), set(recording.old), set()
    for number, step in enumerate([*recording.steps, Step("end")]):
        for _ in range(moments[number]):
            way = random.choice(_WAYS)
            score.ways[way] = score.ways.get(way, 0) + 1
            files = disk.after_a_cut(way, random)
            judge.look(files, put, answered, f"step {number}, {way} kept")
        if step.what == "word":
            what, id, *_ = step.name.split()
            (put if what == PUT else answered).add(id)
        else:
            disk.take(step)
    score.answered = len(answered)


def recording(seed: int) -> Recording:
    """What a kiosk did while the server was there, beginning with a queue of the first version."""
    random = Random(seed)
    with tempfile.TemporaryDirectory(prefix="power-cut-") as folder:
        hall = Hall(Path(folder), free_port(random))
        with serving(hall.settings.central_folder, hall.port):
            old = _first_version(hall, random)
            made = hall.settings.kiosk_folder
            steps = record("tests.faults.power_cut", made, "--run", str(hall.port), str(seed))
    before = next(i for i, step in enumerate(steps) if step.what == "sync names") + 1
    return Recording(steps, before, {each.id.hex: each.sha256 for each in old})


def _first_version(hall: Hall, random: Random) -> list[SealedSubmission]:
    line = hall.line()
    made = made_up(random, 6, (Kind.COMPLAINT, Kind.APPLICATION))
    sealed = [line.sealer.seal(one) for one in made]
    line.outbox.put_all(sealed)
    line.outbox.close()
    to_first_version(hall.queue, migrations)
    return sealed


def run(kiosk_folder: Path, port: int, seed: int) -> None:
    """What is recorded: a kiosk's life, each promise and each answer said aloud."""
    random, clock = Random(seed), MovedClock()
    hall = Hall(kiosk_folder.parent, port)
    for cycle in range(_CYCLES):
        line = hall.line(clock)
        _say_what_is_answered(line.outbox)
        for _ in range(6):
            made = made_up(random, random.randint(1, 3))
            if cycle == _CYCLES // 2:  # beyond a log's length: it is written back while in use
                made += made_up(random, 6, (Kind.APPLICATION, *(Kind.ATTACHMENT,) * 9))
            for one in made:
                sealed = line.sealer.seal(one)
                line.outbox.put(sealed)
                _say(f"{PUT} {one.id.hex} {sealed.sha256.hex()}")
            if random.random() < 0.3:
                line.outbox.seen()
            if random.random() < 0.5:
                line.drain.round()
        line.client.close()
        line.outbox.close()


def _say_what_is_answered(outbox: SqliteOutbox) -> None:
    """Before the queue is told."""
    settle = outbox.settle

    def settled(settlements: Sequence[Settlement]) -> None:
        for each in settlements:
            _say(f"{ANSWERED} {each.id.hex}")
        settle(settlements)

    outbox.settle = settled


def _say(words: str) -> None:
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()


def main() -> int:
    """The command line; 0 only if nothing was lost or damaged."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--states", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("folder", nargs="?", type=Path)
    parser.add_argument("--run", nargs=2, type=int, metavar=("PORT", "SEED"))
    arguments = parser.parse_args()
    if arguments.run:
        run(arguments.folder, *arguments.run)
        return 0
    score = power_cut(arguments.states, arguments.seed)
    print(json.dumps(asdict(score)))
    return 0 if score.clean else 1


if __name__ == "__main__":
    raise SystemExit(main())
