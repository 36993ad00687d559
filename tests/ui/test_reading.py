from collections.abc import Callable, Iterable

import pytest

from kiosk.domain.session.manner import RATES, VOLUMES, Manner
from kiosk.domain.words import Language
from services.voice.speaker import PyttsxSpeaker
from tests.services.uplink.central import CentralSecrets
from tests.ui.conftest import Open
from tests.ui.stage import ITEM, Stage
from ui.reading import Passage, passages, touched


class Heard(PyttsxSpeaker):
    """Keeps what it was given to say, and how often it was hushed."""

    said: list[tuple[Language, tuple[str, ...]]]
    hushed: int
    manner: Manner
    told: Callable[[int | None], None]
    lasting = False

    def __init__(self, *parts: object) -> None:
        super().__init__(*parts)
        self.said, self.hushed = [], 0

    def say(
        self,
        sentences: Iterable[str],
        language: Language,
        manner: Manner,
        told: Callable[[int | None], None],
    ) -> None:
        self.said.append((language, tuple(sentences)))
        self.manner, self.told = manner, told

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


def voice(stage: Stage) -> Heard:
    speaker = stage.kiosk.backstage.result().speaker
    assert isinstance(speaker, Heard)
    return speaker


def heard(stage: Stage) -> list[tuple[Language, tuple[str, ...]]]:
    return voice(stage).said


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


def test_plugging_headphones_in_begins_a_turn_that_is_read_aloud(hall: Stage) -> None:
    hall.shell.finish()
    hall.visitor.wait(lambda: hall.shell.property("screen") == "attract", "nobody there")
    hall.shell.headphones(worn=False)
    assert hall.shell.property("screen") == "attract"
    hall.shell.headphones(worn=True)
    assert listen(hall, 1)[0].startswith("您好")


def test_pulling_them_out_ends_it_so_that_the_hall_does_not_listen(hall: Stage) -> None:
    hall.shell.headphones(worn=True)
    listen(hall, 1)
    hall.shell.headphones(worn=True)
    assert hall.shell.property("reading")
    before = voice(hall).hushed
    hall.shell.headphones(worn=False)
    assert not hall.shell.property("reading")
    assert voice(hall).hushed > before


def test_it_is_read_in_the_citizens_language(hall: Stage) -> None:
    hall.visitor.tap("朗读")
    listen(hall, 1)
    hall.visitor.tap("English")
    listen(hall, 2)
    language, said = heard(hall)[1]
    assert language is Language.EN
    assert "Follow a case" in " ".join(said)


def test_what_was_just_chosen_is_said(hall: Stage) -> None:
    hall.shell.toggleReading()
    hall.shell.go("question", form=hall.form("complaint", "trouble"))
    hall.visitor.wait(lambda: heard(hall), "the question")
    before, options = len(heard(hall)), hall.present.property("options")
    for at, option in enumerate(options[:2], start=1):
        hall.visitor.tap(option["label"])
        assert listen(hall, before + at) == (f"已选：{option['label']}",)


def test_what_is_not_chosen_any_more_is_said_where_several_may_be(hall: Stage) -> None:
    hall.shell.toggleReading()
    hall.shell.go("question", form=hall.form("complaint", "departments"))
    hall.visitor.wait(lambda: heard(hall), "the question")
    before, option = len(heard(hall)), hall.present.property("options")[0]
    expected = ("已选", "不选了") if not option["chosen"] else ("不选了", "已选")
    for at, word in enumerate(expected, start=1):
        hall.visitor.tap(option["label"])
        assert listen(hall, before + at) == (f"{word}：{option['label']}",)


def test_a_day_is_said_when_it_is_chosen_and_a_month_of_days_never_is(hall: Stage) -> None:
    hall.shell.toggleReading()
    hall.gallery.screens()["question-days"]()
    hall.visitor.wait(lambda: heard(hall), "the question")
    day = next(each for each in hall.present.property("days") if each["open"] and each["day"])
    assert not {"1", "一", day["said"]} & {text for _, said in heard(hall) for text in said}
    before = len(heard(hall))
    words = ("不选了", "已选") if day["chosen"] else ("已选", "不选了")
    for at, word in enumerate(words, start=1):
        hall.visitor.tap(day["day"])
        assert listen(hall, before + at) == (f"{word}：{day['said']}",)


def test_turning_a_page_of_options_says_nothing_of_what_is_chosen() -> None:
    before = [Passage("一", urgent=False, chosen=True)]
    now = [Passage("二", urgent=False, chosen=True), Passage("三", urgent=False)]
    assert not [*touched(before, now, chosen=True), *touched(before, now, chosen=False)]


def test_any_touch_silences(hall: Stage) -> None:
    hall.visitor.tap("朗读")
    listen(hall, 1)
    before = voice(hall).hushed
    hall.visitor.tap("怎么读")
    assert voice(hall).hushed > before


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


def test_whoever_does_not_answer_hears_that_the_turn_is_about_to_end(hall: Stage) -> None:
    hall.shell.toggleReading()
    hall.shell.home()
    hall.visitor.wait(lambda: heard(hall), "the screen to be read")
    before = len(heard(hall))
    while hall.shell.property("countdown") == 0:
        hall.shell.presence.tick()
    warning = listen(hall, before + 1)
    assert warning[0] == "您还在吗？"
    assert str(hall.shell.property("countdown")) in " ".join(warning)


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


def reading(stage: Stage) -> tuple[str, ...]:
    """The home screen, as it is begun to be read."""
    stage.visitor.tap("朗读")
    return listen(stage, 1)


def marked(stage: Stage) -> bool:
    return bool(stage.shell.listening.property("place").height() > 0)


def test_what_is_being_said_is_marked_where_it_stands(hall: Stage) -> None:
    said = reading(hall)
    assert not marked(hall)
    voice(hall).told(said.index("社会保障"))
    hall.visitor.wait(lambda: marked(hall), "a mark")
    place = hall.shell.listening.property("place")
    seen = next(each for each in hall.visitor.look() if each.label == "社会保障")
    assert place.contains(seen.x + seen.width / 2, seen.y + seen.height / 2)
    voice(hall).told(None)
    hall.visitor.wait(lambda: not marked(hall), "no mark")


def test_what_a_touch_broke_off_can_be_gone_on_with(hall: Stage) -> None:
    said = reading(hall)
    voice(hall).told(3)
    hall.visitor.wait(lambda: marked(hall), "a mark")
    hall.visitor.tap("怎么读")
    assert not marked(hall)
    hall.visitor.tap("接着读")
    assert listen(hall, 2) == said[3:]
    voice(hall).told(None)
    hall.visitor.tap("怎么读")
    hall.visitor.expect("从头再读")
    assert not hall.visitor.sees("接着读")


def test_a_screen_can_be_read_again(hall: Stage) -> None:
    said = reading(hall)
    hall.visitor.tap("怎么读")
    hall.visitor.tap("从头再读")
    assert listen(hall, 2) == said


def test_the_voice_is_slower_and_louder_as_wanted_until_the_turn_ends(hall: Stage) -> None:
    reading(hall)
    first = voice(hall).manner
    hall.visitor.tap("怎么读")
    hall.visitor.tap("慢一点")
    hall.visitor.tap("大声点")
    assert listen(hall, 2) == listen(hall, 3) == ("这样读，听得清吗？",)
    manner = voice(hall).manner
    assert manner == first.faster(-1).louder(1)
    assert (manner.rate, manner.volume) < (1.0, 1.01)
    hall.visitor.tap("从头再读")
    listen(hall, 4)
    assert voice(hall).manner == manner
    hall.visitor.tap("结束离开")
    hall.shell.home()
    hall.visitor.tap("朗读")
    listen(hall, 5)
    assert voice(hall).manner == first


def test_there_are_five_speeds_and_the_ends_go_no_further(hall: Stage) -> None:
    reading(hall)
    hall.visitor.tap("怎么读")
    listening = hall.shell.listening
    for _ in range(9):
        listening.faster(1)
        listening.louder(1)
    assert (voice(hall).manner.rate, voice(hall).manner.volume) == (RATES[-1], VOLUMES[-1])
    assert (listening.property("rate"), len(RATES)) == (5, 5)
    for _ in range(9):
        listening.faster(-1)
        listening.louder(-1)
    assert (voice(hall).manner.rate, voice(hall).manner.volume) == (RATES[0], VOLUMES[0])


def test_reading_ends_where_it_is_not_wanted_any_more(hall: Stage) -> None:
    reading(hall)
    hall.visitor.tap("怎么读")
    hall.visitor.tap("不读了")
    assert not hall.shell.property("reading")
    hall.visitor.expect("朗读")
    hall.shell.go("follow")
    hall.visitor.expect("查办理进度")
    assert len(heard(hall)) == 1


def test_larger_type_is_read_more_slowly(hall: Stage) -> None:
    hall.visitor.tap("长辈版")
    listen(hall, 1)
    assert voice(hall).manner.rate < 1
    hall.shell.toggleLarger()
    hall.shell.toggleReading()
    hall.shell.go("follow")
    listen(hall, 2)
    assert voice(hall).manner.rate == 1
