from concurrent.futures import Future
from types import SimpleNamespace

from kiosk.domain.catalogue.search import Found
from ui.viewmodels.finder import Finder

CATALOGUE = SimpleNamespace(search=lambda text, limit: f"found for {text}")


class SlowDesk:
    """Answers when told to, in any order."""

    def __init__(self) -> None:
        self.asked: list[tuple[object, object]] = []

    def ask(self, work: object, done: object) -> None:
        self.asked.append((work, done))

    def answer(self, number: int) -> None:
        work, done = self.asked[number]
        done(work(None))


def test_the_answer_to_an_older_question_is_dropped() -> None:
    desk, shown = SlowDesk(), Future()
    finder = Finder(CATALOGUE, desk.ask, 4, lambda: shown.set_result(finder.found))
    finder.type("she")
    finder.type("sheb")
    desk.answer(0)
    assert not shown.done()
    assert not finder.answered
    desk.answer(1)
    assert shown.result() == "found for sheb"
    assert finder.answered


def test_nothing_typed_is_nothing_found_at_once() -> None:
    desk, times = SlowDesk(), []
    finder = Finder(CATALOGUE, desk.ask, 4, lambda: times.append(finder.found))
    finder.type("  ")
    assert times == [Found()]
    assert desk.asked == []
    assert not finder.answered


def test_the_answer_to_what_has_been_wiped_out_is_dropped() -> None:
    desk, times = SlowDesk(), []
    finder = Finder(CATALOGUE, desk.ask, 4, lambda: times.append(finder.found))
    finder.type("she")
    finder.type("")
    desk.answer(0)
    assert times == [Found()]
    assert (finder.text, finder.found, finder.answered) == ("", Found(), False)


def test_what_was_found_stays_until_something_newer_is_found() -> None:
    desk = SlowDesk()
    finder = Finder(CATALOGUE, desk.ask, 4, lambda: None)
    finder.type("she")
    desk.answer(0)
    finder.type("sheb")
    assert finder.found == "found for she"
