"""`kiosk writing …`: the data of the keyboard."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import argparse

    from kiosk.settings import Settings


def add(parser: argparse.ArgumentParser) -> None:
    """The commands below it."""
    from kiosk.wiring import RESOURCES

    actions = parser.add_subparsers(title="commands", required=True, metavar="COMMAND")
    make = actions.add_parser(
        "compile", help="pinyin and strokes as the kiosk reads them (see `make keyboard`)"
    )
    make.add_argument("--dictionary", type=Path, required=True, metavar="FILE", help="libime's")
    make.add_argument("--model", type=Path, required=True, metavar="FILE", help="libime's")
    make.add_argument("--frequencies", type=Path, required=True, metavar="FILE", help="jieba's")
    make.add_argument("--strokes", type=Path, required=True, metavar="FILE", help="Rime's")
    make.add_argument("--to", type=Path, default=RESOURCES / "writing", metavar="DIR")
    make.set_defaults(command=_compile)


def _compile(_: Settings, options: argparse.Namespace) -> int:
    from services.writing.lexicon import Lexicon
    from services.writing.lexicon_compile import compile_lexicon
    from services.writing.strokes_compile import compile_strokes

    lexicon = options.to / "pinyin.bin"
    compile_lexicon(options.dictionary, options.model, options.frequencies, lexicon)
    compile_strokes(options.strokes, Lexicon(lexicon), options.to / "strokes.bin")
    return 0
