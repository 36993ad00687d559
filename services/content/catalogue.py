"""Reading the whole catalogue folder. Runs before the first frame, so it stays within 12 ms."""

from pathlib import Path

from kiosk.domain.catalogue.model import Catalogue
from services.content.divisions import read_divisions
from services.content.items import read_items
from services.content.routes import read_routes


def load_catalogue(folder: Path) -> Catalogue:
    """Read and check `items.tsv`, `divisions.tsv` and `routes.tsv` of `folder`.

    Raises `ContentError`, whose message names file, line and column.
    """
    return Catalogue(
        items=read_items(folder / "items.tsv"),
        divisions=read_divisions(folder / "divisions.tsv"),
        routes=read_routes(folder / "routes.tsv"),
    )
