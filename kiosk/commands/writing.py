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
        "compile", help="what the keyboard reads, compiled anew (see `make keyboard`)"
    )
    make.add_argument("--dictionary", type=Path, required=True, metavar="FILE", help="libime's")
    make.add_argument("--model", type=Path, required=True, metavar="FILE", help="libime's")
    make.add_argument("--frequencies", type=Path, required=True, metavar="FILE", help="jieba's")
    make.add_argument("--strokes", type=Path, required=True, metavar="FILE", help="Rime's")
    make.add_argument("--to", type=Path, default=RESOURCES / "writing", metavar="DIR")
    make.set_defaults(command=_compile)


def _compile(_: Settings, options: argparse.Namespace) -> int:
    from kiosk.wiring.writing import NAMES
    from services.content.writing import load_names
    from services.writing.hand import context
    from services.writing.hand.context_compile import compile_context
    from services.writing.keys.lexicon import Lexicon
    from services.writing.keys.lexicon_compile import compile_lexicon
    from services.writing.keys.strokes_compile import compile_strokes

    lexicon = options.to / "pinyin.bin"
    compile_lexicon(options.dictionary, options.model, options.frequencies, lexicon)
    compile_strokes(options.strokes, Lexicon(lexicon), options.to / "strokes.bin")
    surnames = load_names(options.to / NAMES).surnames
    compile_context(options.frequencies, surnames, options.to / context.FILE)
    return 0
