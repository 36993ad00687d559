"""The only place where adapters meet ports: constructor arguments, no locator, no globals.

Imports stand inside the functions: what the home screen does not need is not loaded before it
shows.
"""

from __future__ import annotations

from concurrent.futures import Future
from datetime import datetime, timedelta, timezone
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from kiosk.domain.words import Language, Words
from kiosk.errors import ContentError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kiosk.domain.calendar.workdays import Workdays
    from kiosk.domain.catalogue.lexicon import Lexicon
    from kiosk.domain.catalogue.model import Division, Edition
    from kiosk.domain.complaint.scope import Scope
    from kiosk.domain.questions.forms import Forms
    from kiosk.domain.questions.model import Flow
    from kiosk.ports import (
        Camera,
        Catalogue,
        CatalogueUpdates,
        Clock,
    )
    from kiosk.settings import Settings
    from services.catalogue.shelf import Shelf
    from services.central.office import Office
    from services.storage.cases import SqliteCases
    from services.storage.central import SqliteCircuit
    from services.storage.outbox import SqliteOutbox
    from services.storage.parking import FileParking
    from services.uplink.client import CentralClient
    from services.uplink.drain import Drain
    from services.uplink.keys import CentralKeys, KioskKey
    from services.uplink.seal import Seal
    from services.uplink.signing import RequestSigner
    from services.uplink.states import CaseNews
    from ui.desk import Backstage, FirstScreen

RESOURCES = Path(__file__).parent.parent.parent / "resources"
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

    words(Language.ZH).get("groups.others.title")  # what cannot be read is told before it shows
    return FirstScreen(settings=settings, catalogue=Future(), words=words, clock=HallClock())


def catalogue(settings: Settings, resources: Path = RESOURCES) -> Catalogue:
    """The newest edition there is, compiled if need be. Raises `ContentError`, `StorageError`."""
    return shelf(settings, resources).newest()


def shelf(settings: Settings, resources: Path = RESOURCES) -> Shelf:
    """The editions of the catalogue that this kiosk has. Raises `ContentError`."""
    from services.catalogue.shelf import Shelf

    folder = settings.kiosk_folder / "catalogue"
    return Shelf(resources, folder, lexicon(resources), partial(compile_apart, resources))


def lexicon(resources: Path = RESOURCES) -> Lexicon:
    """How people speak. Raises `ContentError`."""
    from services.content.lexicon import load_lexicon

    return load_lexicon(resources / "language")


def edition(resources: Path = RESOURCES) -> Edition:
    """The edition that comes with the program, read from its files. Raises `ContentError`."""
    from services.content.catalogue import load_edition

    return load_edition(resources / "catalogue")


def edition_in(source: Path) -> Edition:
    """The edition of a bundle file, or of a folder like `resources/`. Raises `ContentError`,
    `CatalogueRefused`."""
    from services import bundle

    if source.is_dir():
        return edition(source)
    try:
        return bundle.edition(bundle.split(source.read_bytes()))
    except OSError as error:
        raise ContentError(f"{source}: cannot be read: {error.strerror}") from error


def compile_apart(resources: Path, source: Path | None, file: Path) -> None:
    """Compile a bundle, or else the program's own edition, in a process of its own: minutes of one
    core must not be felt at the screen. Raises `ContentError`."""
    import subprocess

    from kiosk import child

    chosen = ["--bundle", str(source)] if source else []
    words = ["catalogue", "compile", *chosen, "--content", str(resources), "--to", str(file)]
    done = subprocess.run(
        child.command(*words), env=child.environment(), capture_output=True, text=True, check=False
    )
    if done.returncode:
        reason = done.stderr.strip().removeprefix("kiosk: ") or f"status {done.returncode}"
        raise ContentError(f"the catalogue could not be compiled: {reason.splitlines()[-1]}")


def compile_here(resources: Path, bundle_file: Path | None, file: Path) -> None:
    """What `compile_apart` has its process do. Raises `ContentError`, `CatalogueRefused`."""
    from services.catalogue.compile import compile_edition
    from services.catalogue.shelf import digest

    if bundle_file is None:
        mark = digest((resources / "catalogue", resources / "language"))
        compile_edition(edition(resources), lexicon(resources), file, mark)
    else:
        compile_edition(edition_in(bundle_file), lexicon(resources), file)


def backstage(settings: Settings, first: FirstScreen, resources: Path = RESOURCES) -> Backstage:
    """What follows the catalogue, the uplink running. Raises `ContentError` or `StorageError`."""
    from random import SystemRandom

    from kiosk.wiring import voice, writing
    from services.content.words import read_whole
    from services.devices.printer import LpPrinter
    from services.uplink.client import CentralClient
    from services.uplink.counter import CounterClient
    from services.uplink.network import NetworkHints
    from services.uplink.uplink import BackgroundUplink
    from services.voice.headphones import PulseHeadphones
    from ui.desk import Backstage, Writers

    def guides() -> Iterator[str]:
        catalogue = first.catalogue.result()
        return (text for item in catalogue.items for text in catalogue.guide(item).wording())

    for language in Language:
        read_whole(first.words(language))
    through = line(settings, first.clock)
    uplink = BackgroundUplink(
        through.drain,
        through.outbox,
        through.client,
        clock=first.clock,
        random=SystemRandom(),
        news=through.news,
        circuits=through.circuits,
        hints=NetworkHints(),
    )
    uplink.start()
    return Backstage(
        complaint=complaint(resources),
        scope=scope(settings, first.catalogue.result().divisions, resources),
        forms=forms(resources),
        workdays=workdays(settings, resources),
        sealer=through.sealer,
        outbox=through.outbox,
        cases=through.cases,
        parking=parking(settings),
        uplink=uplink,
        # A client of its own: a citizen who asks does not wait for the queue.
        central=CentralClient(settings.central_url, settings.ca_file, signer=through.signer),
        counter=CounterClient(settings.central_url, through.signer, settings.ca_file),
        updates=updates(settings, first.catalogue.result().number, resources),
        printer=LpPrinter(settings.devices.printer),
        camera=camera(settings),
        speaker=voice.speaker(settings, guides, resources / "voice"),
        headphones=PulseHeadphones(),
        writers=Writers(
            writing.handwriting(first.catalogue.result(), resources),
            writing.pinyin(settings, first.catalogue.result, resources),
            writing.five_strokes(resources),
        ),
    )


def camera(settings: Settings) -> Camera:
    """The camera for papers; a folder of JPEG pictures in its place is shown as if it saw them."""
    from services.devices.camera import FileCamera, V4l2Camera

    device = Path(settings.devices.camera)
    if device.is_dir():
        return FileCamera([file.read_bytes() for file in sorted(device.glob("*.jpg"))])
    return V4l2Camera(settings.devices.camera)


def updates(settings: Settings, number: int, resources: Path = RESOURCES) -> CatalogueUpdates:
    """What brings editions newer than `number`. Raises `ContentError`."""
    from services.catalogue.updates import BackgroundUpdates
    from services.uplink.editions import EditionClient

    client = EditionClient(settings.central_url, central_keys(settings), settings.ca_file)
    return BackgroundUpdates(client.newer, shelf(settings, resources), number)


class Line(NamedTuple):
    """The line from this kiosk to the central server."""

    outbox: SqliteOutbox
    sealer: Seal
    signer: RequestSigner
    client: CentralClient
    drain: Drain
    cases: SqliteCases
    news: CaseNews
    circuits: SqliteCircuit


def line(settings: Settings, clock: Clock) -> Line:
    """Raises `StorageError`. Keys are read when they are first needed."""
    from random import SystemRandom

    from services.storage.central import SqliteCircuit
    from services.uplink.client import CentralClient
    from services.uplink.drain import Drain
    from services.uplink.enrolment import TOKEN_FILE, EnrolToken
    from services.uplink.seal import Seal
    from services.uplink.signing import RequestSigner
    from services.uplink.states import CaseNews

    outbox = open_outbox(settings)
    own, keys = own_key(settings), central_keys(settings)
    signer = RequestSigner(settings.kiosk.id, own, clock)
    client = CentralClient(
        settings.central_url,
        settings.ca_file,
        keys,
        signer,
        EnrolToken(settings.kiosk_folder / TOKEN_FILE),
    )
    drain = Drain(
        outbox,
        client,
        kiosk_id=settings.kiosk.id,
        own=own,
        keys=keys,
        clock=clock,
        random=SystemRandom(),
    )
    cases = known_cases(settings, outbox)
    seal, news = Seal(settings.kiosk.id, own, keys), CaseNews(client, cases)
    circuits = SqliteCircuit(outbox.store, settings.central_url)
    return Line(outbox, seal, signer, client, drain, cases, news, circuits)


def open_outbox(settings: Settings) -> SqliteOutbox:
    """The local queue. Raises `StorageError`."""
    from services.storage.outbox import SqliteOutbox

    return SqliteOutbox(settings.kiosk_folder / "outbox.sqlite")


def known_cases(settings: Settings, outbox: SqliteOutbox) -> SqliteCases:
    """What was last heard of the cases that came from here, kept beside the queue."""
    from services.storage.cases import SqliteCases

    return SqliteCases(outbox.store, settings.central_url)


def parking(settings: Settings) -> FileParking:
    """The forms set aside here until the end of the day."""
    from services.storage.parking import FileParking

    return FileParking(settings.kiosk_folder / "parked")


def complaint(resources: Path = RESOURCES) -> Flow:
    """The complaint's flow, sound. Raises `ContentError`."""
    from services.content.flows import load_flow

    return load_flow(resources / "flows" / "complaint.toml")


def scope(
    settings: Settings, divisions: Mapping[str, Division], resources: Path = RESOURCES
) -> Scope:
    """What this hall's “办不成事” window takes. Raises `ContentError`."""
    from services.content.scopes import load_scopes, scope_of

    scopes = load_scopes(resources / "flows" / "scope.toml")
    return scope_of(scopes, divisions, settings.hall.division)


def forms(resources: Path = RESOURCES) -> Forms:
    """The forms of all items. Raises `ContentError`."""
    from services.content.flows import load_forms

    return load_forms(resources / "flows")


def workdays(settings: Settings, resources: Path = RESOURCES) -> Workdays:
    """The working-day calendar, with the years imported here. Raises `ContentError`."""
    from services.content.calendar import load_workdays

    return load_workdays(resources / "calendar", settings.calendar_folder)


def own_key(settings: Settings) -> KioskKey:
    """The key this kiosk signs with, made on first use."""
    from services.uplink.keys import KioskKey

    return KioskKey(settings.kiosk_folder)


def central_keys(settings: Settings) -> CentralKeys:
    """The central server's public keys, read on first use; what is fetched for one is for all."""
    from services.uplink.keys import CentralKeys

    return CentralKeys(
        settings.keyset_file,
        root=bytes.fromhex(settings.central.root),
        fetched=settings.kiosk_folder / "keyset.json",
    )


def office(settings: Settings, resources: Path = RESOURCES) -> Office:
    """The central server's own office, to work in beside it or while it does not run. Raises
    `ContentError`, `StorageError`."""
    from datetime import time

    from services.central.app import open_office

    opened, _ = open_office(
        settings.central_folder,
        workdays(settings, resources),
        HallClock(),
        open_enrolment=settings.central.open_enrolment,
        offices_close=time.fromisoformat(settings.hall.open_until),
    )
    return opened


def serve_central(settings: Settings, resources: Path = RESOURCES) -> None:
    """Run the central server until it is told to stop. Raises `KnownError` if it cannot listen."""
    from services.central.serve import serve

    serve(settings, workdays(settings, resources), HallClock(), partial(edition, resources))
