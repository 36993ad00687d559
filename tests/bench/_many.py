"""A made-up edition of any size, out of the shipped one: every item once for each of many
places."""

import subprocess
import sys
from dataclasses import replace
from itertools import count, islice
from pathlib import Path

from kiosk import child, wiring
from kiosk.domain.catalogue.model import Edition, ServiceItem
from services import bundle
from services.catalogue.store import CompiledCatalogue

MANY = 100_000
FOLDER = Path(__file__).parents[2] / "build" / "bench"


def edition_of(size: int, number: int = 2) -> Edition:
    """The shipped edition, its items repeated place by place until there are `size`."""
    shipped = wiring.edition()
    places = [division.name for division in shipped.divisions.values()]
    items: dict[str, ServiceItem] = {}
    guides = {}
    made = (
        (round_, item, f"{places[round_ % len(places)]}{'' if round_ < len(places) else round_}")
        for round_ in count()
        for item in shipped.items.values()
    )
    for round_, item, place in islice(made, size):
        item_id = f"{item.id}-{round_}"
        items[item_id] = replace(
            item,
            id=item_id,
            name=f"{place}{item.name}",
            aliases=tuple(f"{place}{alias}" for alias in item.aliases[:2]),
            said=(),
        )
        guides[item_id] = shipped.guides[item.id]
    return replace(shipped, number=number, items=items, guides=guides)


def _newer_than_the_program(file: Path) -> bool:
    code = Path(wiring.__file__).parents[1]
    folders = ("services/catalogue", "services", "kiosk/domain/catalogue")
    sources = [source for folder in folders for source in code.glob(f"{folder}/*.py")]
    return file.exists() and file.stat().st_mtime > max(s.stat().st_mtime for s in sources)


def bundle_of(size: int) -> Path:
    """The same as a bundle file, made once for each state of the program's own code."""
    file = FOLDER / f"{size}.bundle"
    if not _newer_than_the_program(file):
        file.parent.mkdir(parents=True, exist_ok=True)
        new = file.with_suffix(".new")
        new.write_bytes(bundle.text(bundle.lines(edition_of(size))))
        new.replace(file)
    return file


def compiled_file(size: int) -> Path:
    """The same compiled, made once for each state of the program's own code."""
    file = FOLDER / f"{size}.bin"
    if not _newer_than_the_program(file):
        print(f"compiling {size} items…", file=sys.stderr, flush=True)
        words = ["catalogue", "compile", "--bundle", str(bundle_of(size)), "--to", str(file)]
        subprocess.run(child.command(*words), env=child.environment(), check=True)
    return file


def compiled(size: int) -> CompiledCatalogue:
    """The same, open."""
    return CompiledCatalogue(compiled_file(size), wiring.lexicon())
