"""Every screen, rendered offscreen: both panels, both languages, standard and 长辈版."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, cast

from kiosk.demonstration import LANDSCAPE, PORTRAIT, Layout, Stage, offscreen_application, stage
from kiosk.domain.questions.model import Answer, ItemAnswer, Kind, Question
from kiosk.domain.words import Language
from ui.form import Form
from ui.viewmodels.follow import FollowViewModel
from ui.viewmodels.search import SearchViewModel
from ui.visitor import Visitor

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

ITEM = "DEMO-SK-007"
ANSWER = "演示答复：材料已经收下，请带身份证到窗口领证。"


def screens(out: Path) -> Iterator[Path]:
    """Yields each picture saved: `out/<panel>-<language>-<size>/<screen>.png`."""
    application = offscreen_application()
    for layout in (PORTRAIT, LANDSCAPE):
        with stage(layout) as playing:
            yield from _gallery(layout, playing, out)
    del application


def _gallery(layout: Layout, playing: Stage, out: Path) -> Iterator[Path]:
    kiosk = playing.kiosk
    visitor = Visitor(kiosk.application.window, kiosk.application.engine)
    visitor.wait(kiosk.backstage.done, "the adapters")
    shell = kiosk.application.shell
    number, code = _answered_case(playing, visitor)
    for language in Language:
        for larger in (False, True):
            folder = out / f"{layout.name}-{language}-{'larger' if larger else 'standard'}"
            folder.mkdir(parents=True, exist_ok=True)
            for name, show in _screens(playing, visitor, number, code).items():
                shell.home()
                if larger:
                    shell.toggleLarger()
                if language is not Language.ZH:
                    shell.toggleLanguage()
                show()
                file = folder / f"{name}.png"
                visitor.picture(file)
                shell.finish()
                yield file


def _screens(
    playing: Stage, visitor: Visitor, number: str, code: str
) -> dict[str, Callable[[], object]]:
    shell = playing.kiosk.application.shell

    def typed_search(text: str) -> None:
        shell.go("search")
        cast(SearchViewModel, shell.present).type(text)

    def searching() -> None:
        typed_search("fangchanzheng")
        visitor.wait(lambda: len(visitor.rows("不动产")) > 0, "results")

    def following(wanted: str, *, ask: bool) -> None:
        shell.go("follow")
        follow = cast(FollowViewModel, shell.present)
        follow.typeNumber(wanted)
        follow.typeCode(code)
        if ask:
            follow.ask()

    def followed() -> None:
        following(number, ask=True)
        visitor.expect(ANSWER)

    def asked(flow: str, question: str) -> Callable[[], None]:
        return lambda: shell.go("question", form=_form_at(playing, flow, question))

    def ended(screen: str, flow: str, **arguments: object) -> Callable[[], None]:
        return lambda: shell.go(screen, form=_form_at(playing, flow, ""), **arguments)

    def outcome(**leads: str) -> Callable[[], None]:
        form = _form_at(playing, "complaint", "", **leads)
        return lambda: shell.go("outcome", form=form)

    def idle() -> None:
        for _ in range(playing.settings.idle.larger_warn_after):
            shell.presence.tick()
            if shell.countdown:
                break

    return {
        "attract": shell.finish,
        "home": lambda: None,
        "category": lambda: shell.go("category", group="公安"),
        "search": searching,
        "search-nothing": lambda: typed_search("@@"),
        "guide": lambda: shell.go("guide", item_id=ITEM),
        "question-notice": asked("application", "notice"),
        "question-choice": asked("complaint", "Q1"),
        "question-several": asked("complaint", "Q7b"),
        "question-date": asked("complaint", "Q5c"),
        "question-item": asked("complaint", "Q2"),
        "question-text": asked("application", "name"),
        "question-phone": asked("application", "phone"),
        "question-division": asked("application", "division"),
        "review": ended("review", "application"),
        "receipt": ended("receipt", "complaint", seconds=30),
        "outcome-emergency": outcome(Q0="yes"),
        "outcome-route": outcome(Q1="wages"),
        "outcome-pick": outcome(Q1="other"),
        "follow": lambda: following(number, ask=False),
        "follow-wrong": lambda: following("x", ask=True),
        "follow-answered": followed,
        "help": lambda: shell.setHelp(True),
        "idle": idle,
    }


def _form_at(playing: Stage, flow: str, question: str, **leads: str) -> Form:
    """A form answered up to `question`, or (empty) to its end: choices by `leads`, else by
    `_LEADS`, else by the first option; everything typed is obviously made up."""
    kiosk = playing.kiosk
    item = ITEM if flow == "application" else None
    form = Form(kiosk.application.shell.desk, kiosk.backstage.result(), flow, item)
    today = form.today
    while form.walk.question is not None and form.walk.at != question:
        form.walk = form.walk.answered(_made_up(form.walk.question, today, _LEADS | leads))
    return form


_LEADS = {"Q0": "no", "Q1": "failed", "Q4": "yes", "Q5": "unfinished", "Q7": "pushed", "Q8": "no"}


def _made_up(question: Question, today: date, leads: dict[str, str]) -> Answer:
    match question.kind:
        case Kind.NOTICE:
            return "agreed"
        case Kind.CHOICE:
            return leads.get(question.id, question.options[0].id)
        case Kind.SEVERAL:
            return tuple(option.id for option in question.options[:2])
        case Kind.DATE:
            return today - timedelta(days=30) if question.past else today + timedelta(days=1)
        case Kind.ITEM:
            return ItemAnswer(None, "演示事项")
        case Kind.DIVISION:
            return "340103"
        case Kind.PHONE:
            return "13800000000"
        case Kind.TEXT:
            return "演示"


def _answered_case(playing: Stage, visitor: Visitor) -> tuple[str, str]:
    """Hand in a complaint and have it answered: its number and query code."""
    form = _form_at(playing, "complaint", "")
    backstage = playing.kiosk.backstage.result()
    backstage.outbox.put(backstage.sealer.seal(form.submission()))
    backstage.uplink.poke()
    number, code = form.draft.number, form.draft.code
    visitor.wait(lambda: not backstage.outbox.is_waiting(number), "the centre's receipt")
    playing.clerk.settle(number, "演示部门", ANSWER)
    return number, code
