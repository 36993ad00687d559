"""The camera while it looks, and a picture while it is made ready."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import Property, QObject, QTimer, Signal, Slot
from PySide6.QtQml import QmlElement, QmlUncreatable

from kiosk.errors import KnownError
from ui.desk import Backstage, Desk
from ui.photographs import FINGER, Covered, Cut, Edit, Part, Turned, fit_jpeg
from ui.previews import PREVIEWS

QML_IMPORT_NAME = "Kiosk.ViewModels"
QML_IMPORT_MAJOR_VERSION = 1

T = TypeVar("T")

LOOK_MS = 150
COVER, CUT = "cover", "cut"
"""What a finger drawn over the picture does."""
_SHOWN = "camera"


@QmlElement
@QmlUncreatable("part of a screen")
class Photographer(QObject):
    """One picture at a time: the camera looks, the citizen takes it, turns, cuts and blacks out
    what is nobody's business, and keeps it or tries again. Pictures are in memory only."""

    changed = Signal()
    framed = Signal()

    def __init__(
        self,
        desk: Desk,
        ask: Callable[..., None],
        keep: Callable[[bytes], None],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self._ask = ask
        self._keep = keep
        self._there = False
        self._active = False
        self._title = ""
        self._taken = b""
        self._picture = b""
        self._edits: tuple[Edit, ...] = ()
        self._tool = ""
        self._busy = False
        self._looking = False
        self._frame = 0
        self._problem = ""
        self._timer = QTimer(self, interval=LOOK_MS)
        self._timer.timeout.connect(self._look)
        ask(lambda backstage: backstage.camera.available(), self._told)

    def _told(self, there: bool) -> None:
        self._there = there
        self.changed.emit()

    @Property(bool, notify=changed)
    def there(self) -> bool:
        """Whether there is a camera."""
        return self._there

    @Property(bool, notify=changed)
    def active(self) -> bool:
        """Whether the camera looks, or a picture is being made ready."""
        return self._active

    @Property(bool, notify=changed)
    def taken(self) -> bool:
        """Whether a picture is there to be looked at."""
        return bool(self._picture)

    @Property(bool, notify=changed)
    def edited(self) -> bool:
        """Whether there is an edit to undo."""
        return bool(self._edits)

    @Property(bool, notify=changed)
    def busy(self) -> bool:
        """Whether a picture is being taken or edited."""
        return self._busy

    @Property(str, notify=changed)
    def tool(self) -> str:
        """What a finger drawn over the picture does: `cover`, `cut`, or nothing."""
        return self._tool

    @Property(float, constant=True)
    def finger(self) -> float:
        """How wide a finger blacks out, of the picture's longer side."""
        return FINGER

    @Property(str, notify=changed)
    def problem(self) -> str:
        """Why there is no picture, in plain words."""
        return self._desk.words.say(f"errors.{self._problem}") if self._problem else ""

    @Property(str, notify=framed)
    def frame(self) -> str:
        """The newest picture, as a source for an `Image`."""
        return f"image://preview/{_SHOWN}/{self._frame}"

    @Property(str, notify=changed)
    def title(self) -> str:
        """What to put before the camera."""
        return self._title

    @Slot(str)
    def open(self, title: str) -> None:
        """Let the camera look at what `title` asks for."""
        self._active, self._title, self._problem = True, title, ""
        self._forget()
        self.changed.emit()
        self._ask(lambda backstage: backstage.camera.open(), self._opened, self._failed)

    def _opened(self, _: None) -> None:
        if self._active:
            self._timer.start()

    @Slot()
    def _look(self) -> None:
        if self._looking or self._picture:
            return
        self._looking = True
        self._ask(lambda backstage: backstage.camera.look(), self._seen, self._failed)

    def _seen(self, picture: bytes) -> None:
        self._looking = False
        if self._active and not self._picture:
            self._show(picture)

    def _show(self, picture: bytes) -> None:
        PREVIEWS.show(_SHOWN, picture)
        self._frame += 1
        self.framed.emit()

    @Slot()
    def take(self) -> None:
        """Keep what the camera sees now, to be looked at."""

        def work(backstage: Backstage) -> tuple[bytes, bytes]:
            seen = backstage.camera.look()
            return seen, fit_jpeg(seen)

        def took(pictures: tuple[bytes, bytes]) -> None:
            if self._active:
                self._taken = pictures[0]
                self._ready(pictures[1])

        self._work(work, took)

    @Slot()
    def again(self) -> None:
        """The picture is no good."""
        self._forget()
        self.changed.emit()

    @Slot()
    def turn(self) -> None:
        """A quarter to the right."""
        self._edit((*self._edits, Turned()))

    @Slot(str)
    def use(self, tool: str) -> None:
        """What a finger does from now on; the same again puts it down."""
        self._tool = "" if tool == self._tool else tool
        self.changed.emit()

    @Slot(float, float, float, float)
    def draw(self, x0: float, y0: float, x1: float, y1: float) -> None:
        """A finger has been drawn from one place to another (fractions, see `Part`)."""
        part = Part(x0, y0, x1, y1)
        if self._tool == COVER:
            self._edit((*self._edits, Covered(part)))
        elif self._tool == CUT:
            self._tool = ""
            self._edit((*self._edits, Cut(part)))

    @Slot()
    def undo(self) -> None:
        """Take the last edit back."""
        self._edit(self._edits[:-1])

    def _edit(self, edits: tuple[Edit, ...]) -> None:
        if self._picture:
            self._edits = edits
            self._draw_edits()

    def _draw_edits(self) -> None:
        """Show what the edits make of the picture; edits that come meanwhile are drawn after it."""
        taken, edits = self._taken, self._edits

        def drawn(picture: bytes) -> None:
            if self._taken is not taken:
                return
            self._ready(picture)
            if self._edits != edits:
                self._draw_edits()

        self._work(lambda _: fit_jpeg(taken, edits), drawn)

    def _work(self, work: Callable[[Backstage], T], done: Callable[[T], None]) -> None:
        if self._busy:
            return
        self._busy = True
        self.changed.emit()

        def worked(result: T) -> None:
            self._busy = False
            done(result)
            self.changed.emit()

        self._ask(work, worked, self._failed)

    def _ready(self, picture: bytes) -> None:
        self._picture = picture
        self._show(picture)

    @Slot()
    def keep(self) -> None:
        """The picture is good."""
        if self._busy or not self._picture:
            return
        picture = self._picture
        self.stop()
        self._keep(picture)

    @Slot()
    def stop(self) -> None:
        """Look no more."""
        if not self._active:
            return
        self._timer.stop()
        self._active = self._looking = self._busy = False
        self._forget()
        PREVIEWS.forget(_SHOWN)
        self._ask(lambda backstage: backstage.camera.close(), lambda _: None)
        self.changed.emit()

    def _forget(self) -> None:
        self._taken = self._picture = b""
        self._edits, self._tool = (), ""

    def _failed(self, error: BaseException) -> None:
        self._looking = self._busy = False
        if not isinstance(error, KnownError):
            self._desk.navigator.trouble(error)
            return
        self.stop()
        self._problem = error.key
        self.changed.emit()
