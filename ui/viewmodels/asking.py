"""What the screens share that ask the central server while the citizen waits."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QObject, Slot
from PySide6.QtQml import QmlElement, QmlUncreatable

from kiosk.domain.counter.request import CounterRequest
from kiosk.errors import CentralUnreachable, KnownError
from kiosk.ports import Counter
from ui.desk import Desk
from ui.form import Form
from ui.viewmodels.screen import ScreenViewModel

QML_IMPORT_NAME = "Kiosk.ViewModels"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
@QmlUncreatable("made by ui.routes")
class AskingViewModel(ScreenViewModel):
    """Asks with a form's answers; where nobody can be asked, the form becomes an enquiry."""

    def __init__(self, desk: Desk, parent: QObject | None = None, *, form: Form) -> None:
        super().__init__(desk, parent)
        self._form = form
        self._asking = False
        self._problem = ""

    def _put(self, counter: Counter, request: CounterRequest) -> Any:
        """Ask; on a worker thread."""
        raise NotImplementedError

    def _answered(self, answer: Any) -> None:
        """The answer is there."""
        raise NotImplementedError

    @property
    def _offline(self) -> bool:
        return self._problem == CentralUnreachable.key

    @Slot()
    def ask(self) -> None:
        """Ask, or ask again."""
        if self._asking:
            return
        request = self._form.request()
        self._asking, self._problem = True, ""
        self.changed.emit()
        self._ask(lambda backstage: self._put(backstage.counter, request), self.show, self._failed)

    def show(self, answer: Any) -> None:
        """The answer is there."""
        self._asking, self._problem = False, ""
        self._answered(answer)
        self.changed.emit()

    def _failed(self, error: BaseException) -> None:
        self._asking = False
        if not isinstance(error, KnownError):
            self._desk.navigator.trouble(error)
            return
        self._problem = error.key
        self.changed.emit()

    @Slot()
    def tellLater(self) -> None:
        """Hand the question in, to be answered when the centre can be reached."""
        self._form.tell_later()
        self._desk.navigator.replace(
            "question" if self._form.walk.question else "review", form=self._form
        )

    @Slot()
    def back(self) -> None:
        """To the last question."""
        self._form.walk = self._form.walk.back()
        self._desk.navigator.replace("question", form=self._form)

    @Slot()
    def finish(self) -> None:
        """The citizen has what they came for."""
        self._desk.navigator.finish()
