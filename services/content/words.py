"""Loading the wording of one language."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from kiosk.domain.words import Language, Words
from kiosk.errors import ContentError
from services.content.read import read_toml


def load_words(folder: Path, language: Language) -> Words:
    """All files of `<folder>/<language>/`; tables inside tables are joined by dots.

    Raises `ContentError` if the folder is missing, or an entry is not a text.
    """
    files = sorted((folder / language).glob("*.toml"))
    if not files:
        raise ContentError(f"{folder / language}: no wording")
    entries: dict[str, str] = {}
    for file in files:
        entries.update(_entries(file, file.stem, read_toml(file)))
    return Words(language, entries)


def _entries(file: Path, prefix: str, table: dict[str, Any]) -> Iterator[tuple[str, str]]:
    for name, value in table.items():
        key = f"{prefix}.{name}"
        if isinstance(value, dict):
            yield from _entries(file, key, value)
        elif isinstance(value, str):
            yield key, value
        else:
            raise ContentError(f"{file}: {key}: must be a text")
