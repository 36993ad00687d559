"""A record (查询打印): asked of the central server while the citizen waits."""

from urllib.parse import urljoin

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement, QmlUncreatable

from kiosk.domain.counter.record import Record
from kiosk.domain.counter.request import CounterRequest
from kiosk.domain.slip.record import record_slip
from kiosk.domain.words import Language
from kiosk.ports import Counter
from ui.desk import Desk
from ui.form import Form
from ui.viewmodels.asking import AskingViewModel
from ui.viewmodels.printing import Printing

QML_IMPORT_NAME = "Kiosk.ViewModels"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
@QmlUncreatable("made by ui.routes")
class RecordViewModel(AskingViewModel):
    """The record on the screen, and its way to paper. Without a connection: to be told later."""

    changed = Signal()

    def __init__(self, desk: Desk, parent: QObject | None = None, *, form: Form) -> None:
        super().__init__(desk, parent, form=form)
        self._record: Record | None = None
        self._printing = Printing(desk, self._ask, self)
        self.ask()

    @Property(QObject, constant=True)
    def printing(self) -> Printing:
        """The way to paper."""
        return self._printing

    @Property(str, notify=changed)
    def matter(self) -> str:
        """The item that is asked about."""
        return str(self._form.walk.facts["item"])

    @Property(bool, notify=changed)
    def asking(self) -> bool:
        """Whether the central server is being asked."""
        return self._asking

    @Property(bool, notify=changed)
    def found(self) -> bool:
        """Whether there is a record to show."""
        return self._record is not None

    @Property(bool, notify=changed)
    def offline(self) -> bool:
        """Whether nobody could be asked."""
        return self._offline

    @Property(str, notify=changed)
    def problem(self) -> str:
        """Why there is no record, in plain words."""
        if self._offline:
            return self._say("counter.offline.record")
        return self._say(f"errors.{self._problem}") if self._problem else ""

    @Property(str, notify=changed)
    def title(self) -> str:
        """The record's own title."""
        return self._record.title if self._record else ""

    @Property("QVariantList", notify=changed)
    def lines(self) -> list[dict[str, str]]:
        """Labels and values."""
        lines = self._record.lines if self._record else ()
        return [{"label": label, "value": value} for label, value in lines]

    @Property("QStringList", notify=changed)
    def columns(self) -> list[str]:
        """The table's columns."""
        return list(self._record.columns) if self._record else []

    @Property("QVariantList", notify=changed)
    def rows(self) -> list[list[str]]:
        """The table's rows."""
        return [list(row) for row in self._record.rows] if self._record else []

    @Property(str, notify=changed)
    def issuer(self) -> str:
        """Who issued it."""
        return self._record.issuer if self._record else ""

    @Property(str, notify=changed)
    def checkCode(self) -> str:
        """What whoever is shown the paper can check it by."""
        return self._record.check_code if self._record else ""

    @Property(str, notify=changed)
    def watermark(self) -> str:
        """What stands across the page."""
        return self._record.watermark if self._record else ""

    def _put(self, counter: Counter, request: CounterRequest) -> Record:
        return counter.record(request)

    def _answered(self, answer: Record) -> None:
        self._record = answer

    @Slot()
    def print(self) -> None:
        """Print the record on a sheet of paper."""
        if self._record is None:
            return
        base = self._desk.first.settings.central.public_url
        link = urljoin(base, self._record.check_path)
        slip = record_slip(self._record, self._desk.first.words(Language.ZH), link)
        self._printing.sheet(slip)
