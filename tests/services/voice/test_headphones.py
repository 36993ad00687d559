import json
import os
import stat
import sys
from collections.abc import Iterator
from pathlib import Path
from queue import Queue
from threading import Thread
from typing import Any

import pytest

from services.voice import headphones
from services.voice.headphones import PulseHeadphones, Sink, wanted

PATIENCE = 20
SPEAKER, PLUG = "analog-output-speaker", "analog-output-headphones"
PACTL = f"""#!{sys.executable}
import os, shutil, sys
folder = os.path.dirname(__file__)
if sys.argv[1:] == ["--format=json", "list", "sinks"]:
    shutil.copyfileobj(open(f"{{folder}}/sinks.json"), sys.stdout)
elif sys.argv[1:] == ["subscribe"]:
    for line in open(f"{{folder}}/events"):
        print(line, end="", flush=True)
else:
    open(f"{{folder}}/said", "w").write(" ".join(sys.argv[1:]) + "\\n")
"""


def built_in(plugged: bool, active: str = SPEAKER) -> Sink:
    """A sound card with a jack."""
    jack = "available" if plugged else "not available"
    return sink(
        "built-in",
        active_port=active,
        ports=[
            port(SPEAKER, "Speaker", 10000, "availability unknown"),
            port(PLUG, "Headphones", 9900, jack),
        ],
    )


def sink(name: str, **more: Any) -> Sink:
    return {"name": name, "mute": False, "ports": [], "active_port": None, "properties": {}} | more


def port(name: str, kind: str, priority: int, availability: str) -> dict[str, Any]:
    return {"name": name, "type": kind, "priority": priority, "availability": availability}


HEADSET = sink("usb", properties={"device.form_factor": "headset"})


def commands(*sinks: Sink, silenced: set[str] | None = None) -> list[str]:
    return [" ".join(each) for each in wanted(sinks, set() if silenced is None else silenced)]


def test_without_headphones_nothing_is_changed() -> None:
    assert commands(built_in(False), sink("hdmi")) == []
    assert commands() == []


def test_what_is_plugged_in_is_heard_and_nothing_else() -> None:
    silenced: set[str] = set()
    assert commands(built_in(True), sink("hdmi"), silenced=silenced) == [
        f"set-sink-port built-in {PLUG}",
        "set-default-sink built-in",
        "set-sink-mute hdmi 1",
    ]
    assert silenced == {"hdmi"}


def test_a_headset_with_a_sound_card_of_its_own_mutes_the_built_in_speaker() -> None:
    assert commands(built_in(False), HEADSET) == [
        "set-default-sink usb",
        "set-sink-mute built-in 1",
    ]


def test_pulled_out_the_speaker_is_heard_again() -> None:
    silenced = {"hdmi"}
    muted = sink("hdmi", mute=True)
    assert commands(built_in(False, active=PLUG), muted, silenced=silenced) == [
        f"set-sink-port built-in {SPEAKER}",
        "set-sink-mute hdmi 0",
    ]
    assert silenced == set()


def test_what_an_operator_has_muted_stays_muted() -> None:
    assert commands(built_in(True, active=PLUG), sink("hdmi", mute=True)) == [
        "set-default-sink built-in"
    ]
    assert commands(built_in(False), sink("hdmi", mute=True)) == []


@pytest.fixture
def pulse(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A sound server's folder: what its sinks are, what it says happens, what it is told."""
    program = tmp_path / "pactl"
    program.write_text(PACTL)
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    os.mkfifo(tmp_path / "events")
    os.mkfifo(tmp_path / "said")
    (tmp_path / "sinks.json").write_text("[]")
    monkeypatch.setenv("PATH", str(tmp_path), prepend=os.pathsep)
    return tmp_path


@pytest.fixture
def said(pulse: Path) -> Iterator["Queue[str]"]:
    heard: Queue[str] = Queue()
    ears = os.open(pulse / "said", os.O_RDWR)

    def hear() -> None:
        with os.fdopen(ears) as lines:
            for line in lines:
                if line == "\n":
                    return
                heard.put(line.strip())

    thread = Thread(target=hear, daemon=True)
    thread.start()
    yield heard
    (pulse / "said").write_text("\n")
    thread.join(PATIENCE)


def test_it_follows_what_is_plugged_in_and_out(pulse: Path, said: "Queue[str]") -> None:
    adapter = PulseHeadphones()
    worn: Queue[bool] = Queue()
    adapter.start(worn.put)
    with (pulse / "events").open("w", buffering=1) as happens:
        (pulse / "sinks.json").write_text(json.dumps([built_in(True)]))
        happens.write("Event 'change' on client #1\nEvent 'change' on card #0\n")
        assert said.get(timeout=PATIENCE) == f"set-sink-port built-in {PLUG}"
        assert said.get(timeout=PATIENCE) == "set-default-sink built-in"
        assert worn.get(timeout=PATIENCE) is True
        (pulse / "sinks.json").write_text(json.dumps([built_in(False, active=PLUG)]))
        happens.write("Event 'change' on card #0\n")
        assert said.get(timeout=PATIENCE) == f"set-sink-port built-in {SPEAKER}"
        assert worn.get(timeout=PATIENCE) is False
        adapter.stop()
    assert worn.empty()


@pytest.mark.parametrize("listed", ["", "no json", "[{}]", '[{"name": "a"}]', "7"])
def test_a_sound_server_that_talks_nonsense_disturbs_nobody(
    pulse: Path, said: "Queue[str]", listed: str
) -> None:
    (pulse / "sinks.json").write_text(listed)
    worn: list[bool] = []
    PulseHeadphones().settle(worn.append)
    assert said.empty()
    assert not worn


def test_stopped_it_leaves_nothing_muted(pulse: Path, said: "Queue[str]") -> None:
    (pulse / "sinks.json").write_text(json.dumps([HEADSET, sink("hdmi")]))
    adapter = PulseHeadphones()
    worn: list[bool] = []
    adapter.settle(worn.append)
    assert not worn
    assert [said.get(timeout=PATIENCE) for _ in range(2)] == [
        "set-default-sink usb",
        "set-sink-mute hdmi 1",
    ]
    adapter.stop()
    assert said.get(timeout=PATIENCE) == "set-sink-mute hdmi 0"


@pytest.mark.parametrize(
    "event", ["'new' on sink #1", "'remove' on sink #1", "'change' on card #0"]
)
def test_it_looks_again_whenever_something_may_have_been_plugged(event: str) -> None:
    assert headphones._EVENT.search(f"Event {event}")
    assert not headphones._EVENT.search("Event 'new' on sink-input #7")
    assert not headphones._EVENT.search("Event 'change' on sink #1")


def test_where_there_is_no_sound_server_nothing_is_begun(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(headphones, "PROGRAM", "no-such-program")
    adapter = PulseHeadphones()
    worn: list[bool] = []
    adapter.start(worn.append)
    adapter.settle(worn.append)
    adapter.stop()
    assert not worn
