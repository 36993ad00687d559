"""Blocking work off the GUI thread, with its result handed back on it."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

from PySide6.QtCore import QObject, Signal, Slot

from kiosk.erasure import write_over_the_stack

T = TypeVar("T")


class Jobs(QObject):
    """Two worker threads."""

    _ended = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool = ThreadPoolExecutor(max_workers=2, thread_name_prefix="job")
        self._stopped = False
        self._ended.connect(self._deliver)

    def run(
        self,
        work: Callable[[], T],
        done: Callable[[T], None],
        failed: Callable[[BaseException], None],
    ) -> None:
        """Run `work` on a worker thread; then `done(result)` or `failed(error)` on this one."""

        def ended(future: Future[T]) -> None:
            self._ended.emit(lambda: _hand_over(future, done, failed))

        def job() -> T:
            try:
                return work()
            finally:
                write_over_the_stack()

        self._pool.submit(job).add_done_callback(ended)

    def call_here(self, action: Callable[[], None]) -> None:
        """Run `action` on the GUI thread soon; safe to call from any thread."""
        self._ended.emit(action)

    def stop(self) -> None:
        """Wait for running work to end. Nothing new is taken, and nothing more is handed back."""
        self._stopped = True
        self._pool.shutdown(wait=True, cancel_futures=True)

    @Slot(object)
    def _deliver(self, action: Callable[[], None]) -> None:
        if not self._stopped:
            action()


def _hand_over(
    future: Future[T], done: Callable[[T], None], failed: Callable[[BaseException], None]
) -> None:
    error = future.exception()
    if error is None:
        done(future.result())
    else:
        failed(error)
