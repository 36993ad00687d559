"""`kiosk central …`: the central server, and what its operator does beside it."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import argparse

    from kiosk.settings import Settings


def add(parser: argparse.ArgumentParser) -> None:
    """The commands below it."""
    parser.set_defaults(command=_central)
    actions = parser.add_subparsers(title="commands", metavar="COMMAND")

    take = actions.add_parser("import", help="take in what was carried here from a kiosk by hand")
    take.add_argument("source", type=Path, metavar="PATH", help="a kiosk's file, or its folder")
    take.set_defaults(command=_import)

    rotate = actions.add_parser("rotate-keys", help="new keys; the old ones still open")
    rotate.set_defaults(command=_rotate)

    root = actions.add_parser("make-root", help="offline: the key that signs keysets")
    root.add_argument("file", type=Path, metavar="FILE")
    root.set_defaults(command=_make_root)

    sign = actions.add_parser("sign-keyset", help="offline: sign a keyset with the root")
    sign.add_argument("keyset", type=Path, metavar="KEYSET")
    sign.add_argument("--root", type=Path, required=True, metavar="FILE")
    sign.add_argument("--to", type=Path, required=True, metavar="FILE")
    sign.set_defaults(command=_sign)

    enrol = actions.add_parser("enrol", help="a token for one kiosk to be enrolled with, once")
    enrol.add_argument("kiosk", metavar="NAME", help="the kiosk's `[kiosk] id`")
    enrol.set_defaults(command=_enrol)

    revoke = actions.add_parser("revoke", help="take nothing from a kiosk any more")
    revoke.add_argument("kiosk", metavar="KIOSK")
    revoke.set_defaults(command=_revoke)


def _central(settings: Settings, _: argparse.Namespace) -> int:
    from kiosk import wiring

    wiring.serve_central(settings)
    return 0


def _import(settings: Settings, options: argparse.Namespace) -> int:
    from kiosk.operating import take_in

    for line in take_in(settings, options.source):
        print(line, flush=True)
    return 0


def _rotate(settings: Settings, _: argparse.Namespace) -> int:
    from services.central.keys import NEXT_KEYSET_FILE, rotate_keys

    folder = settings.central_folder
    keys = rotate_keys(folder)
    if keys.keyring.signature:
        print(f"have the root sign {folder / NEXT_KEYSET_FILE}, and put it back as keyset.json")
    else:
        print(f"the key is {keys.keyset.key_id}; hand keyset.json to every kiosk")
    print("then start the central server anew")
    return 0


def _make_root(_: Settings, options: argparse.Namespace) -> int:
    from services.central.root import make_root

    print(f'[central]\nroot = "{make_root(options.file)}"')
    return 0


def _sign(_: Settings, options: argparse.Namespace) -> int:
    from services.central.root import sign_keyset

    print(f"keyset {sign_keyset(options.root, options.keyset, options.to)} is signed: {options.to}")
    return 0


def _enrol(settings: Settings, options: argparse.Namespace) -> int:
    from kiosk import wiring
    from services.central.enrolment import issue

    print(issue(wiring.office(settings), options.kiosk))
    print("good once, for a day: the content of enrol.token in the kiosk's folder", file=sys.stderr)
    return 0


def _revoke(settings: Settings, options: argparse.Namespace) -> int:
    from kiosk import wiring
    from services.central.enrolment import revoke

    revoke(wiring.office(settings), options.kiosk)
    print(f"{options.kiosk} is revoked")
    return 0
