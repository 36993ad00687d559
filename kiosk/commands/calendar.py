"""`kiosk calendar …`: the working-day calendar."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kiosk.settings import Settings

_NOTICE_TABLE = """\
the notice, row by row; 放假 is a holiday from its first to its last day, 上班 weekend days worked:

  年份,2027
  来源,国务院办公厅关于2027年部分节假日安排的通知
  发布日期,2026-11-10
  放假,元旦,2027-01-01,2027-01-03
  上班,2027-02-14,2027-02-20
"""


def add(parser: argparse.ArgumentParser) -> None:
    """The commands below it."""
    actions = parser.add_subparsers(title="commands", required=True, metavar="COMMAND")

    take = actions.add_parser(
        "import",
        help="a year's holiday notice, typed into a CSV file; 1 if it is refused",
        epilog=_NOTICE_TABLE,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    take.add_argument("source", type=Path, metavar="FILE", help="the notice, as below")
    take.add_argument("--to", type=Path, metavar="DIR", help="(default: calendar/ among the data)")
    take.set_defaults(command=_import)


def _import(settings: Settings, options: argparse.Namespace) -> int:
    from kiosk.importing import import_notice

    report = import_notice(options.source, options.to or settings.calendar_folder)
    print(report)
    return 0 if report.sound else 1
