"""The steps that several journeys take: those of the tour, without its pictures."""

from kiosk import tour
from ui.visitor import Visitor


def begin(visitor: Visitor) -> None:
    visitor.tap("轻轻一按")
    visitor.expect("您好")


def apply(visitor: Visitor, **said: str) -> tuple[str, str]:
    """From the home screen to the receipt of an application: number and query code."""
    for _ in tour.application(visitor, **said):
        pass
    return receipt(visitor)


def complain(visitor: Visitor, **said: str) -> tuple[str, str]:
    """From the home screen to the receipt of a complaint (1C): number and query code."""
    for _ in tour.complaint(visitor, **said):
        pass
    return receipt(visitor)


def receipt(visitor: Visitor) -> tuple[str, str]:
    return visitor.read("number"), visitor.read("code").replace(" ", "")


def follow(visitor: Visitor, number: str, code: str) -> None:
    """From the home screen, ask how a case stands."""
    for _ in tour.follow(visitor, number, code):
        pass
