"""The steps that several journeys take: those of the tour, with or without pictures."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
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


def shown(name: str, visitor: Visitor) -> None:
    """Leave a picture of what is shown now."""
    file = PICTURES / f"{name}.png"
    file.parent.mkdir(parents=True, exist_ok=True)
    visitor.picture(file)


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


@dataclass(frozen=True)
class HandedIn:
    """A complaint as its citizen saw it: the questions put, every answer as the review shows it
    (question id, answer), and everything the receipt says."""

    number: str
    code: str
    put: tuple[str, ...]
    answers: tuple[tuple[str, str], ...]
    receipt: str


@dataclass(frozen=True)
class Reports:
    """What is reported at one kiosk: each complaint once, by its name, when a test first asks for
    it, with pictures of its review and receipt in `folder`. A receipt is read when `stored` stands
    on it.
    """

    kiosk: Kiosk
    said: Mapping[str, Mapping[str, str]]
    folder: str
    stored: str
    done: dict[str, HandedIn] = field(default_factory=dict)

    def __getitem__(self, name: str) -> HandedIn:
        if name not in self.done:
            self.done[name] = self._hand_in(name)
        return self.done[name]

    def _hand_in(self, name: str) -> HandedIn:
        citizen = Citizen.at(self.kiosk)
        visitor = citizen.visitor
        citizen.shell.finish()
        begin(visitor)
        visitor.tap("我要反映")
        walk(citizen.fill(self.said[name]))
        visitor.expect("请您看一遍")
        form = self.kiosk.application.shell.present._form
        put = tuple(id for id in form.walk.trail if not form.walk.flow.questions[id].later)
        answers = tuple((id, answer) for id, _, answer in form.lines())
        shown(f"{self.folder}/{name}-核对", visitor)
        visitor.tap("没问题，提交")
        visitor.expect("已经记下了")
        visitor.expect(self.stored)
        shown(f"{self.folder}/{name}-回执", visitor)
        told = HandedIn(*receipt(visitor), put, answers, "\n".join(visitor.texts()))
        visitor.tap("我拿好了")
        return told


def whom_to_call(
    citizen: Citizen, matter: tuple[Mapping[str, str], tuple[str, ...]], picture: str
) -> None:
    """What nobody collects (see `told.NEVER_COLLECTED`): from the home screen to the page that says
    whom to call, without a question that takes more than a touch, and home again."""
    said, told = matter
    visitor = citizen.visitor
    citizen.shell.finish()
    begin(visitor)
    visitor.tap("我要反映")
    put = [(at, citizen.shell.present.property("kind")) for at, _ in citizen.fill(said)]
    for each in told:
        visitor.expect(each)
    shown(picture, visitor)
    assert [at for at, _ in put] == list(said)
    assert {kind for _, kind in put} <= {"choice", "topic"}
    visitor.tap("回到首页")
    visitor.expect("您好")
