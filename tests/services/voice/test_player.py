import os
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from kiosk.errors import VoiceTrouble
from services.voice.player import Aplay

SOUND = b"RIFF"


@pytest.fixture
def plays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """An `aplay` that does what a line of shell says."""

    def stand_in(line: str) -> None:
        tool = tmp_path / "aplay"
        tool.write_text(f"#!/bin/sh\n{line}\n", encoding="utf-8")
        tool.chmod(0o755)

    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    return stand_in


def test_a_device_that_is_there_is_heard() -> None:
    assert Aplay("null").available()


def test_a_device_that_is_not_there_is_not() -> None:
    player = Aplay("no-such-device")
    assert not player.available()
    with pytest.raises(VoiceTrouble):
        player.play(SOUND, player.turn())


def test_a_machine_without_the_program_has_no_voice(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    assert not Aplay().available()


def test_the_sound_goes_to_the_device_by_a_pipe(
    plays: Callable[[str], None], tmp_path: Path
) -> None:
    plays(f'echo "$@" > {tmp_path}/told; cat > {tmp_path}/heard')
    player = Aplay("hw:1")
    player.play(SOUND, player.turn())
    assert (tmp_path / "heard").read_bytes() == SOUND
    assert (tmp_path / "told").read_text(encoding="utf-8") == "-q -D hw:1 -\n"


def test_silence_ends_what_is_playing(plays: Callable[[str], None], tmp_path: Path) -> None:
    begun = tmp_path / "begun"
    os.mkfifo(begun)
    plays(f"cat > /dev/null; echo > {begun}; exec sleep 60")
    player = Aplay()
    playing = threading.Thread(target=player.play, args=(SOUND, player.turn()))
    playing.start()
    begun.read_bytes()
    player.silence()
    playing.join(5)
    assert not playing.is_alive()


def test_what_was_to_be_said_before_silence_is_not_begun_after_it(
    plays: Callable[[str], None], tmp_path: Path
) -> None:
    plays(f"cat > {tmp_path}/heard")
    player = Aplay()
    turn = player.turn()
    player.silence()
    player.play(SOUND, turn)
    assert not (tmp_path / "heard").exists()
