"""The steps that several journeys take: those of the tour, with or without pictures."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from kiosk import tour
from kiosk.citizen import Citizen
from kiosk.startup import Kiosk
from ui.visitor import Visitor

PICTURES = Path(__file__).parents[2] / "build" / "journeys"
"""Where journeys leave a picture of every screen, to be looked at."""


def begin(visitor: Visitor) -> None:
    visitor.tap("轻轻一按")
    visitor.expect("您好")


def apply(kiosk: Kiosk, **said: str) -> tuple[str, str]:
    """From the home screen to the receipt of an application: number and query code."""
    citizen = Citizen.at(kiosk)
    walk(tour.application(citizen, **said))
    return receipt(citizen.visitor)


def complain(kiosk: Kiosk, **said: str) -> tuple[str, str]:
    """From the home screen to the receipt of a complaint (1C): number and query code."""
    citizen = Citizen.at(kiosk)
    walk(tour.complaint(citizen, **said))
    return receipt(citizen.visitor)


def receipt(visitor: Visitor) -> tuple[str, str]:
    return visitor.read("number"), visitor.read("code").replace(" ", "")


def follow(visitor: Visitor, number: str, code: str) -> None:
    """From the home screen, ask how a case stands."""
    walk(tour.follow(visitor, number, code))


def walk(steps: Iterable[tuple[str, Visitor]]) -> None:
    for _ in steps:
        pass


def pictured(folder: str, steps: Iterable[tuple[str, Visitor]]) -> None:
    """Go on step by step, leaving a picture of each."""
    target = PICTURES / folder
    target.mkdir(parents=True, exist_ok=True)
    for number, (name, visitor) in enumerate(steps, start=1):
        visitor.picture(target / f"{number:02d}-{name}.png")


def told_later(citizen: Citizen) -> Iterator[tuple[str, Visitor]]:
    """What could not be asked is handed in, to be answered later."""
    visitor = citizen.visitor
    visitor.expect("连不上中心")
    yield "连不上中心", visitor
    visitor.tap("先记下来，查到告诉我")
    yield from citizen.fill({"phone_later": "13800000000"})
    visitor.expect("请您看一遍")
    yield "核对", visitor
    visitor.tap("没问题，提交")
    visitor.expect("已经记下了")
    yield "回执", visitor
