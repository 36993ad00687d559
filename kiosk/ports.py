"""What the core asks of the world. Ports carry values and results, never Qt, SQL or HTTP."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
    from datetime import date, datetime
    from uuid import UUID

    from kiosk.domain.catalogue.guide import Guide
    from kiosk.domain.catalogue.model import Division, Route, Selection, ServiceItem
    from kiosk.domain.catalogue.places import Directory
    from kiosk.domain.catalogue.search import Found
    from kiosk.domain.counter.booking import Hold, Slot
    from kiosk.domain.counter.payment import Bill, PaymentState
    from kiosk.domain.counter.record import Record
    from kiosk.domain.counter.request import CounterRequest
    from kiosk.domain.session.manner import Manner
    from kiosk.domain.session.parked import Parked
    from kiosk.domain.submission.case import CaseEvent, CaseStatus
    from kiosk.domain.submission.model import Kind, QueueStatus, SealedSubmission, Submission
    from kiosk.domain.words import Language
    from kiosk.domain.writing import Candidate, Field, PenStroke


class Connection(StrEnum):
    """What the kiosk knows of the central server. `UNKNOWN` until the first exchange has ended."""

    UNKNOWN = "unknown"
    ONLINE = "online"
    OFFLINE = "offline"


class Clock(Protocol):
    """The time of day."""

    def now(self) -> datetime:
        """The present moment, timezone-aware, in the hall's zone (Asia/Shanghai)."""


class Catalogue(Protocol):
    """One edition of the catalogue, read-only. Safe to use from any thread; nothing blocks for long
    enough to be seen. An edition that is replaced stays readable for whoever still holds it.
    """

    number: int
    issued: date
    items: Mapping[str, ServiceItem]
    divisions: Mapping[str, Division]
    routes: Mapping[str, Route]
    directory: Directory

    def guide(self, item_id: str) -> Guide:
        """What an item takes. Raises `KeyError`."""

    def select(self, wanted: Selection) -> Sequence[str]:
        """The ids of the items a list shows, in the catalogue's order."""

    def search(self, text: str, limit: int = 20) -> Found:
        """The best items for what a citizen says. Any text will do."""

    def topics(self, text: str) -> Sequence[str]:
        """The ids of the routes that may be meant, the likeliest first; none where none is likely.
        Any text will do."""


class CatalogueUpdates(Protocol):
    """Brings new editions of the catalogue from the central server, in the background."""

    def start(self, ready: Callable[[Catalogue], None]) -> None:
        """Look for new editions from now on; `ready` is called, from a thread of its own, with each
        one that has been verified and can be used."""

    def poke(self) -> None:
        """Look at once."""

    def stop(self) -> None:
        """End the thread; returns when it has ended."""


class Sealer(Protocol):
    """Makes a submission unreadable to everybody but the central server."""

    def seal(self, submission: Submission) -> SealedSubmission:
        """Seal and sign. Raises `NotProvisioned` while the central server's keys are unknown."""


class Outbox(Protocol):
    """The local queue of sealed submissions. Safe to use from any thread."""

    def put(self, sealed: SealedSubmission) -> None:
        """Store durably before returning; putting the same id twice is one submission.

        Raises `StorageError`, `StorageFull` where it is for want of room; then nothing was stored.
        """

    def put_all(self, sealed: Iterable[SealedSubmission]) -> None:
        """As `put`, all of them or none."""

    def accepts(self) -> bool:
        """Whether there is room for more."""

    def last_unseen(self) -> datetime | None:
        """When the last submission was made, if its turn has not come to its end since: the citizen
        may not have seen that it is stored."""

    def seen(self) -> None:
        """The turn has come to its end. Raises `StorageError`."""

    def is_waiting(self, number: str, kinds: Collection[Kind] = ...) -> bool:
        """Whether something of these kinds under this receipt number is stored here, not yet
        acknowledged."""

    def close(self) -> None:
        """Give back the file."""

    def status(self) -> QueueStatus:
        """Counts for the operator, at a cost that does not grow with the queue."""


class Parking(Protocol):
    """Keeps forms that citizens have set aside, until the end of the day. Only the code opens one.
    `today` is the hall's day, a code is as `normal_parking_code` writes it. Safe to use from any
    thread; `park` and `take` block for a fraction of a second.
    """

    def park(self, parked: Parked, code: str, today: date) -> None:
        """Keep a form under a fresh code, durably before returning.

        Raises `StorageError`; then it is not kept.
        """

    def take(self, code: str, today: date) -> Parked:
        """Give a form back, once.

        Raises `NotParked` for a wrong code, a form taken back before and one of another day alike;
        `ParkedOutdated`, `TooManyAttempts` or `StorageError`.
        """

    def sweep(self, today: date) -> None:
        """Forget what can be taken back no more. To be called at start, and whenever a turn ends:
        it costs no more than reading a folder. Raises `StorageError`."""


class Uplink(Protocol):
    """Carries the queue to the central server in the background."""

    def start(self) -> None:
        """Begin draining in a thread of its own."""

    def stop(self) -> None:
        """End the thread; returns when it has ended. What was not acknowledged stays queued."""

    def poke(self) -> None:
        """Something new is in the queue: do not wait for the next round."""

    def watch(self, changed: Callable[[Connection], None]) -> None:
        """Call `changed` from the uplink's thread whenever the connection's state changes."""


class CentralServer(Protocol):
    """What the kiosk may ask the central server while a citizen waits."""

    def follow(self, number: str, code: str) -> CaseStatus:
        """How a case stands; reading it counts as the citizen having been told.

        Raises `CaseNotFound`, `TooManyAttempts` or `CentralUnreachable`; blocks at most ten
        seconds.
        """


class KnownCases(Protocol):
    """What this kiosk was last told of the cases that came from it. Safe to use from any thread."""

    def last_known(self, number: str) -> CaseEvent | None:
        """The state that the case with this number was last known to be in, and since when.

        It says nothing of what the case is about, and asks for no query code: the code cannot be
        checked here, as a kiosk that kept anything to check it by would give it away with its disk.
        The number alone is forty random bits. Raises `StorageError`.
        """


class Counter(Protocol):
    """What the central server does for a citizen who waits. Every method blocks at most ten seconds
    and raises `CentralUnreachable`, or `CounterRefusal` where the centre answers that it cannot.
    """

    def record(self, request: CounterRequest) -> Record:
        """What an authority's books say (查询打印)."""

    def slots(self, item_id: str, division: str) -> tuple[Slot, ...]:
        """The times that can be booked, with what is left of each (预约)."""

    def hold(self, item_id: str, division: str, slot: str, submission: UUID) -> Hold:
        """Keep a slot for a form until it is handed in. The same form and slot again is one hold; a
        form's other slot is given back."""

    def bill(self, request: CounterRequest) -> Bill:
        """What is to be paid (缴费)."""

    def payment(self, bill_id: str) -> PaymentState:
        """How a bill stands."""


class Printer(Protocol):
    """The kiosk's printer."""

    def ready(self) -> bool:
        """Whether there is one that takes a job now."""

    def print(self, pdf: bytes, title: str) -> None:
        """Print a document (PDF). Raises `PrinterTrouble`; blocks at most ten seconds."""


class Camera(Protocol):
    """The kiosk's camera for papers. Its pictures live in memory only."""

    def available(self) -> bool:
        """Whether there is one."""

    def open(self) -> None:
        """Begin to look. Raises `CameraTrouble`."""

    def look(self) -> bytes:
        """The newest picture (JPEG), for the preview and to keep. Raises `CameraTrouble`."""

    def close(self) -> None:
        """Look no more."""


class Headphones(Protocol):
    """Sees to it that who wears headphones is the only one to hear the voice."""

    def start(self, worn: Callable[[bool], None]) -> None:
        """Begin to, in a thread of its own, which calls `worn` when some are plugged in or pulled
        out."""

    def stop(self) -> None:
        """End the thread; returns when it has ended."""


class Speaker(Protocol):
    """The kiosk's voice. Safe to use from any thread; nothing but `available` blocks. What fails is
    the operator's: whoever listens reads on."""

    def available(self) -> bool:
        """Whether there is one that can be heard. Blocks for up to a few seconds."""

    def say(
        self,
        sentences: Iterable[str],
        language: Language,
        manner: Manner,
        told: Callable[[int | None], None],
    ) -> None:
        """Say these, one after another, in place of what is being said. They are wording as it is
        written: how numbers are said is the voice's matter. `told` is called, from a thread of the
        voice's, with the place of each as it begins and with None at the end of the last."""

    def hush(self) -> None:
        """Stop speaking at once."""

    def speaking(self) -> bool:
        """Whether something is being said."""

    def close(self) -> None:
        """Be silent for good."""


class Handwriting(Protocol):
    """Reads characters written with a finger. Safe to use from any thread; keeps nothing of what it
    has read. Any strokes will do: what cannot be read has few candidates, or none.
    """

    def load(self) -> None:
        """Read now what is otherwise read at first use. Blocks for a second; raises
        `ContentError`."""

    def candidates(
        self, strokes: Sequence[PenStroke], field: Field, before: str = "", limit: int = 10
    ) -> Sequence[str]:
        """What the strokes may be, the likeliest first: characters and, where the strokes are too
        wide for one, short words. `before` is the text that stands before them. Blocks for some
        milliseconds."""


class Typing(Protocol):
    """Makes Chinese of keys: pinyin letters, or the five strokes. Safe to use from any thread;
    keeps nothing of what was typed. Any keys will do."""

    def load(self) -> None:
        """Read now what is otherwise read at first use. Blocks for seconds; raises
        `ContentError`."""

    def candidates(
        self, keys: str, field: Field, before: str = "", limit: int = 80
    ) -> Sequence[Candidate]:
        """What may be meant, the likeliest first: the whole, then shorter beginnings of it.
        `before` is the text that stands before it. Blocks for some milliseconds."""

    def split(self, keys: str) -> str:
        """The keys as they are shown while they are typed: pinyin in syllables, apart by
        apostrophes."""

    def others(self, character: str, field: Field, limit: int = 80) -> Sequence[str]:
        """What may have been meant instead of a character that stands in the text: the same sound,
        likelier first; without the character itself."""
