"""What a process did to the files of a folder, in order, read from a trace of `strace`.

Only what reaches a disk counts: bytes written, files cut, names given and taken away, and syncs.
"""

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

_CALLS = """
pwrite64 write fdatasync fsync ftruncate openat close
?unlink unlinkat ?rename ?renameat renameat2 ?link linkat
"""
_AT = re.compile("(at2?)$")
_LINE = re.compile(r"^(\d+) +(.*)$")
_CALL = re.compile(r"^(\w+)\((.*)\) += (-?\d+|\?)")
_RESUMED = re.compile(r"^<\.\.\. \w+ resumed>(.*)$")
_UNFINISHED = " <unfinished ...>"
_TEXT = re.compile(r'"((?:\\x[0-9a-f]{2})*)"')
_STDOUT = 1


@dataclass(frozen=True, slots=True)
class Step:
    """One thing done. `file` is an inode's number in this recording, for `word` 0; `at` and `data`
    are what was written where, or the length a file was cut to."""

    what: str
    file: int = 0
    name: str = ""
    other: str = ""
    at: int = 0
    data: bytes = b""


def strace() -> str:
    """The program. Raises `RuntimeError` where there is none."""
    found = shutil.which("strace")
    if found is None:
        raise RuntimeError(
            "strace is missing: `apt-get install strace`, or `make test` installs it"
        )
    return found


def record(module: str, folder: Path, *arguments: str) -> list[Step]:
    """Run `python -m module folder ...` and say what it did in `folder`, in which the files it
    finds there count as made first. A line it writes to its output is a step too (`word`).

    Raises `RuntimeError`."""
    found = sorted(file for file in folder.iterdir() if file.is_file())
    before = {file.name: file.read_bytes() for file in found}
    trace = folder.with_name(f"{folder.name}.trace")
    command = [strace(), "-f", "--seccomp-bpf", "-qq", "-xx", "-s", "1048576", "-e", "signal=none"]
    command += ["-e", f"trace={','.join(_CALLS.split())}", "-o", str(trace)]
    ended = subprocess.run(
        [*command, sys.executable, "-m", module, str(folder), *arguments],
        capture_output=True,
        text=True,
        check=False,
    )
    if ended.returncode:
        raise RuntimeError(f"{module} failed:\n{ended.stdout}{ended.stderr}")
    reader = _Reader(folder)
    steps = [*reader.found(before), *reader.read(trace)]
    trace.unlink()
    return steps


class _Reader:
    def __init__(self, folder: Path) -> None:
        self._prefix = f"{folder}/"
        self._names: dict[str, int] = {}
        self._open: dict[str, tuple[str, int]] = {}
        self._files = 0

    def found(self, files: dict[str, bytes]) -> Iterator[Step]:
        """What was there before, for good."""
        for name, content in files.items():
            yield from self._created(name)
            yield Step("write", self._files, data=content)
            yield Step("sync", self._files)
        yield Step("sync names", name=".")

    def read(self, trace: Path) -> Iterator[Step]:
        """A call counts from where it has ended, a sync that others ran beside from where it
        began: it need not have seen what they did."""
        begun: dict[str, str] = {}
        with trace.open() as lines:
            for line in lines:
                if (found := _LINE.match(line)) is None:
                    continue
                process, rest = found.groups()
                if rest.endswith(_UNFINISHED):
                    begun[process] = rest.removesuffix(_UNFINISHED)
                    if rest.startswith(("fsync", "fdatasync")):
                        raise RuntimeError("a sync was not alone: the recording is not in order")
                    continue
                if resumed := _RESUMED.match(rest):
                    rest = begun.pop(process) + resumed.group(1)
                call = _CALL.match(rest)
                if call is not None and not call.group(3).startswith(("-", "?")):
                    yield from self._steps(call.group(1), call.group(2), call.group(3))

    def _steps(self, call: str, arguments: str, result: str) -> Iterator[Step]:
        texts = [_bytes(text) for text in _TEXT.findall(arguments)]
        plain = _TEXT.sub("", arguments).split(", ")
        match call:
            case "openat":
                yield from self._opened(texts[0].decode(), arguments, result)
            case "close":
                self._open.pop(plain[0], None)
            case "write" if plain[0] == str(_STDOUT):
                for word in texts[0].decode().split("\n"):
                    if word:
                        yield Step("word", name=word)
            case "write" | "pwrite64" | "fdatasync" | "fsync" | "ftruncate":
                if plain[0] in self._open:
                    yield from self._on_file(call, plain, texts, self._open[plain[0]])
            case _:
                names = [self._inside(text.decode()) for text in texts]
                if names[0] is not None:
                    yield from self._renamed(_AT.sub("", call), [str(name) for name in names])

    def _opened(self, path: str, arguments: str, result: str) -> Iterator[Step]:
        self._open.pop(result, None)
        name = self._inside(path)
        if name is None:
            return
        if "O_DIRECTORY" in arguments or (name not in self._names and "O_CREAT" not in arguments):
            self._open[result] = (name, 0)
            return
        if name not in self._names:
            yield from self._created(name)
        elif "O_TRUNC" in arguments:
            yield Step("cut", self._names[name])
        self._open[result] = (name, self._names[name])

    def _created(self, name: str) -> Iterator[Step]:
        self._files += 1
        self._names[name] = self._files
        yield Step("create", self._files, name)

    def _on_file(
        self, call: str, plain: list[str], texts: list[bytes], opened: tuple[str, int]
    ) -> Iterator[Step]:
        name, file = opened
        match call:
            case "pwrite64":
                yield Step("write", file, at=int(plain[-1]), data=texts[0])
            case "write":
                yield Step("append", file, data=texts[0])
            case "ftruncate":
                yield Step("cut", file, at=int(plain[1]))
            case "fdatasync" | "fsync":
                yield Step("sync", file) if file else Step("sync names", name=name)

    def _renamed(self, call: str, names: list[str]) -> Iterator[Step]:
        file = self._names[names[0]] if call == "link" else self._names.pop(names[0])
        if call != "unlink":
            self._names[names[1]] = file
        yield Step(call, file, names[0], "" if call == "unlink" else names[1])

    def _inside(self, path: str) -> str | None:
        """The name within the folder, or None."""
        if path == self._prefix[:-1]:
            return "."
        return path.removeprefix(self._prefix) if path.startswith(self._prefix) else None


def _bytes(text: str) -> bytes:
    return bytes.fromhex(text.replace("\\x", ""))
