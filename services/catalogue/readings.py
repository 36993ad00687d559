"""How Chinese characters are read, without tones (from pypinyin's dictionaries)."""

import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from pypinyin import lazy_pinyin
from pypinyin.pinyin_dict import pinyin_dict

_COMMON = range(0x4E00, 0xA000)


def in_context(text: str) -> Sequence[tuple[str, ...]]:
    """One reading for each character, as its neighbours have it read (银行 hang, 行驶 xing)."""
    sounds: list[tuple[str, ...]] = []
    for sound in lazy_pinyin(text):
        unread = text.startswith(sound, len(sounds))
        sounds += [(each,) for each in sound] if unread else [(sound,)]
    return sounds


class Collected:
    """Reads texts in context and remembers every reading each character was given."""

    def __init__(self) -> None:
        self._seen: defaultdict[str, dict[str, None]] = defaultdict(dict)

    def __call__(self, text: str) -> Sequence[tuple[str, ...]]:
        """See `in_context`."""
        sounds = in_context(text)
        for char, (sound,) in zip(text, sounds, strict=True):
            self._seen[char][sound] = None
        return sounds

    def table(self) -> Mapping[str, tuple[str, ...]]:
        """For every common character its readings in the texts; elsewhere its most usual one."""
        return {char: tuple(self._seen.get(char, ())) or (usual,) for char, usual in _usual()}


def syllables() -> frozenset[str]:
    """Every syllable a common character is read as."""
    return frozenset(usual for _, usual in _usual() if set(usual) & set("aeiouv"))


def _usual() -> Iterator[tuple[str, str]]:
    for code in _COMMON:
        if code in pinyin_dict:
            yield chr(code), _toneless(pinyin_dict[code].partition(",")[0])


def _toneless(syllable: str) -> str:
    marked = unicodedata.normalize("NFD", syllable).replace("u\u0308", "v")
    return "".join(char for char in marked if not unicodedata.combining(char))
