"""Everything the kiosk needs, looked at one by one, for its operator."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from kiosk import wiring
from kiosk.domain.calendar.warning import calendar_warning
from kiosk.domain.words import Language
from kiosk.errors import KnownError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from kiosk.settings import Settings


class Grade(StrEnum):
    """How well something is. `WARNING`: the kiosk works, but its operator has something to do."""

    GOOD = "ok"
    WARNING = "WARN"
    BAD = "BAD"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at: how well it is, and one line about it."""

    grade: Grade
    name: str
    line: str

    @property
    def good(self) -> bool:
        """Whether the kiosk can do with it."""
        return self.grade is not Grade.BAD

    def __str__(self) -> str:
        """The grade, the name and the line."""
        return f"{self.grade:4} {self.name}: {self.line}"


class _Doubt(Exception):
    """What was looked at works, but its operator has something to do."""


def examine(settings: Settings) -> Iterator[Finding]:
    """Look at content, font, storage, devices, keys and the central server, in this order."""
    looks: dict[str, Callable[[Settings], str]] = {
        "catalogue and wording": _content,
        "flows": _flows,
        "working days": _workdays,
        "font": _font,
        "queue": _queue,
        "devices": _devices,
        "voice": _voice,
        "kiosk key": _own_key,
        "central keyset": _keyset,
        "central server": _central,
    }
    for name, look in looks.items():
        try:
            yield Finding(Grade.GOOD, name, look(settings))
        except _Doubt as doubt:
            yield Finding(Grade.WARNING, name, str(doubt))
        except KnownError as error:
            yield Finding(Grade.BAD, name, str(error))


def _content(settings: Settings) -> str:
    from services.content.words import read_whole

    words = wiring.first_screen(settings).words
    for language in Language:
        read_whole(words(language))
    catalogue = wiring.catalogue(settings)
    return (
        f"edition {catalogue.number}, {len(catalogue.items)} items (演示数据), "
        f"{len(catalogue.divisions)} divisions, {len(catalogue.routes)} routes"
    )


def _flows(_: Settings) -> str:
    complaint, forms = wiring.complaint(), wiring.forms()
    counts = [f"complaint {len(complaint.questions)} questions"]
    counts += [f"{plan.id} {len(plan.questions)}" for plan in forms.plans.values()]
    return f"{', '.join(counts)}; {len(forms.library)} in the library"


def _workdays(settings: Settings) -> str:
    workdays = wiring.workdays(settings)
    years = ", ".join(map(str, sorted(workdays.years)))
    if warning := calendar_warning(workdays, wiring.HallClock().now().date()):
        raise _Doubt(f"{years}; {warning}")
    return years


def _font(_: Settings) -> str:
    from ui.application import FONT, check_font, qt_application

    application = qt_application(["kiosk", "-platform", "offscreen"])
    check_font()
    del application
    return FONT


def _queue(settings: Settings) -> str:
    return f"{wiring.open_outbox(settings).status().waiting} waiting"


def _devices(settings: Settings) -> str:
    from services.devices.camera import V4l2Camera
    from services.devices.printer import LpPrinter

    printer = "ready" if LpPrinter(settings.devices.printer).ready() else "none"
    camera = "there" if V4l2Camera(settings.devices.camera).available() else "none"
    return f"printer {printer}, camera {camera}"


def _voice(settings: Settings) -> str:
    from kiosk.wiring.voice import VOICE, kokoro, pronunciation, speaker
    from services.voice import bank
    from services.voice.espeak import Espeak

    counts = [f"{len(bank.load(VOICE, language).recordings)} {language}" for language in Language]
    model = "the model" if kokoro().available() else "no model (make voice-model)"
    last = "espeak-ng" if Espeak(pronunciation()).available() else "no espeak-ng"
    heard = "can be heard" if speaker(settings).available() else "cannot be heard"
    return f"{heard}; {', '.join(counts)} recorded; {model}; {last}"


def _own_key(settings: Settings) -> str:
    return f"{settings.kiosk.id} {wiring.own_key(settings).verify_key.hex()[:16]}…"


def _keyset(settings: Settings) -> str:
    return f"{wiring.central_keys(settings).key_id} in {settings.keyset_file}"


def _central(settings: Settings) -> str:
    from services.uplink.client import CentralClient

    hello = CentralClient(settings.central_url, settings.ca_file).hello()
    return f"{settings.central_url} answers, its key is {hello.key_id}"
