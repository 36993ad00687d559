import logging

import pytest

from kiosk.domain.words import Language
from kiosk.errors import ContentError, KnownError, VoiceTrouble
from services.voice.synthesizer import Chain, NotSaid
from tests.services.voice.voices import Voice


def test_the_first_that_can_says_it() -> None:
    first, second = Voice(), Voice()
    Chain(first, second).render("您好", Language.ZH)
    assert (first.said, second.said) == (["您好"], [])


@pytest.mark.parametrize("error", [VoiceTrouble("damaged"), ContentError("broken")])
def test_trouble_falls_to_the_next_and_is_told_once_without_what_was_said(
    error: KnownError, caplog: pytest.LogCaptureFixture
) -> None:
    last = Voice()
    chain = Chain(Voice(error), last)
    for clause in ("张三", "李四"):
        chain.render(clause, Language.ZH)
    assert last.said == ["张三", "李四"]
    assert [each.getMessage() for each in caplog.records] == [f"voice Voice: {error}"]


def test_what_a_voice_does_not_know_is_no_trouble(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING):
        Chain(Voice(NotSaid("no")), Voice()).render("您好", Language.ZH)
    assert not caplog.records


def test_at_the_end_of_the_chain_is_silence() -> None:
    with pytest.raises(VoiceTrouble):
        Chain(Voice(NotSaid("no"))).render("您好", Language.ZH)


def test_it_can_speak_while_one_of_them_can() -> None:
    assert Chain(Voice(ContentError("broken")), Voice()).available()
    assert not Chain(Voice(ContentError("broken"))).available()
