import os
import socket
import struct
import subprocess
import sys
from pathlib import Path

import pytest

from services.uplink.network import Comings, NetworkHints

ROOT = Path(__file__).parents[3]
UP, RUNNING, TENTATIVE = 0x1, 0x40, 0x40
NEWLINK, DELLINK, NEWADDR, DELADDR = 16, 17, 20, 21


def message(kind: int, content: bytes) -> bytes:
    length = 16 + len(content)
    return struct.pack("=IHHII", length, kind, 0, 0, 0) + content + bytes(-length % 4)


def link(flags: int, index: int = 2, kind: int = NEWLINK) -> bytes:
    return message(kind, struct.pack("=BxHiII", 0, 1, index, flags, 0) + b"\5\0\3\0x")


def address(flags: int = 0, kind: int = NEWADDR) -> bytes:
    return message(kind, struct.pack("=BBBBI", 2, 24, flags, 0, 2))


@pytest.mark.parametrize("datagram", [link(UP | RUNNING), address(), link(UP) + address()])
def test_a_link_or_an_address_that_comes_up_is_told(datagram: bytes) -> None:
    assert Comings().any(datagram)


@pytest.mark.parametrize(
    "datagram",
    [
        link(UP),
        link(0),
        address(TENTATIVE),
        link(UP | RUNNING, kind=DELLINK),
        address(kind=DELADDR),
        b"",
        address()[:20],
        bytes(64),
        b"\xff" * 64,
    ],
)
def test_everything_else_is_not(datagram: bytes) -> None:
    assert not Comings().any(datagram)


def test_a_link_comes_up_once_until_it_goes_down() -> None:
    comings = Comings()
    told = [comings.any(link(flags)) for flags in (RUNNING, RUNNING, UP, RUNNING)]
    assert told == [True, False, False, True]
    assert comings.any(link(RUNNING, index=3))


ALONE = """
import subprocess, threading
from services.uplink.network import NetworkHints

heard, hints = threading.Event(), NetworkHints()
hints.start(heard.set)
for step in ("link set lo up", "address add 192.0.2.1/32 dev lo"):
    heard.clear()
    subprocess.run(["ip", *step.split()], check=True)
    assert heard.wait(5), f"nothing heard of: {step}"
hints.stop()
assert threading.active_count() == 1
"""


def test_the_kernel_s_own_word_arrives() -> None:
    """In a process with a network of its own."""
    network = ["unshare", "--net", *([] if os.geteuid() == 0 else ["--map-root-user"])]
    ended = subprocess.run(
        [*network, sys.executable, "-c", ALONE],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert ended.returncode == 0, ended.stderr


@pytest.mark.parametrize("failing", ["socket", "bind"])
def test_where_the_kernel_does_not_tell_nothing_is_heard_and_nothing_fails(
    monkeypatch: pytest.MonkeyPatch, failing: str
) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError

    class Deaf(socket.socket):
        bind = refuse

    monkeypatch.setattr(socket, "socket", refuse if failing == "socket" else Deaf)
    hints = NetworkHints()
    hints.start(pytest.fail)
    hints.stop()


def test_on_another_system_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(socket, "AF_NETLINK")
    hints = NetworkHints()
    hints.start(pytest.fail)
    hints.stop()


def test_it_can_be_started_again() -> None:
    hints = NetworkHints()
    for _ in range(2):
        hints.start(lambda: None)
        hints.stop()
