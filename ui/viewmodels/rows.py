"""Service items as rows of a list."""

from collections.abc import Iterable
from html import escape

from kiosk.domain.catalogue.model import KioskKind, ServiceItem
from kiosk.domain.catalogue.search import Hit
from kiosk.domain.catalogue.wording import promised
from kiosk.domain.words import Words
from ui.viewmodels.home import GROUPS, OTHERS

KIND_KEYS = {
    KioskKind.QUERY: "query",
    KioskKind.APPLY: "apply",
    KioskKind.BOOK: "book",
    KioskKind.PAY: "pay",
    KioskKind.GUIDE: "guide",
}
FOUND = "#b5390c"
"""`Theme.warm`."""


def icon_of(group: str) -> str:
    """The icon of a group of the catalogue."""
    return GROUPS.get(group, OTHERS[1:])[1]


def row(item: ServiceItem, words: Words) -> dict[str, object]:
    """An item for `ItemRow.qml`."""
    return {
        "itemId": item.id,
        "name": item.name,
        "marked": escape(item.name),
        "detail": detail(item, words),
        "icon": icon_of(item.group),
    }


def found_row(hit: Hit, words: Words) -> dict[str, object]:
    """An item that was searched for: what was said is marked in its name, and the nickname it was
    found by stands before the rest."""
    item = hit.item
    said = f"“{hit.matched}” · " if hit.matched != item.name else ""
    return row(item, words) | {
        "marked": marked(item.name, hit.spans),
        "detail": said + detail(item, words),
    }


def detail(item: ServiceItem, words: Words) -> str:
    """How long it takes and what can be done here."""
    return f"{promised(item, words)} · {words.say(f'kinds.{KIND_KEYS[item.kind]}.short')}"


def marked(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """`text` as Qt's StyledText, its ranges `spans` in the colour of what was found."""
    pieces, at = [], 0
    for start, end in spans:
        pieces += [
            escape(text[at:start]),
            f'<font color="{FOUND}">{escape(text[start:end])}</font>',
        ]
        at = end
    return "".join((*pieces, escape(text[at:])))
