"""This program once more, as a child process."""

import os
import sys
from pathlib import Path


def command(*arguments: str) -> list[str]:
    """The command line that runs one of this program's commands."""
    frozen = getattr(sys, "frozen", False)
    return [sys.executable, *([] if frozen else ["-m", "kiosk"]), *arguments]


def environment() -> dict[str, str]:
    """The environment in which Python finds this program wherever it is started."""
    paths = [str(Path(__file__).parent.parent), os.environ.get("PYTHONPATH", "")]
    return os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, paths))}
