"""The one-time token a kiosk is enrolled with: a file its operator puts into the kiosk's folder."""

import logging
from pathlib import Path

TOKEN_FILE = "enrol.token"

_log = logging.getLogger(__name__)


class EnrolToken:
    """`file` as long as it is there and may be of use."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._refused = ""

    def read(self) -> str:
        """The token; empty if there is none that has not been refused."""
        try:
            token = self._file.read_text(encoding="ascii").strip()
        except (OSError, ValueError):
            return ""
        return "" if token == self._refused else token

    def spent(self) -> None:
        """The kiosk is enrolled: the token is of no more use to anybody."""
        try:
            self._file.unlink(missing_ok=True)
        except OSError as error:
            _log.warning("%s: is used and cannot be deleted: %s", self._file, error.strerror)

    def refused(self, token: str) -> None:
        """The central server does not take it; it is not shown again until the next start."""
        self._refused = token
        _log.warning("%s: the central server refuses this token", self._file)
