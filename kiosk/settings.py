"""One typed settings model, read from one `kiosk.toml`. Every setting has a working default."""

import tomllib
from pathlib import Path
from typing import Annotated

import msgspec
from msgspec import Meta

from kiosk.errors import SettingsError

_Millimetres = Annotated[float, Meta(gt=0)]
_Seconds = Annotated[int, Meta(gt=0)]
_Port = Annotated[int, Meta(ge=1, le=65535)]


class Group(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A table of `kiosk.toml`; a key it does not know is an error."""


class Hall(Group, frozen=True):
    """Where this kiosk stands. `division` is the six-digit code of the hall's division (GB/T 2260).

    `open_from` and `open_until` are the windows' hours on working days, as `HH:MM`.
    """

    name: str = "安徽省政务服务中心"
    name_en: str = "Anhui Government Service Centre"
    room: str = "7×24小时自助大厅"
    room_en: str = "24-hour self-service hall"
    window: str = "1号办事大厅 8号窗口"
    window_en: str = "Hall 1, window 8"
    division: Annotated[str, Meta(pattern=r"^\d{6}$")] = "340000"
    open_from: Annotated[str, Meta(pattern=r"^([01]\d|2[0-3]):[0-5]\d$")] = "09:00"
    open_until: Annotated[str, Meta(pattern=r"^([01]\d|2[0-3]):[0-5]\d$")] = "17:00"


class Kiosk(Group, frozen=True):
    """Who this kiosk is. `prefix` (three characters, no 0 O 1 I) begins its receipt numbers and
    must be different on every kiosk.
    """

    id: Annotated[str, Meta(pattern=r"^[a-z0-9-]{1,32}$")] = "demo-kiosk-1"
    prefix: Annotated[str, Meta(pattern=r"^[2-9A-HJ-NP-Z]{3}$")] = "BBC"


class Panel(Group, frozen=True):
    """The real panel's visible size in millimetres; sizes on screen follow from it."""

    width_mm: _Millimetres = 336.0
    height_mm: _Millimetres = 598.0


class Idle(Group, frozen=True):
    """Seconds until the idle warning, of its countdown, and of the receipt screen.

    长辈版 (larger) gives more time for each.
    """

    warn_after: _Seconds = 120
    countdown: _Seconds = 30
    receipt: _Seconds = 30
    larger_warn_after: _Seconds = 180
    larger_countdown: _Seconds = 45
    larger_receipt: _Seconds = 60


class Central(Group, frozen=True):
    """The central server: where it listens, and which public keys the kiosk trusts.

    `keyset` is the file `keyset.json` as the central server's operator handed it over; a relative
    path counts from `data`. `public_url` is what the receipt's QR code points a phone to.
    """

    host: str = "127.0.0.1"
    port: _Port = 8471
    keyset: str = "central/keyset.json"
    public_url: str = "http://127.0.0.1:8471"
    open_enrolment: bool = True


class Settings(Group, frozen=True):
    """Everything that may differ between two kiosks. `data` is relative to `kiosk.toml`."""

    data: str = "var"
    hall: Hall = Hall()
    kiosk: Kiosk = Kiosk()
    panel: Panel = Panel()
    idle: Idle = Idle()
    central: Central = Central()
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
    def keyset_file(self) -> Path:
        """The central server's public keys."""
        return self.data_folder / self.central.keyset

    @property
    def central_url(self) -> str:
        """Where the kiosk reaches the central server."""
        return f"http://{self.central.host}:{self.central.port}"


DEFAULT_FILE = Path("kiosk.toml")


def load(file: Path | None = None) -> Settings:
    """Read `file`, or `kiosk.toml` in the working directory if there is one, or the defaults.

    Raises `SettingsError` with one line that names the file and the key.
    """
    if file is None:
        if not DEFAULT_FILE.exists():
            return Settings()
        file = DEFAULT_FILE
    try:
        table = tomllib.loads(file.read_text(encoding="utf-8"))
    except OSError as error:
        raise SettingsError(f"{file}: cannot be read: {error.strerror}") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError(f"{file}: not valid TOML: {error}") from error
    if "base" in table:
        raise SettingsError(f"{file}: unknown key `base`")
    try:
        settings = msgspec.convert(table, Settings)
    except msgspec.ValidationError as error:
        raise SettingsError(f"{file}: {error}") from error
    return msgspec.structs.replace(settings, base=file.resolve().parent)
