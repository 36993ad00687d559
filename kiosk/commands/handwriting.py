"""`kiosk handwriting`: what strokes from a file are read as."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.domain.writing import Field
from kiosk.errors import KnownError

if TYPE_CHECKING:
    import argparse

    from kiosk.settings import Settings


def add(parser: argparse.ArgumentParser) -> None:
    """Its options."""
    parser.add_argument(
        "--file", type=Path, required=True, metavar="STROKES", help="JSON: strokes of characters"
    )
    parser.add_argument("--field", type=Field, choices=list(Field), default=Field.TEXT)
    parser.add_argument("--json", action="store_true", help="one JSON object a character")
    parser.set_defaults(command=_handwriting)


def _handwriting(settings: Settings, options: argparse.Namespace) -> int:
    from kiosk import wiring
    from kiosk.pen_strokes import all_written
    from kiosk.wiring import writing

    try:
        entries = all_written(options.file.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError) as error:
        raise KnownError(f"{options.file}: cannot be read: {error}") from error
    except KnownError as error:
        raise KnownError(f"{options.file}: {error}") from error
    handwriting = writing.handwriting(wiring.catalogue(settings))
    handwriting.candidates([[(0, 0), (1, 1)]], options.field)  # loading is not timed
    for index, written in enumerate(entries):
        began = time.perf_counter()
        candidates = list(handwriting.candidates(written.strokes, options.field, written.before))
        milliseconds = round((time.perf_counter() - began) * 1000, 2)
        if options.json:
            asked = {"character": written.truth} if written.truth else {}
            found = {"candidates": candidates, "milliseconds": milliseconds}
            print(json.dumps({"index": index, **asked, **found}, ensure_ascii=False))
        else:
            print(f"{written.truth or index}  ({milliseconds:.1f} ms)  {' '.join(candidates)}")
    return 0
