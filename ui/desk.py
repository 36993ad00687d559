"""What every screen's view model is given: content, adapters, the citizen's session, navigation."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, TypeVar

from kiosk.domain.session.session import IdlePolicy, Session

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from concurrent.futures import Future

    from kiosk.domain.calendar.workdays import Workdays
    from kiosk.domain.complaint.scope import Scope
    from kiosk.domain.questions.forms import Forms
    from kiosk.domain.questions.model import Flow
    from kiosk.domain.session.parked import Parked
    from kiosk.domain.submission.model import Submission
    from kiosk.domain.words import Language, Words
    from kiosk.ports import (
        Camera,
        Catalogue,
        CatalogueUpdates,
        CentralServer,
        Clock,
        Counter,
        Handwriting,
        Headphones,
        KnownCases,
        Outbox,
        Parking,
        Printer,
        Sealer,
        Speaker,
        Typing,
        Uplink,
    )
    from kiosk.settings import Settings
    from ui.jobs import Jobs

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class FirstScreen:
    """What the home screen needs: read before the window shows. The catalogue follows it first."""

    settings: Settings
    catalogue: Future[Catalogue]
    words: Callable[[Language], Words]
    clock: Clock


@dataclass(frozen=True, slots=True)
class Writers:
    """What Chinese is written with on the screen. Until it is there, there are letters only."""

    handwriting: Handwriting
    pinyin: Typing
    strokes: Typing

    def load(self) -> None:
        """Have each read its data now, not at the first stroke. Blocks for seconds; raises
        `ContentError`."""
        for writer in (self.handwriting, self.pinyin, self.strokes):
            writer.load()


@dataclass(frozen=True, slots=True)
class Backstage:
    """What takes longer to set up and follows the first frame."""

    complaint: Flow
    scope: Scope
    forms: Forms
    workdays: Workdays
    sealer: Sealer
    outbox: Outbox
    cases: KnownCases
    parking: Parking
    uplink: Uplink
    central: CentralServer
    counter: Counter
    updates: CatalogueUpdates
    printer: Printer
    camera: Camera
    speaker: Speaker
    headphones: Headphones
    writers: Writers

    def hand_in(self, submissions: Iterable[Submission]) -> None:
        """Seal and store, all of them or none, and have them sent. Blocks; raises
        `NotProvisioned`, `StorageError`."""
        self.outbox.put_all([self.sealer.seal(each) for each in submissions])
        self.uplink.poke()


class Navigator(Protocol):
    """How a screen leads to another."""

    def go(self, screen: str, **arguments: object) -> None:
        """Show a screen of `ui.routes`; the present one can be come back to."""

    def replace(self, screen: str, **arguments: object) -> None:
        """Show a screen in the place of the present one."""

    def back(self) -> None:
        """Return to the screen before."""

    def home(self) -> None:
        """Return to the home screen; what was begun is forgotten."""

    def take_back(self, backstage: Backstage, parked: Parked) -> None:
        """Go on with a parked form, as its citizen reads. Raises `ParkedOutdated`."""

    def help(self) -> None:
        """Show how to get a person's help."""

    def finish(self) -> None:
        """The citizen has ended: forget everything and wait for the next one."""

    def trouble(self, error: BaseException) -> None:
        """Say calmly what went wrong; a bug also returns to a safe home screen."""


@dataclass(slots=True)
class Desk:
    """The counter a citizen stands at. `session` is replaced as a whole, never changed in place."""

    first: FirstScreen
    backstage: Future[Backstage]
    jobs: Jobs
    navigator: Navigator
    session: Session
    edition: Catalogue | None = None
    """The edition that holds for this turn, where it is not the one the kiosk started with."""

    @property
    def ready(self) -> Backstage | None:
        """The adapters, once they are there."""
        backstage = self.backstage
        return backstage.result() if backstage.done() and not backstage.exception() else None

    def say(self, text: str) -> None:
        """Have it said in place of whatever is being said, as this citizen listens."""
        if backstage := self.ready:
            session = self.session
            backstage.speaker.say([text], session.language, session.manner, lambda _: None)

    @property
    def words(self) -> Words:
        """Content wording in the citizen's language."""
        return self.first.words(self.session.language)

    @property
    def idle(self) -> IdlePolicy:
        """How long this citizen is waited for."""
        idle = self.first.settings.idle
        if self.session.larger:
            return IdlePolicy(idle.larger_warn_after, idle.larger_countdown, idle.larger_receipt)
        return IdlePolicy(idle.warn_after, idle.countdown, idle.receipt)

    @property
    def catalogue(self) -> Catalogue:
        """The catalogue: one edition for the whole turn. Waits for it in the moment after the first
        frame."""
        return self.edition or self.first.catalogue.result()

    def ask(
        self,
        work: Callable[[Backstage], T],
        done: Callable[[T], None],
        failed: Callable[[BaseException], None] | None = None,
    ) -> None:
        """Run blocking `work` off the GUI thread once the adapters are ready."""
        backstage = self.backstage
        self.jobs.run(lambda: work(backstage.result()), done, failed or self.navigator.trouble)
