"""Handwriting: how often what is meant is among the candidates, how soon, and what that costs.

- Top-1 and top-10 over the 3,755 characters of GB 2312 level 1, written by a mild hand, by an
  elder's (see `tests/services/writing/hand/writers.py`), and by the mild one in shuffled order;
  without context; and every fourth in an adverse one: after a surname, whatever the character.
- The same, by the elder's hand, of people's names, with what stands before and without.
- Words of two to four characters in one go.
- Milliseconds a character (`core_ms`: those in which a core worked for it, whatever else the
  machine does; `ms`: by the clock), load time, growth of memory (RSS) by loading and reading
  in turns of 200 characters, at its highest, in a process whose memory is set up as the kiosk's.
"""

import os
import random
import subprocess
import sys
import time
from collections.abc import Iterable, Sequence
from pathlib import Path
from statistics import median, quantiles
from tempfile import TemporaryDirectory

from kiosk import erasure, wiring
from kiosk.domain.writing import Field, PenStroke
from kiosk.ports import Handwriting
from kiosk.settings import Settings
from kiosk.wiring import writing
from tests.services.writing.hand.writers import (
    ELDER,
    MILD,
    Hand,
    characters,
    shuffled,
    side_by_side,
    written,
)

SEED = 20261126
WORDS = 300
A_TURN = 200
"""Characters: more than one citizen writes. At a turn's end the kiosk gives memory back."""
Asked = tuple[str, list[PenStroke], str]
"""What is meant, its strokes, and what stands before."""

NAMES = """
王明 李秀英 张伟 刘洋 陈静 杨建国 赵桂兰 黄丽娟 周志强 吴晓燕 徐海波
孙玉梅 马俊 朱德福 胡春花 郭子涵 何雨桐 高文博 林淑珍 罗红霞 郑凯 谢玲玲
宋国栋 唐小龙 韩雪 冯建华 董永 程思远 曹磊 袁丽萍 许家豪 沈佳仪 卢志明
姜秀兰 崔振宇 谭晓东 陆雅琴 汪洋 石敏 贾宏伟 夏雨 方志刚 邹慧 熊大海
孟凡 秦兰 江涛 尹力 薛梅 雷鸣 欧阳娜 司马光
"""
"""Made up."""


class Figures:
    """Ranks and times of what was asked."""

    def __init__(self, engine: Handwriting, asked: Iterable[Asked], field: Field) -> None:
        self.ranks: list[int] = []
        self.milliseconds: list[float] = []
        self.core_milliseconds: list[float] = []
        for meant, strokes, before in asked:
            began, worked = time.perf_counter(), time.thread_time()
            found = list(engine.candidates(strokes, field, before))
            self.core_milliseconds.append((time.thread_time() - worked) * 1000)
            self.milliseconds.append((time.perf_counter() - began) * 1000)
            self.ranks.append(found.index(meant) if meant in found else len(found))

    def share(self, first: int) -> float:
        """Of what is among the first so many candidates."""
        return round(sum(rank < first for rank in self.ranks) / len(self.ranks), 4)

    def shares(self) -> dict[str, float]:
        return {"top_1": self.share(1), "top_5": self.share(5), "top_10": self.share(10)}


def alone(hand: Hand, before: str = "") -> list[Asked]:
    """Every character."""
    return [(each, written(each, hand, SEED), before) for each in characters()]


def in_names(*, with_before: bool) -> list[Asked]:
    """Every character of the names, in its place."""
    return [
        (character, written(character, ELDER, SEED + at), name[:at] if with_before else "")
        for name in NAMES.split()
        for at, character in enumerate(name)
    ]


def whole_words(hand: Hand) -> list[Asked]:
    """What people call the catalogue's items."""
    chance = random.Random(SEED)
    known = characters().keys()
    said = (word for words in wiring.lexicon().concepts.values() for word in words)
    words = sorted({word for word in said if 2 <= len(word) <= 4 and known >= set(word)})
    return [(each, side_by_side(each, hand, SEED), "") for each in chance.sample(words, WORDS)]


def memory_mb() -> float:
    """Resident memory of this process."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def memory_growth_mb() -> float:
    """At its highest."""
    erasure.begin()
    with TemporaryDirectory(prefix="budayang-") as folder:
        engine = writing.handwriting(wiring.catalogue(Settings(base=Path(folder))))
        asked = alone(ELDER)
        before = highest = memory_mb()
        for at, (_, strokes, _) in enumerate(asked, start=1):
            engine.candidates(strokes, Field.TEXT)
            if at % A_TURN == 0:
                highest = max(highest, memory_mb())
                erasure.give_back()
    return highest - before


def as_the_kiosk() -> float:
    """The same of a process that the C library keeps no caches for."""
    measured = subprocess.run(
        [sys.executable, "-m", "tests.bench.handwriting"],
        env=os.environ | {"GLIBC_TUNABLES": erasure.NO_CACHES},
        check=True,
        capture_output=True,
        text=True,
    )
    return float(measured.stdout)


def p95(milliseconds: Sequence[float]) -> float:
    return round(quantiles(milliseconds, n=20)[-1], 1)


def measure() -> dict[str, object]:
    """All figures."""
    with TemporaryDirectory(prefix="budayang-") as folder:
        catalogue = wiring.catalogue(Settings(base=Path(folder)))
        engine = writing.handwriting(catalogue)
        mild, elder = alone(MILD), alone(ELDER)
        began = time.perf_counter()
        engine.candidates(mild[0][1], Field.TEXT)
        load_ms = (time.perf_counter() - began) * 1000
        read_mild = Figures(engine, mild, Field.TEXT)
        read_elder = Figures(engine, elder, Field.TEXT)
        in_order = [(meant, shuffled(strokes, SEED), "") for meant, strokes, _ in mild]
        figures = {
            "characters": len(mild),
            "mild": read_mild.shares(),
            "elder": read_elder.shares(),
            "mild_shuffled": Figures(engine, in_order, Field.TEXT).shares(),
            "elder_adverse_context": Figures(engine, alone(ELDER, "王")[::4], Field.NAME).shares(),
            "names_elder": Figures(engine, in_names(with_before=True), Field.NAME).shares(),
            "names_elder_no_context": Figures(
                engine, in_names(with_before=False), Field.TEXT
            ).shares(),
            "words_mild": Figures(engine, whole_words(MILD), Field.SEARCH).shares(),
            "words_elder": Figures(engine, whole_words(ELDER), Field.SEARCH).shares(),
        }
    by_clock = read_mild.milliseconds + read_elder.milliseconds
    of_core = read_mild.core_milliseconds + read_elder.core_milliseconds
    return {
        **figures,
        "top_1_mild_target": 0.97,
        "top_10_mild_target": 0.995,
        "top_10_elder_target": 0.975,
        "ms_median": round(median(by_clock), 1),
        "ms_p95": p95(by_clock),
        "core_ms_median": round(median(of_core), 1),
        "core_ms_p95": p95(of_core),
        "core_ms_p95_target": 15,
        "load_ms": round(load_ms),
        "memory_growth_mb": round(as_the_kiosk()),
        "memory_growth_mb_target": 80,
    }


if __name__ == "__main__":
    print(memory_growth_mb())
