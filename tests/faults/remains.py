"""What citizens typed, looked for in the kiosk's memory: core dumps of the real program.

`python -m tests.faults.remains CONFIG SEED COUNT` is that program, `kiosk run`, with citizens at
it: COUNT submissions are handed in as screens do that, and three words are typed on the screen: one
into the search, one into a complaint that is handed in, one into a form that is left lying. It says
when it can be looked at, and goes on with the next line it reads.
"""

import ctypes
import os
import shutil
import string
import subprocess
import sys
from functools import partial
from mmap import ACCESS_READ, mmap
from pathlib import Path
from random import Random

from PySide6.QtCore import QDeadlineTimer, QTimer

from kiosk import startup
from kiosk.__main__ import main as kiosk_program
from kiosk.citizen import Citizen
from kiosk.demonstration import CentralProcess, central_table, free_port
from kiosk.settings import Settings
from kiosk.tour import application
from tests.faults.canary import Finder, planted, typed
from tests.journeys.story import begin, complain
from ui.application import LEFT_MS

_PR_SET_DUMPABLE = 4
_LENGTH = 24
_PIECE = 16
"""Of a word, so much in a row is found."""


def words(seed: int) -> list[str]:
    """What is typed on the screen: its keyboard has small letters first."""
    random = Random(f"typed {seed}")
    return ["".join(random.choices(string.ascii_lowercase, k=_LENGTH)) for _ in range(3)]


def in_memory(seed: int, count: int, folder: Path) -> dict[str, dict[str, int]]:
    """How many of the planted strings ("queue") and of the pieces of the words typed ("screen") can
    be read during the turns and after them. Raises `RuntimeError` without gdb."""
    if shutil.which("gcore") is None:
        raise RuntimeError("gcore is missing: `apt-get install gdb`, or `make test` installs it")
    config = folder / "kiosk.toml"
    silent = '[devices]\nspeaker = "null"\n'
    config.write_text(silent + central_table(free_port()), encoding="utf-8")
    pieces = [piece for word in words(seed) for piece in (word[:_PIECE], word[-_PIECE:])]
    finders = {"queue": Finder(planted(seed, count)), "screen": Finder(pieces)}
    central = CentralProcess(config)
    try:
        with subprocess.Popen(
            [sys.executable, "-m", "tests.faults.remains", str(config), str(seed), str(count)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=os.environ | {"QT_QPA_PLATFORM": "offscreen", "QT_QUICK_BACKEND": "software"},
            text=True,
            bufsize=1,
        ) as kiosk:
            assert kiosk.stdin is not None
            assert kiosk.stdout is not None
            found = {}
            for moment in ("during", "after"):
                if kiosk.stdout.readline() != f"{moment}\n":
                    raise RuntimeError("the kiosk ended by itself")
                found[moment] = _looked_through(kiosk.pid, folder, finders)
                kiosk.stdin.write("\n")
            return found
    finally:
        central.stop()


def _looked_through(process: int, folder: Path, finders: dict[str, Finder]) -> dict[str, int]:
    name = folder / "core"
    subprocess.run(["gcore", "-o", str(name), str(process)], check=True, capture_output=True)
    file = name.with_name(f"core.{process}")
    with file.open("rb") as core, mmap(core.fileno(), 0, access=ACCESS_READ) as content:
        found = {where: len(find(content)) for where, find in finders.items()}
    file.unlink()
    return found


class Visited(startup.Kiosk):
    """The kiosk, and citizens who come to it one after the other."""

    def __init__(
        self, seed: int, count: int, settings: Settings, *, size: tuple[int, int] | None
    ) -> None:
        super().__init__(settings, size=size)
        self._seed, self._count = seed, count
        QTimer.singleShot(0, self._visit)

    def _visit(self) -> None:
        # Whoever looks here need not be root.
        ctypes.CDLL(None).prctl(_PR_SET_DUMPABLE, 1)
        citizen = Citizen.at(self)
        try:
            citizen.visitor.wait(self.backstage.done, "the adapters")
            self._hand_in(citizen)
            self._report(citizen)
            self._leave_a_form(citizen)
            citizen.visitor.wait(QDeadlineTimer(2 * LEFT_MS).hasExpired, "what is left to go")
            _say("after")
        finally:
            self.application.window.close()

    def _hand_in(self, citizen: Citizen) -> None:
        random, outbox = Random(self._seed), self.backstage.result().outbox
        kept = [typed(random, text) for text in planted(self._seed, self._count)]
        citizen.visitor.tap("用您自己的话写")
        citizen.visitor.type(words(self._seed)[0])
        _say("during")
        handed: list[None] = []
        citizen.shell.desk.ask(lambda backstage: backstage.hand_in(kept), handed.append)
        citizen.visitor.wait(lambda: bool(handed), "the queue")
        citizen.visitor.wait(lambda: not outbox.status().waiting, "the central server")
        citizen.visitor.tap("结束离开")

    def _report(self, citizen: Citizen) -> None:
        begin(citizen.visitor)
        complain(self, story=words(self._seed)[1])
        citizen.visitor.tap("我拿好了")

    def _leave_a_form(self, citizen: Citizen) -> None:
        begin(citizen.visitor)
        steps = application(citizen, name=words(self._seed)[2])
        while next(steps)[0] != "name":
            pass
        idle = citizen.shell.desk.idle
        for _ in range(idle.warn_after + idle.countdown):
            citizen.shell.presence.tick()
        citizen.visitor.expect("轻轻一按")


def _say(moment: str) -> None:
    sys.stdout.write(f"{moment}\n")
    sys.stdout.flush()
    sys.stdin.readline()


def main(config: str, seed: int, count: int) -> int:
    startup.Kiosk = partial(Visited, seed, count)
    return kiosk_program(["--config", config, "run", "--window", "1080x1920"])


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3])))
