"""The kiosk's clock jumps by a year while a batch is under way."""

from collections.abc import Iterator
from datetime import timedelta
from itertools import pairwise
from pathlib import Path
from random import Random

import pytest

from kiosk.domain.submission.model import State
from tests.faults.hall import made_up
from tests.faults.weather import Scene, scene

YEAR = timedelta(days=365)


@pytest.fixture
def here(tmp_path: Path) -> Iterator[Scene]:
    with scene(tmp_path) as made:
        yield made


def jumping(here: Scene, by: timedelta) -> None:
    """From now on the clock jumps between lease and answer."""
    send = here.line.client.send

    def sent(batch: object) -> object:
        here.clock.advance(by)
        return send(batch)

    here.line.client.send = sent


@pytest.mark.parametrize("by", [YEAR, -YEAR])
def test_a_jump_between_lease_and_answer_does_no_harm(here: Scene, by: timedelta) -> None:
    random = Random(1)
    here.hand_in(made_up(random, 24))
    jumping(here, by)
    here.proxy.forecast("fine", "answer lost")
    for _ in range(6):
        here.hand_in(made_up(random, 4))
        here.round()
    verdict = here.clears(random)
    assert verdict.holds, verdict
    assert len(verdict.registered) == len(here.promised) + 1


def test_what_was_leased_a_year_ahead_is_due_once_the_clock_is_right(here: Scene) -> None:
    here.hand_in(made_up(Random(2), 10))
    here.clock.advance(YEAR)
    here.line.outbox.lease(here.clock.now(), 10, 1 << 20, timedelta(minutes=2))
    assert here.line.outbox.status().counts[State.LEASED] == 10
    here.clock.advance(-YEAR)
    assert here.line.drain.round()
    verdict = here.clears(Random(2))
    assert verdict.holds, verdict


def test_a_clock_that_never_stops_jumping_holds_nothing_up(here: Scene) -> None:
    random = Random(3)
    here.proxy.forecast(*["fine", "answer lost", "500", "reset"] * 3)
    jumps = [timedelta(), YEAR, -YEAR, 2 * YEAR, timedelta(hours=-3), timedelta()] * 3
    for before, after in pairwise(jumps):
        here.hand_in(made_up(random, 3))
        here.clock.advance(after - before)
        here.round()
    verdict = here.clears(random)
    assert verdict.holds, verdict
    assert here.line.outbox.status().waiting == 0
