"""Chinese by pinyin: what the hall's matters, names and places are called first, then whatever
the lexicon knows."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from math import inf
from pathlib import Path
from threading import Lock

import numpy as np

from kiosk.domain.catalogue.vocabulary import Vocabulary
from kiosk.domain.writing import Candidate, Field
from services.writing.keys.decoding import Lattice
from services.writing.keys.lexicon import LONGEST, Lexicon
from services.writing.keys.model import HISTORY, NO_WORD
from services.writing.keys.phrases import Group, Phrases
from services.writing.keys.pinyin_names import PinyinNames
from services.writing.keys.syllable_graph import Graph, graph
from services.writing.keys.syllables import Syllables
from services.writing.keys.texts import Texts

MOST_LETTERS = 200
_SENTENCES = 8
_NAMES = 24
_COMPLETIONS = 4
_BEGINNINGS = 12
_BEFORE_COMPLETIONS = 3
_GAIN_OF_WHOLE = {Field.SEARCH: 3.0}
_USUAL_GAIN_OF_WHOLE = 1.5
"""How much likelier a phrase is where it is all that was typed."""
_POOR = -6.0
"""So little likely by the syllable (natural logarithm) and whoever typed may have slipped."""


@dataclass(frozen=True)
class _Loaded:
    lexicon: Lexicon
    syllables: Syllables
    texts: Texts
    names: PinyinNames
    phrases: Phrases
    addresses: Phrases


class Pinyin:
    """Implements `kiosk.ports.Typing`. Reads its data when it is first asked."""

    def __init__(
        self, file: Path, vocabulary: Callable[[], Vocabulary], *, slurred: bool = True
    ) -> None:
        """`slurred`: sounds that many do not tell apart (n and l, zh and z) stand for one
        another."""
        self._file = file
        self._vocabulary = vocabulary
        self._slurred = slurred
        self._lock = Lock()
        self._data: _Loaded | None = None

    def load(self) -> None:
        """See the port."""
        self._loaded()

    def candidates(
        self, keys: str, field: Field, before: str = "", limit: int = 80
    ) -> Sequence[Candidate]:
        """See the port. Raises `ContentError` the first time, if the data cannot be read."""
        data = self._loaded()
        cut = graph(keys[:MOST_LETTERS], data.syllables)
        if not cut.letters:
            return ()
        texts: dict[str, int] = {}
        for text, letters in self._found(data, keys, cut, field, before):
            texts.setdefault(text, letters)
            if len(texts) >= limit:
                break
        return [Candidate(text, cut.used[letters]) for text, letters in texts.items()]

    def split(self, keys: str) -> str:
        """See the port."""
        cut = graph(keys[:MOST_LETTERS], self._loaded().syllables)
        return "'".join(
            cut.letters[begin:end] for begin, end in zip((0, *cut.best), cut.best, strict=False)
        )

    def others(self, character: str, field: Field, limit: int = 80) -> Sequence[str]:
        """See the port."""
        data = self._loaded()
        words = data.lexicon.words
        found: dict[str, float] = {}
        for entry in data.texts.entries(character) if len(character) == 1 else ():
            sound = int(words.spellings.spelt(entry)[0][0])
            for text, likely in _of_sound(data, sound, field):
                chance = likely + float(words.gain[entry])
                found[text] = max(chance, found.get(text, -np.inf))
        found.pop(character, None)
        return sorted(found, key=lambda each: -found[each])[:limit]

    def _found(
        self, data: _Loaded, keys: str, cut: Graph, field: Field, before: str
    ) -> Iterator[tuple[str, int]]:
        """Texts and how many letters they stand for; some more than once."""
        end = len(cut.letters)
        sources = [data.lexicon.words]
        if field is Field.NAME:
            yield from ((name, end) for name in data.names.whole(cut, before)[:_NAMES])
            if cut.letters in data.lexicon.syllables:
                sound = data.lexicon.syllables.index(cut.letters)
                ranked = sorted(_of_sound(data, sound, field), key=lambda each: -each[1])
                yield from ((character, end) for character, _ in ranked)
        else:
            gain = _GAIN_OF_WHOLE.get(field, _USUAL_GAIN_OF_WHOLE)
            sources.append(replace(data.phrases.words, gain_of_whole=gain))
        if field is Field.ADDRESS:
            sources.append(data.addresses.words)
        lattice = Lattice(cut, data.lexicon, sources, self._previous(data, before))
        whole = list(lattice.sentences(_SENTENCES))
        if field is not Field.NAME and whole[0].likely < _POOR * len(cut.best):
            slips = graph(keys[:MOST_LETTERS], data.syllables, slips=True)
            slipped = Lattice(slips, data.lexicon, sources, self._previous(data, before))
            whole += slipped.sentences(_SENTENCES)
        sentences = sorted(whole, key=lambda each: -each.likely)
        yield from ((each.text, end) for each in sentences[:_BEFORE_COMPLETIONS])
        if field is not Field.NAME and len(cut.best) > 1:
            for text in islice(data.phrases.completions(cut), _COMPLETIONS):
                yield text, end
        yield from ((each.text, end) for each in sentences[_BEFORE_COMPLETIONS:])
        if field is Field.NAME:
            yield from data.names.surnames(cut)
        yield from ((each.text, each.end) for each in lattice.beginnings(_BEGINNINGS))

    def _previous(self, data: _Loaded, before: str) -> int:
        """The number of the longest word at the end of the text before that says what follows."""
        for length in range(min(LONGEST, len(before)), 0, -1):
            for entry in data.texts.entries(before[-length:]):
                word = int(data.lexicon.words.word[entry])
                if word < HISTORY:
                    return word
        return NO_WORD

    def _loaded(self) -> _Loaded:
        with self._lock:
            if self._data is None:
                lexicon = Lexicon(self._file)
                texts = Texts(lexicon)
                vocabulary = self._vocabulary()
                self._data = _Loaded(
                    lexicon=lexicon,
                    syllables=Syllables(lexicon.syllables, slurred=self._slurred),
                    texts=texts,
                    names=PinyinNames(vocabulary.names, lexicon, texts),
                    phrases=Phrases(
                        [
                            Group([*vocabulary.matters, *vocabulary.places], inf, -10.0),
                            Group(vocabulary.words, 1.5, -10.0),
                            Group(vocabulary.service, inf, -8.0),
                        ],
                        lexicon,
                        texts,
                    ),
                    addresses=Phrases(
                        [
                            Group(vocabulary.addresses.words, inf, -5.5),
                            Group(list(vocabulary.addresses.made(vocabulary.names)), inf, -9.0),
                        ],
                        lexicon,
                        texts,
                    ),
                )
            return self._data


def _of_sound(data: _Loaded, sound: int, field: Field) -> Iterator[tuple[str, float]]:
    """The characters that sound like that, and how likely they are (natural logarithm): in a name
    those that names are made of, the others far behind."""
    lexicon = data.lexicon
    words = lexicon.words
    block = words.spellings.single(lexicon.syllables[sound])
    rows = np.flatnonzero(block.sounds[:, 0] == sound)
    entries = rows + block.begin
    alone = lexicon.model.alone[words.word[entries]] + words.gain[entries]
    for row, likely in zip(rows.tolist(), alone.tolist(), strict=True):
        text = lexicon.written(block.text[row])
        if field is Field.NAME:
            likely = max(data.names.usual(text), likely - 20)
        yield text, likely
