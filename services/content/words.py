"""Loading the wording of one language."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from kiosk.domain.words import Language, Words
from kiosk.errors import ContentError
from services.content.read import read_toml


def load_words(folder: Path, language: Language) -> Words:
    """All files of `<folder>/<language>/`; tables inside tables are joined by dots.

    A file is read when one of its entries is first wanted, so that the home screen waits for none
    but its own (`read_whole`: when it suits). Raises `ContentError` if the folder is missing;
    reading raises it if an entry is not a text.
    """
    files = sorted((folder / language).glob("*.toml"))
    if not files:
        raise ContentError(f"{folder / language}: no wording")
    return Words(language, _Files({file.stem: file for file in files}))


def read_whole(words: Words) -> None:
    """Read the files that have not been read. Raises `ContentError`."""
    len(words.entries)


class _Files(Mapping[str, str]):
    """The entries of files by their names."""

    def __init__(self, files: Mapping[str, Path]) -> None:
        self._files = files
        self._read: dict[str, dict[str, str]] = {}

    def __getitem__(self, key: str) -> str:
        name = key.partition(".")[0]
        if name not in self._files:
            raise KeyError(key)
        return self._of(name)[key]

    def __iter__(self) -> Iterator[str]:
        return (key for name in self._files for key in self._of(name))

    def __len__(self) -> int:
        return sum(len(self._of(name)) for name in self._files)

    def _of(self, name: str) -> dict[str, str]:
        if name not in self._read:
            file = self._files[name]
            self._read[name] = dict(_entries(file, name, read_toml(file)))
        return self._read[name]


def _entries(file: Path, prefix: str, table: dict[str, Any]) -> Iterator[tuple[str, str]]:
    for name, value in table.items():
        key = f"{prefix}.{name}"
        if isinstance(value, dict):
            yield from _entries(file, key, value)
        elif isinstance(value, str):
            yield key, value
        else:
            raise ContentError(f"{file}: {key}: must be a text")
