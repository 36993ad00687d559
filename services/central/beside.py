"""Opening items in a process of its own, on another core than the rest of the server."""

import logging
import os
import signal
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from multiprocessing import get_context, parent_process
from pathlib import Path
from threading import Thread

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
    with ProcessPoolExecutor(1, get_context("spawn"), _begin, (folder,)) as pool:
        yield lambda keys: _Beside(pool, opener(keys)).open


class _Beside:
    def __init__(self, pool: ProcessPoolExecutor, here: Opener) -> None:
        self._pool = pool
        self._here = here
        self._ready: Future[int] | None = None

    def open(self, sent: Sequence[Sent]) -> list[Opened]:
        try:
            return self._there(sent) if len(sent) > FEW and self._is_ready() else self._here(sent)
        except BrokenProcessPool:
            _log.warning("the process that opens items is gone: the server opens them itself")
            return self._here(sent)

    def _is_ready(self) -> bool:
        if self._ready is None:
            self._ready = self._pool.submit(os.getpid)
        return self._ready.done()

    def _there(self, sent: Sequence[Sent]) -> list[Opened]:
        return self._pool.submit(_open_there, sent).result()


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
