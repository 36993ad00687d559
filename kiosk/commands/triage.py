"""`kiosk triage`: complaints classified from files."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.errors import KnownError

if TYPE_CHECKING:
    import argparse

    from kiosk.settings import Settings


def add(parser: argparse.ArgumentParser) -> None:
    """Its options."""
    parser.add_argument(
        "--answers", type=Path, metavar="FILE", help="JSON: question id → answer, one set or many"
    )
    parser.add_argument("--list", action="store_true", help="the questions and their options")
    parser.add_argument("--json", action="store_true", help="one JSON object a set of answers")
    parser.set_defaults(command=_triage, refuse=parser.error)


def _triage(settings: Settings, options: argparse.Namespace) -> int:
    from kiosk.triaging import Triage, answer_sets

    if not options.answers and not options.list:
        options.refuse("give --answers FILE or --list")
    triage = Triage.of(settings)
    if options.list:
        for question in triage.questions():
            print(json.dumps(question, ensure_ascii=False))
    if options.answers:
        try:
            sets = answer_sets(options.answers.read_text(encoding="utf-8-sig"))
        except (OSError, UnicodeDecodeError) as error:
            raise KnownError(f"{options.answers}: cannot be read: {error}") from error
        for given in sets:
            found = triage.classified(given)
            words = " ".join(f"{name}={value}" for name, value in found.items())
            print(json.dumps(found, ensure_ascii=False) if options.json else words)
    return 0
