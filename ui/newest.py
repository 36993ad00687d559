"""Questions that come faster than their answers."""

from collections.abc import Callable
from typing import Generic, Protocol, TypeVar

from ui.desk import Backstage

T = TypeVar("T")


class Ask(Protocol):
    """Work for the worker threads, and what to do with its result."""

    def __call__(
        self,
        work: Callable[[Backstage], T],
        done: Callable[[T], None],
        failed: Callable[[BaseException], None],
        /,
    ) -> object:
        """See `Desk.ask`."""


class Newest(Generic[T]):
    """One question is at work at a time, and of those that came meanwhile only the newest follows.
    `told` gets the answer to the newest question only, `failed` what went wrong with it.
    """

    def __init__(
        self, ask: Ask, told: Callable[[T], None], failed: Callable[[BaseException], None]
    ) -> None:
        self._ask = ask
        self._told = told
        self._failed = failed
        self._waiting: Callable[[Backstage], T] | None = None
        self._working = False
        self._wanted = False

    @property
    def pending(self) -> bool:
        """Whether an answer is still to come."""
        return self._wanted

    def put(self, work: Callable[[Backstage], T]) -> None:
        """Another question."""
        self._wanted = True
        self._waiting = work
        if not self._working:
            self._go_on()

    def forget(self) -> None:
        """No answer is wanted any more."""
        self._wanted = False
        self._waiting = None

    def _go_on(self) -> None:
        work, self._waiting = self._waiting, None
        if work is not None:
            self._working = True
            self._ask(work, self._answer, self._fail)

    def _answer(self, answer: T) -> None:
        if self._came():
            self._told(answer)

    def _fail(self, error: BaseException) -> None:
        if self._came():
            self._failed(error)

    def _came(self) -> bool:
        """An answer has come. Whether it is the newest question's."""
        self._working = False
        newest = self._wanted and self._waiting is None
        if newest:
            self._wanted = False
        self._go_on()
        return newest
