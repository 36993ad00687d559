"""Everything the kiosk needs, looked at one by one, for its operator."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from kiosk import wiring
from kiosk.domain.words import Language
from kiosk.errors import KnownError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from kiosk.settings import Settings

HOLIDAY_NOTICE_MONTH = 11
"""Next year's holiday notice is usually published in November."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at: whether it is good, and one line about it."""

    good: bool
    name: str
    line: str

    def __str__(self) -> str:
        """`ok` or `BAD`, the name and the line."""
        return f"{'ok ' if self.good else 'BAD'}  {self.name}: {self.line}"


def examine(settings: Settings) -> Iterator[Finding]:
    """Look at content, font, storage, keys and the central server, in this order."""
    looks: dict[str, Callable[[Settings], str]] = {
        "catalogue and wording": _content,
        "flows": _flows,
        "working days": _workdays,
        "font": _font,
        "queue": _queue,
        "devices": _devices,
        "kiosk key": _own_key,
        "central keyset": _keyset,
        "central server": _central,
    }
    for name, look in looks.items():
        try:
            yield Finding(True, name, look(settings))
        except KnownError as error:
            yield Finding(False, name, str(error))


def _content(settings: Settings) -> str:
    words = wiring.first_screen(settings).words
    for language in Language:
        words(language)
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


def _workdays(_: Settings) -> str:
    years = sorted(wiring.workdays().years)
    today = date.today()
    if today.month >= HOLIDAY_NOTICE_MONTH and today.year + 1 not in years:
        return f"{years}; load the notice for {today.year + 1} as soon as it is published"
    return str(years)


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


def _own_key(settings: Settings) -> str:
    return f"{settings.kiosk.id} {wiring.own_key(settings).verify_key.hex()[:16]}…"


def _keyset(settings: Settings) -> str:
    return f"{wiring.central_keys(settings).key_id} in {settings.keyset_file}"


def _central(settings: Settings) -> str:
    from services.uplink.client import CentralClient

    hello = CentralClient(settings.central_url).hello()
    return f"{settings.central_url} answers, its key is {hello.key_id}"
