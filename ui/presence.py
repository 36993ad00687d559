"""Whether somebody is there: seconds since the last touch, warning, countdown, gone."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer

from kiosk.domain.session.session import IdlePolicy

_TOUCHES = frozenset(
    {
        QEvent.Type.TouchBegin,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.KeyPress,
    }
)


class Presence(QObject):
    """Counts seconds without touch. Any touch, click or key of the watched object starts anew.

    `changed` is called whenever `countdown` changes; `gone` once when nobody came back.
    """

    def __init__(
        self,
        policy: Callable[[], IdlePolicy],
        changed: Callable[[], None],
        gone: Callable[[], None],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._policy = policy
        self._changed = changed
        self._gone = gone
        self._seconds = 0
        self._clock = QTimer(self, interval=1000)
        self._clock.timeout.connect(self.tick)

    @property
    def countdown(self) -> int:
        """Seconds until the turn is wiped once the warning shows; 0 while it does not."""
        policy = self._policy()
        over = self._seconds - policy.warn_after
        return policy.countdown - over if over >= 0 else 0

    def begin(self) -> None:
        """A turn begins."""
        self._seconds = 0
        self._clock.start()

    def end(self) -> None:
        """The turn is over; nobody is waited for."""
        self._clock.stop()
        self._seconds = 0
        self._changed()

    def stay(self) -> None:
        """Somebody is there."""
        warned = self.countdown > 0
        self._seconds = 0
        if warned:
            self._changed()

    def tick(self) -> None:
        """A second has passed."""
        self._seconds += 1
        policy = self._policy()
        if self._seconds >= policy.warn_after + policy.countdown:
            self._gone()
        elif self.countdown > 0:
            self._changed()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Note a touch and let it pass. Under the warning its own buttons decide."""
        if event.type() in _TOUCHES and self.countdown == 0:
            self.stay()
        return False
