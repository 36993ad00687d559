"""Search: what citizens find, and how long each keystroke takes.

- Top-1 and top-5 over both sets of `tests/content/queries`, by the way it is said.
- Milliseconds of every keystroke of those queries (each query typed character by character), with
  the shipped catalogue and with 100,000 made-up items, beside a plain scan of all names for the
  text, in the same run.

`python -m tests.bench search` prints JSON and writes the report `tests/bench/search.json`.
"""

import json
import time
from collections import defaultdict
from collections.abc import Callable, Iterable
from pathlib import Path
from statistics import median, quantiles
from tempfile import TemporaryDirectory

from kiosk import wiring
from kiosk.settings import Settings
from services.catalogue.store import CompiledCatalogue
from tests.bench._many import MANY, compiled
from tests.content.test_search import SETS, TOP_1, TOP_5, ids, queries

REPORT = Path(__file__).with_suffix(".json")
KEYSTROKE_MS, KEYSTROKE_MANY_MS = 5.0, 30.0
KEYSTROKES = 2000


def quality(catalogue: CompiledCatalogue, name: str) -> dict[str, object]:
    """Shares (0..1) of the queries answered first, and among the first five."""
    ranks: defaultdict[str, list[int]] = defaultdict(list)
    for query, expected, style in queries(name):
        found = ids(catalogue.search(query, limit=5))
        rank = next((at for at, item in enumerate(found) if item in expected), len(found))
        ranks[style].append(rank if not set(expected).isdisjoint(found) else 5)
    everything = [rank for some in ranks.values() for rank in some]
    return {
        "queries": len(everything),
        "top_1": _share(everything, 1),
        "top_5": _share(everything, 5),
        "by_style": {
            style: {"queries": len(some), "top_1": _share(some, 1), "top_5": _share(some, 5)}
            for style, some in sorted(ranks.items())
        },
    }


def _share(ranks: list[int], among: int) -> float:
    return round(sum(rank < among for rank in ranks) / len(ranks), 4)


def keystrokes() -> list[str]:
    """What stands in the field after every keystroke of the queries, spread over all of them."""
    asked = [query for name in SETS for query, _, _ in queries(name)]
    typed = [query[:end] for query in asked for end in range(1, len(query) + 1)]
    return typed[:: max(1, len(typed) // KEYSTROKES)]


def timed(search: Callable[[str], object], texts: Iterable[str]) -> list[float]:
    """Milliseconds of each search."""
    found = []
    for text in texts:
        began = time.perf_counter()
        search(text)
        found.append((time.perf_counter() - began) * 1000)
    return found


def scan(names: list[str]) -> Callable[[str], list[str]]:
    """The baseline: every name that holds the text."""
    return lambda text: [name for name in names if text in name]


def latency(catalogue: CompiledCatalogue, texts: list[str]) -> dict[str, float]:
    """Of one catalogue, beside the baseline, the two taking turns."""
    baseline = scan([item.name for item in catalogue.items.values()])
    timed(catalogue.search, texts[:50])
    own, plain = [], []
    for text in texts:
        own += timed(catalogue.search, [text])
        plain += timed(baseline, [text])
    return {
        "items": len(catalogue.items),
        "p50_ms": round(median(own), 3),
        "p99_ms": round(quantiles(own, n=100)[-1], 3),
        "max_ms": round(max(own), 3),
        "scan_p50_ms": round(median(plain), 3),
        "ratio_p50_to_scan": round(median(own) / median(plain), 2),
    }


def measure() -> dict[str, object]:
    """All figures."""
    with TemporaryDirectory(prefix="budayang-") as folder:
        shipped = wiring.catalogue(Settings(base=Path(folder)))
    assert isinstance(shipped, CompiledCatalogue)
    texts = keystrokes()
    return {
        "top_1_target": TOP_1,
        "top_5_target": TOP_5,
        **{name: quality(shipped, name) for name in sorted(SETS)},
        "keystrokes": len(texts),
        "shipped": latency(shipped, texts) | {"p99_target_ms": KEYSTROKE_MS},
        "many": latency(compiled(MANY), texts) | {"p99_target_ms": KEYSTROKE_MANY_MS},
    }


def write_report(figures: dict[str, object]) -> None:
    """The committed report."""
    REPORT.write_text(json.dumps(figures, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    print(json.dumps(measure(), ensure_ascii=False))
