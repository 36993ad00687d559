"""Whether somebody is there: seconds since the last touch, warning, countdown, gone."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Slot

from kiosk.domain.session.session import IdlePolicy


class Presence(QObject):
    """Counts seconds without a touch. Whoever is `listening` to the kiosk's voice is there.

    `changed` is called whenever `countdown` changes; `gone` once when nobody came back.
    """

    def __init__(
        self,
        policy: Callable[[], IdlePolicy],
        listening: Callable[[], bool],
        changed: Callable[[], None],
        gone: Callable[[], None],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._policy = policy
        self._listening = listening
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

    def touched(self) -> None:
        """The screen has been touched. Under the warning, its own buttons decide."""
        if self.countdown == 0:
            self._seconds = 0

    def stay(self) -> None:
        """Somebody is there."""
        warned = self.countdown > 0
        self._seconds = 0
        if warned:
            self._changed()

    @Slot()
    def tick(self) -> None:
        """A second has passed."""
        self._seconds += 1
        if self._listening():
            self.touched()
        policy = self._policy()
        if self._seconds >= policy.warn_after + policy.countdown:
            self._gone()
        elif self.countdown > 0:
            self._changed()
