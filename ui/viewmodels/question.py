"""One question on a screen."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import TypeVar

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement, QmlUncreatable

from kiosk.domain.questions.answers import is_long, left
from kiosk.domain.questions.model import Answer, ItemAnswer, Kind, Question
from kiosk.domain.questions.wording import say_month, say_option
from kiosk.domain.session.parking_code import new_parking_code
from kiosk.domain.submission.model import Kind as SubmissionKind
from kiosk.domain.submission.scanned import Scanned, ScannedSlip
from kiosk.errors import BugError
from ui.desk import Desk
from ui.form import BILL, RECORD, REGISTER, Form
from ui.viewmodels import month
from ui.viewmodels.finder import Finder
from ui.viewmodels.papers import PapersPart
from ui.viewmodels.photographer import Photographer
from ui.viewmodels.pictures import Pictures, pictures_of
from ui.viewmodels.places import place_options
from ui.viewmodels.rows import found_row
from ui.viewmodels.screen import ScreenViewModel
from ui.viewmodels.slots import SlotsPart

_One = TypeVar("_One", str, date)
QML_IMPORT_NAME = "Kiosk.ViewModels"
QML_IMPORT_MAJOR_VERSION = 1

OPTIONS_PER_PAGE = 6
PAGED = frozenset({Kind.CHOICE, Kind.SEVERAL, Kind.TOPIC})
_ALONE = frozenset({"none", "unsure"})
"""Options that hold only without any other."""
_PARTS: Mapping[Kind, Callable[..., QObject]] = {
    Kind.SLOT: SlotsPart,
    Kind.PAPERS: PapersPart,
    Kind.PICTURES: pictures_of,
}
NUMBER_FACT = "project_no"
"""The fact that is the number on a slip."""
PARKABLE = frozenset({SubmissionKind.COMPLAINT, SubmissionKind.APPLICATION})
_ENDS = {REGISTER: "review", RECORD: "record", BILL: "pay"}


@QmlElement
@QmlUncreatable("made by ui.routes")
class QuestionViewModel(ScreenViewModel):
    """The question a form stands at, and the answer being given to it."""

    changed = Signal()
    paged = Signal()
    """Other options are shown. Not `changed`: the room for options is told while a question is
    being put up, and must not have QML ask again which question that is."""

    def __init__(self, desk: Desk, parent: QObject | None = None, *, form: Form) -> None:
        super().__init__(desk, parent)
        self.changed.connect(self.paged)
        self._form = form
        self._finder = Finder(desk.catalogue, self._ask, 4, self.changed.emit)
        self._room = OPTIONS_PER_PAGE
        self._said = ""
        self._likely: Sequence[str] = ()
        self._part: QObject | None = None
        self._enter()

    def _enter(self) -> None:
        question = self._question
        given = self._form.given
        self._given: Answer | None = given
        self._problem = ""
        self._page = 0
        self._city = ""
        self._said, self._likely = "", ()
        last = given[-1] if isinstance(given, tuple) and given else given
        self._month = month.month_of(last if isinstance(last, date) else self._form.today)
        self._finder.clear()
        if isinstance(given, ItemAnswer):
            self._finder.type(given.words)
        self._part = self._new_part(question)
        self.changed.emit()

    def _new_part(self, question: Question) -> QObject | None:
        self._leave_part()
        if self._part is not None:
            self._part.deleteLater()
        part = _PARTS.get(question.kind)
        return None if part is None else part(self._desk, self._form, self._ask, self._give, self)

    def _leave_part(self) -> None:
        if isinstance(self._part, PapersPart | Pictures):
            self._part.leave()

    @Property(QObject, notify=changed)
    def part(self) -> QObject | None:
        """What questions of some kinds need besides: `SlotsPart`, `PapersPart`, `Pictures`."""
        return self._part

    @Property(QObject, notify=changed)
    def photographer(self) -> Photographer | None:
        """The camera, for questions that pictures can answer."""
        part = self._part
        return part.camera if isinstance(part, PapersPart | Pictures) else None

    @property
    def _question(self) -> Question:
        question = self._form.walk.question
        if question is None:
            raise BugError("the question screen is shown at the end of a flow")
        return question

    @Property(str, notify=changed)
    def flowTitle(self) -> str:
        """Which form this is."""
        return self._form.title

    @Property(str, notify=changed)
    def matter(self) -> str:
        """The item the form is about, empty while unknown."""
        return str(self._form.walk.facts.get("item", ""))

    @Property(str, notify=changed)
    def questionId(self) -> str:
        """Changes when another question is shown."""
        return self._question.id

    @Property(str, notify=changed)
    def kind(self) -> str:
        """What kind of answer it takes."""
        return self._question.kind.value

    @Property(str, notify=changed)
    def answerer(self) -> str:
        """Which file of `Questions/` takes the answer."""
        return "story" if is_long(self._question) else self._question.kind.value

    @Property(str, notify=changed)
    def entry(self) -> str:
        """What the text is likely to be (`Entry`)."""
        return self._question.writes.value

    @Property(int, notify=changed)
    def step(self) -> int:
        """The number of this question, from 1."""
        return len(self._form.walk.trail) + 1

    @Property(int, notify=changed)
    def stepsLeft(self) -> int:
        """How many questions follow at most."""
        return self._form.walk.steps_left - 1

    @Property(str, notify=changed)
    def ask(self) -> str:
        """The question."""
        return self._say(f"{self._question.words}.ask")

    @Property(str, notify=changed)
    def help(self) -> str:
        """A sentence of help, or the notice to agree to."""
        told = self._desk.words.get(f"{self._question.words}.help")
        if self._asks_number and self._desk.first.settings.devices.scanner:
            return f"{told}\n{self._say('questions.scan')}"
        return told

    @property
    def _asks_number(self) -> bool:
        return self._question.fact == NUMBER_FACT

    @property
    def _barely_begun(self) -> bool:
        """A complaint of which no more is known than that something was not done."""
        form = self._form
        at_start = not form.walk.trail or self._question.kind is Kind.ITEM
        return form.draft.kind is SubmissionKind.COMPLAINT and at_start and not form.changing

    def scanned(self, found: Scanned) -> bool:
        """Fill the number in where it is asked for. Where a complaint has barely begun, the case is
        looked up first: from there it is reported with all that is known (`FollowViewModel`), and
        what was begun waits behind it."""
        number = found.number if isinstance(found, ScannedSlip) else found.text
        if self._asks_number and number:
            self.type(number)
            return True
        if self._barely_begun and isinstance(found, ScannedSlip):
            self._desk.navigator.go("follow", number=found.number, code=found.code)
            return True
        return False

    @Property(str, notify=changed)
    def problem(self) -> str:
        """What is wrong with the answer, in plain words; empty if nothing is."""
        return self._say(f"questions.problem.{self._problem}") if self._problem else ""

    @Property(bool, notify=changed)
    def optional(self) -> bool:
        """Whether the question may be left empty."""
        return self._question.optional

    def _all_options(self) -> list[dict[str, object]]:
        if self._question.kind is Kind.DIVISION:
            return place_options(self._desk.catalogue, self._city, self._given)
        given = self._given if isinstance(self._given, tuple) else (self._given,)
        # What was said may be misunderstood: the unlikely ones follow, and are not left out.
        place = {id: at for at, id in enumerate(self._likely)}
        options = sorted(
            self._question.options, key=lambda option: place.get(option.id, len(place))
        )
        return [
            {
                "id": option.id,
                "label": say_option(self._question, option.id, self._desk.words),
                "chosen": option.id in given,
            }
            for option in options
        ]

    @Property("QVariantList", notify=paged)
    def options(self) -> list[dict[str, object]]:
        """The options of the present page: id, label, chosen."""
        options = self._all_options()
        if self._question.kind not in PAGED:
            return options
        start = self._page * self._page_size
        return options[start : start + self._page_size]

    @Property(int, notify=changed)
    def optionCount(self) -> int:
        """How many options there are on all pages."""
        return len(self._question.options)

    @property
    def _page_size(self) -> int:
        count = len(self._question.options)
        if count <= min(self._room, OPTIONS_PER_PAGE):
            return max(1, count)
        return max(1, min(self._room - 1, OPTIONS_PER_PAGE))

    @Slot(int)
    def fit(self, rows: int) -> None:
        """The screen has room for so many options (or one less and the way to turn pages)."""
        if rows != self._room and rows > 0:
            self._room, self._page = rows, 0
            self.paged.emit()

    @Property(int, notify=paged)
    def page(self) -> int:
        """The present page of options, from 1."""
        return self._page + 1

    @Property(int, notify=paged)
    def pages(self) -> int:
        """How many pages of options there are."""
        return self._pages

    @property
    def _pages(self) -> int:
        if self._question.kind not in PAGED:
            return 1
        return max(1, -(-len(self._question.options) // self._page_size))

    @Slot(int)
    def turn(self, pages: int) -> None:
        """Turn so many pages of options."""
        self._page = min(max(0, self._page + pages), self._pages - 1)
        self.changed.emit()

    @Property(bool, notify=changed)
    def answerable(self) -> bool:
        """Whether there is an answer to go on with."""
        return self._given not in (None, "", ()) or self._question.optional

    @Property(str, notify=changed)
    def text(self) -> str:
        """The characters typed so far."""
        return self._text

    @property
    def _text(self) -> str:
        chosen = {option.id for option in self._question.options}
        return self._given if isinstance(self._given, str) and self._given not in chosen else ""

    @Property(int, notify=changed)
    def limit(self) -> int:
        """How many characters a text may have."""
        return self._question.longest

    @Property(int, notify=changed)
    def remaining(self) -> int:
        """How many more can be written; below 0 where there are too many."""
        return left(self._text, self._question.longest)

    @Property("QVariantList", notify=changed)
    def rows(self) -> list[dict[str, object]]:
        """Items that fit the words typed for the matter in question."""
        return [found_row(hit, self._desk.words) for hit in self._finder.found.hits]

    @Property(str, notify=changed)
    def words(self) -> str:
        """The words typed for the matter in question, or for a topic."""
        return self._finder.text or self._said

    @Property(int, notify=changed)
    def likely(self) -> int:
        """How many topics may be meant by the words; they stand before the others."""
        return len(self._likely)

    @Property(str, notify=changed)
    def chosenItem(self) -> str:
        """The id of the item chosen for the matter in question, or empty."""
        return (self._given.item_id or "") if isinstance(self._given, ItemAnswer) else ""

    @Property(str, notify=changed)
    def monthTitle(self) -> str:
        """The month shown."""
        return say_month(self._month, self._desk.session.language)

    @Property("QVariantList", notify=changed)
    def days(self) -> list[dict[str, object]]:
        """The month's grid, see `month.grid`."""
        given = self._given if isinstance(self._given, tuple) else (self._given,)
        chosen = frozenset(day for day in given if isinstance(day, date))
        language = self._desk.session.language
        return month.grid(self._month, self._form.today, self._question.days, chosen, language)

    @Slot(int)
    def turnMonth(self, count: int) -> None:
        """Show a later month (an earlier one if negative)."""
        self._month = month.months_on(self._month, count)
        self.changed.emit()

    @Slot(str)
    def choose(self, option: str) -> None:
        """An option, a day or a place has been touched."""
        kind = self._question.kind
        beside = any(each.id == option for each in self._question.options)
        given = self._given if isinstance(self._given, tuple) else ()
        if kind is Kind.SEVERAL:
            options = tuple(one for one in given if isinstance(one, str))
            self._give(_toggled(options, option, alone=_ALONE))
        elif kind is Kind.DAYS and not beside:
            days = tuple(one for one in given if isinstance(one, date))
            self._give(_toggled(days, date.fromisoformat(option)))
        elif kind is Kind.DATE and not beside:
            self._give(date.fromisoformat(option))
        elif kind is Kind.DIVISION and option.startswith("in:"):
            self._city = option.removeprefix("in:")
            self.changed.emit()
        else:
            self._give(option)

    @Slot(str)
    def type(self, text: str) -> None:
        """The field's text has changed."""
        if self._question.kind is Kind.ITEM:
            if text != self._finder.text:
                self._finder.type(text)
                self._give(ItemAnswer(None, text.strip()) if text.strip() else None)
        elif self._question.kind is Kind.TOPIC:
            if text != self._said:
                self._said, self._likely = text, self._desk.catalogue.topics(text)
                self._page = 0
                self._give(None)
        elif text != self._given:
            self._give(text)

    @Slot(str)
    def pick(self, item_id: str) -> None:
        """An item of the catalogue has been touched."""
        self._give(self._form.item_answer(self._desk.catalogue.items[item_id]))

    def _give(self, answer: Answer | None) -> None:
        self._given = answer
        self._problem = ""
        self.changed.emit()

    @Property(bool, constant=True)
    def parkable(self) -> bool:
        """Whether the form can be set aside, to be gone on with later today."""
        return self._form.draft.kind in PARKABLE

    @Slot()
    def park(self) -> None:
        """Set the form aside under a code (我去拿材料)."""
        code, today = new_parking_code(), self._form.today
        parked = self._form.parked(self._given)
        self._ask(
            lambda backstage: backstage.parking.park(parked, code, today),
            lambda _: self._parked(code),
        )

    def _parked(self, code: str) -> None:
        self._leave_part()
        self._desk.navigator.replace("parked", code=code)

    @Slot()
    def next(self) -> None:
        """Take the answer and go on."""
        answer: Answer = "" if self._given is None else self._given
        if self._question.kind is Kind.NOTICE and not self._question.options:
            answer = "agreed"
        self._problem = self._form.walk.problem(answer, self._form.today)
        if self._problem:
            self.changed.emit()
            return
        self._form.untaken = None
        walk = self._form.walk.answered(answer)
        self._form.walk = walk.resume() if self._form.changing else walk
        if self._form.walk.outcome is None:
            self._enter()
        else:
            self._leave_part()
            screen = _ENDS.get(self._form.end, "outcome")
            self._desk.navigator.replace(screen, form=self._form)

    @Slot()
    def back(self) -> None:
        """To the question before, keeping this answer; from the first one, out of the form."""
        if self._city:
            self._city = ""
            self.changed.emit()
        elif self._form.walk.can_go_back():
            self._form.untaken = None
            self._form.walk = self._form.walk.back()
            self._enter()
        else:
            self._leave_part()
            self._desk.navigator.back()


def _toggled(
    given: tuple[_One, ...], touched: _One, alone: frozenset[_One] = frozenset()
) -> tuple[_One, ...]:
    """What is given after one has been touched: without it if it was there, else with it; what
    holds `alone` and the others drive each other out."""
    if touched in given:
        return tuple(one for one in given if one != touched)
    if touched in alone:
        return (touched,)
    return (*(one for one in given if one not in alone), touched)
