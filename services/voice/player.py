"""Sound comes out."""

import shutil
import subprocess
from threading import Lock

from kiosk.errors import VoiceTrouble

PROGRAM = "aplay"
_HALF_A_MOMENT = b"RIFF\xec\x00\x00\x00WAVEfmt \x10\x00\x00\x00\x01\x00\x01\x00" + (
    b"\x40\x1f\x00\x00\x40\x1f\x00\x00\x01\x00\x08\x00data\xc8\x00\x00\x00" + b"\x80" * 200
)
"""25 ms of silence."""
LONGEST_SECONDS = 60.0


class Aplay:
    """Plays WAV files by ALSA's `aplay` on one of its devices, one at a time."""

    def __init__(self, device: str = "default") -> None:
        """Nothing is opened yet."""
        self._device = device
        self._guard = Lock()
        self._playing: subprocess.Popen[bytes] | None = None
        self._wanted = 0

    def available(self) -> bool:
        """Whether the machine can be heard: a moment of silence is played."""
        if shutil.which(PROGRAM) is None:
            return False
        try:
            self.play(_HALF_A_MOMENT, self.turn())
        except VoiceTrouble:
            return False
        return True

    def turn(self) -> int:
        """What `play` is to be given to be heard: `silence` ends all turns before it."""
        return self._wanted

    def play(self, wav: bytes, turn: int) -> None:
        """Play to the end, or until `silence`; nothing if silence has been asked for since `turn`.
        Raises `VoiceTrouble`."""
        try:
            with self._guard:
                if turn != self._wanted:
                    return
                playing = self._playing = subprocess.Popen(
                    [PROGRAM, "-q", "-D", self._device, "-"],
                    stdin=subprocess.PIPE,
                    stderr=subprocess.DEVNULL,
                )
            playing.communicate(wav, timeout=LONGEST_SECONDS)
        except (OSError, subprocess.SubprocessError) as error:
            self.silence()
            raise VoiceTrouble(f"{PROGRAM}: {type(error).__name__}") from None
        if playing.returncode > 0:
            raise VoiceTrouble(f"{PROGRAM}: ended with status {playing.returncode}")

    def silence(self) -> None:
        """Be silent at once."""
        with self._guard:
            self._wanted += 1
            if self._playing is not None:
                self._playing.kill()
                self._playing = None
