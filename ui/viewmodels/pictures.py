"""Pictures that a citizen takes of whatever tells of their matter."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement, QmlUncreatable

from kiosk.domain.questions.answers import MOST_PICTURES
from kiosk.domain.questions.model import Paper, PapersAnswer, PaperState
from kiosk.domain.words import Language
from ui.desk import Desk
from ui.previews import PREVIEWS
from ui.viewmodels.photographer import Photographer

if TYPE_CHECKING:
    from ui.form import Form

QML_IMPORT_NAME = "Kiosk.ViewModels"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
@QmlUncreatable("part of a screen")
class Pictures(QObject):
    """Up to `MOST_PICTURES`, in the order they were taken."""

    changed = Signal()

    def __init__(
        self,
        desk: Desk,
        ask: Callable[..., None],
        taken: tuple[bytes, ...],
        give: Callable[[tuple[bytes, ...]], None],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._pictures = taken
        self._give = give
        self._shown = 0
        self.camera = Photographer(desk, ask, self._add, self)
        self._show()

    @Property(QObject, constant=True)
    def photographer(self) -> Photographer:
        """The camera."""
        return self.camera

    @Property("QStringList", notify=changed)
    def shown(self) -> list[str]:
        """The pictures, as sources for `Image`."""
        return [f"image://preview/picture{at}/{self._shown}" for at in range(len(self._pictures))]

    @Property(int, notify=changed)
    def room(self) -> int:
        """How many more can be taken."""
        return MOST_PICTURES - len(self._pictures)

    @property
    def pictures(self) -> tuple[bytes, ...]:
        """All of them (JPEG)."""
        return self._pictures

    @Slot(int)
    def remove(self, at: int) -> None:
        """Do without one, counted from 0."""
        self._set(self._pictures[:at] + self._pictures[at + 1 :])

    def _add(self, picture: bytes) -> None:
        if self.room:
            self._set((*self._pictures, picture))

    def _set(self, pictures: tuple[bytes, ...]) -> None:
        self._pictures = pictures
        self._show()
        self._give(pictures)
        self.changed.emit()

    def _show(self) -> None:
        for at, picture in enumerate(self._pictures):
            PREVIEWS.show(f"picture{at}", picture)
        self._shown += 1

    def leave(self) -> None:
        """The screen is left, perhaps in the middle of a photograph."""
        self.camera.stop()
        for at in range(MOST_PICTURES):
            PREVIEWS.forget(f"picture{at}")


def pictures_of(
    desk: Desk,
    form: Form,
    ask: Callable[..., None],
    give: Callable[[PapersAnswer], None],
    parent: QObject,
) -> Pictures:
    """The pictures that answer the question a form stands at."""
    given = form.given
    papers = given.papers if isinstance(given, PapersAnswer) else ()
    name = desk.first.words(Language.ZH).say("questions.pictures.name")

    def taken(pictures: tuple[bytes, ...]) -> None:
        give(PapersAnswer((Paper(name, PaperState.PHOTOGRAPHED, pictures),)))

    return Pictures(desk, ask, tuple(p for paper in papers for p in paper.pictures), taken, parent)
