"""What the engines offer for what is being written, off the GUI thread."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, NamedTuple

from kiosk.domain.keyboard import Page
from kiosk.domain.writing import Candidate
from kiosk.errors import place_of
from ui.newest import Newest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from kiosk.domain.writing import Field, PenStroke
    from ui.desk import Writers
    from ui.newest import Ask

log = logging.getLogger(__name__)


class Offer(NamedTuple):
    """The candidates, the likeliest first, and what was typed for them as it is shown."""

    candidates: tuple[Candidate, ...] = ()
    shown: str = ""


class Offers:
    """Asks for one thing at a time: only the newest answer is `told`. An engine that fails offers
    nothing; the other pages still write."""

    def __init__(self, ask: Ask, told: Callable[[Offer], None]) -> None:
        self._told = told
        self._newest: Newest[Offer] = Newest(ask, told, self._failed)

    @property
    def pending(self) -> bool:
        """Whether an answer is still to come."""
        return self._newest.pending

    def forget(self) -> None:
        """Nothing is wanted any more."""
        self._newest.forget()

    def for_keys(self, page: Page, keys: str, field: Field, before: str) -> None:
        """Ask what letters or keys of strokes may mean."""

        def work(writers: Writers) -> Offer:
            engine = writers.pinyin if page is Page.PINYIN else writers.strokes
            return Offer(tuple(engine.candidates(keys, field, before)), engine.split(keys))

        self._put(work)

    def for_strokes(
        self, strokes: Sequence[PenStroke], field: Field, before: str, other_than: str
    ) -> None:
        """Ask what is written by hand."""

        def work(writers: Writers) -> Offer:
            found = writers.handwriting.candidates(strokes, field, before)
            return _plain(text for text in found if text != other_than)

        self._put(work)

    def instead_of(self, character: str, field: Field) -> None:
        """Ask what may have been meant by a character of the text."""
        self._put(lambda writers: _plain(writers.pinyin.others(character, field)))

    def _put(self, work: Callable[[Writers], Offer]) -> None:
        self._newest.put(lambda backstage: work(backstage.writers))

    def _failed(self, error: BaseException) -> None:
        log.error("%s at %s", type(error).__name__, place_of(error))
        self._told(Offer())


def _plain(texts: Iterable[str]) -> Offer:
    return Offer(tuple(Candidate(text, 0) for text in texts))
