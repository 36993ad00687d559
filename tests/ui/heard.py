"""What a citizen who listens would hear."""

from collections.abc import Callable, Iterable

from kiosk.domain.session.manner import Manner
from kiosk.domain.words import Language
from services.voice.speaker import PyttsxSpeaker


class Heard(PyttsxSpeaker):
    """Keeps what it was given to say, and hushes never mind whom."""

    said: list[tuple[Language, tuple[str, ...]]]
    hushed: int
    manner: Manner
    told: Callable[[int | None], None]
    lasting = False

    def __init__(self, *parts: object) -> None:
        super().__init__(*parts)
        self.said, self.hushed = [], 0

    def say(
        self,
        sentences: Iterable[str],
        language: Language,
        manner: Manner,
        told: Callable[[int | None], None],
    ) -> None:
        self.said.append((language, tuple(sentences)))
        self.manner, self.told = manner, told

    def hush(self) -> None:
        self.hushed += 1

    def speaking(self) -> bool:
        return self.lasting
