"""Kills kiosk and central server with SIGKILL, again and again, and looks for what was promised.

`python -m tests.faults.kill_rounds --rounds N` prints JSON. Each round a real kiosk
(`kiosk.wiring`, its uplink running) takes submissions and a real server (uvicorn on loopback)
registers them, until one of them or both are killed: at a random moment, or by themselves at a
named point (`points.py`). The other lives on. Halls begin with databases of the first version that
hold something. After every round the oracle looks at both; at the end of a hall everything must
have arrived, and a fresh submission with it. `lost`, `duplicates` and `damaged` must be empty.
"""

import argparse
import gc
import json
import logging
import os
import pickle
import select
import shutil
import signal
import struct
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from datetime import timedelta
from importlib import import_module
from pathlib import Path
from random import Random
from uuid import UUID

from sqlalchemy.orm import configure_mappers

from kiosk.domain.submission.model import Kind, Submission
from services.central import migrations as central_migrations
from services.storage import migrations as storage_migrations
from services.uplink.uplink import BackgroundUplink
from tests.faults import points
from tests.faults.hall import (
    Hall,
    MovedClock,
    application,
    free_port,
    listen,
    made_up,
    server,
    serving,
    to_first_version,
    workdays,
)
from tests.faults.oracle import Oracle, Verdict, all_well

ROUNDS_PER_HALL = 25
_LONGEST_LIFE = 0.06
_PATIENCE = 0.4
"""Seconds until a point that is not reached is given up."""
_MOST_AT_ONCE = 5
_PUT_BACK = timedelta(minutes=3)
"""So much later is it when a kiosk starts again: a lease of the one before it has run out."""
_OFTEN = ("put: written", "step", "table", "sealed", "part written", "exchange: answered")
"""Points reached several times in a round."""
_PICTURES = (Kind.APPLICATION, Kind.ATTACHMENT)
_RANDOM = "at random"
_KNOWN = 3
"""How many submissions the databases of the first version hold, registered and waiting each."""


@dataclass
class Score:
    """What came of the rounds. `unreported`: kept, but killed before saying so."""

    rounds: int = 0
    killed: int = 0
    kills: dict[str, int] = field(default_factory=dict)
    not_reached: dict[str, int] = field(default_factory=dict)
    promised: int = 0
    registered: int = 0
    unreported: int = 0
    lost: list[str] = field(default_factory=list)
    duplicates: list[str] = field(default_factory=list)
    damaged: list[str] = field(default_factory=list)
    seconds: float = 0.0

    @property
    def clean(self) -> bool:
        return not (self.lost or self.duplicates or self.damaged)

    def add(self, verdict: Verdict) -> None:
        self.lost += verdict.lost
        self.duplicates += verdict.duplicates
        self.damaged += verdict.damaged + verdict.strangers

    def join(self, other: "Score") -> None:
        for name, value in asdict(other).items():
            if isinstance(value, dict):
                setattr(self, name, dict(Counter(getattr(self, name)) + Counter(value)))
            else:
                setattr(self, name, getattr(self, name) + value)


class Process:
    """A forked child, what it says, and the trigger by which it kills itself."""

    def __init__(self, live: Callable[[points.Trigger, int, int], None]) -> None:
        self.trigger = points.Trigger()
        self._live = live
        self.pid = 0
        self._heard = bytearray()

    def start(self) -> None:
        heard, say = os.pipe()
        told, self._tell = os.pipe()
        self.pid = os.fork()
        if self.pid == 0:
            os.close(heard)
            os.close(self._tell)
            try:
                self._live(self.trigger, told, say)
            finally:
                os._exit(1)
        os.close(say)
        os.close(told)
        self._hear, self._heard = heard, bytearray()

    def tell(self, content: bytes) -> None:
        try:
            os.write(self._tell, struct.pack("<I", len(content)))
            for start in range(0, len(content), 1 << 14):
                os.write(self._tell, content[start : start + (1 << 14)])
        except BrokenPipeError:
            return  # it has died by itself

    def dies_within(self, seconds: float) -> bool:
        """Whether it did; meanwhile listens to it."""
        deadline = time.monotonic() + seconds
        while (rest := deadline - time.monotonic()) > 0:
            if select.select([self._hear], [], [], rest)[0] and not self._listen():
                return True
        return False

    def speaks(self) -> None:
        """Wait for its first word."""
        while b"\n" not in self._heard and self._listen():
            continue
        self.said()

    def end(self) -> list[str]:
        """Kill it, if it is not dead; the whole lines it wrote since it was last asked."""
        os.kill(self.pid, signal.SIGKILL)
        while self._listen():
            pass
        said = self.said()
        os.close(self._hear)
        os.close(self._tell)
        _, status = os.waitpid(self.pid, 0)
        self.pid = 0
        if not os.WIFSIGNALED(status):
            raise RuntimeError("the child ended by itself")
        return said

    def said(self) -> list[str]:
        """The whole lines it wrote since it was last asked."""
        while self.pid and select.select([self._hear], [], [], 0)[0] and self._listen():
            pass
        whole, _, rest = self._heard.rpartition(b"\n")
        self._heard = bytearray(rest)
        return whole.decode().splitlines()

    def _listen(self) -> bool:
        chunk = os.read(self._hear, 65536)
        self._heard += chunk
        return bool(chunk)


class Siege:
    """One hall under attack."""

    def __init__(self, template: Path, random: Random, score: Score) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="kill-rounds-"))
        shutil.copytree(template, self.folder, dirs_exist_ok=True)
        self.hall = Hall(self.folder, free_port(random))
        self.clock = MovedClock()
        self._random, self._score = random, score
        self._handed_in: dict[UUID, Submission] = pickle.loads((template / "known").read_bytes())
        self._promised = set(self._handed_in)
        self._found: set[UUID] = set(self._handed_in)
        self._oracle = Oracle(self.hall)
        self._kiosk, self._central = Process(self._live_kiosk), Process(self._live_central)

    def round(self, first: bool) -> None:
        victim, point = self._choose(first)
        trigger = victim.trigger if victim else None
        kinds = _PICTURES if "upload" in point else ()
        made = made_up(self._random, self._random.randint(1, _MOST_AT_ONCE), kinds)
        self._handed_in |= {one.id: one for one in made}
        if trigger and point != _RANDOM:
            most = len(made) if point.endswith(_OFTEN) else 1
            trigger.set(point, self._random.randint(1, most))
        for process in (self._central, self._kiosk):
            if not process.pid:
                if process is self._kiosk:
                    self.clock.advance(_PUT_BACK)
                process.start()
                if process is self._central:
                    process.speaks()
        self._kiosk.tell(pickle.dumps(made))
        dead = [victim] if victim else [self._kiosk, self._central]
        if point == _RANDOM:
            dead[0].dies_within(self._random.uniform(0, _LONGEST_LIFE))
        elif not dead[0].dies_within(_PATIENCE):
            _count(self._score.not_reached, point)
            point = _RANDOM
        for process in dead:
            said = process.end()
            self._score.killed += 1
            self._hear(said if process is self._kiosk else [])
            process.trigger.clear()
        _count(self._score.kills, point)
        self._inspect((self._kiosk in dead, self._central in dead))
        self._score.rounds += 1

    def _choose(self, first: bool) -> tuple[Process | None, str]:
        """Who dies (None: both), and at which point."""
        victim = self._random.choice((self._kiosk, self._kiosk, self._central, self._central, None))
        if victim is None or self._random.random() < 0.3:
            return victim, _RANDOM
        starts = first or not victim.pid
        if victim is self._kiosk:
            migrates = self._random.random() < 0.7 and first
            return victim, "kiosk " + self._random.choice(
                points.KIOSK_MIGRATION if migrates else points.KIOSK
            )
        starting = points.CENTRAL_START[0 if first else 3 :]
        early = starts and self._random.random() < 0.5
        return victim, "central " + self._random.choice(starting if early else points.CENTRAL)

    def _hear(self, lines: list[str]) -> None:
        self._promised |= {UUID(line) for line in lines}

    def _inspect(self, killed: tuple[bool, bool]) -> None:
        self._hear(self._kiosk.said())
        verdict = self._oracle.judge(self._promised, self._handed_in, copies=killed)
        self._score.add(verdict)
        found = verdict.registered | verdict.waiting | verdict.dead
        self._score.unreported += len(found - self._promised - self._found)
        self._found |= found

    def end(self) -> None:
        """Everything arrives in the end."""
        for process in (self._kiosk, self._central):
            said = process.end() if process.pid else []
            self._hear(said if process is self._kiosk else [])
            process.trigger.clear()
        central = Process(self._live_central)
        central.start()
        self.clock.advance(_PUT_BACK)
        verdict = all_well(self.hall, self.clock, self._promised, self._handed_in, self._random)
        central.end()
        self._score.add(verdict)
        self._score.promised += len(self._promised)
        self._score.registered += len(verdict.registered)
        if self._score.clean:
            shutil.rmtree(self.folder)
        else:
            print(f"see {self.folder}", file=sys.stderr)

    def _live_kiosk(self, trigger: points.Trigger, told: int, say: int) -> None:
        points.in_kiosk(trigger)
        random = Random(self._random.random())
        line = self.hall.line(self.clock)
        uplink = BackgroundUplink(
            line.drain,
            line.outbox,
            line.client,
            clock=self.clock,
            random=random,
            news=line.news,
            circuits=line.circuits,
        )
        uplink.start()
        with os.fdopen(told, "rb") as ears:
            while True:
                (size,) = struct.unpack("<I", ears.read(4))
                for one in pickle.loads(ears.read(size)):
                    sealed = line.sealer.seal(one)
                    line.outbox.put(sealed)
                    os.write(say, f"{one.id.hex}\n".encode())
                    uplink.poke()
                    if random.random() < 0.1:  # pressed twice
                        line.outbox.put(line.sealer.seal(one))

    def _live_central(self, trigger: points.Trigger, told: int, say: int) -> None:
        points.in_central_storage(trigger)
        with listen(self.hall.port) as listener:
            os.write(say, b"listening\n")
            app = points.in_central(trigger, application(self.hall.settings.central_folder))
            server(app).run(sockets=[listener])


def kill_rounds(rounds: int, seed: int) -> Score:
    """Play `rounds` rounds, in a fresh hall every so many."""
    random, score, begun = Random(seed), Score(), time.monotonic()
    logging.disable()  # that the server is not there is no news here
    signal.signal(signal.SIGPIPE, signal.SIG_IGN)
    with tempfile.TemporaryDirectory(prefix="kill-rounds-template-") as folder:
        template = Path(folder)
        _in_a_child(lambda: _make_template(template, random))
        _warm_up(template)
        while score.rounds < rounds:
            siege = Siege(template, random, score)
            for number in range(min(ROUNDS_PER_HALL, rounds - score.rounds)):
                siege.round(first=number == 0)
            siege.end()
    score.seconds = round(time.monotonic() - begun, 1)
    return score


def _count(counts: dict[str, int], name: str) -> None:
    counts[name] = counts.get(name, 0) + 1


def _in_a_child(work: Callable[[], None]) -> None:
    """What needs threads is done elsewhere: this process forks."""
    if (child := os.fork()) == 0:
        try:
            work()
            os._exit(0)
        finally:
            os._exit(1)
    if os.waitpid(child, 0)[1]:
        raise RuntimeError("a child failed")


def _warm_up(template: Path) -> None:
    """Load once what every child would have to load."""
    for name in (template / "modules").read_text().split():
        with suppress(ImportError):
            import_module(name)
    configure_mappers()
    workdays()
    gc.collect()
    gc.freeze()


def _make_template(folder: Path, random: Random) -> None:
    """Kiosk and server as a first version would have left them, with something in each."""
    kinds = (Kind.COMPLAINT, Kind.APPLICATION)
    registered, waiting = made_up(random, _KNOWN, kinds), made_up(random, _KNOWN, kinds)
    port = free_port(random)
    hall = Hall(folder, port)
    with serving(hall.settings.central_folder, port):
        line = hall.line()
        line.outbox.put_all(line.sealer.seal(one) for one in registered)
        line.drain.round()
        line.outbox.put_all(line.sealer.seal(one) for one in waiting)
        line.client.close()
        line.outbox.close()
    to_first_version(hall.queue, storage_migrations)
    to_first_version(hall.register, central_migrations)
    names = [name for name, module in sys.modules.items() if module and "__" not in name]
    (folder / "modules").write_text("\n".join(names))
    (folder / "known").write_bytes(pickle.dumps({one.id: one for one in (*registered, *waiting)}))


def side_by_side(rounds: int, seed: int, workers: int) -> Score:
    """The same in several processes at once, each with a seed of its own."""
    shares = [rounds // workers + (number < rounds % workers) for number in range(workers)]
    command = [sys.executable, "-m", __spec__.name if __spec__ else "tests.faults.kill_rounds"]
    running = [
        subprocess.Popen(
            [*command, "--rounds", str(share), "--seed", str(seed + 1_000_000 * number)],
            stdout=subprocess.PIPE,
        )
        for number, share in enumerate(shares)
    ]
    begun, whole = time.monotonic(), Score()
    for each in running:
        said, _ = each.communicate()
        whole.join(Score(**json.loads(said)))
    whole.seconds = round(time.monotonic() - begun, 1)
    return whole


def main() -> int:
    """The command line; 0 only if nothing was lost, doubled or damaged."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--workers", type=int, default=1)
    arguments = parser.parse_args()
    if arguments.workers > 1:
        score = side_by_side(arguments.rounds, arguments.seed, arguments.workers)
    else:
        score = kill_rounds(arguments.rounds, arguments.seed)
    print(json.dumps(asdict(score)))
    return 0 if score.clean else 1


if __name__ == "__main__":
    raise SystemExit(main())
