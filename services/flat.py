"""One file of named parts, mapped into memory: opened in no time whatever its size, read-only."""

import json
import mmap
import os
import struct
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kiosk.errors import ContentError

_MAGIC = b"budayang parts 1\n"
_LENGTH = struct.Struct("<QQ")
_ALIGNMENT = 64


def write(file: Path, parts: Mapping[str, bytes]) -> None:
    """Write `file`, to the disk itself: a power cut leaves no zeros in it. Raises `OSError`."""
    index: dict[str, tuple[int, int]] = {}
    at = 0
    for name, part in parts.items():
        index[name] = (at, len(part))
        at = _aligned(at + len(part))
    table = json.dumps(index).encode()
    begin = _aligned(len(_MAGIC) + _LENGTH.size + len(table))
    with file.open("wb") as stream:
        stream.write(_MAGIC + _LENGTH.pack(len(table), begin + at) + table)
        stream.write(bytes(begin - stream.tell()))
        for part in parts.values():
            stream.write(part)
            stream.write(bytes(_aligned(len(part)) - len(part)))
        stream.flush()
        os.fsync(stream.fileno())


class Parts:
    """The parts of a file. The file may be replaced or removed while it is open."""

    def __init__(self, file: Path) -> None:
        """Raises `ContentError` if it is not there or not whole."""
        try:
            with file.open("rb") as stream:
                self._map = mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ)
            head = len(_MAGIC) + _LENGTH.size
            length, whole = _LENGTH.unpack(self._map[len(_MAGIC) : head])
            if self._map[: len(_MAGIC)] != _MAGIC or whole != len(self._map):
                raise ContentError(f"{file}: not a whole file of parts")
            self._index: dict[str, tuple[int, int]] = json.loads(self._map[head : head + length])
            self._begin = _aligned(head + length)
        except (OSError, ValueError, struct.error) as error:
            raise ContentError(f"{file}: cannot be opened: {error}") from error
        self._view = memoryview(self._map)

    def raw(self, name: str) -> memoryview:
        """A part's bytes. Raises `KeyError`."""
        at, length = self._index[name]
        return self._view[self._begin + at : self._begin + at + length]

    def numbers(self, name: str, kind: type[Any]) -> NDArray[Any]:
        """A part as an array of numpy numbers."""
        return np.frombuffer(self.raw(name), kind)


def _aligned(at: int) -> int:
    return -(-at // _ALIGNMENT) * _ALIGNMENT
