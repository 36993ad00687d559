"""What is wrong with a flow, before anybody walks through it."""

from collections import Counter
from collections.abc import Iterator

from kiosk.domain.questions.model import END, Flow, Kind, Question

_WITH_OPTIONS = (Kind.CHOICE, Kind.SEVERAL)
_OPTIONS_BESIDE = (Kind.ITEM, Kind.NOTICE, Kind.PHONE, Kind.DATE, Kind.DAYS, Kind.TOPIC)
_RESERVED = ("ask", "help")


def defects(flow: Flow) -> tuple[str, ...]:
    """Every defect as one line that begins with the question's id (or `start`, `outcomes`); none
    means that every question can be reached and every path ends at a declared outcome.
    """
    found = [*_of_questions(flow), *_of_targets(flow)]
    if flow.start not in flow.questions:
        return (f"start: no such question: {flow.start!r}", *found)
    if not found:
        found += [*_of_reach(flow), *_of_cycles(flow), *_of_conditions(flow)]
    return tuple(found)


def targets(question: Question) -> tuple[str, ...]:
    """Every place the walk may go on to after `question`, or when it is passed over."""
    found = [option.next or question.next for option in question.options]
    may_pass = bool(question.when or question.fact or question.optional)
    if question.next or may_pass or question.kind is not Kind.CHOICE:
        found.append(question.next)
    return tuple(dict.fromkeys(found))


def _of_questions(flow: Flow) -> Iterator[str]:
    for question in flow.questions.values():
        ids = Counter(option.id for option in question.options)
        yield from (f"{question.id}: option {id!r} twice" for id, n in ids.items() if n > 1)
        yield from (f"{question.id}: an option may not be called {id!r}" for id in _reserved(ids))
        if question.kind in _WITH_OPTIONS and not question.options:
            yield f"{question.id}: a {question.kind} without options"
        if question.options and question.kind not in (*_WITH_OPTIONS, *_OPTIONS_BESIDE):
            yield f"{question.id}: a {question.kind} takes no options"
        if question.kind is Kind.SEVERAL and any(o.next for o in question.options):
            yield f"{question.id}: options of a several lead nowhere"
        if question.later and not question.optional:
            yield f"{question.id}: what is put only later must be optional"
        if question.longest < 1:
            yield f"{question.id}: `longest` must be 1 or more"


def _reserved(ids: Counter[str]) -> Iterator[str]:
    return (id for id in ids if id in _RESERVED or not id)


def _of_targets(flow: Flow) -> Iterator[str]:
    for question in flow.questions.values():
        for target in targets(question):
            if target.startswith(END):
                if target.removeprefix(END) not in flow.outcomes:
                    yield f"{question.id}: no such outcome: {target!r}"
            elif target not in flow.questions:
                yield f"{question.id}: no such question: {target!r}"


def _of_reach(flow: Flow) -> Iterator[str]:
    reached: set[str] = set()
    waiting = [flow.start]
    while waiting:
        at = waiting.pop()
        if at not in reached:
            reached.add(at)
            waiting += targets(flow.questions[at]) if at in flow.questions else ()
    yield from (f"{id}: cannot be reached" for id in flow.questions if id not in reached)
    for outcome in flow.outcomes:
        if f"{END}{outcome}" not in reached:
            yield f"outcomes: {outcome!r} cannot be reached"


def _of_cycles(flow: Flow) -> Iterator[str]:
    """Takes away questions that lead only to what is taken away already (Kahn, 1962); what stays
    lies on a cycle or before one.
    """
    left = {id: set(targets(q)) & flow.questions.keys() for id, q in flow.questions.items()}
    while done := {id for id, ahead in left.items() if not ahead}:
        left = {id: ahead - done for id, ahead in left.items() if id not in done}
    yield from (f"{id}: lies on a way that may never end" for id in left)


def _of_conditions(flow: Flow) -> Iterator[str]:
    """A `when` names facts that options set, or that are known from outside; never what a citizen
    writes, which nobody can enumerate.
    """
    written = {
        question.fact
        for question in flow.questions.values()
        if question.fact and question.kind is not Kind.CHOICE
    }
    for question in flow.questions.values():
        for name in question.when:
            if name in written or name.removesuffix("_id") in written:
                yield f"{question.id}: `when` names {name!r}, which is not set by a choice"
