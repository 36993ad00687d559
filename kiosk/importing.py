"""What an operator brings: a new edition out of the national platform's exchange tables (`kiosk
catalogue import`), and a year's holiday notice (`kiosk calendar import`)."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kiosk import wiring
from kiosk.errors import StorageError

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from kiosk.domain.calendar.notice import Notice
    from services.content.exchange import Refusal


@dataclass(frozen=True, slots=True)
class Report:
    """What was taken over and what was not. `file` is the new edition's bundle (None: no row was
    taken, so there is none)."""

    file: Path | None
    number: int
    taken: tuple[str, ...]
    refused: tuple[Refusal, ...]
    warnings: tuple[str, ...]

    @property
    def sound(self) -> bool:
        """Whether every row was taken."""
        return not self.refused

    def __str__(self) -> str:
        """For an operator to read."""
        made = f"edition {self.number}: {self.file}" if self.file else "no edition was made"
        return "\n".join(
            [
                *(f"warning: {warning}" for warning in self.warnings),
                *(f"refused: {refusal}" for refusal in self.refused),
                f"taken: {len(self.taken)}, refused: {len(self.refused)}",
                made,
            ]
        )


def import_catalogue(
    source: Path, to: Path, today: date, resources: Path = wiring.RESOURCES
) -> Report:
    """Take over what `source` holds into the program's edition, and write the result, one number
    higher and issued `today`, as `<to>/<number>.bundle`.

    Raises `ContentError` where a file as a whole cannot be read, `StorageError` if the bundle
    cannot be written.
    """
    from services import bundle
    from services.content.exchange import import_items

    base = wiring.edition(resources)
    imported = import_items(source, base, today)
    number = base.number + 1
    file = None
    if imported.taken:
        file = to / f"{number}.bundle"
        new = bundle.renumbered(imported.edition, number, today)
        _write(file, bundle.text(bundle.lines(new)))
    return Report(file, number, imported.taken, imported.refused, imported.warnings)


@dataclass(frozen=True, slots=True)
class NoticeReport:
    """What became of a typed notice. `file` is the year as the calendar reads it; without `notice`
    nothing was written."""

    file: Path | None
    notice: Notice | None
    refused: tuple[str, ...]
    warnings: tuple[str, ...]

    @property
    def sound(self) -> bool:
        """Whether the year was taken."""
        return self.notice is not None

    def __str__(self) -> str:
        """For an operator to read."""
        made = "no year was written"
        if self.notice is not None:
            table = self.notice.table
            made = (
                f"{table.year}: {len(table.off)} days off, {len(table.work)} worked, in "
                f"{self.file}; kiosk and central server use it from their next start"
            )
        return "\n".join(
            [
                *(f"warning: {warning}" for warning in self.warnings),
                *(f"refused: {refusal}" for refusal in self.refused),
                made,
            ]
        )


def import_notice(source: Path, to: Path, resources: Path = wiring.RESOURCES) -> NoticeReport:
    """Check the notice typed into `source` and write it as `<to>/<year>.toml`.

    Raises `ContentError` where the file cannot be read, `StorageError` if the year cannot be
    written.
    """
    from kiosk.domain.calendar.notice import doubts
    from services.content.calendar import load_lunar
    from services.content.notice import as_toml, read_notice

    typed = read_notice(source)
    if typed.notice is None:
        return NoticeReport(None, None, typed.refused, ())
    file = to / f"{typed.notice.year}.toml"
    warnings = doubts(typed.notice, load_lunar(resources / "calendar"))
    _write(file, as_toml(typed.notice).encode())
    return NoticeReport(file, typed.notice, (), warnings)


def _write(file: Path, whole: bytes) -> None:
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        new = file.with_suffix(".new")
        with new.open("wb") as stream:
            stream.write(whole)
            stream.flush()
            os.fsync(stream.fileno())
        new.replace(file)
    except OSError as error:
        raise StorageError(f"{file}: cannot be written: {error.strerror}") from error
