"""The camera for papers. Pictures are JPEG, in memory only."""

import shutil
import subprocess
from collections.abc import Sequence
from itertools import cycle
from pathlib import Path
from threading import Condition, Thread

from kiosk.errors import CameraTrouble

WIDTH, HEIGHT = 1920, 1080
FIRST_PICTURE_SECONDS = 5.0
_BEGIN, _END = b"\xff\xd8\xff", b"\xff\xd9"
_CHUNK = 1 << 16
_LONGEST = 8 << 20
"""Bytes without the end of a picture: then what comes is none."""


class V4l2Camera:
    """Implements `kiosk.ports.Camera` over a V4L2 device: `v4l2-ctl` (Debian's v4l-utils) writes
    one JPEG after another to a pipe."""

    def __init__(self, device: str = "/dev/video0") -> None:
        """Nothing is opened yet."""
        self._device = Path(device)
        self._stream: _Stream | None = None

    def available(self) -> bool:
        """Whether there is one."""
        return self._device.exists() and shutil.which("v4l2-ctl") is not None

    def open(self) -> None:
        """Begin to look. Raises `CameraTrouble`."""
        self.close()
        form = f"width={WIDTH},height={HEIGHT},pixelformat=MJPG"
        words = ["v4l2-ctl", "-d", str(self._device), f"--set-fmt-video={form}"]
        words += ["--stream-mmap=3", "--stream-count=0", "--stream-to=-"]
        try:
            self._stream = _Stream(words)
        except OSError as error:
            raise CameraTrouble(f"v4l2-ctl: {error.strerror}") from error

    def look(self) -> bytes:
        """The newest picture; waits for the first. Raises `CameraTrouble`."""
        stream = self._stream
        picture = stream.newest() if stream else b""
        if not picture:
            raise CameraTrouble(f"{self._device}: gives no picture")
        return picture

    def close(self) -> None:
        """Look no more; the last picture is forgotten."""
        stream, self._stream = self._stream, None
        if stream is not None:
            stream.end()


class _Stream:
    """What a program shows from its start to its end: the pictures and the end of one opening never
    reach the next."""

    def __init__(self, words: Sequence[str]) -> None:
        self._process = subprocess.Popen(
            words, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, bufsize=0
        )
        self._changed = Condition()
        self._newest = b""
        self._ended = False
        Thread(target=self._read, name="camera", daemon=True).start()

    def newest(self) -> bytes:
        """The newest picture, waiting for the first; empty if there is none, or no more."""
        with self._changed:
            self._changed.wait_for(lambda: self._newest or self._ended, FIRST_PICTURE_SECONDS)
            return self._newest

    def end(self) -> None:
        """End the program and forget what it showed."""
        self._process.kill()
        self._process.wait()
        self._finish()

    def _finish(self) -> None:
        with self._changed:
            self._newest, self._ended = b"", True
            self._changed.notify_all()

    def _read(self) -> None:
        seen = b""
        if (pipe := self._process.stdout) is None:
            return
        with pipe:
            while len(seen) <= _LONGEST and (chunk := pipe.read(_CHUNK)):
                seen += chunk
                end = seen.rfind(_END)
                begin = seen.rfind(_BEGIN, 0, max(end, 0))
                if begin >= 0:
                    self._show(seen[begin : end + len(_END)])
                    seen = seen[end + len(_END) :]
        self._finish()

    def _show(self, picture: bytes) -> None:
        with self._changed:
            if not self._ended:
                self._newest = picture
                self._changed.notify_all()


class FileCamera:
    """Implements `kiosk.ports.Camera` over pictures that are there already: for demonstrations and
    tests. Shows one after another, over and over."""

    def __init__(self, pictures: Sequence[bytes]) -> None:
        """Without pictures it is a kiosk without a camera."""
        self._pictures = tuple(pictures)
        self._next = cycle(self._pictures)

    def available(self) -> bool:
        """Whether there is one."""
        return bool(self._pictures)

    def open(self) -> None:
        """Begin to look. Raises `CameraTrouble`."""
        if not self._pictures:
            raise CameraTrouble("no camera")

    def look(self) -> bytes:
        """The next picture. Raises `CameraTrouble`."""
        self.open()
        return next(self._next)

    def close(self) -> None:
        """Look no more."""
        self._next = cycle(self._pictures)
