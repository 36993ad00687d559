"""`kiosk queue …`: the local queue, in an operator's hands."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

if TYPE_CHECKING:
    import argparse

    from kiosk.settings import Settings


def add(parser: argparse.ArgumentParser) -> None:
    """The commands below it."""
    actions = parser.add_subparsers(title="commands", required=True, metavar="COMMAND")

    status = actions.add_parser("status", help="how many wait, and since when")
    status.add_argument("--json", action="store_true")
    status.set_defaults(command=_status)

    show = actions.add_parser("show", help="what waits, dead or alive, one a line")
    show.set_defaults(command=_show)

    retry = actions.add_parser("retry", help="have the dead tried again")
    retry.add_argument("ids", nargs="*", type=UUID, metavar="ID", help="(default: all of them)")
    retry.set_defaults(command=_retry)

    export = actions.add_parser("export", help="copy what waits, sealed, to be carried by hand")
    export.add_argument("--to", type=Path, required=True, metavar="DIR")
    export.set_defaults(command=_export)

    acknowledge = actions.add_parser("acknowledge", help="take the answers that were carried back")
    acknowledge.add_argument("file", type=Path, metavar="FILE")
    acknowledge.set_defaults(command=_acknowledge)

    prove = actions.add_parser(
        "prove", help="have the central server prove that it stands by its receipts; 1 if not"
    )
    prove.add_argument("--last", type=int, default=100, metavar="N")
    prove.set_defaults(command=_prove)

    salvage = actions.add_parser("salvage", help="put what is whole in a damaged queue back")
    salvage.add_argument("aside", nargs="?", type=Path, metavar="DIR", help="(default: all)")
    salvage.set_defaults(command=_salvage)


def _status(settings: Settings, options: argparse.Namespace) -> int:
    from kiosk import wiring
    from services.storage.damage import set_aside_before

    outbox = wiring.open_outbox(settings)
    status, known = outbox.status(), wiring.known_cases(settings, outbox).counts()
    oldest = status.oldest_waiting.isoformat() if status.oldest_waiting else None
    damaged = [str(each) for each in set_aside_before(outbox.file)]
    if options.json:
        counts = {state.value: n for state, n in status.counts.items()}
        told = {"counts": counts, "waiting": status.waiting, "oldest_waiting": oldest}
        print(json.dumps({**told, "set_aside": damaged, "cases": known}))
    else:
        print(f"waiting: {status.waiting}" + (f", the oldest since {oldest}" if oldest else ""))
        for state, n in status.counts.items():
            print(f"  {state.value}: {n}")
        if any(known.values()):
            print("cases from here, as last heard of:")
            print("\n".join(f"  {state}: {n}" for state, n in known.items() if n))
        for each in damaged:
            print(f"  damaged and set aside: {each}")
    return 0


def _show(settings: Settings, _: argparse.Namespace) -> int:
    from kiosk.operating import waiting

    for line in waiting(settings):
        print(line)
    return 0


def _retry(settings: Settings, options: argparse.Namespace) -> int:
    from kiosk import wiring

    print(f"{wiring.open_outbox(settings).requeue(options.ids)} will be tried again")
    return 0


def _export(settings: Settings, options: argparse.Namespace) -> int:
    from kiosk.operating import export

    print(export(settings, options.to))
    return 0


def _acknowledge(settings: Settings, options: argparse.Namespace) -> int:
    from kiosk.operating import acknowledge

    print(acknowledge(settings, options.file))
    return 0


def _prove(settings: Settings, options: argparse.Namespace) -> int:
    from kiosk.operating import prove

    lines = list(prove(settings, options.last))
    print("\n".join(lines))
    return 0 if len(lines) == 1 else 1


def _salvage(settings: Settings, options: argparse.Namespace) -> int:
    from kiosk.operating import salvage

    for line in salvage(settings, options.aside):
        print(line, flush=True)
    return 0
