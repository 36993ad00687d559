"""The papers of a form: photographed, promised, spared, or not needed in this case."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement, QmlUncreatable

from kiosk.domain.catalogue.guide import Exemption, Material, Need
from kiosk.domain.catalogue.wording import spared
from kiosk.domain.questions.answers import MOST_PICTURES
from kiosk.domain.questions.model import Paper, PapersAnswer, PaperState
from ui.desk import Desk
from ui.viewmodels.photographer import Photographer

if TYPE_CHECKING:
    from ui.form import Form

QML_IMPORT_NAME = "Kiosk.ViewModels"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
@QmlUncreatable("part of the question screen")
class PapersPart(QObject):
    """What becomes of each paper."""

    changed = Signal()

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
        self._give = give
        question = form.walk.question
        self._materials = question.papers if question else ()
        given = form.given
        self._answer = given if isinstance(given, PapersAnswer) else self._spared()
        self._photographing = ""
        self.camera = Photographer(desk, ask, self._keep, self)
        give(self._answer)

    def _spared(self) -> PapersAnswer:
        spared = (m for m in self._materials if m.exempt_by is not Exemption.NONE)
        return PapersAnswer(tuple(Paper(m.name, PaperState.EXEMPT) for m in spared))

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

    @Property(QObject, constant=True)
    def photographer(self) -> Photographer:
        """The camera."""
        return self.camera

    @Property(bool, notify=changed)
    def room(self) -> bool:
        """Whether there is room for another picture."""
        return sum(len(paper.pictures) for paper in self._answer.papers) < MOST_PICTURES

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

    @Slot(str, str)
    def photograph(self, name: str, title: str) -> None:
        """Let the camera look at a paper, under this title."""
        self._photographing = name
        self.camera.open(title)

    def _keep(self, picture: bytes) -> None:
        before = self._answer.paper(self._photographing)
        pictures = before.pictures if before else ()
        kept = Paper(self._photographing, PaperState.PHOTOGRAPHED, (*pictures, picture))
        self._set(self._photographing, kept)

    def leave(self) -> None:
        """The question is left, perhaps in the middle of a photograph."""
        self.camera.stop()
