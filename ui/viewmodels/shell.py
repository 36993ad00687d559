"""The frame around every screen: header, footer, overlays, and the way between screens."""

from __future__ import annotations

import logging
from dataclasses import replace
from typing import TYPE_CHECKING, Any, cast

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement, QmlUncreatable

from kiosk.domain.session.manner import Manner
from kiosk.domain.session.session import Session
from kiosk.domain.words import Language
from kiosk.errors import KnownError, ParkedOutdated, StorageFull, place_of
from kiosk.ports import Connection
from ui import routes
from ui.desk import Backstage, Desk, FirstScreen
from ui.presence import Presence
from ui.previews import PREVIEWS
from ui.upkeep import clear_up, look_around
from ui.viewmodels.hall import HallViewModel
from ui.viewmodels.home import HomeViewModel
from ui.viewmodels.listening import ListeningViewModel

if TYPE_CHECKING:
    from collections.abc import Callable
    from concurrent.futures import Future

    from kiosk.domain.questions.model import Facts
    from kiosk.domain.session.parked import Parked
    from kiosk.ports import Catalogue
    from ui.jobs import Jobs
    from ui.viewmodels.screen import ScreenViewModel

QML_IMPORT_NAME = "Kiosk.ViewModels"
QML_IMPORT_MAJOR_VERSION = 1

log = logging.getLogger(__name__)


@QmlElement
@QmlUncreatable("made by ui.application")
class ShellViewModel(QObject):
    """One citizen after another: their session, their screens, and the wipe between them."""

    changed = Signal()
    screenChanged = Signal()
    touchSeen = Signal()
    turnEnded = Signal()

    def __init__(
        self,
        first: FirstScreen,
        backstage: Future[Backstage],
        jobs: Jobs,
        use_language: Callable[[Language], None],
    ) -> None:
        super().__init__()
        self._use_language = use_language
        self.desk = Desk(first, backstage, jobs, self, Session())
        self._stack: list[tuple[str, ScreenViewModel]] = []
        self._connection = Connection.UNKNOWN
        self._hall = HallViewModel(self.desk, self)
        self.listener = ListeningViewModel(self.desk, self)
        self.listener.endWanted.connect(self.toggleReading)
        self.changed.connect(self._hall.changed)
        self._ready = False
        self._newest: Catalogue | None = None
        self._help_open = False
        self._trouble = ""
        self._closed = False
        self._voiced = False
        self._full = False
        self._saved = False
        self.presence = Presence(
            lambda: self.desk.idle, self._speaking, self.changed.emit, self.finish, self
        )

    # Navigation (ui.desk.Navigator)

    def go(self, screen: str, **arguments: object) -> None:
        """Show a screen; the present one can be come back to. `form` opens a form's first question
        once the flows are there."""
        if screen == "form":
            self._begin(**cast("dict[str, Any]", arguments))
            return
        self._push(screen, arguments)
        self.screenChanged.emit()

    def replace(self, screen: str, **arguments: object) -> None:
        """Show a screen in the place of the present one."""
        left = self._stack.pop()
        self._push(screen, arguments)
        self.screenChanged.emit()
        left[1].deleteLater()

    def back(self) -> None:
        """Return to the screen before; from the first one, home."""
        if len(self._stack) <= 1:
            self.home()
            return
        left = self._stack.pop()
        self.present.returned()
        self.screenChanged.emit()
        left[1].deleteLater()

    @Slot()
    def home(self) -> None:
        """The home screen; what was begun is forgotten."""
        self.presence.begin()
        self._restart("home")

    def take_back(self, backstage: Backstage, parked: Parked) -> None:
        """Go on with a parked form, as its citizen reads. Raises `ParkedOutdated`."""
        from ui.form import Form

        before, self.desk.session = self.desk.session, parked.session
        try:
            form = Form.taken_back(self.desk, backstage, parked)
        except ParkedOutdated:
            self.desk.session = before
            raise
        self._use_language(parked.session.language)
        self.replace("review" if form.walk.question is None else "question", form=form)
        self.changed.emit()

    def help(self) -> None:
        """Show how to get a person's help."""
        self.setHelp(True)

    @Slot()
    def finish(self) -> None:
        """The turn is over: everything the citizen typed or chose is forgotten."""
        self.presence.end()
        self._help_open, self._trouble = False, ""
        self.listener.show(False)
        if self.desk.session.language is not Language.ZH:
            self._use_language(Language.ZH)
        self.desk.session = Session()
        self.desk.edition = self._newest
        self._saved = False
        PREVIEWS.forget_all()
        if self._ready:
            clear_up(self.desk)
            look_around(self.desk, self._looked_around)
        self._restart("attract")
        self.changed.emit()
        self.turnEnded.emit()

    def _looked_around(self, there: tuple[bool, bool]) -> None:
        self._voiced, self._full = there[0], not there[1]
        self.changed.emit()

    def _cut_short(self) -> None:
        self._saved = True
        self.changed.emit()

    def trouble(self, error: BaseException) -> None:
        """Say calmly what went wrong. A bug is logged by type and place only (its message may quote
        what the citizen typed) and leads home."""
        if isinstance(error, KnownError):
            log.warning("%s: %s", type(error).__name__, error)
            self._trouble = error.key
        else:
            log.error("%s at %s", type(error).__name__, place_of(error))
            self._trouble = "bug"
            self.home()
        self.changed.emit()

    def _begin(self, flow: str, item_id: str | None = None, known: Facts | None = None) -> None:
        from ui.form import Form, is_stored

        if self._full and is_stored(self.desk, flow, item_id):
            self.trouble(StorageFull("no form is begun on a full disk"))
            return
        here = self._stack[-1]

        def open_form(backstage: Backstage) -> None:
            if self._stack[-1] is here:
                self.go("question", form=Form(self.desk, backstage, flow, item_id or None, known))

        self.desk.ask(lambda backstage: backstage, open_form)

    def _push(self, screen: str, arguments: dict[str, object]) -> None:
        self._stack.append((screen, routes.view_model(screen, self.desk, self, arguments)))

    def _restart(self, screen: str) -> None:
        left, self._stack = self._stack, []
        self._push(screen, {})
        self.screenChanged.emit()
        for _, view_model in left:
            view_model.deleteLater()

    # What the frame shows

    @Property(str, notify=screenChanged)
    def screen(self) -> str:
        """The name of the present screen (`ui.routes.SCREENS`)."""
        return self._stack[-1][0] if self._stack else ""

    @Property(str, notify=screenChanged)
    def screenFile(self) -> str:
        """The present screen's file in `Screens/`, without its ending."""
        return routes.qml_file(self._stack[-1][0]) if self._stack else ""

    @Property(QObject, notify=screenChanged)
    def screenModel(self) -> QObject | None:
        """The present screen's view model."""
        return self._stack[-1][1] if self._stack else None

    @Property(QObject, constant=True)
    def hall(self) -> HallViewModel:
        """The hall's names, hours and time."""
        return self._hall

    @Property(QObject, constant=True)
    def listening(self) -> ListeningViewModel:
        """How the screens are read aloud."""
        return self.listener

    @Property(int, notify=changed)
    def edition(self) -> int:
        """The number of the catalogue's edition that holds for this turn; 0 while none is read."""
        if self.desk.edition is None and not self.desk.first.catalogue.done():
            return 0
        return self.desk.catalogue.number

    @Property(bool, notify=changed)
    def offline(self) -> bool:
        """The central server is known not to be reachable."""
        return self._connection is Connection.OFFLINE

    @Property(bool, notify=changed)
    def larger(self) -> bool:
        """长辈版."""
        return self.desk.session.larger

    @Property(bool, notify=changed)
    def voiced(self) -> bool:
        """Whether this kiosk can read aloud."""
        return self._voiced

    @Property(bool, notify=changed)
    def full(self) -> bool:
        """There is no room for submissions: say so before anybody fills in a form."""
        return self._full

    @Property(bool, notify=changed)
    def saved(self) -> bool:
        """The kiosk stopped in the middle of a turn, after its submission was stored."""
        return self._saved

    @Property(bool, notify=changed)
    def reading(self) -> bool:
        """朗读: every screen is read aloud."""
        return self.desk.session.reading

    @Property(str, notify=changed)
    def language(self) -> str:
        """`zh` or `en`."""
        return self.desk.session.language.value

    @Property(int, notify=changed)
    def countdown(self) -> int:
        """Seconds left of the idle warning; 0 while it does not show."""
        return self.presence.countdown

    @Property(bool, notify=changed)
    def helpOpen(self) -> bool:
        """Whether 请人帮忙 shows."""
        return self._help_open

    @Property(bool, notify=changed)
    def closed(self) -> bool:
        """This kiosk cannot serve (its operator has been told why)."""
        return self._closed

    @Property(str, notify=changed)
    def troubleText(self) -> str:
        """What went wrong, in plain words; empty if nothing did."""
        return self.desk.words.say(f"errors.{self._trouble}") if self._trouble else ""

    @property
    def next_edition(self) -> int:
        """The number of the edition that holds from the next turn on."""
        return (self._newest or self.desk.first.catalogue.result()).number

    @property
    def present(self) -> ScreenViewModel:
        """The present screen's view model."""
        return self._stack[-1][1]

    # What the frame's buttons do

    @Slot()
    def toggleLarger(self) -> None:
        """长辈版 on or off, for this turn, and 朗读 with it, a step more slowly."""
        larger = not self.desk.session.larger
        self.desk.session = replace(
            self.desk.session,
            larger=larger,
            reading=larger and self._voiced,
            manner=Manner().faster(-1) if larger else Manner(),
        )
        self.changed.emit()

    @Slot()
    def toggleReading(self) -> None:
        """朗读 on or off, for this turn."""
        self.desk.session = replace(self.desk.session, reading=not self.desk.session.reading)
        self.changed.emit()

    @Slot()
    def toggleLanguage(self) -> None:
        """中文 or English, for this turn. Every wording on the screen follows."""
        chinese = self.desk.session.language is Language.ZH
        language = Language.EN if chinese else Language.ZH
        self.desk.session = replace(self.desk.session, language=language)
        self._use_language(language)
        self.changed.emit()
        for _, view_model in self._stack:
            view_model.changed.emit()

    @Slot(bool)
    def setHelp(self, wanted: bool) -> None:
        """Show or hide 请人帮忙."""
        self._help_open = wanted
        self.changed.emit()

    @Slot()
    def dismissTrouble(self) -> None:
        """The citizen has read what went wrong."""
        self._trouble = ""
        self.changed.emit()

    @Slot()
    def touched(self) -> None:
        """Something on the screen has been touched."""
        self.touchSeen.emit()
        self.presence.touched()

    @Slot()
    def stay(self) -> None:
        """The citizen is still there."""
        self.presence.stay()

    @Slot(str)
    def scanned(self, raw: str) -> None:
        """A scanner has read something: it is filled in where it belongs, unless that would get in
        the way of what has been begun. What lies over the screen is answered first."""
        if self._help_open or self._closed or self._trouble or self.countdown > 0:
            return
        from kiosk.domain.submission.scanned import ScannedSlip, read_scan
        from ui.viewmodels.printing import tracking_page

        if self._stack[-1][0] == "attract":
            self.home()
        self.presence.touched()
        found = read_scan(raw, tracking_page(self.desk))
        if self.present.scanned(found):
            return
        if not isinstance(found, ScannedSlip):
            self._notice("scan_unknown")
        elif self._stack[-1][0] == "follow":
            self.replace("follow", number=found.number, code=found.code)
        elif any(screen in routes.AT_WORK for screen, _ in self._stack):
            self._notice("scan_in_form")
        else:
            self.go("follow", number=found.number, code=found.code)

    def _notice(self, key: str) -> None:
        self._trouble = key
        self.changed.emit()

    # What the world tells

    def headphones(self, worn: bool) -> None:
        """Whoever has plugged headphones in wants to listen; when they are pulled out, the hall is
        not to hear the rest."""
        if self._stack[-1][0] == "attract":
            if not worn:
                return
            self.home()
        self.touched()
        if self._voiced and self.desk.session.reading is not worn:
            self.toggleReading()

    def catalogue_ready(self, catalogue: Catalogue) -> None:
        """The catalogue is there."""
        for _, view_model in self._stack:
            if isinstance(view_model, HomeViewModel):
                view_model.count(catalogue)
        self.changed.emit()

    def edition_ready(self, catalogue: Catalogue) -> None:
        """A newer edition can be used: from the next turn on, or at once if nobody is here."""
        self._newest = catalogue
        if self._stack[-1][0] == "attract":
            self.desk.edition = catalogue
            self.changed.emit()

    def backstage_ready(self, backstage: Backstage) -> None:
        """The adapters are there."""
        self._ready = True
        self._hall.calendar_ready(backstage.workdays)
        clear_up(self.desk, self._cut_short)
        look_around(self.desk, self._looked_around)
        backstage.uplink.watch(
            lambda connection: self.desk.jobs.call_here(lambda: self._connected(connection))
        )
        self.changed.emit()

    def close_counter(self) -> None:
        """The adapters cannot be had: nothing can be submitted here."""
        self._closed = True
        self.changed.emit()

    def _speaking(self) -> bool:
        return self._ready and self.desk.backstage.result().speaker.speaking()

    def _connected(self, connection: Connection) -> None:
        self._connection = connection
        self.changed.emit()
