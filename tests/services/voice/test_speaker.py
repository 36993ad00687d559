import logging
from collections.abc import Iterator
from queue import Queue
from threading import Event

import pytest

from kiosk.domain.session.manner import Manner
from kiosk.domain.words import Language
from kiosk.errors import VoiceTrouble
from services.voice.player import Aplay
from services.voice.speaker import PyttsxSpeaker

PATIENCE = 10


class Loudspeaker(Aplay):
    """Tells what it plays; each sound lasts until it is let go or silenced."""

    def __init__(self) -> None:
        super().__init__("null")
        self.begun: Queue[str] = Queue()
        self.go = Event()
        self.broken = False
        self._turn = 0

    def turn(self) -> int:
        return self._turn

    def play(self, wav: bytes, turn: int) -> None:
        if self.broken:
            raise VoiceTrouble("unplugged")
        if turn == self._turn:
            self.begun.put(wav.decode())
            self.go.wait(PATIENCE)

    def silence(self) -> None:
        self._turn += 1
        self.go.set()
        self.go = Event()


class Words:
    """A voice whose sounds are the words."""

    def available(self) -> bool:
        return True

    def render(self, clause: str, language: Language, manner: Manner) -> bytes:
        self.manner = manner
        return f"{language}:{clause}".encode()


@pytest.fixture
def loudspeaker() -> Loudspeaker:
    return Loudspeaker()


@pytest.fixture
def speaker(loudspeaker: Loudspeaker) -> Iterator[PyttsxSpeaker]:
    speaker = PyttsxSpeaker(Words(), loudspeaker)
    yield speaker
    speaker.hush()


def say(speaker: PyttsxSpeaker, sentences: list[str], language: Language) -> "Queue[int | None]":
    """What is told of it."""
    told: Queue[int | None] = Queue()
    speaker.say(sentences, language, Manner(), told.put)
    return told


def test_sentences_are_said_one_after_another(
    speaker: PyttsxSpeaker, loudspeaker: Loudspeaker
) -> None:
    told = say(speaker, ["第 1 步", "请看。请选。"], Language.ZH)
    heard = []
    for _ in range(3):
        heard.append(loudspeaker.begun.get(timeout=PATIENCE))
        loudspeaker.go.set()
        loudspeaker.go = Event()
    assert heard == ["zh:第 一 步", "zh:请看。", "zh:请选。"]
    assert [told.get(timeout=PATIENCE) for _ in range(4)] == [0, 1, 1, None]


def test_what_is_said_next_takes_the_place_of_what_is_being_said(
    speaker: PyttsxSpeaker, loudspeaker: Loudspeaker
) -> None:
    before = say(speaker, ["旧的", "旧的第二句"], Language.ZH)
    assert loudspeaker.begun.get(timeout=PATIENCE) == "zh:旧的"
    told = say(speaker, ["new"], Language.EN)
    assert loudspeaker.begun.get(timeout=PATIENCE) == "en:new"
    loudspeaker.go.set()
    assert [told.get(timeout=PATIENCE) for _ in range(2)] == [0, None]
    assert list(before.queue) == [0]


def test_it_is_said_in_the_manner_wanted(loudspeaker: Loudspeaker) -> None:
    words, slower = Words(), Manner().faster(-1)
    speaker = PyttsxSpeaker(words, loudspeaker)
    speaker.say(["一"], Language.ZH, slower, lambda _: None)
    assert loudspeaker.begun.get(timeout=PATIENCE) == "zh:一"
    assert words.manner == slower
    speaker.hush()


def test_where_there_is_nothing_to_say_its_end_is_told_at_once(speaker: PyttsxSpeaker) -> None:
    for nothing in ([], ["…"]):
        assert say(speaker, nothing, Language.ZH).get(timeout=PATIENCE) is None


def test_silence_comes_at_once_and_stays(speaker: PyttsxSpeaker, loudspeaker: Loudspeaker) -> None:
    say(speaker, ["一", "二"], Language.ZH)
    loudspeaker.begun.get(timeout=PATIENCE)
    assert speaker.speaking()
    speaker.hush()
    say(speaker, ["完"], Language.ZH)
    assert loudspeaker.begun.get(timeout=PATIENCE) == "zh:完"
    assert loudspeaker.begun.empty()


def test_a_loudspeaker_that_fails_is_told_once_and_stops_nothing(
    speaker: PyttsxSpeaker, loudspeaker: Loudspeaker, caplog: pytest.LogCaptureFixture
) -> None:
    loudspeaker.broken = True
    with caplog.at_level(logging.WARNING):
        assert not speaker.utter("一", Language.ZH, loudspeaker.turn())
        assert not speaker.utter("二", Language.ZH, loudspeaker.turn())
    assert [each.getMessage() for each in caplog.records] == ["no voice: unplugged"]
    loudspeaker.broken = False
    loudspeaker.go.set()
    assert speaker.utter("三", Language.ZH, loudspeaker.turn())
