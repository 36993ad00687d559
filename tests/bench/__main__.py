"""`python -m tests.bench NAME [NAME ...]`: run benchmarks; each prints one JSON object."""

import json
import subprocess
import sys
from importlib import import_module
from pathlib import Path

from kiosk import erasure

NAMES = sorted(file.stem for file in Path(__file__).parent.glob("[a-z]*.py"))

ON_THE_SCREEN = ("catalogue", "ink", "responsiveness", "search", "submitting")
"""What citizens feel is measured with memory written over, as the kiosk does it."""


def main(names: list[str]) -> int:
    """The exit status: 2 unless only names of benchmarks are given. Qt runs once in a process, so
    each has one of its own."""
    if not names or not set(names) <= set(NAMES):
        print(f"give some of: {' '.join(NAMES)}", file=sys.stderr)
        return 2
    if len(names) > 1:
        command = [sys.executable, "-m", "tests.bench"]
        return max(subprocess.run([*command, name], check=False).returncode for name in names)
    if names[0] in ON_THE_SCREEN:
        erasure.start_anew()
        erasure.begin()
    module = import_module(f"tests.bench.{names[0]}")
    figures = module.measure()
    print(json.dumps(figures, ensure_ascii=False), flush=True)
    if hasattr(module, "write_report"):
        module.write_report(figures)
    return 0


sys.exit(main(sys.argv[1:]))
