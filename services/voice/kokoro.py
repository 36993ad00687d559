"""A voice like a human's: the model Kokoro-82M, from a folder that `make voice-model` fills."""

from __future__ import annotations

import json
import sys
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from kiosk.domain.words import Language
from kiosk.errors import VoiceTrouble
from services.voice.phonemes import phonemes
from services.voice.sound import Pcm
from services.voice.spoken import bare

if TYPE_CHECKING:
    from pathlib import Path

    import numpy.typing as npt
    import onnxruntime

    from services.voice.pinyin import Pinyin

SAMPLE_RATE = 24_000
VOICES = {Language.ZH: "zf_xiaoyi", Language.EN: "af_heart"}
SPEEDS = {Language.ZH: 0.95, Language.EN: 0.95}
"""A little slower than the voices were recorded."""
MOST_TOKENS = 510
_STYLE = 256
"""Numbers in a style; a voice has one for each count of tokens."""


class Kokoro:
    """Loads what it needs when it first speaks. For one thread."""

    def __init__(self, folder: Path, pinyin: Pinyin, threads: int = 1) -> None:
        self._folder = folder
        self._pinyin = pinyin
        self._threads = threads
        self._run: onnxruntime.RunOptions | None = None

    def available(self) -> bool:
        """Whether the model is installed."""
        return (self._folder / "kokoro.onnx").exists()

    def phonemes(self, clause: str, language: Language) -> str:
        """What of the clause is spoken. Raises `VoiceTrouble`."""
        try:
            self._find_packages()
            said = phonemes(bare(clause), language, self._pinyin)
        except ImportError as error:
            raise VoiceTrouble(f"the voice model lacks {error.name}") from None
        return "".join(each for each in said if each in self._vocabulary)[:MOST_TOKENS]

    def name(self, language: Language) -> str:
        """Which of its voices speaks a language."""
        return VOICES[language]

    def speed(self, language: Language) -> float:
        """How fast it speaks, 1 being its own."""
        return SPEEDS[language]

    def sound(self, said: str, language: Language) -> Pcm:
        """Phonemes aloud. Raises `VoiceTrouble`."""
        tokens = [self._vocabulary[each] for each in said]
        style = self._style(VOICES[language])
        feeds = {
            "tokens": np.array([[0, *tokens, 0]], np.int64),
            "style": style[min(len(tokens), len(style)) - 1][None],
            "speed": np.array([SPEEDS[language]], np.float32),
        }
        try:
            made = self._session.run(None, feeds, self._run)
        except Exception as error:  # ONNX Runtime has no common error of its own.
            raise VoiceTrouble(f"the voice model: {type(error).__name__}") from None
        return Pcm(np.asarray(made[0], np.float32).ravel(), SAMPLE_RATE)

    def begin(self) -> None:
        """From now on `stop` is meant for the next `sound`."""
        import onnxruntime

        self._run = onnxruntime.RunOptions()

    def stop(self) -> None:
        """Have `sound`, begun or not, in another thread, raise `VoiceTrouble` soon."""
        if self._run is not None:
            self._run.terminate = True

    def _find_packages(self) -> None:
        packages = str(self._folder / "packages")
        if packages not in sys.path:
            sys.path.append(packages)
            import jieba

            jieba.setLogLevel("WARNING")
            jieba.dt.tmp_dir = str(self._folder)  # else it trusts a file in everybody's folder
            for word in self._pinyin.words():
                jieba.add_word(word)

    def _style(self, voice: str) -> npt.NDArray[np.float32]:
        try:
            file = self._folder / "voices" / f"{voice}.bin"
            return np.fromfile(file, np.float32).reshape(-1, _STYLE)
        except (OSError, ValueError) as error:
            raise VoiceTrouble(f"the voice {voice}: {error}") from None

    @cached_property
    def _vocabulary(self) -> dict[str, int]:
        try:
            file = (self._folder / "vocab.json").read_text(encoding="utf-8")
        except OSError as error:
            raise VoiceTrouble(f"the voice model: {error}") from None
        vocabulary: dict[str, int] = json.loads(file)["vocab"]
        return vocabulary

    @cached_property
    def _session(self) -> onnxruntime.InferenceSession:
        import onnxruntime

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = self._threads
        options.inter_op_num_threads = 1
        return onnxruntime.InferenceSession(
            self._folder / "kokoro.onnx", options, providers=["CPUExecutionProvider"]
        )
