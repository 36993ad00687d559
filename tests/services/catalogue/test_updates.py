import logging
from collections.abc import Callable, Sequence
from threading import Event, Thread
from types import SimpleNamespace

import pytest

from kiosk.errors import (
    CatalogueRefused,
    CentralUnreachable,
    ContentError,
    NotProvisioned,
    StorageError,
)
from services.catalogue.updates import BackgroundUpdates

SECONDS = 10


class Centre:
    """Answers one look after another; each answer is a value or an error."""

    def __init__(self, *answers: object) -> None:
        self._answers = list(answers)
        self.asked: list[int] = []
        self.empty = Event()

    def __call__(self, than: int, held: Sequence[bytes]) -> tuple[int, bytes] | None:
        self.asked.append(than)
        if not self._answers:
            self.empty.set()
            return None
        answer = self._answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer


class Shelf:
    def lines(self) -> tuple[bytes, ...]:
        return ()

    def put(self, number: int, whole: bytes) -> SimpleNamespace:
        if whole == b"broken":
            raise CatalogueRefused(f"edition {number}: broken")
        return SimpleNamespace(number=number)


@pytest.fixture
def run() -> Callable[..., tuple[BackgroundUpdates, list[int]]]:
    def start(centre: Centre) -> tuple[BackgroundUpdates, list[int]]:
        ready: list[int] = []
        updates = BackgroundUpdates(centre, Shelf(), 1, every=0.01)
        updates.start(lambda catalogue: ready.append(catalogue.number))
        assert centre.empty.wait(SECONDS)
        updates.stop()
        return updates, ready

    return start


def test_a_newer_edition_is_kept_and_handed_on(run) -> None:
    centre = Centre(None, (2, b"x"), None, (3, b"x"))
    updates, ready = run(centre)
    assert ready == [2, 3]
    assert centre.asked[:5] == [1, 1, 2, 2, 3]
    assert updates.trouble == ""


def test_what_is_refused_is_told_once_and_the_old_edition_stays(
    run, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING):
        centre = Centre(
            (2, b"broken"),
            (2, b"broken"),
            CatalogueRefused("unsigned"),
            StorageError("the disk is full"),
            ContentError("not compiled"),
        )
        _, ready = run(centre)
    assert ready == []
    assert centre.asked[:6] == [1] * 6
    assert [record.getMessage() for record in caplog.records] == [
        "catalogue: edition 2: broken",
        "catalogue: unsigned",
        "catalogue: the disk is full",
        "catalogue: not compiled",
    ]


@pytest.mark.parametrize("quiet", [CentralUnreachable("x"), NotProvisioned("x")])
def test_a_centre_out_of_reach_is_asked_again_quietly(
    run, caplog: pytest.LogCaptureFixture, quiet: Exception
) -> None:
    with caplog.at_level(logging.WARNING):
        _, ready = run(Centre(quiet, (2, b"x")))
    assert ready == [2]
    assert caplog.records == []


def test_the_operator_reads_the_trouble_until_it_is_over() -> None:
    told: list[str] = []

    def told_before(centre: Centre) -> Callable[..., tuple[int, bytes] | None]:
        def fetch(than: int, held: Sequence[bytes]) -> tuple[int, bytes] | None:
            told.append(updates.trouble)
            return centre(than, held)

        return fetch

    centre = Centre(CatalogueRefused("unsigned"), CentralUnreachable("x"), (2, b"x"), None)
    updates = BackgroundUpdates(told_before(centre), Shelf(), 1, every=0.01)
    updates.start(lambda _: None)
    assert centre.empty.wait(SECONDS)
    updates.stop()
    assert told[:5] == ["", "unsigned", "unsigned", "", ""]


def test_a_poke_looks_at_once() -> None:
    looked, centre = Event(), Centre((2, b"x"))
    updates = BackgroundUpdates(centre, Shelf(), 1, every=3600)
    updates.start(lambda _: looked.set())
    assert looked.wait(SECONDS)
    assert centre.asked == [1]
    updates.poke()
    assert centre.empty.wait(SECONDS)
    updates.stop()


def test_after_a_refusal_the_next_look_is_later_each_time(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    centre = Centre(*([CatalogueRefused("unsigned")] * 9), None, None)
    updates, waits = BackgroundUpdates(centre, Shelf(), 1, every=1.0), Waits()
    monkeypatch.setattr(updates, "_wanted", waits)
    updates.start(lambda _: None)
    assert centre.empty.wait(SECONDS)
    updates.stop()
    assert waits.seconds[:11] == [2, 4, 8, 16, 32, 64, 64, 64, 64, 1, 1]


class Waits(Event):
    """Does not wait, but remembers for how long it would have."""

    def __init__(self) -> None:
        super().__init__()
        self.seconds: list[float | None] = []

    def wait(self, timeout: float | None = None) -> bool:
        self.seconds.append(timeout)
        return True


def test_a_thread_that_would_wait_an_hour_is_stopped_at_once() -> None:
    updates = BackgroundUpdates(Centre(), Shelf(), 1, every=3600)
    updates.start(lambda _: None)
    stopper = Thread(target=updates.stop, daemon=True)
    stopper.start()
    stopper.join(SECONDS)
    assert not stopper.is_alive()


def test_a_download_that_does_not_end_does_not_keep_the_kiosk_from_closing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("services.catalogue.updates.STOP_SECONDS", 0.01)
    begun, end, ready = Event(), Event(), Event()

    def fetch(than: int, held: Sequence[bytes]) -> tuple[int, bytes]:
        begun.set()
        assert end.wait(SECONDS)
        return 2, b"x"

    updates = BackgroundUpdates(fetch, Shelf(), 1, every=3600)
    updates.start(lambda _: ready.set())
    assert begun.wait(SECONDS)
    updates.stop()
    end.set()
    assert updates._thread is not None
    updates._thread.join(SECONDS)
    assert not ready.is_set()
