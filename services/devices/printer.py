"""The printer, through CUPS: `lp` takes PDF on its standard input."""

import os
import re
import shutil
import subprocess
from math import ceil

from kiosk.errors import PrinterTrouble

PRINT_SECONDS, ASK_SECONDS = 10.0, 5.0
_PAGE = re.compile(rb"/MediaBox\s*\[\s*0 0 ([\d.]+) ([\d.]+)\s*\]")
_A4_MM = (210, 297)


class LpPrinter:
    """Implements `kiosk.ports.Printer`. Nothing is written to the kiosk's own disk; what the print
    server keeps while it prints is its operator's to set (`PreserveJobFiles No`)."""

    def __init__(self, queue: str = "") -> None:
        """`queue` is a queue of CUPS; empty: its default."""
        self._queue = queue

    def ready(self) -> bool:
        """Whether there is a queue that takes a job now and is not stopped: that one would keep it
        for later. Blocks at most ten seconds."""
        if shutil.which("lp") is None or shutil.which("lpstat") is None:
            return False
        try:
            queue = self._queue or _default()
            told = _run(["lpstat", "-a", queue, "-p", queue], b"", ASK_SECONDS) if queue else ""
        except PrinterTrouble:
            return False
        lines = told.splitlines()
        takes = any(line.startswith(f"{queue} accepting ") for line in lines)
        stopped = any(line.startswith(f"printer {queue} disabled ") for line in lines)
        return takes and not stopped

    def print(self, pdf: bytes, title: str) -> None:
        """Print a document on paper of its first page's size, made smaller where the queue has none
        so large. Raises `PrinterTrouble`."""
        chosen = ["-d", self._queue] if self._queue else []
        paper = ["-o", f"media={size}"] if (size := _paper(pdf)) else []
        _run(["lp", *chosen, "-t", title, *paper, "-o", "fit-to-page", "-"], pdf, PRINT_SECONDS)


def _default() -> str:
    """The print server's default queue, empty if it has none."""
    return _run(["lpstat", "-d"], b"", ASK_SECONDS).partition(":")[2].strip()


def _paper(pdf: bytes) -> str:
    """The size of a document's first page in CUPS' words: without it CUPS takes the queue's usual
    paper, and a long slip would be made as short as that. Empty where the document does not say."""
    page = _PAGE.search(pdf)
    if page is None:
        return ""
    width, height = (float(points) / 72 * 25.4 for points in page.groups())
    if (round(width), round(height)) == _A4_MM:
        return "A4"
    return f"Custom.{round(width)}x{ceil(height)}mm"


def _run(command: list[str], given: bytes, seconds: float) -> str:
    try:
        done = subprocess.run(
            command,
            input=given,
            capture_output=True,
            timeout=seconds,
            check=False,
            env=os.environ | {"LC_ALL": "C"},
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise PrinterTrouble(f"{command[0]}: {type(error).__name__}") from error
    if done.returncode:
        raise PrinterTrouble(f"{command[0]}: ended with status {done.returncode}")
    return done.stdout.decode("utf-8", "replace")
