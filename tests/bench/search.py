"""Search latency over the shipped catalogue, beside a plain substring scan of the same texts.

`python -m tests.bench.search` prints one JSON object; all times are milliseconds.
"""

import json
import statistics
from collections.abc import Callable, Sequence
from pathlib import Path
from time import perf_counter

from kiosk.domain.catalogue.search import Index
from services.content.catalogue import load_catalogue

ROOT = Path(__file__).parents[2]
LONGEST_TYPED = 30
ROUNDS = 5


def main() -> None:
    """Measure and print."""
    items = tuple(load_catalogue(ROOT / "resources" / "catalogue").items.values())
    texts = [text for item in items for text in (item.name, *item.aliases)]
    start = perf_counter()
    index = Index.build(items)
    build_ms = _since(start)
    queries = _queries()

    def scan(query: str) -> object:
        return [text for text in texts if query in text]

    found = sorted(_times(index.search, queries))
    baseline_ms = statistics.median(_times(scan, queries))
    cuts = statistics.quantiles(found, n=100)
    figures = {
        "items": len(items),
        "queries": len(found),
        "p50_ms": cuts[49],
        "p95_ms": cuts[94],
        "p99_ms": cuts[98],
        "build_ms": build_ms,
        "baseline_ms": baseline_ms,
        "ratio_p99_to_baseline": cuts[98] / baseline_ms,
    }
    print(json.dumps({name: round(figure, 3) for name, figure in figures.items()}))


def _queries() -> Sequence[str]:
    """What citizens say, each also as far as it was typed after every character, and long ones."""
    lines = (ROOT / "tests" / "content" / "queries.tsv").read_text(encoding="utf-8").splitlines()
    said = [line.split("\t")[0] for line in lines[1:]]
    typed = [words[:length] for words in said for length in range(1, len(words) + 1)]
    joined = "".join(said)
    long = [joined[at : at + LONGEST_TYPED] for at in range(0, len(joined), LONGEST_TYPED)]
    return typed + long


def _times(search: Callable[[str], object], queries: Sequence[str]) -> list[float]:
    times = []
    for _ in range(ROUNDS):
        for query in queries:
            start = perf_counter()
            search(query)
            times.append(_since(start))
    return times


def _since(start: float) -> float:
    return (perf_counter() - start) * 1000


if __name__ == "__main__":
    main()
