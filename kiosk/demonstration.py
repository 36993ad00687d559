"""A kiosk on a stage: a central server in a process of its own, a clerk at its desk, an offscreen
window, and everything written into a folder that goes away."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import requests

from kiosk import child, startup, wiring
from kiosk import settings as settings_file
from kiosk.errors import CentralUnreachable
from kiosk.made_up_slip import show_slip

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kiosk.settings import Settings

STOP_SECONDS = 30.0


@dataclass(frozen=True, slots=True)
class Layout:
    """A reference panel: pixels and millimetres, width first."""

    name: str
    pixels: tuple[int, int]
    millimetres: tuple[float, float]


PORTRAIT = Layout("portrait", (1080, 1920), (336.0, 598.0))
LANDSCAPE = Layout("landscape", (1920, 1080), (476.0, 268.0))


class CentralProcess:
    """`python -m kiosk central` as a child process, listening when this returns."""

    def __init__(self, config: Path | None) -> None:
        """Raises `CentralUnreachable` if it does not come up."""
        chosen = ("--config", str(config)) if config else ()
        self._process = subprocess.Popen(
            child.command(*chosen, "central"),
            stdout=subprocess.PIPE,
            text=True,
            env=child.environment(),
        )
        stdout = self._process.stdout
        self.greeting = stdout.readline().strip() if stdout else ""
        if not self.greeting:
            self.stop()
            raise CentralUnreachable("the central server did not start (its own line says why)")

    def stop(self) -> None:
        """Ask it to end, and wait until it has."""
        if self._process.poll() is None:
            self._process.send_signal(signal.SIGTERM)
        self._process.wait(STOP_SECONDS)
        if self._process.stdout:
            self._process.stdout.close()


class Clerk:
    """A clerk of the 办不成事 window, working through the central server's interface."""

    def __init__(self, settings: Settings) -> None:
        self._url = f"{settings.central_url}/v1/clerk/cases"
        token = (settings.central_folder / "clerk.token").read_text(encoding="utf-8").strip()
        self._session = requests.Session()
        self._session.trust_env = False
        if settings.ca_file is not None:
            self._session.verify = str(settings.ca_file)
        self._session.headers["Authorization"] = f"Bearer {token}"

    def cases(self) -> list[dict[str, Any]]:
        """The first page of cases, the newest first."""
        answer = self._session.get(self._url, timeout=10)
        answer.raise_for_status()
        return list(answer.json()["cases"])

    def case(self, number: str) -> dict[str, Any]:
        """Everything known of a case."""
        answer = self._session.get(f"{self._url}/{number}", timeout=10)
        answer.raise_for_status()
        return dict(answer.json())

    def register(self, number: str) -> None:
        """Take note of a received case."""
        self._post(number, "register")

    def settle(self, number: str, department: str, result: str) -> None:
        """Register, dispatch, and close a case with the department's result; the window knows."""
        self.register(number)
        self.answer(number, department, result)

    def answer(self, number: str, department: str, result: str) -> None:
        """Dispatch a registered or reopened case, and close it with the result; the window
        knows."""
        self._post(number, "dispatch", department=department)
        self._post(number, "close", result=result)
        self._post(number, "tell-window")

    def close(self) -> None:
        """Leave the desk."""
        self._session.close()

    def _post(self, number: str, action: str, **body: str) -> None:
        answer = self._session.post(f"{self._url}/{number}/{action}", json=body, timeout=10)
        answer.raise_for_status()


@dataclass(frozen=True, slots=True)
class Stage:
    """What a demonstration plays on."""

    settings: Settings
    kiosk: startup.Kiosk
    clerk: Clerk


@contextmanager
def stage(layout: Layout) -> Iterator[Stage]:
    """Central server, clerk and kiosk, started; all stopped and swept away at the end. Needs a Qt
    application (`offscreen_application`)."""
    with TemporaryDirectory(prefix="budayang-") as folder:
        config = _config(layout, Path(folder))
        settings = settings_file.load(config)
        central = CentralProcess(config)
        try:
            with closing(Clerk(settings)) as clerk, closing(_kiosk(settings, layout)) as kiosk:
                yield Stage(settings, kiosk, clerk)
        finally:
            central.stop()


@contextmanager
def lone_kiosk(layout: Layout) -> Iterator[startup.Kiosk]:
    """A kiosk that knows its central server's keys but does not reach it, closed and swept away at
    the end."""
    from services.central.keys import load_keys

    with TemporaryDirectory(prefix="budayang-") as folder:
        settings = settings_file.load(_config(layout, Path(folder)))
        load_keys(settings.central_folder)
        with closing(_kiosk(settings, layout)) as kiosk:
            yield kiosk


def offscreen_application() -> object:
    """The Qt application without a display; keep what is returned."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    os.environ.setdefault("QT_QUICK_BACKEND", "software")
    return startup.qt(["kiosk"])


def has_display() -> bool:
    """Whether a window can be shown to a person."""
    if os.environ.get("QT_QPA_PLATFORM") in ("offscreen", "minimal"):
        return False
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def free_port() -> int:
    """A loopback port nobody listens on now."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


def _kiosk(settings: Settings, layout: Layout) -> startup.Kiosk:
    return startup.Kiosk(settings, size=layout.pixels, screen="attract")


def _config(layout: Layout, folder: Path) -> Path:
    width, height = layout.millimetres
    file = folder / "kiosk.toml"
    panel = f"[panel]\nwidth_mm = {width}\nheight_mm = {height}\n"
    devices = (
        f'[devices]\ncamera = "{show_slip(folder / "camera")}"\nspeaker = "null"\nscanner = true\n'
    )
    file.write_text(panel + devices + central_table(free_port()), encoding="utf-8")
    return file


def central_table(port: int) -> str:
    """Settings for a central server on this loopback port that takes whichever kiosk comes."""
    listening = f'port = {port}\npublic_url = "http://127.0.0.1:{port}"\n'
    return f"[central]\n{listening}open_enrolment = true\n"


def hand_token(settings: Settings) -> None:
    """Do what an operator does to have this kiosk enrolled. Raises `KnownError`, `OSError`."""
    from services.central.enrolment import issue
    from services.files import create
    from services.uplink.enrolment import TOKEN_FILE

    file = settings.kiosk_folder / TOKEN_FILE
    file.unlink(missing_ok=True)
    office = wiring.office(settings)
    with closing(office.database):
        create(file, issue(office, settings.kiosk.id).encode())
