"""Reading what people are called, and the words of their addresses: `names.tsv` and
`address_words.tsv` of `resources/writing/`."""

from pathlib import Path

from kiosk.domain.names import Names
from services.content.tsv import read_table

_KINDS = ("surname", "first", "last", "only", "given")


def load_names(file: Path) -> Names:
    """Raises `ContentError` that names file, line and column."""
    surnames: dict[str, tuple[str, float]] = {}
    others: dict[str, dict[str, float]] = {kind: {} for kind in _KINDS[1:]}
    for row in read_table(file, ("kind", "text", "spelt", "weight")):
        kind = row.one_of("kind", _KINDS)
        try:
            weight = float(row.text("weight"))
        except ValueError:
            raise row.error("weight", "is not a number") from None
        if not 0 < weight < float("inf"):
            raise row.error("weight", "is not more than 0")
        if kind == "surname":
            surnames[row.text("text")] = (row.text("spelt"), weight)
        else:
            others[kind][row.text("text")] = weight
    return Names(surnames, **others)


def load_address_words(file: Path) -> tuple[str, ...]:
    """Raises `ContentError` that names file, line and column."""
    return tuple(word for row in read_table(file, ("words",)) for word in row.parts("words", "、"))
