"""`python -m kiosk …`: the whole command line."""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn, TypeAlias
from uuid import UUID

from kiosk import settings as settings_file
from kiosk.errors import KnownError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kiosk.settings import Settings

    _Commands: TypeAlias = "argparse._SubParsersAction[_Parser]"

_NOTICE_TABLE = """\
the notice, row by row; 放假 is a holiday from its first to its last day, 上班 weekend days worked:

  年份,2027
  来源,国务院办公厅关于2027年部分节假日安排的通知
  发布日期,2026-11-10
  放假,元旦,2027-01-01,2027-01-03
  上班,2027-02-14,2027-02-20
"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; the exit status. 0: done, 1: failed, 2: wrong option or settings file."""
    options = _parser().parse_args(arguments)
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
    """Says what is wrong with the words of a command in one line."""

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

    _add_central(commands)

    search = commands.add_parser("search", help="find service items in a citizen's own words")
    search.add_argument("text", nargs="*", metavar="TEXT")
    search.add_argument("--file", type=Path, metavar="QUERIES", help="one query a line")
    search.add_argument("--json", action="store_true", help="one JSON object a query")
    search.set_defaults(command=_search, refuse=search.error)

    _add_catalogue(commands)
    _add_calendar(commands)
    _add_complaint(commands)

    screens = commands.add_parser("screens", help="render every screen offscreen, as PNG files")
    screens.add_argument("--out", type=Path, required=True, metavar="DIR")
    screens.set_defaults(command=_screens)

    tour = commands.add_parser(
        "tour", help="walk the whole journey offscreen by synthetic touch, saving each screen"
    )
    tour.add_argument("--out", type=Path, required=True, metavar="DIR")
    tour.set_defaults(command=_tour)

    _add_queue(commands)

    doctor = commands.add_parser("doctor", help="check everything the kiosk needs")
    doctor.set_defaults(command=_doctor)
    return parser


def _add_central(commands: _Commands) -> None:
    central = commands.add_parser("central", help="the central server, until it is stopped")
    central.set_defaults(command=_central)
    actions = central.add_subparsers(title="commands", metavar="COMMAND")

    take = actions.add_parser("import", help="take in what was carried here from a kiosk by hand")
    take.add_argument("source", type=Path, metavar="PATH", help="a kiosk's file, or its folder")
    take.set_defaults(command=_central_import)

    rotate = actions.add_parser("rotate-keys", help="new keys; the old ones still open")
    rotate.set_defaults(command=_central_rotate)

    root = actions.add_parser("make-root", help="offline: the key that signs keysets")
    root.add_argument("file", type=Path, metavar="FILE")
    root.set_defaults(command=_central_make_root)

    sign = actions.add_parser("sign-keyset", help="offline: sign a keyset with the root")
    sign.add_argument("keyset", type=Path, metavar="KEYSET")
    sign.add_argument("--root", type=Path, required=True, metavar="FILE")
    sign.add_argument("--to", type=Path, required=True, metavar="FILE")
    sign.set_defaults(command=_central_sign)

    enrol = actions.add_parser("enrol", help="a token for one kiosk to be enrolled with, once")
    enrol.add_argument("kiosk", metavar="NAME", help="the kiosk's `[kiosk] id`")
    enrol.set_defaults(command=_central_enrol)

    revoke = actions.add_parser("revoke", help="take nothing from a kiosk any more")
    revoke.add_argument("kiosk", metavar="KIOSK")
    revoke.set_defaults(command=_central_revoke)


def _add_queue(commands: _Commands) -> None:
    queue = commands.add_parser("queue", help="the local queue of sealed submissions")
    actions = queue.add_subparsers(title="commands", required=True, metavar="COMMAND")

    status = actions.add_parser("status", help="how many wait, and since when")
    status.add_argument("--json", action="store_true")
    status.set_defaults(command=_queue_status)

    show = actions.add_parser("show", help="what waits, dead or alive, one a line")
    show.set_defaults(command=_queue_show)

    retry = actions.add_parser("retry", help="have the dead tried again")
    retry.add_argument("ids", nargs="*", type=UUID, metavar="ID", help="(default: all of them)")
    retry.set_defaults(command=_queue_retry)

    export = actions.add_parser("export", help="copy what waits, sealed, to be carried by hand")
    export.add_argument("--to", type=Path, required=True, metavar="DIR")
    export.set_defaults(command=_queue_export)

    acknowledge = actions.add_parser("acknowledge", help="take the answers that were carried back")
    acknowledge.add_argument("file", type=Path, metavar="FILE")
    acknowledge.set_defaults(command=_queue_acknowledge)

    prove = actions.add_parser(
        "prove", help="have the central server prove that it stands by its receipts; 1 if not"
    )
    prove.add_argument("--last", type=int, default=100, metavar="N")
    prove.set_defaults(command=_queue_prove)

    salvage = actions.add_parser("salvage", help="put what is whole in a damaged queue back")
    salvage.add_argument("aside", nargs="?", type=Path, metavar="DIR", help="(default: all)")
    salvage.set_defaults(command=_queue_salvage)


def _add_catalogue(commands: _Commands) -> None:
    from kiosk.wiring import RESOURCES

    catalogue = commands.add_parser("catalogue", help="the catalogue of service items")
    actions = catalogue.add_subparsers(title="commands", required=True, metavar="COMMAND")

    check = actions.add_parser("check", help="counts, and what is missing; 1 if anything is")
    check.add_argument("--content", type=Path, default=RESOURCES, metavar="DIR")
    check.add_argument("--json", action="store_true")
    check.set_defaults(command=_catalogue_check)

    take = actions.add_parser(
        "import",
        help="a new edition out of the national platform's exchange tables; 1 if rows are refused",
    )
    take.add_argument("source", type=Path, metavar="SOURCE", help="a folder, a CSV or a JSON file")
    take.add_argument("--to", type=Path, required=True, metavar="DIR")
    take.set_defaults(command=_catalogue_import)

    publish = actions.add_parser("publish", help="an edition for every kiosk, signed by the centre")
    publish.add_argument(
        "--from",
        type=Path,
        dest="source",
        metavar="PATH",
        help="a bundle, or a folder like resources/",
    )
    publish.set_defaults(command=_catalogue_publish)

    make = actions.add_parser("compile", help="an edition as the kiosk reads it, with its index")
    make.add_argument("--content", type=Path, default=RESOURCES, metavar="DIR")
    make.add_argument("--bundle", type=Path, metavar="FILE", help="an edition as it was published")
    make.add_argument("--to", type=Path, metavar="FILE")
    make.set_defaults(command=_catalogue_compile)


def _add_calendar(commands: _Commands) -> None:
    calendar = commands.add_parser("calendar", help="the working-day calendar")
    actions = calendar.add_subparsers(title="commands", required=True, metavar="COMMAND")

    take = actions.add_parser(
        "import",
        help="a year's holiday notice, typed into a CSV file; 1 if it is refused",
        epilog=_NOTICE_TABLE,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    take.add_argument("source", type=Path, metavar="FILE", help="the notice, as below")
    take.add_argument("--to", type=Path, metavar="DIR", help="(default: calendar/ among the data)")
    take.set_defaults(command=_calendar_import)


def _add_complaint(commands: _Commands) -> None:
    triage = commands.add_parser("triage", help="which class a complaint is, by its answers")
    triage.add_argument(
        "--answers", type=Path, metavar="FILE", help="JSON: question id → answer, one set or many"
    )
    triage.add_argument("--list", action="store_true", help="the questions and their options")
    triage.add_argument("--json", action="store_true", help="one JSON object a set of answers")
    triage.set_defaults(command=_triage, refuse=triage.error)

    flow = commands.add_parser("flow", help="the complaint's questions as a graph")
    flow_commands = flow.add_subparsers(title="commands", required=True, metavar="COMMAND")
    check_flow = flow_commands.add_parser("check", help="the shortest and the longest path")
    check_flow.set_defaults(command=_flow_check)
    draw = flow_commands.add_parser("draw", help="a picture of it (SVG)")
    draw.add_argument("--out", type=Path, default=Path("build/flow.svg"), metavar="FILE")
    draw.set_defaults(command=_flow_draw)


def _size(text: str) -> tuple[int, int]:
    width, _, height = text.partition("x")
    if not (width.isdigit() and height.isdigit() and int(width) and int(height)):
        raise argparse.ArgumentTypeError(f"{text!r} is not WIDTHxHEIGHT, e.g. 1080x1920")
    return int(width), int(height)


def _run(settings: Settings, options: argparse.Namespace) -> int:
    from kiosk import startup

    return startup.run(settings, size=options.window)


def _central(settings: Settings, _: argparse.Namespace) -> int:
    from kiosk import wiring

    wiring.serve_central(settings)
    return 0


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


def _flow_check(settings: Settings, _: argparse.Namespace) -> int:
    from kiosk.flow_chart import paths
    from kiosk.triaging import Triage

    print(paths(Triage.of(settings).flow))
    return 0


def _flow_draw(settings: Settings, options: argparse.Namespace) -> int:
    from kiosk.flow_picture import draw
    from kiosk.triaging import Triage

    triage = Triage.of(settings)
    options.out.parent.mkdir(parents=True, exist_ok=True)
    options.out.write_text(draw(triage.flow, triage.words), encoding="utf-8")
    print(options.out)
    return 0


def _catalogue_check(_: Settings, options: argparse.Namespace) -> int:
    from kiosk import wiring
    from kiosk.inspection import inspect

    report = inspect(
        wiring.edition(options.content), frozenset(wiring.forms(options.content).library)
    )
    print(json.dumps(report.as_json(), ensure_ascii=False) if options.json else report)
    return 0 if report.sound else 1


def _catalogue_import(_: Settings, options: argparse.Namespace) -> int:
    from kiosk import wiring
    from kiosk.importing import import_catalogue

    report = import_catalogue(options.source, options.to, wiring.HallClock().now().date())
    print(report)
    return 0 if report.sound else 1


def _catalogue_publish(settings: Settings, options: argparse.Namespace) -> int:
    from kiosk import wiring
    from services.central.publish import publish_catalogue

    number = publish_catalogue(settings, wiring.edition_in(options.source or wiring.RESOURCES))
    print(f"edition {number} is published")
    return 0


def _catalogue_compile(_: Settings, options: argparse.Namespace) -> int:
    from kiosk import wiring

    os.nice(10)
    file = options.to or options.content / "catalogue" / "compiled.bin"
    wiring.compile_here(options.content, options.bundle, file)
    return 0


def _calendar_import(settings: Settings, options: argparse.Namespace) -> int:
    from kiosk.importing import import_notice

    report = import_notice(options.source, options.to or settings.calendar_folder)
    print(report)
    return 0 if report.sound else 1


def _central_import(settings: Settings, options: argparse.Namespace) -> int:
    from kiosk.operating import take_in

    for line in take_in(settings, options.source):
        print(line, flush=True)
    return 0


def _central_rotate(settings: Settings, _: argparse.Namespace) -> int:
    from services.central.keys import NEXT_KEYSET_FILE, rotate_keys

    folder = settings.central_folder
    keys = rotate_keys(folder)
    if keys.keyring.signature:
        print(f"have the root sign {folder / NEXT_KEYSET_FILE}, and put it back as keyset.json")
    else:
        print(f"the key is {keys.keyset.key_id}; hand keyset.json to every kiosk")
    print("then start the central server anew")
    return 0


def _central_make_root(_: Settings, options: argparse.Namespace) -> int:
    from services.central.root import make_root

    print(f'[central]\nroot = "{make_root(options.file)}"')
    return 0


def _central_sign(_: Settings, options: argparse.Namespace) -> int:
    from services.central.root import sign_keyset

    print(f"keyset {sign_keyset(options.root, options.keyset, options.to)} is signed: {options.to}")
    return 0


def _central_enrol(settings: Settings, options: argparse.Namespace) -> int:
    from kiosk import wiring
    from services.central.enrolment import issue

    print(issue(wiring.office(settings), options.kiosk))
    print("good once, for a day: the content of enrol.token in the kiosk's folder", file=sys.stderr)
    return 0


def _central_revoke(settings: Settings, options: argparse.Namespace) -> int:
    from kiosk import wiring
    from services.central.enrolment import revoke

    revoke(wiring.office(settings), options.kiosk)
    print(f"{options.kiosk} is revoked")
    return 0


def _queue_status(settings: Settings, options: argparse.Namespace) -> int:
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


def _queue_show(settings: Settings, _: argparse.Namespace) -> int:
    from kiosk.operating import waiting

    for line in waiting(settings):
        print(line)
    return 0


def _queue_retry(settings: Settings, options: argparse.Namespace) -> int:
    from kiosk import wiring

    print(f"{wiring.open_outbox(settings).requeue(options.ids)} will be tried again")
    return 0


def _queue_export(settings: Settings, options: argparse.Namespace) -> int:
    from kiosk.operating import export

    print(export(settings, options.to))
    return 0


def _queue_acknowledge(settings: Settings, options: argparse.Namespace) -> int:
    from kiosk.operating import acknowledge

    print(acknowledge(settings, options.file))
    return 0


def _queue_prove(settings: Settings, options: argparse.Namespace) -> int:
    from kiosk.operating import prove

    lines = list(prove(settings, options.last))
    print("\n".join(lines))
    return 0 if len(lines) == 1 else 1


def _queue_salvage(settings: Settings, options: argparse.Namespace) -> int:
    from kiosk.operating import salvage

    for line in salvage(settings, options.aside):
        print(line, flush=True)
    return 0


def _doctor(settings: Settings, _: argparse.Namespace) -> int:
    from kiosk.doctor import examine

    findings = list(examine(settings))
    for finding in findings:
        print(finding)
    return 0 if all(finding.good for finding in findings) else 1


if __name__ == "__main__":
    sys.exit(main())
