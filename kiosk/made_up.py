"""Obviously made-up answers (演示): forms filled in without a citizen, to be shown."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from kiosk import wiring
from kiosk.domain.complaint.scope import item_facts, scoped
from kiosk.domain.complaint.triage import classify
from kiosk.domain.questions.forms import PLAN_OF, known_of
from kiosk.domain.questions.model import (
    Answer,
    Days,
    Facts,
    Flow,
    ItemAnswer,
    Kind,
    Paper,
    PapersAnswer,
    PaperState,
    Question,
)
from kiosk.domain.questions.walk import Walk
from kiosk.domain.submission.draft import Draft, compose
from kiosk.domain.submission.model import Kind as SubmissionKind
from kiosk.domain.words import Language

if TYPE_CHECKING:
    from kiosk.demonstration import Clerk
    from kiosk.settings import Settings

LEADS = {"trouble": "waiting", "level": "province"}
DOCUMENT = "999999190001010015"
CREDIT_CODE = "913400000000000008"
ANSWER = "演示答复：材料已经收下，请带身份证到窗口领证。"


def walked(flow: Flow, known: Facts, today: date, until: str = "", **chosen: Answer) -> Walk:
    """A flow answered up to question `until` (empty: to its end): `chosen` options, and made-up
    answers to all other questions."""
    walk = Walk.start(flow, known)
    while walk.question is not None and walk.at != until:
        walk = walk.answered(chosen.get(walk.at) or _answer(walk.question, today))
    return walk


def fill(settings: Settings, clerk: Clerk) -> Draft | None:
    """Hand a few made-up cases in, by the kiosk's own way, and have one answered: the one returned.
    A central server that has cases already is left as it is.
    """
    if clerk.cases():
        return None
    first, forms = wiring.first_screen(settings), wiring.forms()
    catalogue, chinese = wiring.catalogue(settings), first.words(Language.ZH)
    scope = wiring.scope(settings, catalogue.divisions)
    line, now = wiring.line(settings, first.clock), first.clock.now()
    matters: tuple[tuple[str, str, dict[str, str]], ...] = (
        ("application", "DEMO-SK-007", {}),
        ("complaint", "DEMO-YJ-001", {}),
        ("complaint", "DEMO-ZJ-015", {"trouble": "rejected"}),
    )
    drafts = []
    for flow, item_id, chosen in matters:
        item = catalogue.items[item_id]
        known, found = known_of(item, ""), None
        if flow == "complaint":
            asked = scoped(wiring.complaint(), scope, catalogue.routes)
            known = {**known, **item_facts(item, scope)}
        else:
            asked = forms.flow(PLAN_OF[item.kind], catalogue.guide(item_id))
        walk = walked(asked, known, now.date(), **chosen)
        if flow == "complaint":
            found = classify(walk.facts, scope, wiring.workdays(settings), now.date())
        draft = Draft.opened(SubmissionKind(flow), settings.kiosk.prefix)
        whole = compose(draft, walk, chinese, catalogue.divisions, now, found)
        line.outbox.put(line.sealer.seal(whole))
        drafts.append(draft)
    line.drain.round()
    line.client.close()
    line.outbox.close()
    clerk.register(drafts[0].number)
    clerk.settle(drafts[1].number, "演示部门", ANSWER)
    return drafts[1]


def _answer(question: Question, today: date) -> Answer:
    match question.kind:
        case Kind.NOTICE:
            return question.options[0].id if question.options else "agreed"
        case Kind.DAYS:
            return (today - timedelta(days=9), today - timedelta(days=2))
        case Kind.TOPIC:
            return question.options[-1].id
        case Kind.CHOICE:
            return LEADS.get(question.id, question.options[0].id)
        case Kind.SEVERAL:
            return tuple(option.id for option in question.options[:2])
        case Kind.DATE:
            coming = question.days is Days.COMING
            return today + timedelta(days=1) if coming else today - timedelta(days=30)
        case Kind.ITEM:
            return ItemAnswer(None, "演示事项")
        case Kind.DIVISION:
            return "340103"
        case Kind.PHONE:
            return "13800000000"
        case Kind.TEXT:
            return "演示"
        case Kind.DOCUMENT:
            return DOCUMENT
        case Kind.CREDIT_CODE:
            return CREDIT_CODE
        case Kind.AMOUNT | Kind.NUMBER:
            return "100"
        case Kind.PICTURES:
            return ""
        case Kind.SLOT:
            return f"{today + timedelta(days=1)}T09:00"
        case Kind.PAPERS:
            return PapersAnswer(
                tuple(Paper(paper.name, PaperState.PROMISED) for paper in question.papers)
            )
