"""What reads a citizen's writing and keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.domain.writing import Field
from kiosk.wiring import RESOURCES, lexicon

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    from kiosk.domain.catalogue.vocabulary import Vocabulary
    from kiosk.ports import Catalogue, Handwriting, Typing
    from kiosk.settings import Settings

NAMES = "names.tsv"


def handwriting(catalogue: Catalogue, resources: Path = RESOURCES) -> Handwriting:
    """What reads strokes; it knows how the catalogue's items and places are called. Nothing is
    loaded before it is first used."""
    from services.content.writing import load_names
    from services.writing.hand.handwriting import DrawnHandwriting

    def phrases(field: Field) -> Iterator[str]:
        if field is Field.SEARCH:
            for item in catalogue.items.values():
                yield from (item.name, item.label, *item.aliases, *item.said)
        elif field is Field.ADDRESS:
            yield from (division.full_name for division in catalogue.divisions.values())

    def surnames() -> Mapping[str, float]:
        known = load_names(resources / "writing" / NAMES).surnames
        return {surname: share for surname, (_, share) in known.items()}

    return DrawnHandwriting(resources / "writing", phrases, surnames)


def pinyin(
    settings: Settings, catalogue: Callable[[], Catalogue], resources: Path = RESOURCES
) -> Typing:
    """The pinyin keyboard. Reads its data, and asks for the `catalogue`, at the first key; raises
    `ContentError` then."""
    from services.writing.keys.pinyin import Pinyin

    return Pinyin(
        resources / "writing" / "pinyin.bin",
        lambda: vocabulary(catalogue(), resources),
        slurred=settings.writing.slurred,
    )


def five_strokes(resources: Path = RESOURCES) -> Typing:
    """The keyboard of the five strokes. Reads its data at the first key; raises `ContentError`
    then."""
    from services.writing.keys.strokes import FiveStrokes

    return FiveStrokes(resources / "writing" / "strokes.bin")


def vocabulary(catalogue: Catalogue, resources: Path = RESOURCES) -> Vocabulary:
    """What citizens of this hall write. Raises `ContentError`."""
    from kiosk.domain.catalogue.vocabulary import Vocabulary, matters, places, spoken
    from services.content.writing import load_addresses, load_names, load_service_words

    return Vocabulary(
        service=load_service_words(resources / "writing" / "service_words.tsv"),
        matters=matters(catalogue.items.values()),
        words=spoken(catalogue.routes.values(), lexicon(resources)),
        places=places(catalogue.divisions.values(), catalogue.directory),
        addresses=load_addresses(resources / "writing" / "address_words.tsv"),
        names=load_names(resources / "writing" / NAMES),
    )
