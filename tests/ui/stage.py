"""A kiosk to try: its window, a visitor, and every screen by name."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from kiosk.domain.questions.model import Answer, ItemAnswer, Kind, Question
from kiosk.domain.submission.case import CaseEvent, CaseState, CaseStatus
from kiosk.settings import Settings
from kiosk.startup import Kiosk
from ui.form import Form
from ui.viewmodels.screen import ScreenViewModel
from ui.viewmodels.shell import ShellViewModel
from ui.visitor import Visitor

ITEM = "DEMO-SK-007"
LEADS = {"Q0": "no", "Q1": "failed", "Q4": "yes", "Q5": "unfinished", "Q7": "pushed", "Q8": "no"}
ANSWER = "演示答复：材料已经收下，请带身份证到窗口领证。"


@dataclass(frozen=True, slots=True)
class Stage:
    settings: Settings
    kiosk: Kiosk
    visitor: Visitor

    @property
    def shell(self) -> ShellViewModel:
        return self.kiosk.application.shell

    @property
    def present(self) -> ScreenViewModel:
        return self.shell.present

    def mm(self, pixels: float) -> float:
        return pixels / float(self.visitor.window.property("mm"))

    def form(self, flow: str, question: str = "", **chosen: str) -> Form:
        """A form answered up to `question` (empty: to its end): `chosen` options, and obviously
        made-up answers to all other questions."""
        item = ITEM if flow == "application" else None
        form = Form(self.shell.desk, self.kiosk.backstage.result(), flow, item)
        while form.walk.question is not None and form.walk.at != question:
            asked = form.walk.question
            form.walk = form.walk.answered(chosen.get(asked.id) or _made_up(asked, form.today))
        return form


def screens(stage: Stage) -> dict[str, Callable[[], object]]:
    """How to bring every screen and overlay up, by name."""
    shell, visitor = stage.shell, stage.visitor

    def search(text: str) -> None:
        shell.go("search")
        stage.present.type(text)

    def found() -> None:
        search("fangchanzheng")
        visitor.wait(lambda: len(visitor.rows("不动产")) > 0, "results")

    def asked(flow: str, question: str) -> Callable[[], None]:
        return lambda: shell.go("question", form=stage.form(flow, question))

    def ended(**chosen: str) -> Callable[[], None]:
        return lambda: shell.go("outcome", form=stage.form("complaint", **chosen))

    def matter() -> None:
        asked("complaint", "Q2")()
        stage.present.type("fangchanzheng")
        visitor.wait(lambda: len(visitor.rows("不动产")) > 0, "results")

    def wrong_answer() -> None:
        asked("application", "phone")()
        stage.present.type("12345")
        stage.present.next()

    def city() -> None:
        asked("application", "division")()
        stage.present.choose("in:340100")

    def wrong_number() -> None:
        shell.go("follow")
        stage.present.typeNumber("BBC-0000")
        stage.present.typeCode("12")
        stage.present.ask()

    def answered() -> None:
        shell.go("follow")
        stage.present._show(case(stage))

    def idle() -> None:
        while shell.countdown == 0:
            shell.presence.tick()

    return {
        "attract": shell.finish,
        "home": lambda: None,
        "category": lambda: shell.go("category", group="公安"),
        "search": found,
        "search-empty": lambda: shell.go("search"),
        "search-nothing": lambda: search("@@"),
        "guide": lambda: shell.go("guide", item_id=ITEM),
        "question-notice": asked("application", "notice"),
        "question-choice": asked("complaint", "Q1"),
        "question-several": asked("complaint", "Q7b"),
        "question-date": asked("complaint", "Q5c"),
        "question-item": matter,
        "question-text": asked("application", "name"),
        "question-phone": wrong_answer,
        "question-division": asked("application", "division"),
        "question-county": city,
        "review": lambda: shell.go("review", form=stage.form("complaint")),
        "receipt": lambda: shell.go("receipt", form=stage.form("complaint"), seconds=30),
        "outcome-emergency": ended(Q0="yes"),
        "outcome-guide": ended(Q1="materials"),
        "outcome-route": ended(Q1="wages"),
        "outcome-pick": ended(Q1="other"),
        "follow": lambda: shell.go("follow"),
        "follow-wrong": wrong_number,
        "follow-answered": answered,
        "help": lambda: shell.setHelp(True),
        "idle": idle,
    }


def case(stage: Stage) -> CaseStatus:
    now = stage.kiosk.first.clock.now()
    return CaseStatus(
        number="BBC-2222-2222-2",
        kind="complaint",
        item_name="演示事项",
        state=CaseState.CLOSED,
        department="演示部门",
        result=ANSWER,
        feedback_due=now.date(),
        provisional=False,
        events=tuple(
            CaseEvent(state, now)
            for state in (CaseState.RECEIVED, CaseState.REGISTERED, CaseState.CLOSED)
        ),
    )


def _made_up(question: Question, today: date) -> Answer:
    match question.kind:
        case Kind.NOTICE:
            return "agreed"
        case Kind.CHOICE:
            return LEADS.get(question.id, question.options[0].id)
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
