"""`python -m tests.bench NAME…`: run benchmarks by name; each prints one JSON object."""

import json
import sys
from importlib import import_module
from pathlib import Path

NAMES = sorted(file.stem for file in Path(__file__).parent.glob("[a-z]*.py"))


def main(names: list[str]) -> int:
    """The exit status: 2 for a name that no benchmark has."""
    unknown = [name for name in names if name not in NAMES]
    if unknown or not names:
        print(f"benchmarks: {' '.join(NAMES)}", file=sys.stderr)
        return 2
    for name in names:
        module = import_module(f"tests.bench.{name}")
        figures = module.measure()
        print(json.dumps(figures, ensure_ascii=False), flush=True)
        if hasattr(module, "write_report"):
            module.write_report(figures)
    return 0


sys.exit(main(sys.argv[1:]))
