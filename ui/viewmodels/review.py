"""Everything said, before it is handed in."""

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement, QmlUncreatable

from kiosk.domain.complaint.wording import say_deadline
from kiosk.domain.questions.wording import opening
from kiosk.domain.submission.draft import lacks_characters
from kiosk.errors import KnownError
from ui.desk import Desk
from ui.form import Form
from ui.viewmodels.screen import ScreenViewModel

QML_IMPORT_NAME = "Kiosk.ViewModels"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
@QmlUncreatable("made by ui.routes")
class ReviewViewModel(ScreenViewModel):
    """Every answer with a way to change it; 提交 seals, stores and only then shows the receipt."""

    changed = Signal()

    def __init__(self, desk: Desk, parent: QObject | None = None, *, form: Form) -> None:
        super().__init__(desk, parent)
        form.changing = False
        self._form = form
        self._sending = False
        self._problem = ""
        self._first = 0
        self._room = 8
        self._open = ""

    @Property(str, notify=changed)
    def matter(self) -> str:
        """The item the form is about."""
        return str(self._form.walk.facts.get("item", ""))

    @Property(str, notify=changed)
    def deadline(self) -> str:
        """The limit that was computed, in words; empty where there is none."""
        found = self._form.found
        limit = found.deadline if found else None
        return say_deadline(limit, self._desk.words) if limit else ""

    @Property(str, notify=changed)
    def lacking(self) -> str:
        """What is to be done about characters that could not be written; empty where none were."""
        return self._say("receipt.lacking") if lacks_characters(self._form.walk) else ""

    @Property("QVariantList", notify=changed)
    def lines(self) -> list[dict[str, object]]:
        """The answers there is room for: question id, question, answer, and whether that is only
        the beginning of it."""
        return [
            {"id": id, "asked": asked, "answer": shown, "more": shown != answer}
            for id, asked, answer in self._form.lines()[self._first : self._first + self._room]
            for shown in (opening(answer),)
        ]

    @Property("QVariantMap", notify=changed)
    def whole(self) -> dict[str, str]:
        """The answer that is read in whole: question id, question, answer; empty ones for none."""
        found = (each for each in self._form.lines() if each[0] == self._open)
        return dict(zip(("id", "asked", "answer"), next(found, ("", "", "")), strict=True))

    @Slot(str)
    def unfold(self, question: str) -> None:
        """Read an answer in whole; with an empty id, all of them again."""
        self._open = question
        self.changed.emit()

    @Property(int, notify=changed)
    def page(self) -> int:
        """The present page, from 1."""
        return self._first // self._room + 1

    @Property(int, notify=changed)
    def pages(self) -> int:
        """How many pages the answers fill."""
        return max(1, -(-len(self._form.lines()) // self._room))

    @Property(bool, notify=changed)
    def sending(self) -> bool:
        """Whether it is being sealed and stored now."""
        return self._sending

    @Property(str, notify=changed)
    def problem(self) -> str:
        """Why it could not be stored; the answers are kept."""
        return self._say(f"errors.{self._problem}") if self._problem else ""

    @Slot(int)
    def fit(self, rows: int) -> None:
        """The screen has room for so many answers."""
        rows = max(1, rows)
        if rows != self._room:
            self._first = self._first // rows * rows
            self._room = rows
            self.changed.emit()

    @Slot(int)
    def turn(self, pages: int) -> None:
        """Turn so many pages of answers."""
        self._first = min(max(0, self.page - 1 + pages), self.pages - 1) * self._room
        self.changed.emit()

    @Slot(str)
    def change(self, question: str) -> None:
        """Answer a question anew; the others are kept."""
        if self._sending:
            return
        self._form.walk = self._form.walk.change(question)
        self._form.changing = True
        self._desk.navigator.replace("question", form=self._form)

    @Slot()
    def submit(self) -> None:
        """Hand it in. Pressing again after a fault is the same submission."""
        if self._sending:
            return
        self._sending, self._problem = True, ""
        self.changed.emit()
        submissions = self._form.submissions()

        self._ask(lambda backstage: backstage.hand_in(submissions), self._stored, self._failed)

    def _stored(self, _: None) -> None:
        self._sending = False
        self._desk.navigator.replace("receipt", form=self._form)

    def _failed(self, error: BaseException) -> None:
        self._sending = False
        if not isinstance(error, KnownError):
            self._desk.navigator.trouble(error)
            return
        self._problem = error.key
        self.changed.emit()

    @Slot()
    def back(self) -> None:
        """To the last question; not while it is being stored, or the receipt would show nowhere.
        From an answer read in whole, to all of them."""
        if self._sending:
            return
        if self._open:
            self.unfold("")
            return
        self._form.walk = self._form.walk.back()
        self._desk.navigator.replace("question", form=self._form)
