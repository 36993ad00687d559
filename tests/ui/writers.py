"""Small engines for the keyboard's tests: they know a few characters, and keep what was asked."""

from collections.abc import Sequence
from concurrent.futures import Future
from dataclasses import replace

from kiosk.domain.writing import Candidate, Field, PenStroke
from kiosk.startup import Kiosk
from ui.desk import Writers

BY_COUNT = ("一二三王五六", "一丶丿丨乙〇", "二十人八入几", "三千大小口土", "王五毛日月天")
"""What is read of so many strokes; the first: of more."""
SYLLABLES = {
    "she": "社设射",
    "bao": "保报包",
    "ka": "卡咖喀",
    "zhang": "张章掌彰障仗帐账杖胀丈涨",
    "san": "三叁散伞",
}
WORDS = {("she", "bao", "ka"): "社保卡", ("she", "bao"): "社保", ("zhang", "san"): "张三"}
SIGNS = {"h": "一二三十", "hs": "十丁", "hsh": "土士", "*": "一丨丿"}


class Pen:
    """Reads how many strokes there are."""

    def __init__(self) -> None:
        self.asked: list[tuple[Sequence[PenStroke], Field, str]] = []

    def load(self) -> None:
        """There is nothing to read."""

    def candidates(
        self, strokes: Sequence[PenStroke], field: Field, before: str = "", limit: int = 10
    ) -> Sequence[str]:
        self.asked.append((strokes, field, before))
        return tuple(BY_COUNT[len(strokes) % len(BY_COUNT)])[:limit]


def syllables(keys: str) -> list[str]:
    """`keys` cut into known syllables, and what is left."""
    found = []
    while keys:
        syllable = next((each for each in SYLLABLES if keys.startswith(each)), keys)
        found.append(syllable)
        keys = keys[len(syllable) :]
    return found


class Pinyin:
    """Knows a few syllables."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, Field, str]] = []

    def load(self) -> None:
        """There is nothing to read."""

    def candidates(
        self, keys: str, field: Field, before: str = "", limit: int = 80
    ) -> Sequence[Candidate]:
        self.asked.append((keys, field, before))
        cut = syllables(keys)
        words = [
            Candidate(WORDS[tuple(cut[:n])], len("".join(cut[:n])))
            for n in range(len(cut), 1, -1)
            if tuple(cut[:n]) in WORDS
        ]
        singles = [Candidate(each, len(cut[0])) for each in SYLLABLES.get(cut[0], "")]
        return (words + singles)[:limit]

    def split(self, keys: str) -> str:
        return "'".join(syllables(keys))

    def others(self, character: str, field: Field, limit: int = 80) -> Sequence[str]:
        alike = next((each for each in SYLLABLES.values() if character in each), "")
        return tuple(alike.replace(character, ""))[:limit]


class Strokes:
    """Knows a few beginnings."""

    def load(self) -> None:
        """It knows them already."""

    def candidates(
        self, keys: str, field: Field, before: str = "", limit: int = 80
    ) -> Sequence[Candidate]:
        return tuple(Candidate(each, len(keys)) for each in SIGNS.get(keys, ""))[:limit]

    def split(self, keys: str) -> str:
        return keys

    def others(self, character: str, field: Field, limit: int = 80) -> Sequence[str]:
        return ()


def give(kiosk: Kiosk) -> tuple[Pen, Pinyin]:
    """Let the kiosk's keyboard write by these."""
    pen, pinyin, ready = Pen(), Pinyin(), Future()
    ready.set_result(replace(kiosk.backstage.result(), writers=Writers(pen, pinyin, Strokes())))
    shell = kiosk.application.shell
    shell.desk.backstage = ready
    shell.changed.emit()
    return pen, pinyin
