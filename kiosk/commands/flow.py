"""`kiosk flow …`: the complaint's questions as a graph."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import argparse

    from kiosk.settings import Settings


def add(parser: argparse.ArgumentParser) -> None:
    """The commands below it."""
    actions = parser.add_subparsers(title="commands", required=True, metavar="COMMAND")
    check = actions.add_parser("check", help="the shortest and the longest path")
    check.set_defaults(command=_check)
    draw = actions.add_parser("draw", help="a picture of it (SVG)")
    draw.add_argument("--out", type=Path, default=Path("build/flow.svg"), metavar="FILE")
    draw.set_defaults(command=_draw)


def _check(settings: Settings, _: argparse.Namespace) -> int:
    from kiosk.flow_chart import paths
    from kiosk.triaging import Triage

    print(paths(Triage.of(settings).flow))
    return 0


def _draw(settings: Settings, options: argparse.Namespace) -> int:
    from kiosk.flow_picture import draw
    from kiosk.triaging import Triage

    triage = Triage.of(settings)
    options.out.parent.mkdir(parents=True, exist_ok=True)
    options.out.write_text(draw(triage.flow, triage.words), encoding="utf-8")
    print(options.out)
    return 0
