"""The compiled lexicon: words, how they are spelt, how likely each is."""

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from kiosk.errors import ContentError
from services.flat import Parts
from services.writing.keys.model import Model
from services.writing.keys.spellings import Source, Spellings

FORMAT = b"3"
LONGEST = 12
"""The longest word, in characters."""


class Lexicon:
    """Words have two numbers: as they are spelt (see `Spellings`), and, for the language model, by
    how frequent they are (`word`)."""

    def __init__(self, file: Path) -> None:
        """Raises `ContentError` if it is not a compiled lexicon."""
        parts = Parts(file)
        try:
            if bytes(parts.raw("format")) != FORMAT:
                raise ContentError(f"{file}: compiled for another version of this program")
            self.syllables = bytes(parts.raw("syllables")).decode().split()
            self.characters: NDArray[np.uint32] = parts.numbers("characters", np.uint32)
            self.words = Source(
                Spellings(
                    bytes(parts.raw("keys")).decode().split(),
                    parts.numbers("first", np.uint32),
                    parts.numbers("sounds", np.uint16),
                    parts.numbers("text", np.uint16),
                ),
                word=parts.numbers("word", np.uint32),
                gain=parts.numbers("reading", np.float16),
            )
            self.model = Model(parts)
        except (KeyError, ValueError, IndexError) as error:
            raise ContentError(f"{file}: not a compiled lexicon: {error}") from error

    def written(self, numbers: NDArray[np.uint16]) -> str:
        """The characters with these numbers."""
        return self.characters[numbers].astype("<u4").tobytes().decode("utf-32-le")
