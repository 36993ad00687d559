"""Every screen and overlay, brought up by name; rendered offscreen for both panels, both languages,
standard and 长辈版."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, cast

from kiosk.demonstration import LANDSCAPE, PORTRAIT, lone_kiosk, offscreen_application
from kiosk.domain.counter.payment import Bill
from kiosk.domain.counter.record import Record
from kiosk.domain.keyboard import Page
from kiosk.domain.questions.model import Answer
from kiosk.domain.submission.afterwards import AFTERWARDS
from kiosk.domain.submission.case import (
    CaseEvent,
    CaseNote,
    CaseState,
    CaseStatus,
    Note,
    Rating,
)
from kiosk.domain.submission.model import Kind
from kiosk.domain.words import Language
from kiosk.made_up import ANSWER, walked
from ui.form import Form
from ui.previews import PREVIEWS
from ui.viewmodels.follow import FollowViewModel
from ui.viewmodels.keyboard import KeyboardViewModel
from ui.viewmodels.pay import PayViewModel
from ui.viewmodels.photographer import Photographer
from ui.viewmodels.pictures import Pictures
from ui.viewmodels.question import QuestionViewModel
from ui.viewmodels.record import RecordViewModel
from ui.viewmodels.review import ReviewViewModel
from ui.viewmodels.search import SearchViewModel
from ui.viewmodels.slots import SlotsPart
from ui.viewmodels.where import WhereViewModel
from ui.viewmodels.wish import WishViewModel
from ui.visitor import Visitor

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    from kiosk.startup import Kiosk

ITEM = "DEMO-SK-007"
NUMBER, CODE = "BBC-2222-2222-K", "000000"
ITEMS = {
    "application": ITEM,
    "booking": "DEMO-GA-034",
    "query": "DEMO-SB-001",
    "payment": "DEMO-GY-011",
}
"""An item of each kind that has a form."""
TYPED = {Page.PINYIN: "shebaoka", Page.STROKES: "hs"}
"""On the keyboard, to be shown with what is offered for it."""
LICENCE = "DEMO-YJ-001"
STORY = "\n".join(f"第{n}次：窗口说材料不齐，让我回去再拿一份演示证明。" * 4 for n in range(1, 20))
"""Long, and near the most there may be."""
NOT_YET: Mapping[str, Answer] = {
    "trouble": "refused",
    "why": "incomplete",
    "told": "told_once",
    "visits": "online",
    "more": ("none",),
}
"""Answers that make a complaint an enquiry."""


def screens(out: Path) -> Iterator[Path]:
    """Yields each picture saved: `out/<panel>-<language>-<size>/<screen>.png`."""
    application = offscreen_application()
    for layout in (PORTRAIT, LANDSCAPE):
        with lone_kiosk(layout) as kiosk:
            gallery = Gallery(kiosk)
            for language in Language:
                for larger in (False, True):
                    size = "larger" if larger else "standard"
                    folder = out / f"{layout.name}-{language}-{size}"
                    folder.mkdir(parents=True, exist_ok=True)
                    for name in gallery.screens():
                        file = folder / f"{name}.png"
                        gallery.show(name, language, larger=larger)
                        gallery.visitor.picture(file)
                        yield file
    del application


class Gallery:
    """A kiosk whose screens can be brought up one by one, filled with obviously made-up answers."""

    def __init__(self, kiosk: Kiosk) -> None:
        self._kiosk = kiosk
        self._shell = kiosk.application.shell
        self.visitor = Visitor(kiosk.application.window, kiosk.application.engine)
        self.visitor.wait(kiosk.backstage.done, "the adapters")

    def show(self, name: str, language: Language, *, larger: bool) -> None:
        """Begin a new turn in this language and size, and bring a screen up."""
        self._shell.finish()
        self._shell.home()
        if larger:
            self._shell.toggleLarger()
        if language is not Language.ZH:
            self._shell.toggleLanguage()
        self.screens()[name]()

    def form(self, flow: str, question: str = "", **chosen: Answer) -> Form:
        """A form answered up to `question` (empty: to its end): `chosen` options, and made-up
        answers to all other questions."""
        form = Form(self._shell.desk, self._kiosk.backstage.result(), flow, ITEMS.get(flow))
        form.walk = walked(form.walk.flow, form.walk.known, form.today, question, **chosen)
        return form

    def screens(self) -> dict[str, Callable[[], object]]:
        """How to bring every screen and overlay up, by name, from the home screen."""
        shell = self._shell

        def asked(flow: str, question: str) -> Callable[[], None]:
            return lambda: shell.go("question", form=self.form(flow, question))

        def ended(**chosen: str) -> Callable[[], None]:
            return lambda: shell.go("outcome", form=self.form("complaint", **chosen))

        return {
            "attract": shell.finish,
            "home": lambda: None,
            "category": lambda: shell.go("category", group="公安"),
            "category-all": lambda: shell.go("category"),
            "where": lambda: shell.go("where"),
            "where-county": self._place,
            "search": lambda: self._search("fangchanzheng", "不动产"),
            "search-empty": lambda: shell.go("search"),
            "search-nothing": lambda: self._search("@@", ""),
            "search-nearest": lambda: self._search("huoxing lvyou qianzheng", ""),
            "guide": lambda: shell.go("guide", item_id=ITEM),
            "guide-only-there": self._far_guide,
            "take-away": lambda: shell.go("take_away", item_id=ITEM),
            "question-notice": asked("application", "notice_form"),
            "question-document": asked("application", "document"),
            "question-credit-code": self._company,
            "question-papers": asked("application", "papers"),
            "question-day": asked("booking", "slot"),
            "question-time": self._times,
            "question-amount": asked("payment", "amount"),
            "question-choice": asked("complaint", "trouble"),
            "question-several": asked("complaint", "departments"),
            "question-date": asked("complaint", "accepted"),
            "question-days": asked("complaint", "visits"),
            "question-agree": asked("complaint", "notice"),
            "question-topic": self._topic,
            "question-topic-search": lambda: self._topic().type("gjj"),
            "question-pictures": self._pictures,
            "photograph": self._photograph,
            "photograph-taken": lambda: self._photograph(taken=True),
            "question-contact": asked("complaint", "contact"),
            "question-item": self._matter,
            "question-text": asked("application", "name"),
            "question-number": self._number,
            "question-story": asked("complaint", "story"),
            "question-story-long": self._story,
            "question-reason": asked("application", "remark"),
            "question-phone": self._wrong_phone,
            "question-division": asked("application", "division"),
            "question-county": self._county,
            "review": lambda: shell.go("review", form=self.form("complaint")),
            "review-long": self._long_review,
            "review-whole": lambda: self._long_review().unfold("story"),
            "receipt": lambda: self._receipt("complaint"),
            "receipt-enquiry": self._enquiry,
            "receipt-route": lambda: self._receipt("complaint", trouble="other", other="wages"),
            "receipt-application": lambda: self._receipt("application"),
            "receipt-booking": lambda: self._receipt("booking"),
            "record": self._record,
            "record-offline": lambda: shell.go("record", form=self.form("query")),
            "pay": self._bill,
            "pay-offline": lambda: shell.go("pay", form=self.form("payment")),
            "outcome-emergency": ended(trouble="other", other="danger"),
            "outcome-emergency-topic": ended(trouble="other", other="unsure", topic="R01"),
            "outcome-guide": ended(trouble="other", other="materials"),
            "outcome-route": ended(trouble="other", other="misconduct"),
            "follow": lambda: shell.go("follow"),
            "follow-wrong": self._wrong_number,
            "follow-scanned": lambda: shell.go("follow", number=NUMBER),
            "scan-unknown": lambda: shell.scanned("演示"),
            "parked": lambda: shell.go("parked", code="2222-3333-4444"),
            "follow-offline": self._blind,
            "follow-known": self._known,
            "follow-answered": self._answered,
            "wish-addition": lambda: self._wish(Kind.ADDITION),
            "wish-reopening": lambda: self._wish(Kind.REOPENING),
            "wish-rating": lambda: self._wish(Kind.RATING),
            "wish-withdrawal": lambda: self._wish(Kind.WITHDRAWAL),
            "wish-sent": self._rated,
            **{f"keyboard-{page}": partial(self._keyboard, page) for page in Page},
            "help": lambda: shell.setHelp(True),
            "listening": self._reading,
            "idle": self._idle,
        }

    def _reading(self) -> None:
        self._shell.home()
        self._shell.listener.show(True)

    def _keyboard(self, page: Page) -> None:
        """A page of the keyboard with something on it, as far as there are engines."""
        self._asked("complaint", "story")
        window = self._kiosk.application.window
        self.visitor.wait(lambda: bool(window.property("writing")), "the keyboard")
        keyboard = cast(KeyboardViewModel, window.property("keyboard"))
        keyboard.showPage(page)
        if keyboard.property("page") != page or page not in TYPED:
            return
        for key in TYPED[page]:
            keyboard.press(key)
        self.visitor.wait(lambda: bool(keyboard.candidates), "candidates")

    def _search(self, text: str, found: str) -> None:
        self._shell.go("search")
        cast(SearchViewModel, self._shell.present).type(text)
        if found:
            self.visitor.wait(lambda: bool(self.visitor.rows(found)), "results")

    def _asked(self, flow: str, question: str) -> QuestionViewModel:
        self._shell.go("question", form=self.form(flow, question))
        return cast(QuestionViewModel, self._shell.present)

    def _matter(self) -> None:
        self._asked("complaint", "item").type("fangchanzheng")
        self.visitor.wait(lambda: bool(self.visitor.rows("不动产")), "results")

    def _topic(self) -> QuestionViewModel:
        form = self.form("complaint", "topic", trouble="other", other="unsure")
        self._shell.go("question", form=form)
        return cast(QuestionViewModel, self._shell.present)

    def _story(self) -> None:
        self._asked("complaint", "story").type(STORY)

    def _long_review(self) -> ReviewViewModel:
        self._shell.go("review", form=self.form("complaint", story=STORY))
        review = cast(ReviewViewModel, self._shell.present)
        self.visitor.wait(lambda: self.visitor.settled, "the review")
        while "story" not in [line["id"] for line in review.property("lines")]:
            review.turn(1)
        return review

    def _pictures(self) -> Photographer:
        form = self.form("complaint")
        form.walk = form.walk.change("pictures")
        self._shell.go("question", form=form)
        pictures = cast(Pictures, cast(QuestionViewModel, self._shell.present).part)
        self.visitor.wait(lambda: bool(pictures.camera.there), "the camera")
        for _ in range(2):
            self._take(pictures.camera)
            pictures.camera.keep()
        return pictures.camera

    def _photograph(self, *, taken: bool = False) -> None:
        camera = self._pictures()
        if taken:
            self._take(camera)
            camera.use("cover")
            camera.draw(0.1, 0.4, 0.7, 0.4)
            self.visitor.wait(lambda: not camera.busy, "the black")
        else:
            camera.open("把单子平放在镜头下面")
            self.visitor.wait(lambda: bool(PREVIEWS.picture("camera")), "the camera to look")

    def _take(self, camera: Photographer) -> None:
        camera.open("")
        camera.take()
        self.visitor.wait(lambda: bool(camera.taken), "a picture")

    def _number(self) -> None:
        form = self.form("complaint")
        form.walk = form.walk.change("project_no")
        self._shell.go("question", form=form)

    def _wrong_phone(self) -> None:
        question = self._asked("application", "phone")
        question.type("12345")
        question.next()

    def _county(self) -> None:
        self._asked("application", "division").choose("in:340100")

    def _place(self) -> None:
        self._shell.go("where")
        cast(WhereViewModel, self._shell.present).choose("in:340100")

    def _far_guide(self) -> None:
        self._shell.desk.session = replace(self._shell.desk.session, home="341003")
        self._shell.go("guide", item_id="DEMO-CJ-035")

    def _times(self) -> None:
        slots = cast(SlotsPart, self._asked("booking", "slot").property("part"))
        self.visitor.wait(lambda: bool(slots.property("days")), "the days")
        slots.showDay(slots.property("days")[0]["iso"])

    def _company(self) -> None:
        form = self.form("payment", "credit_code", as_whom="company")
        self._shell.go("question", form=form)

    def _record(self) -> None:
        self._shell.go("record", form=self.form("query"))
        screen = cast(RecordViewModel, self._shell.present)
        self.visitor.wait(lambda: not screen.asking, "the centre to be missed")
        screen.show(
            Record(
                title="演示记录",
                lines=(("姓名", "演示"), ("单位", "演示单位")),
                columns=("月份", "缴费基数", "状态"),
                rows=tuple((f"2026年{month}月", "演示", "已到账") for month in range(1, 11)),
                issuer="演示数据 · 非真实记录",
                issued_at=self._kiosk.first.clock.now(),
                check_code="BBC2-2222-2222",
                check_path="/check/BBC222222222",
                watermark="演示 · 无效",
            )
        )

    def _bill(self) -> None:
        self._shell.go("pay", form=self.form("payment"))
        screen = cast(PayViewModel, self._shell.present)
        self.visitor.wait(lambda: not screen.asking, "the centre to be missed")
        now = self._kiosk.first.clock.now()
        screen.show(Bill("演示", "演示水费", "演*", "2026年10月", 12345, "/pay/demo", now))

    def _receipt(self, flow: str, **chosen: Answer) -> None:
        self._hand_in(self.form(flow, "", **chosen))

    def _enquiry(self) -> None:
        form = Form(self._shell.desk, self._kiosk.backstage.result(), "complaint", LICENCE)
        form.walk = walked(form.walk.flow, form.walk.known, form.today, "", **NOT_YET)
        self._hand_in(form)

    def _hand_in(self, form: Form) -> None:
        self._kiosk.backstage.result().hand_in(form.submissions())
        self._shell.go("receipt", form=form)

    def _following(self) -> FollowViewModel:
        self._shell.go("follow")
        return cast(FollowViewModel, self._shell.present)

    def _wrong_number(self) -> None:
        follow = self._following()
        follow.typeNumber("BBC-0000")
        follow.typeCode("12")
        follow.ask()

    def _blind(self) -> None:
        follow = self._following()
        follow.typeNumber(NUMBER)
        follow.typeCode(CODE)
        follow.ask()
        self.visitor.wait(lambda: bool(follow.blind), "the centre to be missed")

    def _known(self) -> None:
        follow = self._following()
        follow.typeNumber(NUMBER)
        follow.typeCode(CODE)
        follow.show(CaseEvent(CaseState.CLOSED, self._kiosk.first.clock.now()))

    def _wish(self, kind: Kind) -> WishViewModel:
        self._shell.go("wish", number=NUMBER, code=CODE, kind=kind)
        return cast(WishViewModel, self._shell.present)

    def _rated(self) -> None:
        wish = self._wish(Kind.RATING)
        wish.rate(5)
        wish.send()
        self.visitor.wait(lambda: bool(wish.sent), "the rating to be stored")

    def _answered(self) -> None:
        now = self._kiosk.first.clock.now()
        happened = (CaseState.RECEIVED, CaseState.REGISTERED, CaseState.CLOSED)
        self._following().show(
            CaseStatus(
                number=NUMBER,
                kind="complaint",
                item_name="演示事项",
                state=CaseState.CLOSED,
                department="演示部门",
                result=ANSWER,
                feedback_due=now.date(),
                provisional=False,
                possible=AFTERWARDS - {Kind.WITHDRAWAL},
                rating=Rating.GOOD,
                notes=(CaseNote(Note.ADDED, now), CaseNote(Note.RATED, now)),
                events=tuple(CaseEvent(state, now) for state in happened),
            )
        )

    def _idle(self) -> None:
        while self._shell.presence.countdown == 0:
            self._shell.presence.tick()
