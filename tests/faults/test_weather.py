"""The real queue, uplink and server with a bad line between them."""

import ssl
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from random import Random

import pytest

from kiosk.domain.submission.model import Kind, State
from kiosk.errors import CentralUnreachable
from services.uplink.uplink import BackgroundUplink
from tests.faults.hall import Hall, MovedClock, made_up, serving
from tests.faults.oracle import all_well
from tests.faults.proxy import EXCHANGES, FINE, SLOW, TlsInBetween
from tests.faults.weather import Scene, scene, storm
from tests.services.certificates import Certified, certified

PATIENCE = 30.0
SHORT = (Kind.COMPLAINT, Kind.INQUIRY)


@pytest.fixture
def here(tmp_path: Path) -> Iterator[Scene]:
    with scene(tmp_path) as made:
        yield made


@pytest.mark.parametrize("weather", sorted(EXCHANGES.keys() - SLOW))
def test_what_is_handed_in_in_bad_weather_arrives_once(here: Scene, weather: str) -> None:
    random = Random(weather)
    here.hand_in(made_up(random, 24))
    here.proxy.forecast(weather, weather, FINE, weather)
    while not here.proxy.cleared:
        if not here.line.outbox.status().waiting:
            here.hand_in(made_up(random, 6))
        here.round()
    assert here.proxy.met[0] == weather
    assert here.line.outbox.status().counts[State.DEAD] == 0
    verdict = here.clears(random)
    assert verdict.holds, verdict
    assert len(verdict.registered) == len(here.promised) + 1


@pytest.mark.parametrize("weather", sorted(SLOW))
def test_what_waits_for_an_answer_that_does_not_come_arrives_once(
    here: Scene, weather: str
) -> None:
    random = Random(weather)
    here.hand_in(made_up(random, 2, SHORT))
    here.proxy.forecast(weather)
    here.round()
    assert here.proxy.met == [weather]
    assert here.line.outbox.status().counts[State.RETRY_WAIT] == 2
    here.hand_in(made_up(random, 24))
    verdict = here.clears(random)
    assert verdict.holds, verdict


def test_everything_at_once(here: Scene) -> None:
    random = Random(7)
    weathers = sorted(EXCHANGES.keys() - SLOW) * 2
    random.shuffle(weathers)
    storm(here, weathers, random)
    verdict = here.clears(random)
    assert verdict.holds, verdict
    assert len(verdict.registered) == len(here.promised) + 1


def test_the_uplink_by_itself_gets_through(here: Scene) -> None:
    """Its thread, its waits and its hellos, with nobody to move the clock."""
    random = Random(8)
    uplink = BackgroundUplink(
        here.line.drain,
        here.line.outbox,
        here.line.client,
        clock=here.clock,
        random=random,
        news=here.line.news,
        circuits=here.line.circuits,
    )
    weathers = [
        *("reset", "captive portal", "answer lost", "out of order", "others' receipts"),
        *("500", "answer cut", "sent twice, second answer", "413", "another time"),
    ]
    here.proxy.forecast(*weathers)
    uplink.start()
    try:
        for one in made_up(random, 40):
            here.hand_in([one])
            uplink.poke()
        deadline = time.monotonic() + PATIENCE
        while not (here.proxy.cleared and here.line.outbox.status().waiting == 0):
            assert time.monotonic() < deadline, here.line.outbox.status()
            uplink.poke()
            with here.proxy.changed:  # a row changes just after the exchange has ended
                here.proxy.changed.wait(0.05)
    finally:
        uplink.stop()
    assert here.proxy.met[: len(weathers)] == weathers
    verdict = here.clears(random)
    assert verdict.holds, verdict


# Over TLS


@pytest.fixture
def files(tmp_path: Path) -> Certified:
    return certified(tmp_path / "ours")


def test_nothing_is_said_to_whoever_has_no_certificate_of_ours(
    tmp_path: Path, files: Certified
) -> None:
    random, clock = Random(9), MovedClock()
    foreign = certified(tmp_path / "foreign")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(foreign.certificate, foreign.key)
    plain = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}"
    with serving(Hall(tmp_path, 1).settings.central_folder, certified=files) as port:
        made = made_up(random, 24)
        for stranger in (TlsInBetween(context), TlsInBetween(None, plain)):
            line = Hall(tmp_path, stranger.port, str(files.ca)).line(clock)
            line.outbox.put_all([line.sealer.seal(one) for one in made])
            for _ in range(3):
                with pytest.raises(CentralUnreachable):
                    line.drain.round()
                clock.advance(timedelta(hours=1))
            line.client.close()
            line.outbox.close()
            stranger.close()
            assert stranger.heard == b""
        hall = Hall(tmp_path, port, str(files.ca))
        verdict = all_well(hall, clock, [one.id for one in made], {m.id: m for m in made}, random)
    assert verdict.holds, verdict
