"""`python -m kiosk …`: the command line; groups of commands are in `kiosk.commands`."""

from __future__ import annotations

import argparse
import sys
from contextlib import closing
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from kiosk import erasure
from kiosk.errors import KnownError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kiosk.settings import Settings

_GROUPS = {
    "central": "the central server, until it is stopped",
    "search": "find service items in a citizen's own words",
    "handwriting": "what characters strokes are read as",
    "pinyin": "what the keyboard makes of pinyin",
    "writing": "the data of the keyboard",
    "catalogue": "the catalogue of service items",
    "calendar": "the working-day calendar",
    "triage": "which class a complaint is, by its answers",
    "flow": "the complaint's questions as a graph",
    "voice": "the recordings of fixed wording",
    "queue": "the local queue of sealed submissions",
}
"""Modules of `kiosk.commands`, and what each is for."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; the exit status. 0: done, 1: failed, 2: wrong option or settings file.

    What shows screens to citizens starts itself anew first (see `kiosk.erasure`)."""
    options = _parser().parse_args(arguments)
    if options.command in (_run, _demo):
        erasure.start_anew()
    from kiosk import settings as settings_file

    try:
        settings = settings_file.load(options.config)
    except KnownError as error:
        return _say(error, 2)
    try:
        return int(options.command(settings, options))
    except KnownError as error:
        return _say(error, 1)
    except BrokenPipeError:
        return 1
    except OSError as error:
        return _say(KnownError(f"{error.filename or 'system'}: {error.strerror or error}"), 1)


def _say(error: KnownError, status: int) -> int:
    print(f"kiosk: {error}", file=sys.stderr)
    return status


class _Parser(argparse.ArgumentParser):
    """Says what is wrong with the words of a command in one line. What a `group` of commands takes
    is asked of its module when it is wanted: the kiosk starts without."""

    def __init__(self, *, group: str = "", **options: Any) -> None:
        super().__init__(**options)
        self._group = group

    def parse_known_args(
        self, args: Iterable[str] | None = None, namespace: Any = None
    ) -> tuple[Any, list[str]]:
        """See `argparse`."""
        group, self._group = self._group, ""
        if group:
            import_module(f"kiosk.commands.{group}").add(self)
        return super().parse_known_args(args, namespace)

    def error(self, message: str) -> NoReturn:
        """End with status 2."""
        self.exit(2, f"{self.prog}: {message} (see {self.prog} --help)\n")


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog="kiosk", description="不打烊: the kiosk of a 7×24 government-service hall"
    )
    parser.add_argument(
        "--config", type=Path, metavar="FILE", help="settings (default: ./kiosk.toml if it exists)"
    )
    commands = parser.add_subparsers(title="commands", required=True, metavar="COMMAND")

    run = commands.add_parser("run", help="the kiosk, fullscreen")
    run.add_argument("--window", type=_size, metavar="WxH", help="in a window of this size instead")
    run.set_defaults(command=_run)

    demo = commands.add_parser(
        "demo", help="central server and kiosk together; without a display: the tour"
    )
    demo.add_argument("--out", type=Path, default=Path("build/tour"), metavar="DIR")
    demo.set_defaults(command=_demo)

    for group, what in _GROUPS.items():
        commands.add_parser(group, group=group, help=what)

    screens = commands.add_parser("screens", help="render every screen offscreen, as PNG files")
    screens.add_argument("--out", type=Path, required=True, metavar="DIR")
    screens.set_defaults(command=_screens)

    tour = commands.add_parser(
        "tour", help="walk the whole journey offscreen by synthetic touch, saving each screen"
    )
    tour.add_argument("--out", type=Path, required=True, metavar="DIR")
    tour.set_defaults(command=_tour)

    doctor = commands.add_parser("doctor", help="check everything the kiosk needs")
    doctor.set_defaults(command=_doctor)
    return parser


def _size(text: str) -> tuple[int, int]:
    width, _, height = text.partition("x")
    if not (width.isdigit() and height.isdigit() and int(width) and int(height)):
        raise argparse.ArgumentTypeError(f"{text!r} is not WIDTHxHEIGHT, e.g. 1080x1920")
    return int(width), int(height)


def _run(settings: Settings, options: argparse.Namespace) -> int:
    from kiosk import startup

    return startup.run(settings, size=options.window)


def _demo(settings: Settings, options: argparse.Namespace) -> int:
    from kiosk.demonstration import CentralProcess, Clerk, hand_token, has_display

    if not has_display():
        print(f"no display: walking the journey offscreen instead, pictures in {options.out}/")
        return _tour(settings, options)

    from kiosk import startup
    from kiosk.made_up import fill

    central = CentralProcess(options.config)
    print(central.greeting, flush=True)
    try:
        hand_token(settings)
        with closing(Clerk(settings)) as clerk:
            answered = fill(settings, clerk)
        if answered:
            print(f"a made-up case to follow: {answered.number}, query code {answered.code}")
        return startup.run(settings, size=_window_for(settings))
    finally:
        central.stop()


def _window_for(settings: Settings) -> tuple[int, int]:
    panel = settings.panel
    return (1280, 720) if panel.width_mm > panel.height_mm else (540, 960)


def _tour(_: Settings, options: argparse.Namespace) -> int:
    from kiosk.tour import tour

    for file in tour(options.out):
        print(file, flush=True)
    return 0


def _screens(_: Settings, options: argparse.Namespace) -> int:
    from kiosk.gallery import screens

    for file in screens(options.out):
        print(file, flush=True)
    return 0


def _doctor(settings: Settings, _: argparse.Namespace) -> int:
    from kiosk.doctor import examine

    findings = list(examine(settings))
    for finding in findings:
        print(finding)
    return 0 if all(finding.good for finding in findings) else 1


if __name__ == "__main__":
    if getattr(sys, "frozen", False):  # the central server starts a second process of itself
        from multiprocessing import freeze_support

        freeze_support()
    sys.exit(main())
