"""The lexicon compiled out of a made-up dictionary, model and frequencies."""

from pathlib import Path

import numpy as np
import pytest

from kiosk.errors import ContentError
from services.writing.keys import kenlm
from services.writing.keys.lexicon import Lexicon
from services.writing.keys.lexicon_compile import compile_lexicon
from services.writing.keys.model import NO_WORD, Context
from services.writing.keys.texts import Texts
from tests.services.writing.keys import made_up_model
from tests.services.writing.keys.made_up_model import LEVELS, PAIRS, TRIPLES, WORDS

DICTIONARY = """社保卡 she'bao'ka 0
丢 diu 0
了 le -0.01
了 liao -1.9
设 she 0
报 bao 0
喆 zhe 0
傻逼 sha'bi 0
嗯 n 0
"""
FREQUENCIES = "社保卡 10 n\n丢 50 v\n了 900 ul\n"


@pytest.fixture
def model(tmp_path: Path) -> Path:
    made_up_model.write(tmp_path / "model")
    return tmp_path / "model"


@pytest.fixture
def compiled(tmp_path: Path, model: Path) -> Lexicon:
    (tmp_path / "dictionary").write_text(DICTIONARY, encoding="utf-8")
    (tmp_path / "frequencies").write_text(FREQUENCIES, encoding="utf-8")
    compile_lexicon(tmp_path / "dictionary", model, tmp_path / "frequencies", tmp_path / "compiled")
    return Lexicon(tmp_path / "compiled")


def test_a_model_is_read_as_it_was_written(model: Path) -> None:
    read = kenlm.read(model)
    assert read.words == list(WORDS)
    assert read.pair_before.tolist() == [before for before, _, _ in PAIRS]
    assert read.pair_probability == pytest.approx([LEVELS[level] for _, _, level in PAIRS])
    assert read.pair_backoff == pytest.approx([LEVELS[made_up_model.BACKOFF_LEVEL]] * len(PAIRS))
    assert np.diff(read.pairs).tolist() == [
        sum(last == w for _, last, _ in PAIRS) for w in range(6)
    ]
    assert read.triples.tolist() == [0, 0, 1, 1]
    assert read.triple_before.tolist() == [before for before, _, _ in TRIPLES]
    assert read.triple_probability == pytest.approx([LEVELS[level] for _, _, level in TRIPLES])


def test_a_word_is_as_likely_after_others_as_the_model_says(compiled: Lexicon) -> None:
    texts = Texts(compiled)
    card, lost, done = (_word(compiled, texts, text) for text in ("社保卡", "丢", "了"))
    first = Context(np.array([card]), np.array([NO_WORD]), np.zeros(1, np.float32))
    likely, pair = compiled.model.after(first, np.array([lost]))
    assert likely[0, 0] == pytest.approx(LEVELS[25] * np.log(10), abs=0.01)
    second = compiled.model.context(np.array([card]), np.array([lost]), pair[0])
    likely, _ = compiled.model.after(second, np.array([done]))
    assert likely[0, 0] == pytest.approx(LEVELS[5] * np.log(10), abs=0.01)


def test_what_the_model_has_not_seen_together_is_likely_by_itself(compiled: Lexicon) -> None:
    texts = Texts(compiled)
    done, card = _word(compiled, texts, "了"), _word(compiled, texts, "社保卡")
    context = Context(np.array([done]), np.array([NO_WORD]), np.zeros(1, np.float32))
    likely, pair = compiled.model.after(context, np.array([card]))
    assert pair.tolist() == [[-1]]
    assert likely[0, 0] == pytest.approx(
        float(compiled.model.alone[card]) - 0.25 * np.log(10), abs=0.01
    )


def test_the_usual_reading_comes_first_and_the_unusual_character_last(compiled: Lexicon) -> None:
    texts = Texts(compiled)
    usual, other = texts.entries("了")
    spelt = compiled.words.spellings.spelt
    assert compiled.syllables[spelt(usual)[0][0]] == "le"
    assert compiled.syllables[spelt(other)[0][0]] == "liao"
    assert compiled.words.gain[texts.entries("喆")[0]] < -1


def test_coarse_words_and_sounds_without_a_vowel_are_left_out(compiled: Lexicon) -> None:
    texts = Texts(compiled)
    assert list(texts.entries("傻逼")) == []
    assert list(texts.entries("嗯")) == []


def test_a_text_is_read_as_its_words_are(compiled: Lexicon) -> None:
    read, unknown = Texts(compiled).readings(["社保卡丢了", "你好"])
    assert read is not None
    assert [compiled.syllables[at] for at in read.sounds] == ["she", "bao", "ka", "diu", "le"]
    assert unknown is None


@pytest.mark.parametrize("content", [b"", b"nonsense", b"mmap lm" + bytes(2000)])
def test_a_foreign_model_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "model").write_bytes(content)
    with pytest.raises(ContentError):
        kenlm.read(tmp_path / "model")


@pytest.mark.parametrize("line", ["社保", "社 she", "社 she many", "社 she 0 1"])
def test_a_broken_dictionary_is_told_with_its_line(tmp_path: Path, model: Path, line: str) -> None:
    (tmp_path / "dictionary").write_text(line + "\n", encoding="utf-8")
    (tmp_path / "frequencies").write_text(FREQUENCIES, encoding="utf-8")
    with pytest.raises(ContentError, match="dictionary:1"):
        compile_lexicon(
            tmp_path / "dictionary", model, tmp_path / "frequencies", tmp_path / "compiled"
        )


def _word(lexicon: Lexicon, texts: Texts, text: str) -> int:
    return int(lexicon.words.word[texts.entries(text)[0]])
