from kiosk.domain.questions.model import Flow, Kind, Option, Question
from kiosk.flow_chart import paths


def flow_of(*asked: Question) -> Flow:
    return Flow("some", 1, asked[0].id, {question.id: question for question in asked}, ("done",))


YES_OR_NO = Question("a", Kind.CHOICE, "b", (Option("yes", set={"f": 1}), Option("no")))


def test_ways_are_told_apart_by_the_questions_that_are_put() -> None:
    further = Question("b", Kind.TEXT, "end:done", when={"f": (1,)})
    ways = paths(flow_of(YES_OR_NO, further))
    assert ways.lengths == {1: 1, 2: 1}
    assert ways.outcomes == {"done": 2}
    assert str(ways) == "2 ways: shortest 1, median 2, longest 2 questions; ends: done 2"


def test_answers_that_lead_the_same_way_are_one_way() -> None:
    assert paths(flow_of(YES_OR_NO, Question("b", Kind.TEXT, "end:done"))).lengths == {2: 1}


def test_what_is_put_only_later_is_not_counted() -> None:
    later = Question("b", Kind.TEXT, "end:done", optional=True, later=True)
    assert paths(flow_of(YES_OR_NO, later)).lengths == {1: 1}


def test_what_is_known_is_not_asked() -> None:
    known = Question("b", Kind.TEXT, "end:done", fact="g")
    assert paths(flow_of(YES_OR_NO, known), {"g": "x"}).lengths == {1: 1}
