import gc
import threading
import time
from collections.abc import Iterator
from queue import Queue
from threading import Event

import numpy as np
import pytest

from kiosk.domain.session.manner import Manner
from kiosk.domain.words import Language
from kiosk.errors import VoiceTrouble
from services.voice.player import Aplay
from services.voice.sound import Pcm, from_wav
from services.voice.speaker import PyttsxSpeaker
from services.voice.spoken import Clause

PATIENCE = 10


class Words:
    """A voice whose sounds tell which words they are of: so many thousandths loud."""

    def __init__(self) -> None:
        self.made: list[str] = []

    def available(self) -> bool:
        return True

    def render(self, clause: str, language: Language) -> Pcm:
        self.made.append(f"{language}:{clause}")
        return Pcm(np.full(2400, len(self.made) / 1000, np.float32), 24_000)

    def heard(self, wav: bytes) -> str:
        return self.made[round(float(from_wav(wav).samples[0]) * 1000) - 1]


class Loudspeaker(Aplay):
    """Tells what it plays; each sound lasts until it is let go or silenced."""

    def __init__(self, words: Words) -> None:
        super().__init__("null")
        self.words = words
        self.begun: Queue[str] = Queue()
        self.played: list[bytes] = []
        self.go = Event()
        self.broken = False
        self._turn = 0

    def turn(self) -> int:
        return self._turn

    def play(self, wav: bytes, turn: int) -> None:
        if self.broken:
            raise VoiceTrouble("unplugged")
        if turn == self._turn:
            self.played.append(wav)
            self.begun.put(self.words.heard(wav))
            self.go.wait(PATIENCE)

    def silence(self) -> None:
        self._turn += 1
        self.go.set()
        self.go = Event()

    def next(self) -> str:
        begun = self.begun.get(timeout=PATIENCE)
        self.go.set()
        self.go = Event()
        return begun


class Model:
    """Counts what a speaker tells the model's process."""

    def __init__(self) -> None:
        self.woken = Event()
        self.taken_back = 0
        self.closed = False

    def wake(self) -> None:
        self.woken.set()

    def take_back(self) -> None:
        self.taken_back += 1

    def close(self) -> None:
        self.closed = True


@pytest.fixture
def loudspeaker() -> Loudspeaker:
    return Loudspeaker(Words())


@pytest.fixture
def speaker(loudspeaker: Loudspeaker) -> Iterator[PyttsxSpeaker]:
    speaker = PyttsxSpeaker(loudspeaker.words, loudspeaker)
    yield speaker
    speaker.hush()


def say(speaker: PyttsxSpeaker, sentences: list[str], language: Language) -> "Queue[int | None]":
    """What is told of it."""
    told: Queue[int | None] = Queue()
    speaker.say(sentences, language, Manner(volume=1.0), told.put)
    return told


def test_sentences_are_said_one_after_another(
    speaker: PyttsxSpeaker, loudspeaker: Loudspeaker
) -> None:
    told = say(speaker, ["第 1 步", "请看。请选。"], Language.ZH)
    heard = [loudspeaker.next() for _ in range(3)]
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


def test_it_is_said_in_the_manner_wanted(speaker: PyttsxSpeaker, loudspeaker: Loudspeaker) -> None:
    for manner in (Manner(1.0, 1.0), Manner(0.7, 0.5)):
        speaker.say(["一"], Language.ZH, manner, lambda _: None)
        loudspeaker.begun.get(timeout=PATIENCE)
        loudspeaker.words.made.clear()
        speaker.hush()
    first, second = (from_wav(wav) for wav in loudspeaker.played)
    assert second.seconds - first.seconds == pytest.approx(0.1 / 0.7 - 0.1, abs=0.01)
    assert second.samples.max() == pytest.approx(first.samples.max() / 2, abs=0.0002)


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
    for text in ("一", "二"):
        say(speaker, [text], Language.ZH)
        until_quiet(speaker)
    assert [each.getMessage() for each in caplog.records] == ["no voice: unplugged"]
    loudspeaker.broken = False
    say(speaker, ["三"], Language.ZH)
    assert loudspeaker.next() == "zh:三"


def until_quiet(speaker: PyttsxSpeaker) -> None:
    until = time.monotonic() + PATIENCE
    while speaker.speaking():
        assert time.monotonic() < until
        for thread in threading.enumerate():
            if thread.name == "voice":
                thread.join(PATIENCE)


def test_the_next_clause_is_made_while_one_is_heard(
    speaker: PyttsxSpeaker, loudspeaker: Loudspeaker
) -> None:
    say(speaker, ["一", "二", "三"], Language.ZH)
    assert loudspeaker.begun.get(timeout=PATIENCE) == "zh:一"
    until = time.monotonic() + PATIENCE
    while loudspeaker.words.made != ["zh:一", "zh:二"]:
        assert time.monotonic() < until


def test_what_is_slow_to_make_is_cut_where_somebody_waits_for_it(
    loudspeaker: Loudspeaker,
) -> None:
    slow = "到原登记的民政窗口交资格申请书。"
    speaker = PyttsxSpeaker(
        loudspeaker.words, loudspeaker, slow=lambda clause, language: clause == slow
    )
    told = say(speaker, [slow, slow], Language.ZH)
    assert [loudspeaker.next() for _ in range(3)] == [
        "zh:到原登记的民政窗口,",
        "zh:交资格申请书。",
        f"zh:{slow}",
    ]
    assert [told.get(timeout=PATIENCE) for _ in range(4)] == [0, 0, 1, None]
    say(speaker, ["请到民政窗口交资格申请书。"], Language.ZH)
    assert loudspeaker.next() == "zh:请到民政窗口交资格申请书。"


def test_the_model_is_woken_by_who_listens_and_told_when_nobody_does(
    loudspeaker: Loudspeaker,
) -> None:
    model = Model()
    speaker = PyttsxSpeaker(loudspeaker.words, loudspeaker, model)
    say(speaker, ["一"], Language.ZH)
    assert model.woken.wait(PATIENCE)
    before = model.taken_back
    speaker.hush()
    assert model.taken_back > before
    speaker.close()
    assert model.closed


def test_of_what_was_hushed_nothing_is_kept(
    speaker: PyttsxSpeaker, loudspeaker: Loudspeaker
) -> None:
    say(speaker, ["一", "".join(["张", "三"])], Language.ZH)
    loudspeaker.begun.get(timeout=PATIENCE)
    loudspeaker.words.made.clear()
    speaker.hush()
    until_quiet(speaker)
    gc.collect()
    assert not [each for each in gc.get_objects() if isinstance(each, Clause)]
    assert speaker._engine.proxy._current_text == ""


def test_a_pause_follows_each_clause_a_longer_one_each_sentence(
    speaker: PyttsxSpeaker, loudspeaker: Loudspeaker
) -> None:
    say(speaker, ["请带身份证，到窗口。"], Language.ZH)
    assert [loudspeaker.next(), loudspeaker.next()] == ["zh:请带身份证，", "zh:到窗口。"]
    comma, stop = (from_wav(wav).seconds for wav in loudspeaker.played)
    assert 0.1 < comma < stop


def test_a_voice_with_a_bug_is_no_dead_end(
    speaker: PyttsxSpeaker, loudspeaker: Loudspeaker, monkeypatch: pytest.MonkeyPatch
) -> None:
    raised: list[object] = []
    monkeypatch.setattr(threading, "excepthook", raised.append)
    with monkeypatch.context() as patched:
        patched.setattr(loudspeaker.words, "render", None)
        say(speaker, ["一"], Language.ZH)
        until_quiet(speaker)
    assert len(raised) == 1
    say(speaker, ["二"], Language.ZH)
    assert loudspeaker.next() == "zh:二"
