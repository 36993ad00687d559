import io
import json
import os
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from queue import Queue

import numpy as np
import pytest

from kiosk.domain.words import Language
from kiosk.errors import VoiceTrouble
from services.voice import worker as module
from services.voice.serving import Service
from services.voice.sound import Pcm
from services.voice.synthesizer import NotSaid
from services.voice.worker import Worker
from tests.services.voice.voices import Tones

PATIENCE = 10
ROOT = Path(__file__).parents[3]
PROCESS = """
import sys
from threading import Event
from services.voice.serving import Service
from tests.services.voice.voices import Tones

class Model(Tones):
    stopped = Event()

    def sound(self, said, language):
        if said == "崩":
            sys.exit(1)
        if said == "久":
            self.stopped.wait()
        return super().sound(said, language)

    def begin(self):
        self.stopped.clear()

    def stop(self):
        self.stopped.set()

Service(Model("不")).serve(sys.stdin.buffer, sys.stdout.buffer)
"""


def start(program: str = PROCESS, there: bool = True) -> Worker:
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    return Worker([sys.executable, "-c", program], environment, there)


@pytest.fixture
def worker(monkeypatch: pytest.MonkeyPatch) -> Iterator[Worker]:
    monkeypatch.setattr(module, "PATIENCE_SECONDS", 60.0)
    worker = start()
    yield worker
    worker.close()


def test_another_process_makes_the_sound(worker: Worker) -> None:
    assert worker.available()
    worker.wake()
    said = worker.render("请稍候", Language.ZH)
    assert 0.3 < said.seconds < 0.5
    assert worker.render("请", Language.ZH).seconds < said.seconds


def test_what_the_model_cannot_say_is_for_another_voice(worker: Worker) -> None:
    with pytest.raises(NotSaid):
        worker.render("不", Language.ZH)
    assert worker.render("请", Language.ZH).seconds > 0


def test_a_process_that_ends_in_the_middle_is_a_trouble_and_is_started_again(
    worker: Worker,
) -> None:
    with pytest.raises(VoiceTrouble, match="ended"):
        worker.render("崩", Language.ZH)
    assert worker.render("请", Language.ZH).seconds > 0


def test_a_process_that_keeps_ending_is_left_alone() -> None:
    worker = start("")
    for _ in range(module.STARTS_IN_A_ROW):
        with pytest.raises(VoiceTrouble, match="process"):
            worker.render("请", Language.ZH)
    with pytest.raises(VoiceTrouble, match="keeps ending"):
        worker.render("请", Language.ZH)
    with pytest.raises(NotSaid):
        worker.render("请", Language.ZH)
    worker.close()


def test_what_nobody_wants_to_hear_any_more_is_given_up(worker: Worker) -> None:
    worker.render("请", Language.ZH)
    outcome: Queue[object] = Queue()

    def ask() -> None:
        try:
            outcome.put(worker.render("久", Language.ZH))
        except VoiceTrouble as error:
            outcome.put(error)

    asked = threading.Thread(target=ask)
    asked.start()
    while outcome.empty():
        worker.take_back()
        asked.join(0.05)
    assert isinstance(outcome.get(), NotSaid)
    assert worker.render("请", Language.ZH).seconds > 0


def test_a_model_that_hangs_is_ended(worker: Worker, monkeypatch: pytest.MonkeyPatch) -> None:
    worker.render("请", Language.ZH)
    monkeypatch.setattr(module, "LONGEST_SECONDS", 0.1)
    with pytest.raises(VoiceTrouble, match="ended"):
        worker.render("久", Language.ZH)


def test_nobody_waits_long_for_a_model_that_is_being_loaded(
    worker: Worker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "PATIENCE_SECONDS", 0.0)
    with pytest.raises(NotSaid):
        worker.render("请", Language.ZH)


def test_without_the_model_no_process_is_started() -> None:
    worker = start(there=False)
    assert not worker.available()
    worker.wake()
    worker.take_back()
    with pytest.raises(NotSaid):
        worker.render("请", Language.ZH)
    worker.close()


def test_a_program_that_is_not_there_is_a_trouble() -> None:
    worker = Worker(["no-such-program"], {}, there=True)
    worker.wake()
    with pytest.raises(VoiceTrouble):
        worker.render("请", Language.ZH)


def test_a_request_is_answered_by_its_length_and_samples_and_a_refused_one_by_none() -> None:
    lines = [{"clause": "请", "language": "zh"}, {"clause": "不", "language": "zh"}]
    answers = io.BytesIO()
    requests = "".join(f"{json.dumps(line)}\n" for line in lines)
    Service(Tones("不")).serve(io.BytesIO(requests.encode()), answers)
    answered = answers.getvalue()
    assert answered[:4] == bytes(4)
    length = int.from_bytes(answered[4:8], "big")
    assert 0.1 < Pcm(np.frombuffer(answered[8 : 8 + length], np.float32), 24_000).seconds < 0.4
    assert answered[8 + length :] == bytes(4)


def test_what_is_taken_back_before_the_model_begins_is_never_begun() -> None:
    ears, mouth = os.pipe()

    class Hesitant(Tones):
        """Hears, while it thinks, that nobody wants to listen any more."""

        stopped = threading.Event()

        def phonemes(self, clause: str, language: Language) -> str:
            if clause == "久":
                os.write(mouth, b"\n")
                os.close(mouth)
                assert self.stopped.wait(PATIENCE)
            return clause

        def stop(self) -> None:
            self.stopped.set()

    answers, model = io.BytesIO(), Hesitant()
    os.write(mouth, json.dumps({"clause": "久", "language": "zh"}).encode() + b"\n")
    with os.fdopen(ears, "rb", buffering=0) as requests:
        Service(model).serve(requests, answers)
    assert answers.getvalue() == bytes(8)
    assert model.rendered == ["您好"]


def test_what_waits_for_its_turn_can_be_taken_back(worker: Worker) -> None:
    worker.render("请", Language.ZH)
    outcome: Queue[object] = Queue()

    def ask(clause: str) -> None:
        try:
            outcome.put(worker.render(clause, Language.ZH))
        except VoiceTrouble as error:
            outcome.put(error)

    asked = [threading.Thread(target=ask, args=("久",)) for _ in range(2)]
    for thread in asked:
        thread.start()
    while outcome.qsize() < len(asked):
        worker.take_back()
        asked[0].join(0.05)
    assert all(isinstance(outcome.get(), NotSaid) for _ in asked)
    for thread in asked:
        thread.join()
