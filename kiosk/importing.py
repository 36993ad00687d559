"""`kiosk catalogue import`: a new edition out of the national platform's exchange tables."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kiosk import wiring
from kiosk.errors import StorageError

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

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


def _write(file: Path, whole: bytes) -> None:
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        new = file.with_suffix(".new")
        new.write_bytes(whole)
        new.replace(file)
    except OSError as error:
        raise StorageError(f"{file}: cannot be written: {error.strerror}") from error
