"""长辈版: a citizen who listens and writes by hand, from the first touch to the receipt."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, QPoint

from kiosk.citizen import Citizen
from kiosk.domain.words import Language
from kiosk.startup import Kiosk
from kiosk.wiring import voice
from kiosk.wiring.voice import VOICE, pronunciation
from services.voice.bank import Recorded
from services.voice.espeak import Espeak
from services.voice.speaker import as_played
from services.voice.spliced import Spliced
from services.voice.spoken import clauses
from services.voice.synthesizer import Chain, Synthesizer
from tests.journeys.conftest import Hall
from tests.journeys.sink import Sink
from tests.journeys.story import begin, pictured, receipt
from tests.journeys.told import STORIES
from tests.services.writing.hand.writers import ELDER, written
from ui.visitor import Visitor

BOX = "写字的地方"
SEED = 7
STORY = "王建国的房产证丢了去了三次"
SAID = next(story.said for story in STORIES if story.name == "1C") | {"story": ""}


class Patient(Visitor):
    """Hears a question out before answering it."""

    def __init__(self, listener: "Listener") -> None:
        application = listener.kiosk.application
        super().__init__(application.window, application.engine)
        self._listener = listener

    def expect(self, words: str) -> None:
        super().expect(words)
        self._listener.hears(words)


class Listener:
    """A citizen whose hand shakes, and who knows the recorded voice when it is heard."""

    def __init__(self, kiosk: Kiosk, visitor: Visitor, sink: Sink) -> None:
        self.kiosk, self.visitor, self.sink = kiosk, visitor, sink
        self.citizen = Citizen(kiosk.application.shell, Patient(self))
        recorded = Recorded(VOICE)
        self.recorded = Chain(recorded, Spliced(recorded))
        self.any = Chain(self.recorded, Espeak(pronunciation()))

    @property
    def keyboard(self) -> QObject:
        found = self.visitor.window.property("keyboard")
        assert isinstance(found, QObject)
        return found

    def hears(self, text: str, voice: Synthesizer | None = None) -> None:
        """Said by the human voice if no other is named."""
        manner = self.kiosk.application.shell.desk.session.manner
        expected = [
            as_played((voice or self.recorded).render(*clause), clause.text, manner)
            for clause in clauses(text, Language.ZH)
        ]
        self.visitor.wait(lambda: self._heard(expected), f"to hear {text}")

    def _heard(self, expected: Sequence[bytes]) -> bool:
        heard = [played.wav for played in self.sink.played]
        places = range(len(heard) - len(expected) + 1)
        return any(heard[at : at + len(expected)] == expected for at in places)

    def writes(self, text: str) -> None:
        """Character by character, with strokes in a shaky hand, joined here and there."""
        self.visitor.wait(lambda: bool(self.visitor.window.property("writing")), "the keyboard")
        self.visitor.tap("手写")
        self.visitor.painted()
        for character in text:
            self._write(character)

    def _write(self, character: str) -> None:
        box = next(seen for seen in self.visitor.look() if seen.label == BOX)
        side = 0.8 * min(box.width, box.height)
        for stroke in written(character, ELDER, SEED):
            points = [box.middle + QPoint(round(x * side), round(y * side)) for x, y in stroke]
            self.visitor.press(points[0])
            for point in points[1:]:
                self.visitor.move(point)
            self.visitor.release(points[-1])
        self.visitor.wait(lambda: character in self.keyboard.property("candidates"), character)
        self.visitor.painted()
        if not self._in_reach(character):
            self.visitor.tap("更多字")
            self.visitor.painted()
        self.visitor.tap(character)
        self.visitor.wait(lambda: not self.keyboard.property("strokes"), "an empty box")
        self.visitor.painted()

    def _in_reach(self, character: str) -> bool:
        return any(seen.label == character and seen.whole for seen in self.visitor.look())


@pytest.fixture
def listener(hall: Hall, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Listener]:
    sink = Sink()
    monkeypatch.setattr("services.voice.player.Aplay", lambda _: sink)
    monkeypatch.setattr(voice, "VOICE_MODEL", tmp_path / "none")
    with hall.central(), hall.kiosk() as (kiosk, visitor):
        visitor.wait(lambda: kiosk.application.shell.property("voiced"), "the voice")
        begin(visitor)
        visitor.tap("长辈版")
        yield Listener(kiosk, visitor, sink)


def test_who_listens_and_writes_by_hand_finds_a_matter_and_reports_it(listener: Listener) -> None:
    visitor = listener.visitor
    listener.hears("您好，今天想办什么？")
    visitor.tap("写出来，帮我找")
    listener.writes("房产证丢了")
    assert listener.kiosk.application.shell.present.property("text") == "房产证丢了"
    visitor.choose("不动产权证书补发")
    listener.hears("要带什么（一次说清）")
    listener.hears(str(listener.kiosk.application.shell.present.property("steps")[0]), listener.any)
    visitor.tap("返回")
    visitor.tap("返回")

    visitor.tap("事情没办成，我要反映")
    steps = listener.citizen.fill(SAID)
    pictured("heard-and-written", _with_story(listener, steps))
    number, _ = receipt(visitor)
    listener.hears(number)


def _with_story(
    listener: Listener, steps: Iterator[tuple[str, Visitor]]
) -> Iterator[tuple[str, Visitor]]:
    visitor = listener.visitor
    for name, _ in steps:
        if name == "story":
            listener.writes(STORY)
            assert listener.kiosk.application.shell.present.property("text") == STORY
        for option in listener.kiosk.application.shell.present.property("options"):
            if option["chosen"]:
                listener.hears(f"已选：{option['label']}")
        yield name, visitor
    visitor.expect("请您看一遍")
    listener.hears("请您看一遍，对不对？")
    visitor.tap("没问题，提交")
    visitor.expect("已经记下了")
    yield "receipt", visitor
