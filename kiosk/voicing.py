"""Which clauses the kiosk can say without a model: all that screens say without filling anything
in, what stands around the places that are filled, and what numbers are made of."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from xml.etree import ElementTree

from kiosk import wiring
from kiosk.domain.words import Language
from kiosk.errors import ContentError
from services.content.words import load_words
from services.voice.spoken import bare, clauses, phrases

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PLACES = re.compile(r"\{\w+\}|%\d")
"""What is filled in."""
_ON_PAPER = "slips."
"""Wording that is printed and never read aloud."""


def fixed(resources: Path = wiring.RESOURCES) -> dict[Language, set[str]]:
    """Clauses by language, bare (`services.voice.spoken.bare`). Raises `ContentError`."""
    found: dict[Language, set[str]] = {language: set(phrases(language)) for language in Language}
    for language in Language:
        for text in wording(language, resources):
            for piece in PLACES.split(text):
                for clause in clauses(piece, language):
                    found[clause.language].add(bare(clause.text))
    for name in _names(resources):
        for clause in clauses(name, Language.ZH):
            found[clause.language].add(bare(clause.text))
    return found


def wording(language: Language, resources: Path = wiring.RESOURCES) -> Iterator[str]:
    """All that screens say, with its `PLACES`. Raises `ContentError`."""
    words = load_words(resources / "text", language)
    yield from (text for key, text in words.entries.items() if not key.startswith(_ON_PAPER))
    file = resources / "i18n" / "en.ts"
    try:
        messages = ElementTree.parse(file).iter("message")
    except (OSError, ElementTree.ParseError) as error:
        raise ContentError(f"{file}: {error}") from error
    part = "translation" if language is Language.EN else "source"
    yield from (message.findtext(part, "") for message in messages)


def _names(resources: Path) -> Iterator[str]:
    """What the catalogue calls things."""
    edition = wiring.edition(resources)
    for item in edition.items.values():
        yield from (item.name, item.domain, item.department)
    for division in edition.divisions.values():
        yield from (division.name, division.full_name)
    for route in edition.routes.values():
        yield from (route.topic, route.responsible, route.other_channel, *route.bring)
    for halls in edition.directory.halls.values():
        yield from (hall.name for hall in halls)
