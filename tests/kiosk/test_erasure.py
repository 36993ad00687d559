"""The program that shows screens, in a process of its own: what it does to memory is for good."""

import os
import re
import subprocess
import sys
from pathlib import Path

from kiosk.erasure import give_back

ROOT = Path(__file__).parents[2]
SERVICE = ROOT / "resources" / "deploy" / "kiosk.service"
FREED = """
import ctypes
from kiosk import erasure
erasure.start_anew()
if {begun}:
    erasure.begin()
left = 0
for length in (8, 40, 100, 400):
    text = "".join(["citizen"] * length)
    address, size = id(text), len(text)
    del text
    left += b"citizencitizen" in ctypes.string_at(address, size)
print(left)
"""
STACKED = """
import ctypes
from kiosk import erasure
libc = ctypes.CDLL(None)
class Words(ctypes.Structure):
    _fields_ = (("text", ctypes.c_char * 4096),)
words = Words(b"citizen" * 500)
stack = next(line for line in open("/proc/self/maps") if line.endswith("[stack]\\n"))
low, high = (int(end, 16) for end in stack.split()[0].split("-"))
libc.getpid(words)
del words
{sweep}
with open("/proc/self/mem", "rb") as memory:
    memory.seek(low)
    print(memory.read(high - low).count(b"citizen" * 2))
"""
STARTED = """
import os, sys
from kiosk import erasure
print("started", os.environ.get("GLIBC_TUNABLES"), *sys.argv[1:], flush=True)
erasure.start_anew()
"""


def ran(program: str, *arguments: str, **environment: str) -> list[str]:
    ended = subprocess.run(
        [sys.executable, "-c", program, *arguments],
        cwd=ROOT,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    return ended.stdout.splitlines()


def test_what_is_freed_can_be_read() -> None:
    assert int(ran(FREED.format(begun=False))[0]) > 0


def test_what_is_freed_cannot_be_read_once_that_has_begun() -> None:
    assert ran(FREED.format(begun=True)) == ["0"]


def test_what_calls_leave_on_the_stack_can_be_read() -> None:
    assert int(ran(STACKED.format(sweep=""))[0]) > 0


def test_what_calls_leave_on_the_stack_cannot_be_read_once_it_is_written_over() -> None:
    sweep = "erasure.write_over_the_stack()"
    assert ran(STACKED.format(sweep=sweep)) == ["0"]


def test_what_is_free_is_given_back() -> None:
    def resident() -> int:
        return int(Path("/proc/self/statm").read_text().split()[1])

    held = [bytes([n % 251]) * 1000 for n in range(50_000)]
    full = resident()
    del held[:-1]
    give_back()
    assert resident() < full - 8000


def test_a_program_starts_anew_once_and_with_the_same_words() -> None:
    off = "glibc.malloc.tcache_count=0"
    assert ran(STARTED, "a b", GLIBC_TUNABLES="") == ["started  a b", f"started {off} a b"]


def test_what_else_is_tuned_stays() -> None:
    tuned = "glibc.malloc.arena_max=2"
    both = f"{tuned}:glibc.malloc.tcache_count=0"
    assert ran(STARTED, GLIBC_TUNABLES=tuned) == [f"started {tuned}", f"started {both}"]
    assert ran(STARTED, GLIBC_TUNABLES=both) == [f"started {both}"]


def test_its_service_starts_it_as_it_wants_to_be_started() -> None:
    (tunables,) = re.findall(
        r"^Environment=GLIBC_TUNABLES=(.+)$", SERVICE.read_text(), re.MULTILINE
    )
    assert ran(STARTED, GLIBC_TUNABLES=tunables) == [f"started {tunables}"]
