"""`python -m tests.bench NAME`: run a benchmark; it prints one JSON object."""

import json
import sys
from importlib import import_module
from pathlib import Path

NAMES = sorted(file.stem for file in Path(__file__).parent.glob("[a-z]*.py"))


def main(names: list[str]) -> int:
    """The exit status: 2 unless the name of one benchmark is given. Qt runs once in a process, so
    each has one of its own."""
    if len(names) != 1 or names[0] not in NAMES:
        print(f"give one of: {' '.join(NAMES)}", file=sys.stderr)
        return 2
    module = import_module(f"tests.bench.{names[0]}")
    figures = module.measure()
    print(json.dumps(figures, ensure_ascii=False), flush=True)
    if hasattr(module, "write_report"):
        module.write_report(figures)
    return 0


sys.exit(main(sys.argv[1:]))
