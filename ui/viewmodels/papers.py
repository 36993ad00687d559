"""The papers of a form: photographed, promised, spared, or not needed in this case."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Property, QObject, QTimer, Signal, Slot
from PySide6.QtQml import QmlElement, QmlUncreatable

from kiosk.domain.catalogue.guide import Exemption, Material, Need
from kiosk.domain.catalogue.wording import spared
from kiosk.domain.questions.model import Paper, PapersAnswer, PaperState
from kiosk.errors import KnownError
from ui.desk import Backstage, Desk
from ui.photographs import fit_jpeg
from ui.previews import PREVIEWS

if TYPE_CHECKING:
    from ui.form import Form

QML_IMPORT_NAME = "Kiosk.ViewModels"
QML_IMPORT_MAJOR_VERSION = 1

MOST_PICTURES = 6
"""Of one form."""
LOOK_MS = 150


@QmlElement
@QmlUncreatable("part of the question screen")
class PapersPart(QObject):
    """What becomes of each paper, and the camera while it looks."""

    changed = Signal()
    framed = Signal()

    def __init__(
        self,
        desk: Desk,
        form: Form,
        ask: Callable[..., None],
        give: Callable[[PapersAnswer], None],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self._ask = ask
        self._give = give
        question = form.walk.question
        self._materials = question.papers if question else ()
        given = form.walk.answers.get("papers")
        self._answer = given if isinstance(given, PapersAnswer) else self._spared()
        self._camera = False
        self._photographing = ""
        self._picture = b""
        self._looking = False
        self._frame = 0
        self._problem = ""
        self._timer = QTimer(self, interval=LOOK_MS)
        self._timer.timeout.connect(self._look)
        ask(lambda backstage: backstage.camera.available(), self._told)
        give(self._answer)

    def _spared(self) -> PapersAnswer:
        spared = (m for m in self._materials if m.exempt_by is not Exemption.NONE)
        return PapersAnswer(tuple(Paper(m.name, PaperState.EXEMPT) for m in spared))

    def _told(self, available: bool) -> None:
        self._camera = available
        self.changed.emit()

    @Property("QVariantList", notify=changed)
    def rows(self) -> list[dict[str, object]]:
        """The papers: name, detail, state (empty while undecided), stateTold, pictures, whether the
        citizen may say that it is not needed, whether it must be decided on."""
        return [self._row(material) for material in self._materials]

    def _row(self, material: Material) -> dict[str, object]:
        say = self._desk.words.say
        paper = self._answer.paper(material.name)
        state = paper.state if paper else ""
        form = say(f"guide.form.{material.form.name.lower()}", count=material.copies)
        return {
            "name": material.name,
            "detail": " · ".join(filter(None, (form, material.situation))),
            "state": state,
            "stateTold": self._said(material, paper) if paper else "",
            "pictures": len(paper.pictures) if paper else 0,
            "mayLack": bool(material.situation) or material.need is not Need.REQUIRED,
            "open": paper is None,
        }

    def _said(self, material: Material, paper: Paper) -> str:
        say = self._desk.words.say
        if paper.state is PaperState.EXEMPT:
            return spared(material, self._desk.words)
        return say(f"counter.papers.{paper.state}", count=len(paper.pictures))

    @Property(bool, notify=changed)
    def camera(self) -> bool:
        """Whether there is a camera, and room for another picture."""
        taken = sum(len(paper.pictures) for paper in self._answer.papers)
        return self._camera and taken < MOST_PICTURES

    @Property(str, notify=changed)
    def problem(self) -> str:
        """Why there is no picture, in plain words."""
        return self._desk.words.say(f"errors.{self._problem}") if self._problem else ""

    @Property(str, notify=changed)
    def photographing(self) -> str:
        """The paper before the camera, empty while it does not look."""
        return self._photographing

    @Property(bool, notify=changed)
    def taken(self) -> bool:
        """Whether a picture is there to be looked at."""
        return bool(self._picture)

    @Property(str, notify=framed)
    def frame(self) -> str:
        """The newest picture, as a source for an `Image`."""
        return f"image://preview/camera/{self._frame}"

    @Slot(str, str)
    def decide(self, name: str, state: str) -> None:
        """A paper is `promised` or `unneeded`; the same again takes it back."""
        paper = self._answer.paper(name)
        undone = paper is not None and paper.state == state
        self._set(name, None if undone else Paper(name, PaperState(state)))

    def _set(self, name: str, paper: Paper | None) -> None:
        kept = [each for each in self._answer.papers if each.name != name]
        order = [material.name for material in self._materials]
        new = [*kept, paper] if paper else kept
        self._answer = PapersAnswer(tuple(sorted(new, key=lambda each: order.index(each.name))))
        self._give(self._answer)
        self.changed.emit()

    @Slot(str)
    def photograph(self, name: str) -> None:
        """Let the camera look at a paper."""
        self._photographing, self._picture, self._problem = name, b"", ""
        self.changed.emit()
        self._ask(lambda backstage: backstage.camera.open(), self._opened, self._failed)

    def _opened(self, _: None) -> None:
        if self._photographing:
            self._timer.start()

    def _look(self) -> None:
        if self._looking or self._picture:
            return
        self._looking = True
        self._ask(lambda backstage: backstage.camera.look(), self._seen, self._failed)

    def _seen(self, picture: bytes) -> None:
        self._looking = False
        if self._photographing and not self._picture:
            self._show(picture)

    def _show(self, picture: bytes) -> None:
        PREVIEWS.show("camera", picture)
        self._frame += 1
        self.framed.emit()

    @Slot()
    def take(self) -> None:
        """Keep what the camera sees now, to be looked at."""

        def work(backstage: Backstage) -> bytes:
            return fit_jpeg(backstage.camera.look())

        self._ask(work, self._took, self._failed)

    def _took(self, picture: bytes) -> None:
        if self._photographing:
            self._picture = picture
            self._show(picture)
            self.changed.emit()

    @Slot()
    def again(self) -> None:
        """The picture is no good."""
        self._picture = b""
        self.changed.emit()

    @Slot()
    def keep(self) -> None:
        """The picture is good."""
        name, picture = self._photographing, self._picture
        before = self._answer.paper(name)
        pictures = before.pictures if before else ()
        self.stop()
        if picture:
            self._set(name, Paper(name, PaperState.PHOTOGRAPHED, (*pictures, picture)))

    @Slot()
    def stop(self) -> None:
        """Look no more."""
        self._timer.stop()
        self._photographing, self._picture, self._looking = "", b"", False
        PREVIEWS.forget()
        self._ask(lambda backstage: backstage.camera.close(), lambda _: None)
        self.changed.emit()

    def leave(self) -> None:
        """The question is left, perhaps in the middle of a photograph."""
        if self._photographing:
            self.stop()

    def _failed(self, error: BaseException) -> None:
        self._looking = False
        if not isinstance(error, KnownError):
            self._desk.navigator.trouble(error)
            return
        self.stop()
        self._problem = error.key
        self.changed.emit()
