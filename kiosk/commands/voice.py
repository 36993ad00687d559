"""`kiosk voice …`: the recordings of fixed wording."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from kiosk.domain.words import Language

if TYPE_CHECKING:
    import argparse

    from kiosk.settings import Settings


def add(parser: argparse.ArgumentParser) -> None:
    """The commands below it."""
    actions = parser.add_subparsers(title="commands", required=True, metavar="COMMAND")
    check = actions.add_parser("check", help="what is missing, left over or damaged; 1 if anything")
    check.set_defaults(command=_check)
    render = actions.add_parser("render", help="record what is new or is said otherwise")
    render.add_argument("--language", type=Language, choices=list(Language), metavar="zh|en")
    render.set_defaults(command=_render)
    worker = actions.add_parser("worker", help="the voice model's process; the kiosk starts it")
    worker.set_defaults(command=_worker)


def _check(_: Settings, __: argparse.Namespace) -> int:
    from kiosk.voicing import fixed
    from kiosk.wiring.voice import VOICE
    from services.voice import bank

    faults = 0
    for language, wanted in fixed().items():
        found = bank.load(VOICE, language)
        print(f"{language}: {len(wanted)} wanted, {len(found.recordings)} recorded")
        for fault in bank.faults(found, wanted):
            print(f"{language}: {fault}")
            faults += 1
    return 1 if faults else 0


def _render(_: Settings, options: argparse.Namespace) -> int:
    from kiosk.voicing import fixed
    from kiosk.wiring.voice import VOICE, kokoro
    from services.voice.rendering import render

    for language, wanted in fixed().items():
        if options.language not in (None, language):
            continue

        def progress(done: int, of: int, language: Language = language) -> None:
            print(f"\r{language}: {done} of {of}", end="", file=sys.stderr, flush=True)

        render(VOICE, language, wanted, kokoro(), progress)
        print(file=sys.stderr)
    return 0


def _worker(_: Settings, __: argparse.Namespace) -> int:
    import os

    from kiosk import erasure
    from kiosk.wiring.voice import kokoro
    from services.voice.serving import serve

    erasure.begin()
    serve(kokoro(threads=os.cpu_count() or 1))
    return 0
