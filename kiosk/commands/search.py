"""`kiosk search`: service items found in a citizen's own words."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.errors import KnownError

if TYPE_CHECKING:
    import argparse

    from kiosk.settings import Settings


def add(parser: argparse.ArgumentParser) -> None:
    """Its options."""
    parser.add_argument("text", nargs="*", metavar="TEXT")
    parser.add_argument("--file", type=Path, metavar="QUERIES", help="one query a line")
    parser.add_argument("--json", action="store_true", help="one JSON object a query")
    parser.set_defaults(command=_search, refuse=parser.error)


def _search(settings: Settings, options: argparse.Namespace) -> int:
    from kiosk import wiring
    from kiosk.domain.catalogue.search import as_json

    if not options.text and not options.file:
        options.refuse("give TEXT or --file QUERIES")
    queries = [" ".join(options.text)] if options.text else []
    if options.file:
        try:
            queries += options.file.read_text(encoding="utf-8-sig").splitlines()
        except (OSError, UnicodeDecodeError) as error:
            raise KnownError(f"{options.file}: cannot be read: {error}") from error
    catalogue = wiring.catalogue(settings)
    for query in queries:
        began = time.perf_counter()
        found = catalogue.search(query)
        milliseconds = (time.perf_counter() - began) * 1000
        if options.json:
            print(json.dumps(as_json(query, found, milliseconds), ensure_ascii=False))
        else:
            print(f"{query}  ({milliseconds:.1f} ms)" + ("" if found.hits else "  nothing likely"))
            for hit in (found.hits or found.nearest)[:5]:
                print(f"  {hit.score:5.1f}  {hit.item.id}  {hit.item.name}  [{hit.item.label}]")
    return 0
