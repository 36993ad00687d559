"""Opening items in a process of its own, on another core than the rest of the server."""

import logging
import os
import signal
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import ExitStack, contextmanager
from multiprocessing import get_context, parent_process
from pathlib import Path
from threading import Lock, Thread
from typing import Self

from services.central.keys import ServerKeys, load_keys
from services.central.opening import Opened, Opener, Sent, opener

FEW = 8
"""As many items are sooner opened here than sent there."""

_log = logging.getLogger(__name__)
_open: Opener
"""In the other process."""


@contextmanager
def opening_beside(folder: Path) -> Iterator[Callable[[ServerKeys], Opener]]:
    """What makes the server's opener, for as long as the block runs: it hands many items to another
    process, which reads the keys in `folder`. That is started when there are many for the first
    time; until it is ready, and should it die, the caller's thread does the work.
    """
    with ExitStack() as stack:
        yield lambda keys: stack.enter_context(_Beside(folder, opener(keys))).open


class _Beside:
    def __init__(self, folder: Path, here: Opener) -> None:
        self._folder = folder
        self._here = here
        self._starting = Lock()
        self._pool: ProcessPoolExecutor | None = None
        self._ready: Future[int] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._pool:
            self._pool.shutdown()

    def open(self, sent: Sequence[Sent]) -> list[Opened]:
        try:
            return self._there(sent) if len(sent) > FEW else self._here(sent)
        except BrokenProcessPool:
            _log.warning("the process that opens items is gone: the server opens them itself")
            return self._here(sent)

    def _there(self, sent: Sequence[Sent]) -> list[Opened]:
        with self._starting:
            pool = self._pool = self._pool or _pool(self._folder)
            ready = self._ready = self._ready or pool.submit(os.getpid)
        return pool.submit(_open_there, sent).result() if ready.done() else self._here(sent)


def _pool(folder: Path) -> ProcessPoolExecutor:
    return ProcessPoolExecutor(1, get_context("spawn"), _begin, (folder,))


def _begin(folder: Path) -> None:
    global _open
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the server, which ends this too
    Thread(target=_end_with_parent, daemon=True).start()
    _open = opener(load_keys(folder, may_make=False))


def _end_with_parent() -> None:
    """A server that was killed could not say that this process is to end."""
    if parent := parent_process():
        parent.join()
        os._exit(0)


def _open_there(sent: Sequence[Sent]) -> list[Opened]:
    return _open(sent)
