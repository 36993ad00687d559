"""Room kept free, so that what is queued can still be sent when the disk is full."""

import os
from pathlib import Path

RESERVE_BYTES = 16 << 20
"""More than the log of one settled batch and its checkpoint take."""
MARGIN_BYTES = 16 << 20
"""So much more has to be free before room is kept again: a disk at its brim must not have the kiosk
open and close with every submission."""


class Reserve:
    """A file of zeroes that is given up when the disk is full."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self.spent = False
        """Room has been given up: nothing more may be taken in."""

    def hold(self) -> bool:
        """Keep the room, and say whether it is kept."""
        if not self._kept():
            self.spent = not self._keep()
        return not self.spent

    def release(self) -> bool:
        """Give the room up; whether there was any to give."""
        self.spent = True
        try:
            self._file.unlink()
        except OSError:
            return False
        return True

    def _kept(self) -> bool:
        try:
            return not self.spent and self._file.stat().st_blocks * 512 >= RESERVE_BYTES
        except OSError:
            return False

    def _keep(self) -> bool:
        try:
            disk = os.statvfs(self._file.parent)
            if disk.f_bavail * disk.f_frsize < RESERVE_BYTES + MARGIN_BYTES:
                return False
            handle = os.open(self._file, os.O_WRONLY | os.O_CREAT, 0o600)
            try:
                os.posix_fallocate(handle, 0, RESERVE_BYTES)
            finally:
                os.close(handle)
        except OSError:
            return False
        return True
