"""What was made once of public wording (guides) is said again without being made again."""

from __future__ import annotations

from collections import OrderedDict
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property
from threading import Lock
from typing import TYPE_CHECKING

from kiosk.domain.words import Language
from services.voice.spoken import bare, clauses, in_two

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from concurrent.futures import Future

    from services.voice.sound import Pcm
    from services.voice.synthesizer import Synthesizer

MOST_BYTES = 24_000_000
"""Some four minutes of speech."""


class Kept:
    """A `Synthesizer` that keeps in memory what another made, the latest of it, and only where the
    clause stands in wording that is everybody's: nothing that a citizen wrote, however harmless."""

    def __init__(
        self, voice: Synthesizer, public: Callable[[], Iterable[str]], most_bytes: int = MOST_BYTES
    ) -> None:
        """`public` texts are asked for once, when the voice first speaks."""
        self._voice = voice
        self._texts = public
        self._most = most_bytes
        self._guard = Lock()
        self._sounds: OrderedDict[str, Pcm] = OrderedDict()
        self._bytes = 0

    def available(self) -> bool:
        """As of the voice."""
        return self._voice.available()

    def knows(self, clause: str) -> bool:
        """Whether it need not be made."""
        return bare(clause) in self._sounds

    def render(self, clause: str, language: Language) -> Pcm:
        """As of the voice."""
        text = bare(clause)
        with self._guard:
            if text in self._sounds:
                self._sounds.move_to_end(text)
                return self._sounds[text]
        public = self._public
        made = self._voice.render(clause, language)
        if language is Language.ZH and hash(text) in public.result():
            self._keep(text, made)
        return made

    def _keep(self, text: str, made: Pcm) -> None:
        with self._guard:
            if text not in self._sounds:
                self._sounds[text] = made
                self._bytes += made.samples.nbytes
            while self._bytes > self._most:
                _, oldest = self._sounds.popitem(last=False)
                self._bytes -= oldest.samples.nbytes

    @cached_property
    def _public(self) -> Future[frozenset[int]]:
        """Read beside the first clause's making, which takes longer."""
        reader = ThreadPoolExecutor(1, "public wording")
        reading = reader.submit(_hashes, self._texts)
        reader.shutdown(wait=False)
        return reading


def _hashes(texts: Callable[[], Iterable[str]]) -> frozenset[int]:
    return frozenset(
        hash(bare(part.text))
        for text in texts()
        for clause in clauses(text, Language.ZH)
        for part in (clause, *in_two(clause))
    )
