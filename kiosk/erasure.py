"""What a citizen typed cannot be read in memory once it has been let go.

Neither Python nor the C library clears memory that is freed: a core dump would tell for hours what
was typed. Here all of it is written over as it is freed (mallopt(3), `M_PERTURB`). Python's own
allocator would keep freed objects to itself, and so would the caches that the C library has for
each thread: objects come straight from `malloc`, and those caches are off. A short `bytearray` or
`array` alone still comes from Python's own: nothing of a citizen goes into one.
"""

from __future__ import annotations

import os
import sys
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

NO_CACHES = "glibc.malloc.tcache_count=0"
_M_PERTURB, _M_MMAP_THRESHOLD = -6, -3
_PATTERN = 0x55
_LARGE_BYTES = 1 << 20
"""A block of so many is the system's own again as soon as it is freed."""
_PR_SET_DUMPABLE = 4
_RAW, _MEMORY, _OBJECTS = range(3)
"""`PyMemAllocatorDomain`"""
_MALLOC, _CALLOC = 1, 2
"""Of the five pointers of a `PyMemAllocatorEx`."""
_STACK_BYTES = 256 << 10
"""Deeper than work in Python and QML goes."""


def start_anew() -> None:
    """Where the C library has its caches, start this program once more, without them: it reads
    `GLIBC_TUNABLES` only as it starts. Then this does not return."""
    given = [each for each in os.environ.get("GLIBC_TUNABLES", "").split(":") if each]
    if NO_CACHES not in given:
        os.environ["GLIBC_TUNABLES"] = ":".join([*given, NO_CACHES])
        os.execv(sys.executable, [sys.executable, *sys.orig_argv[1:]])


def begin() -> None:
    """From now on whatever is freed is written over, and nobody but root can dump this process
    (prctl(2), `PR_SET_DUMPABLE`)."""
    # Not at the top: `start_anew` is to be quick.
    import ctypes

    libc, python = ctypes.CDLL(None), ctypes.pythonapi
    libc.prctl(_PR_SET_DUMPABLE, 0)
    libc.mallopt(_M_PERTURB, _PATTERN)
    libc.mallopt(_M_MMAP_THRESHOLD, _LARGE_BYTES)
    # Set here and not by PYTHONMALLOC, which a frozen program ignores. Python's `realloc` and
    # `free` stay: they know what is theirs from before, and hand on what is not.
    raw, own = (ctypes.c_void_p * 5)(), (ctypes.c_void_p * 5)()
    python.PyMem_GetAllocator(_RAW, raw)
    for domain in (_MEMORY, _OBJECTS):
        python.PyMem_GetAllocator(domain, own)
        own[_MALLOC], own[_CALLOC] = raw[_MALLOC], raw[_CALLOC]
        python.PyMem_SetAllocator(domain, own)


def write_over_the_stack() -> None:
    """What calls that have returned left on this thread's stack: Python encodes short texts there
    (`_PyBytesWriter`)."""
    _with_a_large_argument()()


def give_back() -> None:
    """Memory that is free goes back to the system (malloc_trim(3)). Takes milliseconds."""
    import ctypes

    ctypes.CDLL(None).malloc_trim(0)


@cache
def _with_a_large_argument() -> Callable[[], object]:
    # At the first turn's end, not at start.
    import ctypes

    class Sheet(ctypes.Structure):
        _fields_ = (("blank", ctypes.c_char * _STACK_BYTES),)

    # Passed by value: copied onto the stack, whatever the function makes of it.
    sheet, function = Sheet(), ctypes.CDLL(None).getpid
    return lambda: function(sheet)
