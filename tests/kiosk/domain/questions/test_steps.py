from kiosk.domain.questions.model import Flow, Kind, Option, Question
from kiosk.domain.questions.steps import longest_way


def flow_of(*asked: Question) -> Flow:
    return Flow("some", 1, asked[0].id, {question.id: question for question in asked}, ("done",))


def test_the_longest_of_the_branches_counts() -> None:
    flow = flow_of(
        Question("a", Kind.CHOICE, "", (Option("short", "end:done"), Option("long", "b"))),
        Question("b", Kind.TEXT, "c"),
        Question("c", Kind.TEXT, "end:done"),
    )
    assert longest_way(flow, "a", {}) == 3
    assert longest_way(flow, "c", {}) == 1
    assert longest_way(flow, "end:done", {}) == 0


def test_a_question_that_cannot_come_does_not_count() -> None:
    flow = flow_of(
        Question("a", Kind.CHOICE, "b", (Option("x", set={"f": 1}), Option("y", set={"f": 2}))),
        Question("b", Kind.TEXT, "c", when={"f": (1,)}),
        Question("c", Kind.TEXT, "end:done", when={"f": (2,)}),
    )
    assert longest_way(flow, "a", {}) == 2
    assert longest_way(flow, "b", {"f": 2}) == 1


def test_a_question_left_empty_may_lead_to_one_that_asks_again() -> None:
    once = Question("a", Kind.DATE, "b", fact="day")
    again = Question("b", Kind.DATE, "end:done", fact="day")
    assert longest_way(flow_of(once, again), "a", {}) == 1
    maybe = Question("a", Kind.DATE, "b", fact="day", optional=True)
    assert longest_way(flow_of(maybe, again), "a", {}) == 2


def test_a_choice_that_names_its_own_fact_decides_what_comes() -> None:
    flow = flow_of(
        Question("a", Kind.CHOICE, "b", (Option("x"), Option("y")), fact="f"),
        Question("b", Kind.TEXT, "c", when={"f": ("x",)}),
        Question("c", Kind.TEXT, "end:done", when={"f": ("y",)}),
    )
    assert longest_way(flow, "a", {}) == 2


def test_many_choices_in_a_row_are_counted_at_once() -> None:
    count = 200
    options = (Option("x", set={"f": 1}), Option("y", set={"g": 1}), Option("z"))
    flow = flow_of(
        *(Question(f"q{n}", Kind.CHOICE, f"q{n + 1}", options) for n in range(count)),
        Question(f"q{count}", Kind.TEXT, "end:done", when={"f": (1,), "g": (1,)}),
    )
    assert longest_way(flow, "q0", {}) == count + 1
