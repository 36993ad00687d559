"""Looks for what citizens typed wherever it could have been left.

`python -m tests.faults.canary --strings N` prints JSON: of N planted strings, how many can be read
in any file of kiosk, export and server, in everything either of them logged, in the kiosk's memory
while the citizen is there (that is the search's own test: all of them), and in its memory after
the turn, when all that held them has been let go (`gcore`): as Python frees it, and as it is freed
where the C library is told to write over it (`WIPING`).
"""

import argparse
import base64
import gc
import io
import json
import logging
import os
import shutil
import string
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from random import Random

import numpy as np

from kiosk import operating
from kiosk.domain.submission.model import AnsweredQuestion, Kind, Submission
from services.storage.damage import set_aside
from tests.faults.hall import Hall, MovedClock, free_port, made_up, serving

WIPING = {
    "PYTHONMALLOC": "malloc",
    "MALLOC_PERTURB_": "85",
    "GLIBC_TUNABLES": "glibc.malloc.tcache_count=0",
}
"""An environment in which memory is written over as it is freed: all of Python's from malloc, and
none put by before that."""
_LENGTH = 24
_WINDOW = 8


def planted(seed: int, count: int) -> list[str]:
    """What is looked for: letters nobody else writes."""
    random = Random(f"canary {seed}")
    return ["".join(random.choices(string.ascii_letters, k=_LENGTH)) for _ in range(count)]


class Finder:
    """Finds planted strings in the encodings they could be left in, in any amount of bytes."""

    def __init__(self, strings: Iterable[str]) -> None:
        self._places: dict[int, list[tuple[int, int, bytes]]] = {}
        for number, text in enumerate(strings):
            for form in _forms(text):
                for start in range(_WINDOW):  # one of so many neighbours is aligned
                    window = int.from_bytes(form[start : start + _WINDOW], "little")
                    self._places.setdefault(window, []).append((number, start, form))
        self._windows = np.array(sorted(self._places), dtype="<u8")

    def __call__(self, content: bytes) -> set[int]:
        """Which of them can be read there."""
        words = np.frombuffer(content, dtype="<u8", count=len(content) // _WINDOW)
        found = set()
        for place in np.flatnonzero(np.isin(words, self._windows)):
            for number, start, form in self._places[int(words[place])]:
                begin = int(place) * _WINDOW - start
                if begin >= 0 and content.startswith(form, begin):
                    found.add(number)
        return found

    def in_files(self, folder: Path) -> dict[str, int]:
        """How many in which file, if any."""
        found = {
            str(file.relative_to(folder)): len(self(file.read_bytes()))
            for file in folder.rglob("*")
            if file.is_file()
        }
        return {name: count for name, count in found.items() if count}


def _forms(text: str) -> Iterator[bytes]:
    plain = text.encode()
    yield plain
    yield text.encode("utf-16-le")
    yield text.encode("utf-32-le")
    yield plain.hex().encode()
    for shift in range(3):  # base64 of what stands somewhere in the middle, its ends left out
        yield base64.b64encode(bytes(shift) + plain)[4:-4]


def typed(random: Random, text: str) -> Submission:
    """A citizen's words in every place of a submission."""
    (one,) = made_up(random, 1, (Kind.COMPLAINT,))
    answer = AnsweredQuestion("what", f"演示 {text}", f"{text}，演示", text)
    return replace(
        one,
        item_name=f"演示{text}",
        answers=(answer,),
        facts={"told": text, "window": True},
        verdict={"class": "demo", "reasons": [text]},
    )


def on_disk(strings: list[str], seed: int, folder: Path) -> dict[str, int]:
    """Every file and line that kiosk, stick and server leave."""
    random, clock, find = Random(seed), MovedClock(), Finder(strings)
    lines = io.StringIO()
    listening = logging.StreamHandler(lines)
    logging.getLogger().addHandler(listening)
    logging.getLogger().setLevel(logging.DEBUG)
    hall = Hall(folder, free_port(random))
    with serving(hall.settings.central_folder, hall.port):
        line = hall.line(clock)
        for text in strings:
            line.outbox.put(line.sealer.seal(typed(random, text)))
        line.drain.round()
        operating.export(hall.settings, folder / "stick")
        found = find.in_files(folder)  # logs not yet written back
        line.client.close()
        line.outbox.close()
    list(operating.take_in(hall.settings, folder / "stick"))
    set_aside(hall.queue, clock.now())
    found |= find.in_files(folder)
    logging.getLogger().removeHandler(listening)
    found |= {"log": n} if (n := len(find(lines.getvalue().encode()))) else {}
    return found


def in_memory(
    strings: list[str], seed: int, folder: Path, environment: Mapping[str, str]
) -> dict[str, int]:
    """How many the kiosk's memory holds during the turns and after them. Raises `RuntimeError`
    without gdb."""
    if shutil.which("gcore") is None:
        raise RuntimeError("gcore is missing: `apt-get install gdb`, or `make test` installs it")
    hall = Hall(folder, free_port(Random(seed)))
    with serving(hall.settings.central_folder, hall.port):
        command = [sys.executable, "-m", "tests.faults.canary", "--turns", str(folder)]
        command += ["--port", str(hall.port), "--seed", str(seed), "--strings", str(len(strings))]
        with subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=os.environ | environment,
            text=True,
            bufsize=1,
        ) as kiosk:
            assert kiosk.stdin is not None
            assert kiosk.stdout is not None
            found = {}
            for moment in ("during", "after"):
                if kiosk.stdout.readline() != f"{moment}\n":
                    raise RuntimeError("the kiosk ended by itself")
                found[moment] = len(Finder(strings)(_core(kiosk.pid, folder)))
                kiosk.stdin.write("\n")
            return found


def _core(process: int, folder: Path) -> bytes:
    name = folder / "core"
    subprocess.run(["gcore", "-o", str(name), str(process)], check=True, capture_output=True)
    file = name.with_name(f"core.{process}")
    content = file.read_bytes()
    file.unlink()
    return content


def turns(hall: Hall, strings: int, seed: int) -> None:
    """One citizen after the other; then nothing holds their words any more."""
    random = Random(seed)
    line = hall.line()
    with closing(line.outbox):
        kept = [typed(random, text) for text in planted(seed, strings)]
        _say("during")
        for one in kept:
            line.outbox.put(line.sealer.seal(one))
        line.drain.round()
        del kept, one
        gc.collect()
        _say("after")


def _say(moment: str) -> None:
    sys.stdout.write(f"{moment}\n")
    sys.stdout.flush()
    sys.stdin.readline()


def main() -> int:
    """The command line; 0 only if nothing can be read on a disk, and the search finds what is
    there. What stays in memory is told, and changes nothing."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--strings", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--turns", type=Path)
    parser.add_argument("--port", type=int)
    arguments = parser.parse_args()
    count, seed = arguments.strings, arguments.seed
    if arguments.turns:
        turns(Hall(arguments.turns, arguments.port), count, seed)
        return 0
    strings = planted(seed, count)
    memory = {}
    for name, environment in (("as freed", {}), ("wiping", WIPING)):
        with tempfile.TemporaryDirectory(prefix="canary-") as folder:
            memory[name] = in_memory(strings, seed, Path(folder), environment)
    with tempfile.TemporaryDirectory(prefix="canary-") as folder:
        files = on_disk(strings, seed, Path(folder))
    print(json.dumps({"strings": count, "files": files, "memory": memory}))
    return 1 if files or any(each["during"] != count for each in memory.values()) else 0


if __name__ == "__main__":
    raise SystemExit(main())
