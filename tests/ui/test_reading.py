from collections.abc import Iterable

import pytest

from kiosk.domain.words import Language
from services.voice.speaker import PyttsxSpeaker
from tests.services.uplink.central import CentralSecrets
from tests.ui.conftest import Open
from tests.ui.stage import ITEM, Stage
from ui.reading import passages


class Heard(PyttsxSpeaker):
    """Keeps what it was given to say, and hushes never mind whom."""

    said: list[tuple[Language, tuple[str, ...]]]
    hushed: int
    lasting = False

    def __init__(self, *parts: object) -> None:
        super().__init__(*parts)
        self.said, self.hushed = [], 0

    def say(self, sentences: Iterable[str], language: Language) -> None:
        self.said.append((language, tuple(sentences)))

    def hush(self) -> None:
        self.hushed += 1

    def speaking(self) -> bool:
        return self.lasting


@pytest.fixture
def hall(open_kiosk: Open, secrets: CentralSecrets, monkeypatch: pytest.MonkeyPatch) -> Stage:
    monkeypatch.setattr("services.voice.speaker.PyttsxSpeaker", Heard)
    stage = open_kiosk(secrets=secrets)
    stage.visitor.wait(lambda: stage.shell.property("voiced"), "the voice")
    stage.shell.home()
    return stage


def heard(stage: Stage) -> list[tuple[Language, tuple[str, ...]]]:
    speaker = stage.kiosk.backstage.result().speaker
    assert isinstance(speaker, Heard)
    return speaker.said


def listen(stage: Stage, count: int) -> tuple[str, ...]:
    stage.visitor.wait(lambda: len(heard(stage)) >= count, f"{count} readings")
    return heard(stage)[count - 1][1]


def test_a_screen_is_read_in_the_order_it_stands_there(hall: Stage) -> None:
    hall.visitor.tap("朗读")
    home = listen(hall, 1)
    assert home[0].startswith("您好")
    assert "社会保障" in home
    hall.shell.go("question", form=hall.form("complaint", "trouble"))
    question = listen(hall, 2)
    options = [option["label"] for option in hall.present.property("options")]
    at = [question.index(str(each)) for each in options]
    assert at == sorted(at)
    assert question[0].startswith("事情没办成")
    assert question[-1] == "返回"


@pytest.mark.parametrize(
    ("flow", "question"), [("complaint", "notice"), ("application", "notice_form")]
)
def test_nothing_is_read_unasked_but_the_notice_before_the_first_personal_field(
    hall: Stage, flow: str, question: str
) -> None:
    hall.shell.go("guide", item_id=ITEM)
    hall.shell.go("question", form=hall.form(flow, question))
    notice = listen(hall, 1)
    assert str(hall.present.property("help")) in notice
    hall.shell.back()
    hall.visitor.expect("带什么")
    assert len(heard(hall)) == 1


def test_larger_type_brings_the_voice_along_and_it_ends_with_the_turn(hall: Stage) -> None:
    hall.visitor.tap("长辈版")
    listen(hall, 1)
    assert hall.shell.property("reading")
    hall.visitor.tap("结束离开")
    assert not hall.shell.property("reading")


def test_it_is_read_in_the_citizens_language(hall: Stage) -> None:
    hall.visitor.tap("朗读")
    listen(hall, 1)
    hall.visitor.tap("English")
    listen(hall, 2)
    language, said = heard(hall)[1]
    assert language is Language.EN
    assert "Follow a case" in " ".join(said)


def test_any_touch_silences(hall: Stage) -> None:
    hall.visitor.tap("朗读")
    listen(hall, 1)
    speaker = hall.kiosk.backstage.result().speaker
    assert isinstance(speaker, Heard)
    before = speaker.hushed
    hall.visitor.tap("停止朗读")
    assert speaker.hushed > before


def test_what_goes_wrong_is_said_as_soon_as_it_shows_and_nothing_else_again(hall: Stage) -> None:
    hall.shell.toggleReading()
    hall.shell.go("follow")
    hall.visitor.wait(lambda: heard(hall), "the screen to be read")
    before = len(heard(hall))
    hall.present.typeNumber("BBC-2222-2222-3")
    hall.present.typeCode("000000")
    hall.present.ask()
    assert listen(hall, before + 1) == (str(hall.present.property("problem")),)


def test_a_code_is_never_said_aloud(hall: Stage) -> None:
    hall.shell.toggleReading()
    hall.gallery.screens()["receipt"]()
    number = str(hall.present.property("number"))
    hall.visitor.wait(lambda: any(number in said for _, said in heard(hall)), "the receipt")
    code = str(hall.present.property("code"))
    assert not any(code in " ".join(said) for _, said in heard(hall))


def test_whoever_listens_is_there(hall: Stage) -> None:
    hall.shell.home()
    Heard.lasting = True
    try:
        for _ in range(hall.settings.idle.warn_after + 1):
            hall.shell.presence.tick()
        assert hall.shell.property("countdown") == 0
    finally:
        Heard.lasting = False


def test_under_an_overlay_only_the_overlay_is_read(hall: Stage) -> None:
    hall.shell.setHelp(True)
    said = [each.text for each in passages(hall.visitor.window.contentItem()) if each.text]
    assert said[0] == "请人帮忙"
    assert said[-1] == "知道了"


def test_a_kiosk_without_a_loudspeaker_offers_no_reading(
    open_kiosk: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("services.voice.player.PROGRAM", "no-such-program")
    stage = open_kiosk()
    stage.shell.home()
    stage.visitor.tap("长辈版")
    assert not stage.visitor.sees("朗读")
    assert not stage.shell.property("reading")
