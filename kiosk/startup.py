"""The boot of the kiosk window, as named steps in order."""

from __future__ import annotations

import gc
import signal
import sys
from concurrent.futures import Future
from typing import TYPE_CHECKING, TypeVar

from kiosk import erasure, wiring
from kiosk.errors import KnownError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from PySide6.QtGui import QGuiApplication

    from kiosk.ports import Catalogue
    from kiosk.settings import Settings
    from ui.application import Application
    from ui.desk import Backstage

T = TypeVar("T")

QUIET_MS = 5000
"""So long after start there is nothing more to start; then it is looked so often whether nobody is
there."""


class Kiosk:
    """A started kiosk: its window, and what runs behind it."""

    def __init__(
        self,
        settings: Settings,
        *,
        size: tuple[int, int] | None,
        screen: str = "home",
        resources: Path = wiring.RESOURCES,
    ) -> None:
        """Show the home screen. Everything else begins when its first frame has been painted.

        Raises `KnownError` if even the home screen cannot be shown.
        """
        from PySide6.QtCore import QTimer

        from ui.application import Application
        from ui.jobs import Jobs

        self._settings = settings
        self._resources = resources
        self._built: Backstage | None = None
        self._painted = False
        self.backstage: Future[Backstage] = Future()
        self.first = wiring.first_screen(settings, resources)
        self.jobs = Jobs()
        self._quiet = QTimer(self.jobs, interval=QUIET_MS, singleShot=True)
        self.application: Application = Application(
            resources, self.first, self.backstage, self.jobs, screen=screen
        )
        self.application.window.frameSwapped.connect(self._first_frame)
        self.application.show(size)

    def _first_frame(self) -> None:
        # A rendering thread may have announced a second frame before it hears of the disconnection.
        if self._painted:
            return
        self._painted = True
        self.application.window.frameSwapped.disconnect(self._first_frame)
        self.application.warm()
        self.jobs.run(self._boot, self._ready, self._failed)

    def _boot(self) -> Backstage:
        # One job, queued before any other. It settles what others wait for on its own thread:
        # they may fill all workers, or the GUI thread may be the one that waits. One thing after
        # the other: two threads that import the same modules trip each other up.
        return _settle(self.backstage, self._build)

    def _build(self) -> Backstage:
        from ui.pictures import warm_qr

        catalogue = _settle(self.first.catalogue, self._read_catalogue)
        self.jobs.call_here(lambda: self.application.shell.catalogue_ready(catalogue))
        warm_qr()
        self._built = wiring.backstage(self._settings, self.first, self._resources)
        return self._built

    def _read_catalogue(self) -> Catalogue:
        return wiring.catalogue(self._settings, self._resources)

    def _ready(self, backstage: Backstage) -> None:
        # What has been built stays for good: walking over it would stop the window for 70 ms.
        gc.freeze()
        gc.enable()
        shell = self.application.shell
        shell.backstage_ready(backstage)
        backstage.headphones.start(lambda worn: self.jobs.call_here(lambda: shell.headphones(worn)))
        self._quiet.timeout.connect(lambda: self._get_writers_ready(backstage))
        self._quiet.start()
        self._warn(backstage)
        backstage.updates.start(
            lambda catalogue: self.jobs.call_here(lambda: shell.edition_ready(catalogue))
        )

    def _get_writers_ready(self, backstage: Backstage) -> None:
        """What they read first can hold up the window: not while somebody is there. Whoever writes
        before that waits a second for the first candidates."""
        if self.application.shell.property("screen") == "attract":
            self.jobs.run(backstage.writers.load, lambda _: None, report)
        else:
            self._quiet.start()

    def _warn(self, backstage: Backstage) -> None:
        from kiosk.domain.calendar.warning import calendar_warning

        if warning := calendar_warning(backstage.workdays, self.first.clock.now().date()):
            sys.stderr.write(f"kiosk: warning: {warning}\n")

    def _failed(self, error: BaseException) -> None:
        gc.enable()
        report(error)
        self.application.shell.close_counter()

    def close(self) -> None:
        """End the uplink and take the window down. What is queued stays queued."""
        self._quiet.stop()
        self.jobs.stop()
        if self._built is not None:
            self._built.headphones.stop()
            self._built.updates.stop()
            self._built.uplink.stop()
            self._built.speaker.close()
            self._built.outbox.close()
        self.application.close()


def _settle(awaited: Future[T], work: Callable[[], T]) -> T:
    """Do the work and let whoever waits have its result, or its error."""
    try:
        result = work()
    except BaseException as error:
        awaited.set_exception(error)
        raise
    awaited.set_result(result)
    return result


def qt(arguments: list[str]) -> QGuiApplication:
    """The Qt application; keep it. The garbage collector rests until a `Kiosk` is ready."""
    gc.disable()
    from ui.application import qt_application

    return qt_application(arguments)


def run(settings: Settings, *, size: tuple[int, int] | None = None) -> int:
    """Run the kiosk until its window is closed; the exit status."""
    application = qt(sys.argv[:1])
    from PySide6.QtCore import QTimer

    from ui.application import out_of_service

    def end(*_: object) -> None:
        QTimer.singleShot(0, application.quit)

    signal.signal(signal.SIGINT, end)
    signal.signal(signal.SIGTERM, end)
    # Python runs signal handlers between its own instructions: give it some every half second.
    breath = QTimer(interval=500)
    breath.timeout.connect(lambda: None)
    breath.start()
    try:
        kiosk = Kiosk(settings, size=size)
        erasure.begin()
    except KnownError as error:
        report(error)
        closed = out_of_service(size)
        application.exec()
        del closed
        return 1
    sys.excepthook = lambda _type, error, _trace: kiosk.application.shell.trouble(error)
    status = application.exec()
    kiosk.close()
    return int(status)


def report(error: BaseException) -> None:
    """One line for the operator. A bug's message may quote a citizen: its type must do."""
    line = str(error) if isinstance(error, KnownError) else type(error).__name__
    sys.stderr.write(f"kiosk: {line}\n")
