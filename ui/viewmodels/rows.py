"""Service items as rows of a list."""

from kiosk.domain.catalogue.model import KioskKind, ServiceItem
from kiosk.domain.words import Words
from ui.viewmodels.home import GROUPS, OTHERS

KIND_KEYS = {
    KioskKind.QUERY: "query",
    KioskKind.APPLY: "apply",
    KioskKind.BOOK: "book",
    KioskKind.PAY: "pay",
    KioskKind.GUIDE: "guide",
}
ON_THE_MACHINE = frozenset({KioskKind.APPLY, KioskKind.BOOK})
"""The kinds this kiosk can take to their end today; the others show their guide."""


def icon_of(group: str) -> str:
    """The icon of a group of the catalogue."""
    return GROUPS.get(group, OTHERS[1:])[1]


def promise(item: ServiceItem, words: Words) -> str:
    """How long it takes, in words."""
    if item.promise_days is None:
        return words.say("kinds.promise.by_rule")
    if item.promise_days == 0:
        return words.say("kinds.promise.on_the_spot")
    return words.say("kinds.promise.days", days=item.promise_days)


def row(item: ServiceItem, words: Words, matched: str = "") -> dict[str, object]:
    """An item for `ItemRow.qml`; `matched` is the alias it was found by."""
    parts = [matched] if matched and matched != item.name else []
    parts += [promise(item, words), words.say(f"kinds.{KIND_KEYS[item.kind]}.short")]
    return {
        "itemId": item.id,
        "name": item.name,
        "detail": " · ".join(parts),
        "icon": icon_of(item.group),
    }
