"""One typed settings model, read from one `kiosk.toml`. Every setting has a working default."""

import re
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

from kiosk.errors import SettingsError


class Hall(NamedTuple):
    """Where this kiosk stands. `division` is the six-digit code of the hall's division (GB/T 2260).

    `open_from` and `open_until` are the windows' hours on working days, as `HH:MM`.
    """

    name: str = "安徽省政务服务中心"
    name_en: str = "Anhui Government Service Centre"
    room: str = "7×24小时自助大厅"
    room_en: str = "24-hour self-service hall"
    window: str = "1号办事大厅 8号窗口"
    window_en: str = "Hall 1, window 8"
    division: str = "340000"
    open_from: str = "09:00"
    open_until: str = "17:00"


class Kiosk(NamedTuple):
    """Who this kiosk is. `prefix` (three characters, no 0 O 1 I) begins its receipt numbers and
    must be different on every kiosk.
    """

    id: str = "demo-kiosk-1"
    prefix: str = "BBC"


class Panel(NamedTuple):
    """The real panel's visible size in millimetres; sizes on screen follow from it."""

    width_mm: float = 336.0
    height_mm: float = 598.0


class Idle(NamedTuple):
    """Seconds until the idle warning, of its countdown, and of the receipt screen.

    长辈版 (larger) gives more time for each.
    """

    warn_after: int = 120
    countdown: int = 30
    receipt: int = 30
    larger_warn_after: int = 180
    larger_countdown: int = 45
    larger_receipt: int = 60


class Central(NamedTuple):
    """The central server: where it listens, and which public keys the kiosk trusts.

    `keyset` is the file `keyset.json` as the central server's operator handed it over; a relative
    path counts from `data`, as those of `ca`, `certificate` and `key` do. With `root`, the public
    key (64 hex digits) of the root that signs keysets, only those are trusted that it has signed,
    and newer ones are fetched. `ca`, for a kiosk: certificates (PEM); it speaks TLS, and only with
    who has one signed by them. `certificate` and `key`, for the server: with what it speaks TLS
    itself. `public_url` is what the receipt's QR code points a phone to. With `open_enrolment`,
    which is for demonstrations, the server accepts kiosks it has never met; else each needs a token
    of `kiosk central enrol`.
    """

    host: str = "127.0.0.1"
    port: int = 8471
    keyset: str = "central/keyset.json"
    root: str = ""
    ca: str = ""
    certificate: str = ""
    key: str = ""
    public_url: str = "http://127.0.0.1:8471"
    open_enrolment: bool = False


class Devices(NamedTuple):
    """What is plugged in. `printer` is a queue of CUPS (empty: its default), `camera` a V4L2
    device, or for demonstrations a folder of JPEG pictures, `speaker` a device of ALSA (`aplay -L`
    lists them; `null` swallows every sound). With `scanner` the screens say that a slip's QR code
    can be scanned; what a scanner (one that types like a keyboard) reads is taken even without.
    """

    printer: str = ""
    camera: str = "/dev/video0"
    speaker: str = "default"
    scanner: bool = False


class Writing(NamedTuple):
    """The keyboard. With `slurred`, pinyin sounds that many do not tell apart stand for one another
    (n and l; zh, ch, sh and z, c, s; ang, eng, ing and an, en, in); what is spelt right comes
    first."""

    slurred: bool = True


class Settings(NamedTuple):
    """Everything that may differ between two kiosks. `data` is relative to `kiosk.toml`, which
    stands in `base`.
    """

    data: str = "var"
    hall: Hall = Hall()
    kiosk: Kiosk = Kiosk()
    panel: Panel = Panel()
    idle: Idle = Idle()
    central: Central = Central()
    devices: Devices = Devices()
    writing: Writing = Writing()
    base: Path = Path()

    @property
    def data_folder(self) -> Path:
        """The folder everything is written to."""
        return (self.base / self.data).resolve()

    @property
    def kiosk_folder(self) -> Path:
        """The kiosk's own part of the data folder."""
        return self.data_folder / "kiosk"

    @property
    def central_folder(self) -> Path:
        """The central server's own part of the data folder."""
        return self.data_folder / "central"

    @property
    def calendar_folder(self) -> Path:
        """The years of the working-day calendar that the operator has imported."""
        return self.data_folder / "calendar"

    @property
    def keyset_file(self) -> Path:
        """The central server's public keys."""
        return self.data_folder / self.central.keyset

    @property
    def ca_file(self) -> Path | None:
        """Whose word a kiosk takes for who the central server is."""
        return self.data_folder / self.central.ca if self.central.ca else None

    @property
    def certificate_files(self) -> tuple[Path, Path] | None:
        """The central server's certificate and its private key."""
        if not self.central.certificate:
            return None
        return self.data_folder / self.central.certificate, self.data_folder / self.central.key

    @property
    def central_url(self) -> str:
        """Where the kiosk reaches the central server."""
        scheme = "https" if self.central.ca or self.central.certificate else "http"
        return f"{scheme}://{self.central.host}:{self.central.port}"


DEFAULT_FILE = Path("kiosk.toml")

_TABLES = {
    "hall": Hall,
    "kiosk": Kiosk,
    "panel": Panel,
    "idle": Idle,
    "central": Central,
    "devices": Devices,
    "writing": Writing,
}
_TYPES = {str: "a text", int: "a whole number", float: "a number", bool: "true or false"}


def _matches(pattern: str) -> Callable[[Any], bool]:
    return lambda value: re.fullmatch(pattern, value) is not None


_HOUR = (_matches(r"([01]\d|2[0-3]):[0-5]\d"), "a time of day, HH:MM")
_RULES: dict[str, tuple[Callable[[Any], bool], str]] = {
    "hall.division": (_matches(r"\d{6}"), "six digits"),
    "hall.open_from": _HOUR,
    "hall.open_until": _HOUR,
    "kiosk.id": (_matches(r"[a-z0-9-]{1,32}"), "1 to 32 of a-z, 0-9 and -"),
    "kiosk.prefix": (_matches(r"[2-9A-HJ-NP-Z]{3}"), "three of 2-9 and A-Z without I and O"),
    "central.root": (_matches(r"([0-9a-f]{64})?"), "64 hex digits (0-9, a-f)"),
    "central.port": (lambda value: 1 <= value <= 65535, "from 1 to 65535"),
}
_POSITIVE = (lambda value: value > 0, "more than 0")


def load(file: Path | None = None) -> Settings:
    """Read `file`, or `kiosk.toml` in the working directory if there is one, or the defaults.

    Raises `SettingsError` with one line that names the file and the key.
    """
    if file is None:
        if not DEFAULT_FILE.exists():
            return Settings()
        file = DEFAULT_FILE
    try:
        content = tomllib.loads(file.read_text(encoding="utf-8"))
    except OSError as error:
        raise SettingsError(f"{file}: cannot be read: {error.strerror}") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError(f"{file}: not valid TOML: {error}") from error
    try:
        return _settings(content)._replace(base=file.resolve().parent)
    except ValueError as error:
        raise SettingsError(f"{file}: {error}") from error


def _settings(content: dict[str, Any]) -> Settings:
    tables = {}
    for name, kind in _TABLES.items():
        table = content.pop(name, {})
        if not isinstance(table, dict):
            raise ValueError(f"`{name}` must be a table, [{name}]")
        tables[name] = kind(**_checked(table, kind, f"{name}."))
    if bool(tables["central"].certificate) != bool(tables["central"].key):
        raise ValueError("`central.certificate` and `central.key` belong together")
    unknown = content.keys() - {"data"}
    if unknown:
        raise ValueError(f"unknown key `{min(unknown)}`")
    return Settings(**_checked(content, Settings, ""), **tables)


def _checked(table: dict[str, Any], kind: type[Any], place: str) -> dict[str, Any]:
    defaults = kind._field_defaults
    for key, value in table.items():
        name = place + key
        if key not in defaults:
            raise ValueError(f"unknown key `{name}`")
        wanted = type(defaults[key])
        if type(value) is not wanted and not (wanted is float and type(value) is int):
            raise ValueError(f"`{name}` must be {_TYPES[wanted]}")
        numeric = wanted in (int, float)
        holds, words = _RULES.get(name) or (_POSITIVE if numeric else (lambda _: True, ""))
        if not holds(value):
            raise ValueError(f"`{name}` must be {words}")
    return table
