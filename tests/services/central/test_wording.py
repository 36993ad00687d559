"""The pages say what the kiosk says, of everything that can happen."""

import tomllib
from pathlib import Path

import pytest

from kiosk.domain.complaint.deadline import NO_ANSWER, UNFINISHED
from kiosk.domain.counter.booking import BookingState
from kiosk.domain.submission.afterwards import AFTERWARDS
from kiosk.domain.submission.case import CaseState, Note, Rating
from kiosk.domain.submission.model import Kind
from services.central import wording
from services.central.attachments import LATE_PICTURE
from services.central.cases import FOLLOWED_UP, Told

TEXT = Path(__file__).parents[3] / "resources" / "text"


def text(language, name):
    return tomllib.loads((TEXT / language / f"{name}.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("state", CaseState)
def test_a_phone_reads_of_a_state_what_the_kiosk_says_of_it(state, language):
    said = text(language, "states")[state]
    place = ["zh", "en"].index(language)
    assert wording.STATES[state][place] == said["title"]
    assert wording.NEXTS[state][place] == said["next"]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_phone_reads_of_an_appointment_what_the_kiosk_says_of_it(language):
    place = ["zh", "en"].index(language)
    said = {state: words[place] for state, words in wording.APPOINTMENTS.items()}
    assert said == text(language, "counter")["booking"]


def test_every_state_and_action_and_kind_has_words():
    assert wording.ACTIONS.keys() == {*CaseState, *Told, *Note, FOLLOWED_UP, LATE_PICTURE}
    assert wording.NOTES.keys() == set(Note)
    assert wording.AFTERWARDS.keys() == AFTERWARDS
    assert wording.RATINGS.keys() == set(Rating)
    assert wording.KINDS.keys() == set(Kind)
    assert wording.BOOKINGS.keys() == wording.APPOINTMENTS.keys() == set(BookingState)


def test_every_class_of_the_triage_has_words():
    triage = text("zh", "triage")
    assert wording.SUBCLASSES.keys() | {"none"} == triage["subclass"].keys()
    assert wording.LIMITS.keys() == {NO_ANSWER, UNFINISHED}
    assert {"": wording.CLASSES[""]} | triage["class"] == wording.CLASSES
    assert all(wording.SUBCLASSES[key] in triage["subclass"][key] for key in ("1A", "3A", "4"))
