"""The only place where adapters meet ports: constructor arguments, no locator, no globals.

Imports stand inside the functions: what the home screen does not need is not loaded before it
shows.
"""

from __future__ import annotations

from concurrent.futures import Future
from datetime import datetime, timedelta, timezone
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from kiosk.domain.words import Language, Words

if TYPE_CHECKING:
    from kiosk.domain.calendar.workdays import Workdays
    from kiosk.domain.catalogue.model import Catalogue
    from kiosk.domain.questions.model import Flow
    from kiosk.ports import Clock
    from kiosk.settings import Settings
    from services.storage.outbox import SqliteOutbox
    from services.uplink.client import CentralClient
    from services.uplink.drain import Drain
    from services.uplink.keys import CentralKeys, KioskKey
    from services.uplink.seal import Seal
    from ui.desk import Backstage, FirstScreen

RESOURCES = Path(__file__).parent.parent / "resources"
FLOWS = ("complaint", "application")
ZONE = timezone(timedelta(hours=8), "Asia/Shanghai")
"""China has one zone and, since 1992, no summer time."""


class HallClock:
    """Implements `kiosk.ports.Clock`: the machine's time in the hall's zone."""

    def now(self) -> datetime:
        """The present moment."""
        return datetime.now(ZONE)


def first_screen(settings: Settings, resources: Path = RESOURCES) -> FirstScreen:
    """What the home screen needs. Raises `ContentError`."""
    from services.content.words import load_words
    from ui.desk import FirstScreen

    @cache
    def words(language: Language) -> Words:
        return load_words(resources / "text", language)

    words(Language.ZH)
    return FirstScreen(settings=settings, catalogue=Future(), words=words, clock=HallClock())


def catalogue(resources: Path = RESOURCES) -> Catalogue:
    """The catalogue, validated. Raises `ContentError`."""
    from services.content.catalogue import load_catalogue

    return load_catalogue(resources / "catalogue")


def backstage(settings: Settings, first: FirstScreen, resources: Path = RESOURCES) -> Backstage:
    """What follows the catalogue, the uplink running. Raises `ContentError` or `StorageError`."""
    from random import SystemRandom

    from kiosk.domain.catalogue.search import Index
    from services.uplink.client import CentralClient
    from services.uplink.uplink import BackgroundUplink
    from ui.desk import Backstage

    items = first.catalogue.result().items.values()
    first.words(Language.EN)
    through = line(settings, first.clock)
    uplink = BackgroundUplink(
        through.drain, through.outbox, through.client, clock=first.clock, random=SystemRandom()
    )
    uplink.start()
    return Backstage(
        flows=flows(resources),
        workdays=workdays(resources),
        search=Index.build(items),
        sealer=through.sealer,
        outbox=through.outbox,
        uplink=uplink,
        # A client of its own: a citizen who asks does not wait for the queue.
        central=CentralClient(settings.central_url),
    )


class Line(NamedTuple):
    """The line from this kiosk to the central server."""

    outbox: SqliteOutbox
    sealer: Seal
    client: CentralClient
    drain: Drain


def line(settings: Settings, clock: Clock) -> Line:
    """Raises `StorageError`. Keys are read when they are first needed."""
    from random import SystemRandom

    from services.uplink.client import CentralClient
    from services.uplink.drain import Drain
    from services.uplink.seal import Seal

    outbox, client = open_outbox(settings), CentralClient(settings.central_url)
    own, keys = own_key(settings), central_keys(settings)
    drain = Drain(
        outbox,
        client,
        kiosk_id=settings.kiosk.id,
        own=own,
        keys=keys,
        clock=clock,
        random=SystemRandom(),
    )
    return Line(outbox, Seal(settings.kiosk.id, own, keys), client, drain)


def open_outbox(settings: Settings) -> SqliteOutbox:
    """The local queue. Raises `StorageError`."""
    from services.storage.outbox import SqliteOutbox

    return SqliteOutbox(settings.kiosk_folder / "outbox.sqlite")


def flows(resources: Path = RESOURCES) -> dict[str, Flow]:
    """Every flow, validated. Raises `ContentError`."""
    from services.content.flows import load_flow

    return {name: load_flow(resources / "flows" / f"{name}.toml") for name in FLOWS}


def workdays(resources: Path = RESOURCES) -> Workdays:
    """The working-day calendar. Raises `ContentError`."""
    from services.content.calendar import load_workdays

    return load_workdays(resources / "calendar")


def own_key(settings: Settings) -> KioskKey:
    """The key this kiosk signs with, made on first use."""
    from services.uplink.keys import KioskKey

    return KioskKey(settings.kiosk_folder)


def central_keys(settings: Settings) -> CentralKeys:
    """The central server's public keys, read on first use."""
    from services.uplink.keys import CentralKeys

    return CentralKeys(settings.keyset_file)


def serve_central(settings: Settings, resources: Path = RESOURCES) -> None:
    """Run the central server until it is told to stop. Raises `KnownError` if it cannot listen."""
    from services.central.serve import serve

    serve(settings, workdays(resources), HallClock())
