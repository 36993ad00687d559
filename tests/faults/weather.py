"""Carries a queue to a real server over a line in bad weather, and waits until it clears.

`python -m tests.faults.weather --storms N` prints JSON. In every storm a kiosk takes submissions
while each exchange meets something of `proxy.EXCHANGES`, mixed at random; in the end the oracle
must find everything, once.
"""

import argparse
import json
import logging
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from datetime import timedelta
from pathlib import Path
from random import Random
from uuid import UUID

from kiosk import wiring
from kiosk.domain.submission.model import Kind, Submission
from kiosk.errors import CentralUnreachable
from tests.faults.hall import Hall, MovedClock, made_up, serving
from tests.faults.oracle import Verdict, all_well
from tests.faults.proxy import EXCHANGES, SLOW, Proxy

_EXCHANGES_A_STORM = 40
_SLOW_IN_A_STORM = 0.02


@dataclass
class Score:
    """What came of the storms."""

    storms: int = 0
    exchanges: int = 0
    promised: int = 0
    registered: int = 0
    met: dict[str, int] = field(default_factory=dict)
    lost: list[str] = field(default_factory=list)
    duplicates: list[str] = field(default_factory=list)
    damaged: list[str] = field(default_factory=list)
    seconds: float = 0.0

    @property
    def clean(self) -> bool:
        return not (self.lost or self.duplicates or self.damaged)


@dataclass
class Scene:
    """A kiosk, a server and the line between them."""

    hall: Hall
    proxy: Proxy
    clock: MovedClock
    line: wiring.Line
    promised: dict[UUID, Submission] = field(default_factory=dict)

    def hand_in(self, made: Sequence[Submission]) -> None:
        for one in made:
            self.line.outbox.put(self.line.sealer.seal(one))
            self.promised[one.id] = one

    def round(self) -> None:
        """One exchange, however it ends; if nothing is due, after the wait for it."""
        try:
            if self.line.drain.round():
                return
        except CentralUnreachable:
            return
        wake = self.line.outbox.next_wake(self.clock.now())
        if wake is not None:
            self.clock.advance(max(wake - self.clock.now(), timedelta()) + timedelta(seconds=1))

    def clears(self, random: Random) -> Verdict:
        self.proxy.forecast()
        return all_well(self.hall, self.clock, self.promised, self.promised, random)


@contextmanager
def scene(folder: Path) -> Iterator[Scene]:
    with serving(Hall(folder, 1).settings.central_folder) as port:
        proxy = Proxy(port)
        hall, clock = Hall(folder, proxy.port), MovedClock()
        line = hall.line(clock)
        try:
            yield Scene(hall, proxy, clock, line)
        finally:
            line.client.close()
            line.outbox.close()
            proxy.close()


def storm(here: Scene, weathers: Sequence[str], random: Random) -> None:
    """Hand in while every exchange meets the next of `weathers`."""
    here.proxy.forecast(*weathers)
    while not here.proxy.cleared:
        kinds = (Kind.COMPLAINT, Kind.INQUIRY) if random.random() < 0.8 else ()
        if here.line.outbox.status().waiting < 30:
            here.hand_in(made_up(random, random.randint(1, 12), kinds))
        here.round()


def storms(count: int, seed: int) -> Score:
    """So many storms, each over a hall of its own."""
    random, score, begun = Random(seed), Score(), time.monotonic()
    quick = sorted(EXCHANGES.keys() - SLOW)
    met: Counter[str] = Counter()
    for _ in range(count):
        with tempfile.TemporaryDirectory(prefix="weather-") as folder, scene(Path(folder)) as here:
            weathers = [
                random.choice(sorted(SLOW) if random.random() < _SLOW_IN_A_STORM else quick)
                for _ in range(_EXCHANGES_A_STORM)
            ]
            storm(here, weathers, random)
            verdict = here.clears(random)
            met.update(here.proxy.met)
        score.storms += 1
        score.promised += len(here.promised)
        score.registered += len(verdict.registered)
        score.lost += verdict.lost
        score.duplicates += verdict.duplicates
        score.damaged += verdict.damaged + verdict.strangers
    score.met, score.exchanges = dict(met), met.total()
    score.seconds = round(time.monotonic() - begun, 1)
    return score


def main() -> int:
    """The command line; 0 only if nothing was lost, doubled or damaged."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--storms", type=int, default=10)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    logging.disable()
    score = storms(arguments.storms, arguments.seed)
    print(json.dumps(asdict(score)))
    return 0 if score.clean else 1


if __name__ == "__main__":
    raise SystemExit(main())
