from concurrent.futures import Future
from types import SimpleNamespace

from ui.viewmodels.finder import Finder


class SlowDesk:
    """Answers when told to, in any order."""

    def __init__(self) -> None:
        self.asked: list[tuple[object, object]] = []

    def ask(self, work: object, done: object) -> None:
        self.asked.append((work, done))

    def answer(self, number: int) -> None:
        work, done = self.asked[number]
        search = SimpleNamespace(search=lambda text, limit: (f"hit for {text}",))
        done(work(SimpleNamespace(search=search)))


def test_the_answer_to_an_older_question_is_dropped() -> None:
    desk, shown = SlowDesk(), Future()
    finder = Finder(desk.ask, 4, lambda: shown.set_result(finder.hits))
    finder.type("she")
    finder.type("sheb")
    desk.answer(0)
    assert not shown.done()
    desk.answer(1)
    assert shown.result() == ("hit for sheb",)


def test_nothing_typed_is_nothing_found_at_once() -> None:
    desk, times = SlowDesk(), []
    finder = Finder(desk.ask, 4, lambda: times.append(finder.hits))
    finder.type("  ")
    assert times == [()]
    assert desk.asked == []
