"""`kiosk catalogue …`: the catalogue of service items."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import argparse

    from kiosk.settings import Settings


def add(parser: argparse.ArgumentParser) -> None:
    """The commands below it."""
    from kiosk.wiring import RESOURCES

    actions = parser.add_subparsers(title="commands", required=True, metavar="COMMAND")

    check = actions.add_parser("check", help="counts, and what is missing; 1 if anything is")
    check.add_argument("--content", type=Path, default=RESOURCES, metavar="DIR")
    check.add_argument("--json", action="store_true")
    check.set_defaults(command=_check)

    take = actions.add_parser(
        "import",
        help="a new edition out of the national platform's exchange tables; 1 if rows are refused",
    )
    take.add_argument("source", type=Path, metavar="SOURCE", help="a folder, a CSV or a JSON file")
    take.add_argument("--to", type=Path, required=True, metavar="DIR")
    take.set_defaults(command=_import)

    publish = actions.add_parser("publish", help="an edition for every kiosk, signed by the centre")
    publish.add_argument(
        "--from",
        type=Path,
        dest="source",
        metavar="PATH",
        help="a bundle, or a folder like resources/",
    )
    publish.set_defaults(command=_publish)

    make = actions.add_parser("compile", help="an edition as the kiosk reads it, with its index")
    make.add_argument("--content", type=Path, default=RESOURCES, metavar="DIR")
    make.add_argument("--bundle", type=Path, metavar="FILE", help="an edition as it was published")
    make.add_argument("--to", type=Path, metavar="FILE")
    make.set_defaults(command=_compile)


def _check(_: Settings, options: argparse.Namespace) -> int:
    from kiosk import wiring
    from kiosk.inspection import inspect

    report = inspect(
        wiring.edition(options.content), frozenset(wiring.forms(options.content).library)
    )
    print(json.dumps(report.as_json(), ensure_ascii=False) if options.json else report)
    return 0 if report.sound else 1


def _import(_: Settings, options: argparse.Namespace) -> int:
    from kiosk import wiring
    from kiosk.importing import import_catalogue

    report = import_catalogue(options.source, options.to, wiring.HallClock().now().date())
    print(report)
    return 0 if report.sound else 1


def _publish(settings: Settings, options: argparse.Namespace) -> int:
    from kiosk import wiring
    from services.central.publish import publish_catalogue

    number = publish_catalogue(settings, wiring.edition_in(options.source or wiring.RESOURCES))
    print(f"edition {number} is published")
    return 0


def _compile(_: Settings, options: argparse.Namespace) -> int:
    from kiosk import wiring

    os.nice(10)
    file = options.to or options.content / "catalogue" / "compiled.bin"
    wiring.compile_here(options.content, options.bundle, file)
    return 0
