"""The real queue, uplink and server: what has arrived of a large envelope is not sent again."""

import contextlib
import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from random import Random

import pytest
from uuid_utils.compat import uuid7

from kiosk.domain.submission.model import Kind, State, Submission
from kiosk.errors import CentralUnreachable
from services import wire
from services.uplink import bounded, uploads
from services.uplink.answers import CentralBusy
from services.uplink.drain import LEASE
from tests.faults.hall import deliver, made_up
from tests.faults.proxy import FINE
from tests.faults.weather import Scene, scene

PART = wire.PART_BYTES
SHORT = (Kind.INQUIRY,)
UPLOAD = f"POST {wire.UPLOADS_PATH}"
BATCH = f"POST {wire.BATCHES_PATH}?reads={wire.RECEIPT_VERSION}"


def picture(random: Random, size: int) -> Submission:
    (form,) = made_up(random, 1, (Kind.APPLICATION,))
    return replace(
        form,
        id=uuid7(),
        kind=Kind.ATTACHMENT,
        answers=(),
        facts={"paper": "id_card", "page": 1},
        verdict={},
        content=b"\xff\xd8\xff" + random.randbytes(size),
    )


@pytest.fixture
def random() -> Random:
    return Random(1)


@pytest.fixture
def here(tmp_path: Path, random: Random) -> Iterator[Scene]:
    """A kiosk that is enrolled and knows the server's time, before a line in any weather."""
    with scene(tmp_path) as made:
        made.hand_in(made_up(random, 1, (Kind.COMPLAINT,)))
        assert made.line.drain.round()
        made.line.client.hello()
        made.proxy.asked.clear()
        yield made


def asked(here: Scene) -> list[str]:
    """What the kiosk has asked since the last time, an upload's name left out."""
    found = [line.split("/v1/uploads/")[0].strip() for line in here.proxy.asked]
    here.proxy.asked.clear()
    return found


def arrived(here: Scene, random: Random) -> None:
    assert here.line.outbox.status().waiting == 0
    verdict = here.clears(random)
    assert verdict.holds, verdict


def later(here: Scene) -> None:
    here.clock.advance(LEASE + timedelta(hours=1))


def test_what_is_larger_than_a_part_goes_before_its_batch(here: Scene, random: Random) -> None:
    here.hand_in([picture(random, 2 * PART), *made_up(random, 3, SHORT)])
    assert here.line.drain.round()
    assert asked(here) == [UPLOAD, "PATCH", "PATCH", "PATCH", BATCH]
    arrived(here, random)


def test_small_items_cost_nothing_more(here: Scene, random: Random) -> None:
    here.hand_in([*made_up(random, 20, (Kind.COMPLAINT,)), picture(random, PART // 2)])
    assert here.line.drain.round()
    assert asked(here) == [BATCH]
    arrived(here, random)


@pytest.mark.parametrize("weather", ["reset", "request cut", "captive portal", "500"])
def test_a_part_that_is_lost_on_the_way_costs_a_part(
    here: Scene, random: Random, weather: str
) -> None:
    here.hand_in([picture(random, 3 * PART)])
    here.proxy.forecast(FINE, FINE, FINE, weather)
    with pytest.raises(CentralUnreachable):
        here.line.drain.round()
    assert asked(here) == [UPLOAD, "PATCH", "PATCH", "PATCH"]
    later(here)
    assert here.line.drain.round()
    assert asked(here) == [UPLOAD, "PATCH", "PATCH", "PATCH", BATCH]
    arrived(here, random)


@pytest.mark.parametrize("weather", ["answer lost", "reset after the answer", "502 though taken"])
def test_a_part_whose_answer_is_lost_is_not_sent_again(
    here: Scene, random: Random, weather: str
) -> None:
    here.hand_in([picture(random, 3 * PART)])
    here.proxy.forecast(FINE, FINE, weather)
    with pytest.raises(CentralUnreachable):
        here.line.drain.round()
    asked(here)
    later(here)
    assert here.line.drain.round()
    assert asked(here) == [UPLOAD, "PATCH", "PATCH", "PATCH", BATCH]
    arrived(here, random)


def test_after_the_batch_s_answer_is_lost_nothing_is_uploaded_again(
    here: Scene, random: Random
) -> None:
    here.hand_in([picture(random, PART)])
    here.proxy.forecast(FINE, FINE, FINE, "answer lost")
    with pytest.raises(CentralUnreachable):
        here.line.drain.round()
    assert asked(here) == [UPLOAD, "PATCH", "PATCH", BATCH]
    later(here)
    assert here.line.drain.round()
    assert asked(here) == [UPLOAD, BATCH]
    arrived(here, random)


@pytest.mark.parametrize("weather", ["an older server", "413"])
def test_a_server_that_has_no_uploads_gets_the_whole_in_the_batch(
    here: Scene, random: Random, weather: str
) -> None:
    here.hand_in([picture(random, 2 * PART)])
    here.proxy.forecast(weather, FINE)
    assert here.line.drain.round()
    assert asked(here) == [UPLOAD, BATCH]
    arrived(here, random)


def test_a_kiosk_that_is_not_enrolled_yet_is_by_a_large_first_batch(
    tmp_path: Path, random: Random
) -> None:
    with scene(tmp_path) as here:
        here.hand_in([picture(random, 2 * PART)])
        assert here.line.drain.round()
        assert asked(here) == [UPLOAD, BATCH]
        arrived(here, random)


def test_the_server_s_own_wait_holds(here: Scene, random: Random) -> None:
    here.hand_in([picture(random, 2 * PART)])
    here.proxy.forecast(FINE, "429")
    with pytest.raises(CentralBusy) as busy:
        here.line.drain.round()
    assert busy.value.retry_after == timedelta(seconds=2)


def test_a_kiosk_whose_clock_is_wrong_is_told_the_time(tmp_path: Path, random: Random) -> None:
    with scene(tmp_path) as here:
        here.hand_in(made_up(random, 1, SHORT))
        assert here.line.drain.round()
        asked(here)
        here.clock.advance(timedelta(hours=3))
        here.hand_in([picture(random, PART)])
        assert here.line.drain.round()
        assert asked(here) == [UPLOAD, UPLOAD, "PATCH", "PATCH", BATCH]
        arrived(here, random)


def test_a_lie_about_the_time_costs_an_upload_and_nothing_else(here: Scene, random: Random) -> None:
    here.hand_in([picture(random, PART)])
    here.proxy.forecast(FINE, "another time")
    assert here.line.drain.round()
    assert asked(here) == [UPLOAD, "PATCH", "PATCH", BATCH, BATCH]
    arrived(here, random)


def test_an_upload_that_has_expired_begins_anew(here: Scene, random: Random) -> None:
    here.hand_in([picture(random, 2 * PART)])
    here.proxy.forecast(FINE, FINE, "reset")
    with pytest.raises(CentralUnreachable):
        here.line.drain.round()
    asked(here)
    later(here)
    with closing(sqlite3.connect(here.hall.register)) as database:
        assert database.execute("UPDATE upload SET expires_at = '2020-01-01'").rowcount == 1
        database.commit()
    assert here.line.drain.round()
    assert asked(here) == [UPLOAD, "PATCH", "PATCH", "PATCH", BATCH]
    arrived(here, random)


def test_kiosk_and_server_that_are_started_again_after_every_part_go_on(
    tmp_path: Path, random: Random
) -> None:
    made = [*made_up(random, 1, (Kind.COMPLAINT,)), picture(random, 3 * PART)]
    with scene(tmp_path) as here:
        here.hand_in(made[:1])
        assert here.line.drain.round()
        here.hand_in(made[1:])
    said = []
    for hours in range(1, 7):
        with scene(tmp_path) as here:
            here.clock.advance(timedelta(hours=hours))
            here.line.client.hello()
            here.proxy.forecast(FINE, FINE, "reset")
            with contextlib.suppress(CentralUnreachable):
                here.line.drain.round()
            said.append(asked(here)[1:])
            here.promised = {one.id: one for one in made}
            here.proxy.forecast()
            if hours == 6:
                arrived(here, random)
    going_on = [[UPLOAD, "PATCH", "PATCH"]] * 4
    assert said == [*going_on, [UPLOAD, "PATCH", BATCH], [UPLOAD, BATCH]]


def test_an_upload_that_is_cut_from_elsewhere_ends_at_once(here: Scene, random: Random) -> None:
    here.hand_in([picture(random, 2 * PART)])
    here.proxy.forecast(FINE, FINE, "dropped")
    draining = threading.Thread(target=here.round)
    draining.start()
    with here.proxy.changed:
        assert here.proxy.changed.wait_for(lambda: here.proxy.cleared, 10)
    begun = time.monotonic()
    here.line.client.hang_up()
    draining.join()
    assert time.monotonic() - begun < bounded.READ_SECONDS
    assert here.line.outbox.status().counts[State.RETRY_WAIT] == 1


class Clock:
    """Goes on by so much whenever it is looked at."""

    def __init__(self, seconds: float) -> None:
        self._now, self._seconds = 0.0, seconds

    def monotonic(self) -> float:
        self._now += self._seconds
        return self._now


def test_what_takes_too_long_goes_on_the_next_time_and_holds_up_nothing(
    here: Scene, random: Random, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(uploads, "time", Clock(uploads.SECONDS / 4))
    here.hand_in([picture(random, 3 * PART), picture(random, PART), *made_up(random, 1, SHORT)])
    assert here.line.drain.round()
    assert asked(here) == [UPLOAD, "PATCH", "PATCH", BATCH]
    counts = here.line.outbox.status().counts
    assert (counts[State.ACKED], counts[State.RETRY_WAIT], counts[State.DEAD]) == (2, 2, 0)
    assert deliver(here.line, here.clock) > 1
    assert asked(here).count("PATCH") == 3 + 2
    arrived(here, random)
