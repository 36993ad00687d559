"""Triage: how many sets of answers one core classifies in a second.

10,000 random sets of answers a citizen can give, seeded, read as `kiosk triage` reads them; the
baseline, in the same run, reads the same sets as JSON.
"""

import json
import random
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from kiosk.domain.questions.model import Kind, Question
from kiosk.settings import Settings
from kiosk.triaging import Triage

SETS = 10_000
PER_SECOND = 10_000


def answer(triage: Triage, question: Question, chance: random.Random) -> object:
    """An answer that can be taken."""
    options: list[Any] = [option.id for option in question.options]

    def day() -> str:
        return (triage.today - timedelta(days=chance.randint(0, 300))).isoformat()

    match question.kind:
        case Kind.CHOICE | Kind.TOPIC | Kind.NOTICE:
            return chance.choice(options)
        case Kind.SEVERAL:
            return chance.sample(options, chance.randint(1, len(options)))
        case Kind.DATE:
            return chance.choice([*options, day(), day()])
        case Kind.DAYS:
            return chance.choice([*options, sorted({day() for _ in range(chance.randint(1, 5))})])
        case Kind.ITEM:
            return chance.choice([*triage.catalogue.items, "演示"])
        case Kind.PHONE:
            return chance.choice([*options, "13800000000"])
        case _:
            return "演示"


def answers(triage: Triage, chance: random.Random) -> dict[str, object]:
    """One for each question that is put on the way these answers lead."""
    given: dict[str, object] = {}
    while "question" in (found := triage.classified(given)):
        at = str(found["question"])
        given[at] = answer(triage, triage.flow.questions[at], chance)
    return given


def per_second(work: Callable[[Any], object], sets: list[Any]) -> float:
    """How often a second."""
    began = time.perf_counter()
    for each in sets:
        work(each)
    return len(sets) / (time.perf_counter() - began)


def measure() -> dict[str, object]:
    """All figures."""
    with TemporaryDirectory(prefix="budayang-") as folder:
        triage = Triage.of(Settings(base=Path(folder)))
    chance = random.Random(20261125)
    sets = [answers(triage, chance) for _ in range(SETS)]
    lines = [json.dumps(each) for each in sets]
    plain = per_second(json.loads, lines)
    own = per_second(triage.classified, sets)
    return {
        "sets": SETS,
        "per_second": round(own),
        "per_second_target": PER_SECOND,
        "json_loads_per_second": round(plain),
        "ratio_to_json_loads": round(plain / own, 2),
    }
