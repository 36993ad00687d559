"""Reading TOML under `resources/` strictly. Raises `ContentError` that names file and place."""

import tomllib
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from kiosk.errors import ContentError


class Table(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A table of a content file; a key it does not know is an error."""


_T = TypeVar("_T", bound=Table)


def read_toml(file: Path) -> dict[str, Any]:
    """The table of a TOML file; values are whatever TOML can hold."""
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except OSError as error:
        raise ContentError(f"{file}: cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise ContentError(f"{file}: not valid UTF-8: {error.reason}") from error
    except tomllib.TOMLDecodeError as error:
        raise ContentError(f"{file}: not valid TOML: {error}") from error


def converted(entry: object, kind: type[_T], place: str) -> _T:
    """`entry` as a `kind`; `place` begins the error's message."""
    try:
        return msgspec.convert(entry, kind)
    except msgspec.ValidationError as error:
        raise ContentError(f"{place}: {error}") from error
