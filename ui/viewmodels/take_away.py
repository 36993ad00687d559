"""Taking a guide along: on paper, on a phone, or as a short code copied by hand."""

from urllib.parse import urlencode

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement, QmlUncreatable

from kiosk.domain.catalogue.reach import reach
from kiosk.domain.slip.guide import guide_slip
from kiosk.domain.slip.model import Slip
from kiosk.domain.words import Language
from ui.desk import Desk
from ui.viewmodels.printing import Printing
from ui.viewmodels.screen import ScreenViewModel

QML_IMPORT_NAME = "Kiosk.ViewModels"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
@QmlUncreatable("made by ui.routes")
class TakeAwayViewModel(ScreenViewModel):
    """The whole guide as a slip of paper and as a page for a phone."""

    changed = Signal()

    def __init__(self, desk: Desk, parent: QObject | None = None, *, item_id: str) -> None:
        super().__init__(desk, parent)
        self._item = desk.catalogue.items[item_id]
        self._guide = desk.catalogue.guide(item_id)
        self._printing = Printing(desk, self._ask, self)

    @Property(QObject, constant=True)
    def printing(self) -> Printing:
        """The way to paper."""
        return self._printing

    @Property(str, constant=True)
    def name(self) -> str:
        """The item's name."""
        return self._item.name

    @Property(str, constant=True)
    def code(self) -> str:
        """The short code to copy by hand."""
        return self._item.code

    @Property(str, constant=True)
    def link(self) -> str:
        """The guide's page for a phone, with the version that this screen shows."""
        query = {"v": self._guide.version, "at": self._home}
        base = self._desk.first.settings.central.public_url
        return f"{base}/g/{self._item.code}?{urlencode(query)}"

    @Property(str, notify=changed)
    def edition(self) -> str:
        """Which guide this is: its version, and the catalogue's edition."""
        number, version = self._desk.catalogue.number, self._guide.version
        return self._say("guide.edition", edition=number, version=version)

    @property
    def _home(self) -> str:
        return self._desk.session.home or self._desk.first.settings.hall.division

    def _slip(self) -> Slip:
        catalogue, chinese = self._desk.catalogue, self._desk.first.words(Language.ZH)
        home = catalogue.divisions[self._home]
        here = catalogue.divisions[self._desk.first.settings.hall.division]
        today = self._desk.first.clock.now().date()
        can = reach(self._item, home, here)
        return guide_slip(
            self._item,
            self._guide,
            chinese,
            edition=catalogue.number,
            place=catalogue.directory.place(home.code, self._item.domain, today),
            contact=catalogue.directory.contacts.get(self._item.domain),
            reach_text=chinese.say(f"guide.reach.{can}.text", place=home.name),
            link=self.link,
        )

    @Slot()
    def printStrip(self) -> None:
        """Print on the narrow roll."""
        self._printing.strip(self._slip())

    @Slot()
    def printSheet(self) -> None:
        """Print on A4 paper, in larger type."""
        self._printing.sheet(self._slip())

    @Slot()
    def back(self) -> None:
        """To the guide."""
        self._desk.navigator.back()

    @Slot()
    def finish(self) -> None:
        """The citizen has it."""
        self._desk.navigator.finish()
