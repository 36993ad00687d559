"""Pinyin and strokes: what the keyboard offers, and how long each key takes.

- Top-1, top-5 and top-10 over both sets of `tests/bench/data`, each phrase typed in its field: the
  held-out one was written before anything was tuned.
- Milliseconds of every key of those phrases, typed letter by letter.
- Seconds until the first answer, and by how much memory grows.
"""

import os
import time
from collections import defaultdict
from collections.abc import Callable, Iterable
from pathlib import Path
from statistics import median, quantiles
from tempfile import TemporaryDirectory
from typing import NamedTuple

from kiosk import wiring
from kiosk.domain.writing import Field
from kiosk.ports import Typing
from kiosk.settings import Settings
from kiosk.wiring import writing

DATA = Path(__file__).parent / "data"
TARGETS = {"top_1": 0.80, "top_5": 0.92, "names_top_10": 0.90, "key_p99_ms": 10.0}
STROKES = ("hspnz", "pszhhpzn", "szhhhshsp", "phshzpn", "n", "zz", "h*s?n")


class Phrase(NamedTuple):
    """What is typed where, and what is meant."""

    field: Field
    letters: str
    text: str


def phrases(name: str) -> list[Phrase]:
    """One of the two sets: `held_out` or `tuned`."""
    lines = (DATA / f"pinyin_{name}.tsv").read_text(encoding="utf-8").splitlines()[1:]
    return [Phrase(Field(field), letters, text) for field, letters, text in map(str.split, lines)]


def quality(typing: Typing, some: Iterable[Phrase]) -> dict[str, object]:
    """Shares (0..1) of the phrases that are offered first, and among the first five and ten."""
    ranks: defaultdict[str, list[int]] = defaultdict(list)
    for field, letters, text in some:
        offered = [each.text for each in typing.candidates(letters, field)]
        ranks[field].append(offered.index(text) if text in offered else len(offered))
    together = [rank for found in ranks.values() for rank in found]
    return _shares(together) | {field: _shares(found) for field, found in sorted(ranks.items())}


def _shares(ranks: list[int]) -> dict[str, object]:
    shares = {
        f"top_{among}": round(sum(rank < among for rank in ranks) / len(ranks), 3)
        for among in (1, 5, 10)
    }
    return {"phrases": len(ranks)} | shares


def keys(asked: Iterable[Callable[[], object]]) -> dict[str, float]:
    """Milliseconds of each, by the clock and of the processor."""
    spent, worked = [], []
    for ask in asked:
        began, at_work = time.perf_counter(), time.thread_time()
        ask()
        worked.append((time.thread_time() - at_work) * 1000)
        spent.append((time.perf_counter() - began) * 1000)
    return {
        "keys": len(spent),
        "p50_ms": round(median(spent), 3),
        "p99_ms": round(quantiles(spent, n=100)[-1], 3),
        "max_ms": round(max(spent), 3),
        "processor_p99_ms": round(quantiles(worked, n=100)[-1], 3),
    }


def _typed(typing: Typing, some: Iterable[Phrase]) -> Iterable[Callable[[], object]]:
    for field, letters, _ in some:
        for end in range(1, len(letters) + 1):
            yield lambda f=field, typed=letters[:end]: typing.candidates(typed, f)


def _megabytes() -> float:
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20


def measure() -> dict[str, object]:
    """All figures."""
    held_out, tuned = phrases("held_out"), phrases("tuned")
    with TemporaryDirectory(prefix="budayang-") as folder:
        settings = Settings(base=Path(folder))
        catalogue = wiring.catalogue(settings)
        before = _megabytes()
        began = time.perf_counter()
        pinyin = writing.pinyin(settings, lambda: catalogue)
        pinyin.candidates("a", Field.TEXT)
        seconds = time.perf_counter() - began
    loaded = _megabytes()
    typed = keys(_typed(pinyin, held_out))
    used = _megabytes()
    strokes = writing.five_strokes()
    long = "zhongguo" * 25
    return {
        "targets": TARGETS,
        "held_out": quality(pinyin, held_out),
        "tuned": quality(pinyin, tuned),
        "key": typed,
        "key_after_200_letters": keys(
            [lambda: pinyin.candidates(long, Field.TEXT) for _ in range(20)]
        ),
        "seconds_until_first_answer": round(seconds, 3),
        "megabytes_when_loaded": round(loaded - before, 1),
        "megabytes_after_all_keys": round(used - before, 1),
        "strokes_key": keys(
            lambda typed=stroke[:end]: strokes.candidates(typed, Field.TEXT)
            for stroke in STROKES * 5
            for end in range(1, len(stroke) + 1)
        ),
    }
