"""Reading how people speak: `fillers.tsv` and `concepts.tsv` of `resources/language/`."""

from pathlib import Path

from kiosk.domain.catalogue.lexicon import Lexicon
from services.content.tsv import read_table, unique


def load_lexicon(folder: Path) -> Lexicon:
    """Raises `ContentError` that names file, line and column."""
    rows = read_table(folder / "concepts.tsv", ("concept", "words"))
    unique(rows, "concept")
    fillers = read_table(folder / "fillers.tsv", ("words",))
    return Lexicon(
        fillers=tuple(word for row in fillers for word in row.parts("words", "、")),
        concepts={row.text("concept"): row.parts("words", "、") for row in rows},
    )
