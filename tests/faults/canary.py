"""Looks for what citizens typed wherever it could have been left.

`python -m tests.faults.canary --strings N` prints JSON: of N planted strings, how many can be read
in any file of kiosk, export and server, in everything either of them logged, and in the kiosk's
memory while citizens are there and after them (`tests.faults.remains`).
"""

import argparse
import base64
import io
import json
import logging
import string
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import replace
from mmap import mmap
from pathlib import Path
from random import Random
from typing import Any

import numpy as np

from kiosk import operating
from kiosk.domain.submission.model import AnsweredQuestion, Kind, Submission
from services.storage.damage import set_aside
from tests.faults.hall import Hall, MovedClock, free_port, made_up, serving

_LENGTH = 24
_WINDOW = 8
_CHUNK = 1 << 26
_SPREAD, _TOP = 0x9E3779B97F4A7C15, 44
"""Fibonacci hashing to 20 bits (Knuth, TAOCP 3, 6.4): most of a core dump is ruled out by it."""


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
        self._likely = np.zeros(1 << 64 - _TOP, dtype=bool)
        self._likely[self._hashed(np.array(list(self._places), dtype="<u8"))] = True

    def __call__(self, content: bytes | mmap) -> set[int]:
        """Which of them can be read there."""
        found = set()
        for chunk in range(0, len(content) - _WINDOW + 1, _CHUNK):
            count = min(_CHUNK, len(content) - chunk) // _WINDOW
            words = np.frombuffer(content, dtype="<u8", count=count, offset=chunk).copy()
            for place in np.flatnonzero(self._likely[self._hashed(words)]):
                for number, start, form in self._places.get(int(words[place]), ()):
                    begin = chunk + int(place) * _WINDOW - start
                    if begin >= 0 and content[begin : begin + len(form)] == form:
                        found.add(number)
        return found

    @staticmethod
    def _hashed(words: "np.ndarray[Any, Any]") -> "np.ndarray[Any, Any]":
        return (words * np.uint64(_SPREAD)) >> np.uint64(_TOP)

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


def main() -> int:
    """The command line; 0 only if nothing can be read after the turn, and the search finds what is
    there before."""
    from tests.faults.remains import in_memory

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--strings", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    count, seed = arguments.strings, arguments.seed
    with tempfile.TemporaryDirectory(prefix="canary-") as folder:
        memory = in_memory(seed, count, Path(folder))
    with tempfile.TemporaryDirectory(prefix="canary-") as folder:
        files = on_disk(planted(seed, count), seed, Path(folder))
    print(json.dumps({"strings": count, "files": files, "memory": memory}))
    seen, left = memory["during"], memory["after"]
    return 1 if files or any(left.values()) or seen["queue"] != count or not seen["screen"] else 0


if __name__ == "__main__":
    raise SystemExit(main())
