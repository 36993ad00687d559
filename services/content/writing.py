"""Reading what people write: the tables of `resources/writing/`."""

from itertools import product
from pathlib import Path

from kiosk.domain.names import Addresses, Names
from services.content.tsv import read_table

_IN_ADDRESSES = ("word", "counted", "road", "roads", "family")
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


def load_addresses(file: Path) -> Addresses:
    """Raises `ContentError` that names file, line and column."""
    words: dict[str, list[str]] = {kind: [] for kind in _IN_ADDRESSES}
    for row in read_table(file, ("kind", "words")):
        words[row.one_of("kind", _IN_ADDRESSES)] += row.parts("words", "、")
    return Addresses(
        words=tuple(words["word"]),
        counted=tuple(words["counted"]),
        roads=tuple(map("".join, product(words["road"], words["roads"]))),
        families=tuple(words["family"]),
    )


def load_service_words(file: Path) -> tuple[str, ...]:
    """Raises `ContentError` that names file, line and column."""
    return tuple(word for row in read_table(file, ("words",)) for word in row.parts("words", "、"))
