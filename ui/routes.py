"""Every screen: its QML file and its view model."""

from collections.abc import Callable
from importlib import import_module

from PySide6.QtCore import QObject

from ui.desk import Desk
from ui.viewmodels.screen import ScreenViewModel

SCREENS = {
    "attract": ("Attract", "attract", "AttractViewModel"),
    "home": ("Home", "home", "HomeViewModel"),
    "category": ("Category", "category", "CategoryViewModel"),
    "search": ("Search", "search", "SearchViewModel"),
    "guide": ("Guide", "guide", "GuideViewModel"),
    "where": ("Where", "where", "WhereViewModel"),
    "take_away": ("TakeAway", "take_away", "TakeAwayViewModel"),
    "record": ("Record", "record", "RecordViewModel"),
    "pay": ("Pay", "pay", "PayViewModel"),
    "question": ("Question", "question", "QuestionViewModel"),
    "review": ("Review", "review", "ReviewViewModel"),
    "receipt": ("Receipt", "receipt", "ReceiptViewModel"),
    "outcome": ("Outcome", "outcome", "OutcomeViewModel"),
    "follow": ("Follow", "follow", "FollowViewModel"),
    "parked": ("Parked", "parked", "ParkedViewModel"),
    "wish": ("Wish", "wish", "WishViewModel"),
}

AT_WORK = frozenset({"question", "review", "receipt", "outcome", "record", "pay", "parked", "wish"})
"""Screens on which something has been begun or not been taken along yet: nothing else gets in their
way."""


def qml_file(screen: str) -> str:
    """The screen's file in `Screens/`, without its ending."""
    return SCREENS[screen][0]


def view_model(
    screen: str, desk: Desk, parent: QObject, arguments: dict[str, object]
) -> ScreenViewModel:
    """The screen's view model. Its module is imported when it is first wanted: the home screen does
    not wait for the others."""
    _, module, name = SCREENS[screen]
    make: Callable[..., ScreenViewModel] = getattr(import_module(f"ui.viewmodels.{module}"), name)
    return make(desk, parent, **arguments)


def qml_files() -> list[str]:
    """The files of all screens, questions and the keyboard, from `Main.qml`'s folder."""
    from kiosk.domain.questions.model import Kind

    screens = [f"Screens/{file}.qml" for file, _, _ in SCREENS.values()]
    questions = [f"Questions/{kind}.qml" for kind in Kind]
    return [*screens, *questions, "Keyboard/Keyboard.qml"]


def import_all() -> None:
    """Import every view model, so that no later screen pays for it."""
    for _, module, _ in SCREENS.values():
        import_module(f"ui.viewmodels.{module}")
