"""Reading the whole catalogue folder: the edition that comes with the program, or a province's
own."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

from kiosk.domain.catalogue.model import Edition, ServiceItem
from kiosk.errors import ContentError
from services.content.divisions import read_divisions
from services.content.guides import Entry, read_guides
from services.content.items import read_items
from services.content.places import read_directory
from services.content.read import read_toml
from services.content.routes import read_routes
from services.content.strict import Table, converted


class _EditionTable(Table, frozen=True):
    edition: int
    issued: date
    label: str


def load_edition(folder: Path) -> Edition:
    """Read and check every file of `folder`.

    Raises `ContentError`, whose message names file, line and column. That every item has a complete
    guide is another question: `kiosk.domain.catalogue.complete`.
    """
    head_file = folder / "edition.toml"
    head = converted(read_toml(head_file), _EditionTable, str(head_file))
    items = read_items(folder / "items.tsv")
    entries = read_guides(folder / "guides")
    if strangers := entries.keys() - items.keys():
        raise ContentError(f"{folder / 'guides'}: {min(strangers)}: no such item")
    divisions = read_divisions(folder / "divisions.tsv")
    return Edition(
        number=head.edition,
        issued=head.issued,
        items={id: _with_sayings(item, entries) for id, item in items.items()},
        guides={id: entries[id].guide for id in items if id in entries},
        divisions=divisions,
        routes=read_routes(folder / "routes.tsv"),
        directory=read_directory(folder, divisions),
    )


def _with_sayings(item: ServiceItem, entries: Mapping[str, Entry]) -> ServiceItem:
    entry = entries.get(item.id)
    return item if entry is None else replace(item, said=entry.said)
