"""What a citizen does with a case afterwards: said here, sealed, and sent like everything else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Property, QObject, QTimer, Signal, Slot
from PySide6.QtQml import QmlElement, QmlUncreatable
from uuid_utils.compat import uuid7

from kiosk.domain.questions import answers
from kiosk.domain.questions.model import Kind as QuestionKind
from kiosk.domain.questions.model import Question
from kiosk.domain.submission.afterwards import AFTERWARDS, Wish, submission_of
from kiosk.domain.submission.attachment import attachment
from kiosk.domain.submission.case import Rating
from kiosk.domain.submission.model import Kind
from kiosk.domain.words import Language
from kiosk.errors import KnownError
from ui.desk import Desk
from ui.viewmodels.photographer import Photographer
from ui.viewmodels.pictures import Pictures
from ui.viewmodels.screen import ScreenViewModel

if TYPE_CHECKING:
    from kiosk.domain.submission.model import Submission

QML_IMPORT_NAME = "Kiosk.ViewModels"
QML_IMPORT_MAJOR_VERSION = 1

LONGEST = 1000
"""Characters of what is said afterwards."""
WITH_WORDS = frozenset({Kind.ADDITION, Kind.REOPENING})
AT_ONCE = frozenset({Kind.UPGRADE})
"""What one touch does, without a question more."""
SENT = AFTERWARDS | {Kind.ATTACHMENT}


@QmlElement
@QmlUncreatable("made by ui.routes")
class WishViewModel(ScreenViewModel):
    """One wish for the case with this number and query code."""

    changed = Signal()

    def __init__(
        self,
        desk: Desk,
        parent: QObject | None = None,
        *,
        number: str,
        code: str,
        kind: Kind,
    ) -> None:
        super().__init__(desk, parent)
        self._id = uuid7()
        self._number, self._code, self._kind = number, code, kind
        self._text = ""
        self._level: Rating | None = None
        self._sending = self._sent = self._received = False
        self._problem = ""
        self._pictures: Pictures | None = None
        if kind is Kind.ADDITION:
            self._pictures = Pictures(desk, self._ask, (), lambda _: self.changed.emit(), self)
        self._clock = QTimer(self, interval=1000)
        self._clock.timeout.connect(self._look)
        if kind in AT_ONCE:
            self.send()

    @Property(str, constant=True)
    def number(self) -> str:
        """The case's number."""
        return self._number

    @Property(str, notify=changed)
    def title(self) -> str:
        """What is asked; once it is sent, what has been done."""
        return self._say(f"afterwards.{self._kind}.{'done' if self._sent else 'ask'}")

    @Property(str, notify=changed)
    def help(self) -> str:
        """What it means."""
        return "" if self._sent else self._say(f"afterwards.{self._kind}.help")

    @Property(str, notify=changed)
    def sendLabel(self) -> str:
        """What the button says."""
        return self._say(f"afterwards.{self._kind}.send")

    @Property(bool, constant=True)
    def takesWords(self) -> bool:
        """Whether something can be written."""
        return self._kind in WITH_WORDS

    @Property(str, notify=changed)
    def text(self) -> str:
        """What has been written."""
        return self._text

    @Property(int, constant=True)
    def limit(self) -> int:
        """How many characters it may have."""
        return LONGEST

    @Property(int, notify=changed)
    def remaining(self) -> int:
        """How many more can be written; below 0 where there are too many."""
        return answers.left(self._text, LONGEST)

    @Property("QVariantList", notify=changed)
    def levels(self) -> list[dict[str, object]]:
        """The five levels of a rating, the best first: id, label, chosen; none for other wishes."""
        if self._kind is not Kind.RATING:
            return []
        return [
            {
                "id": int(level),
                "label": self._say(f"afterwards.level.{int(level)}"),
                "chosen": level is self._level,
            }
            for level in Rating
        ]

    @Property(QObject, constant=True)
    def pictures(self) -> Pictures | None:
        """The pictures that are added, where there can be any."""
        return self._pictures

    @Property(QObject, constant=True)
    def photographer(self) -> Photographer | None:
        """The camera, where there can be pictures."""
        return self._pictures.camera if self._pictures else None

    @Property(str, notify=changed)
    def problem(self) -> str:
        """Why it cannot be taken yet, or could not be stored; what was written is kept."""
        return self._say(self._problem) if self._problem else ""

    @Property(bool, notify=changed)
    def ready(self) -> bool:
        """Whether there is something to send."""
        if self._sending:
            return False
        if self._kind is Kind.RATING:
            return self._level is not None
        has_pictures = self._pictures is not None and bool(self._pictures.pictures)
        return self._kind is not Kind.ADDITION or has_pictures or bool(self._text.strip())

    @Property(bool, notify=changed)
    def sending(self) -> bool:
        """Whether it is being sealed and stored now."""
        return self._sending

    @Property(bool, notify=changed)
    def sent(self) -> bool:
        """Whether it is stored here."""
        return self._sent

    @Property(bool, notify=changed)
    def received(self) -> bool:
        """Whether the central server has acknowledged it."""
        return self._received

    @Slot(str)
    def type(self, text: str) -> None:
        """The field has changed."""
        if text != self._text:
            self._text, self._problem = text, ""
            self.changed.emit()

    @Slot(int)
    def rate(self, level: int) -> None:
        """A level has been touched."""
        self._level = Rating(level)
        self.changed.emit()

    @Slot()
    def send(self) -> None:
        """Hand it in. Pressing again after a fault is the same submission."""
        if self._sending or self._sent or not self.ready:
            return
        words = Question("words", QuestionKind.TEXT, longest=LONGEST, optional=True)
        today = self._desk.first.clock.now().date()
        if problem := answers.problem(words, self._text, today):
            self._problem = f"questions.problem.{problem}"
            self.changed.emit()
            return
        submissions = self._submissions()
        self._sending, self._problem = True, ""
        self.changed.emit()
        self._ask(lambda backstage: backstage.hand_in(submissions), self._stored, self._failed)

    def _submissions(self) -> list[Submission]:
        chinese = self._desk.first.words(Language.ZH)
        pictures = self._pictures.pictures if self._pictures else ()
        paper = chinese.say("afterwards.addition.pictures")
        text = self._text.strip() or (paper if pictures else "")
        wish = Wish(self._kind, self._desk.first.clock.now(), text, self._level)
        whole = submission_of(wish, self._id, self._number, self._code)
        pages = enumerate(pictures, start=1)
        return [whole, *(attachment(whole, paper, page, each) for page, each in pages)]

    def _stored(self, _: None) -> None:
        self._sending, self._sent = False, True
        self._leave_pictures()
        self._clock.start()
        self._look()
        self.changed.emit()

    def _failed(self, error: BaseException) -> None:
        self._sending = False
        if not isinstance(error, KnownError):
            self._desk.navigator.trouble(error)
            return
        self._problem = f"errors.{error.key}"
        self.changed.emit()

    @Slot()
    def _look(self) -> None:
        number = self._number
        self._ask(lambda backstage: backstage.outbox.is_waiting(number, SENT), self._heard)

    def _heard(self, waiting: bool) -> None:
        if not waiting and not self._received:
            self._received = True
            self._clock.stop()
            self.changed.emit()

    def _leave_pictures(self) -> None:
        if self._pictures:
            self._pictures.leave()

    @Slot()
    def back(self) -> None:
        """To the case; not while it is being stored."""
        if not self._sending:
            self._leave_pictures()
            self._desk.navigator.back()

    @Slot()
    def finish(self) -> None:
        """The citizen has done what they came for."""
        self._desk.navigator.finish()
