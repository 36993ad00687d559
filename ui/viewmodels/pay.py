"""Paying (缴费): the amount from the central server, paid on the citizen's own phone."""

from urllib.parse import urljoin

from PySide6.QtCore import Property, QObject, QTimer, Signal, Slot
from PySide6.QtQml import QmlElement, QmlUncreatable

from kiosk.domain.counter.payment import Bill, PaymentState, yuan
from kiosk.domain.counter.request import CounterRequest
from kiosk.errors import KnownError
from kiosk.ports import Counter
from ui.desk import Desk
from ui.form import Form
from ui.viewmodels.asking import AskingViewModel

QML_IMPORT_NAME = "Kiosk.ViewModels"
QML_IMPORT_MAJOR_VERSION = 1

POLL_MS = 2000


@QmlElement
@QmlUncreatable("made by ui.routes")
class PayViewModel(AskingViewModel):
    """The bill as a code to scan; asks how it stands until it is paid or has run out."""

    changed = Signal()

    def __init__(self, desk: Desk, parent: QObject | None = None, *, form: Form) -> None:
        super().__init__(desk, parent, form=form)
        self._bill: Bill | None = None
        self._state = PaymentState.UNPAID
        self._poll = QTimer(self, interval=POLL_MS)
        self._poll.timeout.connect(self.look)
        self.ask()

    @Property(str, notify=changed)
    def matter(self) -> str:
        """What is paid for."""
        return str(self._form.walk.facts["item"])

    @Property(bool, notify=changed)
    def asking(self) -> bool:
        """Whether the central server is being asked for the bill."""
        return self._asking

    @Property(bool, notify=changed)
    def found(self) -> bool:
        """Whether there is a bill to show."""
        return self._bill is not None

    @Property(bool, notify=changed)
    def offline(self) -> bool:
        """Whether nobody could be asked."""
        return self._offline

    @Property(str, notify=changed)
    def problem(self) -> str:
        """Why there is no bill, in plain words."""
        if self._offline:
            return self._say("counter.offline.bill")
        return self._say(f"errors.{self._problem}") if self._problem else ""

    @Property(bool, notify=changed)
    def nothingOwed(self) -> bool:
        """Whether nothing is to be paid."""
        return self._bill is not None and self._bill.amount == 0

    @Property(str, notify=changed)
    def amount(self) -> str:
        """The sum in yuan."""
        return f"¥ {yuan(self._bill.amount)}" if self._bill else ""

    @Property("QVariantList", notify=changed)
    def lines(self) -> list[dict[str, str]]:
        """What the bill says: labels and values."""
        if self._bill is None:
            return []
        return [
            {"label": self._say(f"counter.bill.{key}"), "value": value}
            for key, value in (
                ("title", self._bill.title),
                ("for_whom", self._bill.for_whom),
                ("period", self._bill.period),
            )
            if value
        ]

    @Property(str, notify=changed)
    def link(self) -> str:
        """Where a phone pays."""
        base = self._desk.first.settings.central.public_url
        return urljoin(base, self._bill.path) if self._bill else ""

    @Property(str, notify=changed)
    def state(self) -> str:
        """`unpaid`, `paid` or `expired`."""
        return self._state.value

    @Property(str, notify=changed)
    def stateTold(self) -> str:
        """The same in plain words."""
        return self._say(f"counter.payment.{self._state}")

    def _put(self, counter: Counter, request: CounterRequest) -> Bill:
        return counter.bill(request)

    def _answered(self, answer: Bill) -> None:
        self._bill, self._state = answer, PaymentState.UNPAID
        if answer.amount:
            self._poll.start()

    @Slot()
    def look(self) -> None:
        """Ask how the bill stands."""
        if self._bill is None:
            return
        bill_id = self._bill.id
        self._ask(lambda backstage: backstage.counter.payment(bill_id), self._told, self._not_told)

    def _told(self, state: PaymentState) -> None:
        if state is not PaymentState.UNPAID:
            self._poll.stop()
        if state is not self._state:
            self._state = state
            self.changed.emit()

    def _not_told(self, error: BaseException) -> None:
        """The line has dropped: the phone pays without it, and the next round asks again."""
        if not isinstance(error, KnownError):
            self._desk.navigator.trouble(error)
