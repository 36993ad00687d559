"""Reading TOML under `resources/`. Raises `ContentError` that names file and place."""

import tomllib
from pathlib import Path
from typing import Any

from kiosk.errors import ContentError


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
