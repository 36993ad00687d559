"""The printer, through CUPS: `lp` takes PDF on its standard input."""

import os
import shutil
import subprocess

from kiosk.errors import PrinterTrouble

SECONDS = 10.0


class LpPrinter:
    """Implements `kiosk.ports.Printer`. Nothing is written to the kiosk's own disk; what the print
    server keeps while it prints is its operator's to set (`PreserveJobFiles No`)."""

    def __init__(self, queue: str = "") -> None:
        """`queue` is a queue of CUPS; empty: its default."""
        self._queue = queue

    def ready(self) -> bool:
        """Whether there is a queue that takes a job now."""
        if shutil.which("lp") is None or shutil.which("lpstat") is None:
            return False
        wanted = ["-a", self._queue] if self._queue else ["-d"]
        try:
            told = _run(["lpstat", *wanted], b"")
        except PrinterTrouble:
            return False
        return (
            told.startswith(f"{self._queue} accepting ".encode())
            if self._queue
            else told.partition(b":")[2].strip() != b""
        )

    def print(self, pdf: bytes, title: str) -> None:
        """Print a document. Raises `PrinterTrouble`."""
        chosen = ["-d", self._queue] if self._queue else []
        _run(["lp", *chosen, "-t", title, "-o", "fit-to-page", "-"], pdf)


def _run(command: list[str], given: bytes) -> bytes:
    try:
        done = subprocess.run(
            command,
            input=given,
            capture_output=True,
            timeout=SECONDS,
            check=False,
            env=os.environ | {"LC_ALL": "C"},
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise PrinterTrouble(f"{command[0]}: {type(error).__name__}") from error
    if done.returncode:
        raise PrinterTrouble(f"{command[0]}: ended with status {done.returncode}")
    return done.stdout
