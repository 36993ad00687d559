"""Headphones: while some are plugged in, nobody else hears what is said to their wearer."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from threading import Event, Thread
from typing import Any, TypeAlias

PROGRAM = "pactl"
AGAIN_SECONDS = 5.0
"""A sound server that has gone may be back by then."""
_SECONDS = 5
_EVENT = re.compile(r"on card|'(new|remove)' on sink ")
_WORN = frozenset({"headphone", "headset"})
_PORTS = frozenset({"headphones", "headset"})
_GONE = "not available"
_TROUBLE = (OSError, ValueError, LookupError, TypeError, subprocess.SubprocessError)
"""The sound server is not there, or says what nobody expects: the jack still works."""

Sink: TypeAlias = dict[str, Any]
"""One of `pactl --format=json list sinks`."""


def wanted(sinks: Sequence[Sink], silenced: set[str]) -> Iterator[tuple[str, ...]]:
    """The commands to `pactl` (pactl(1)) that make it so. `silenced` are the names of the sinks
    that this has muted before; it is kept up to date."""
    worn = wearing(sinks)
    if worn is not None:
        plug = _plug(worn)
        if plug and worn["active_port"] != plug:
            yield "set-sink-port", worn["name"], plug
        yield "set-default-sink", worn["name"]
    for sink in sinks:
        name = sink["name"]
        if worn is None and (port := _loudest(sink)):
            yield "set-sink-port", name, port
        if worn is not None and sink is not worn and not sink["mute"]:
            silenced.add(name)
            yield "set-sink-mute", name, "1"
        elif name in silenced and (worn is None or sink is worn):
            silenced.remove(name)
            yield "set-sink-mute", name, "0"


def wearing(sinks: Sequence[Sink]) -> Sink | None:
    """Where headphones are plugged in."""
    return next((sink for sink in sinks if _plug(sink) is not None), None)


def _plug(sink: Sink) -> str | None:
    """By which port headphones are plugged in there; "" where the sink itself is one; None where
    there are none."""
    for port in sink.get("ports", ()):
        if port["type"].lower() in _PORTS and port["availability"] == "available":
            return str(port["name"])
    return "" if sink.get("properties", {}).get("device.form_factor") in _WORN else None


def _loudest(sink: Sink) -> str | None:
    """The port to go back to from headphones that were pulled out."""
    ports = {port["name"]: port for port in sink.get("ports", ())}
    active = ports.get(sink.get("active_port"))
    if active is None or active["type"].lower() not in _PORTS:
        return None
    others = [port for port in ports.values() if port["type"].lower() not in _PORTS]
    there = [port for port in others if port["availability"] != _GONE]
    return max(there, key=lambda port: port["priority"])["name"] if there else None


class PulseHeadphones:
    """Follows PulseAudio, or PipeWire in its place, in a thread of its own. Where there is neither,
    the machine's own jack decides, and this does nothing."""

    def __init__(self) -> None:
        self._silenced: set[str] = set()
        self._worn: bool | None = None
        self._ended = Event()
        self._ears: subprocess.Popen[str] | None = None
        self._thread: Thread | None = None

    def start(self, worn: Callable[[bool], None]) -> None:
        """Begin to follow. `worn` hears of changes only, not of what is plugged in already."""
        if shutil.which(PROGRAM) is not None:
            self._thread = Thread(target=self._follow, args=(worn,), name="headphones", daemon=True)
            self._thread.start()

    def stop(self) -> None:
        """End the thread and leave no sink muted; returns when it has ended."""
        self._ended.set()
        if self._ears is not None:
            self._ears.terminate()
        if self._thread is not None:
            self._thread.join()
        with suppress(*_TROUBLE):
            for name in self._silenced:
                _told("set-sink-mute", name, "0")

    def settle(self, worn: Callable[[bool], None]) -> None:
        """Make it so, as far as the sound server lets one."""
        with suppress(*_TROUBLE):
            sinks = json.loads(_told("--format=json", "list", "sinks"))
            before, self._worn = self._worn, wearing(sinks) is not None
            with suppress(*_TROUBLE):
                for command in wanted(sinks, self._silenced):
                    _told(*command)
            if before not in (None, self._worn):
                worn(self._worn)

    def _follow(self, worn: Callable[[bool], None]) -> None:
        while not self._ended.is_set():
            self.settle(worn)
            with subprocess.Popen(
                [PROGRAM, "subscribe"],
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                text=True,
            ) as self._ears:
                if self._ended.is_set():
                    self._ears.terminate()
                for line in self._ears.stdout or ():
                    if _EVENT.search(line):
                        self.settle(worn)
            self._ended.wait(AGAIN_SECONDS)


def _told(*command: str) -> str:
    return subprocess.run(
        [PROGRAM, *command], check=True, capture_output=True, text=True, timeout=_SECONDS
    ).stdout
