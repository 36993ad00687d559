"""Questions that come faster than their answers."""

from ui.newest import Newest


class SlowDesk:
    """Answers when told to."""

    def __init__(self) -> None:
        self.asked: list[tuple] = []

    def ask(self, *question: object) -> None:
        self.asked.append(question)

    def answer(self) -> None:
        work, done, _ = self.asked.pop(0)
        done(work(None))

    def fail(self) -> None:
        _, _, failed = self.asked.pop(0)
        failed(RuntimeError())


def ask(newest: Newest[str], text: str) -> None:
    newest.put(lambda _: text)


def newest(desk: SlowDesk, told: list[str]) -> Newest[str]:
    return Newest(desk.ask, told.append, lambda error: told.append(type(error).__name__))


def test_one_question_is_at_work_at_a_time_and_only_the_newest_is_answered() -> None:
    desk, told = SlowDesk(), []
    questions = newest(desk, told)
    for text in "abcd":
        ask(questions, text)
    assert len(desk.asked) == 1
    desk.answer()
    assert told == []
    assert len(desk.asked) == 1
    desk.answer()
    assert told == ["d"]
    assert not questions.pending
    assert desk.asked == []


def test_what_is_forgotten_is_not_answered() -> None:
    desk, told = SlowDesk(), []
    questions = newest(desk, told)
    ask(questions, "a")
    ask(questions, "b")
    questions.forget()
    assert not questions.pending
    desk.answer()
    assert (told, desk.asked) == ([], [])


def test_what_is_asked_after_forgetting_is_answered() -> None:
    desk, told = SlowDesk(), []
    questions = newest(desk, told)
    ask(questions, "a")
    questions.forget()
    ask(questions, "b")
    desk.answer()
    desk.answer()
    assert told == ["b"]


def test_what_goes_wrong_with_an_older_question_is_dropped_too() -> None:
    desk, told = SlowDesk(), []
    questions = newest(desk, told)
    ask(questions, "a")
    ask(questions, "b")
    desk.fail()
    assert told == []
    desk.fail()
    assert told == ["RuntimeError"]
    ask(questions, "c")
    desk.answer()
    assert told == ["RuntimeError", "c"]
