"""A made-up citizen who fills in whatever form stands on the screen, by touch."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QObject

from kiosk.domain.questions.model import Kind
from kiosk.made_up import CREDIT_CODE, DOCUMENT
from ui.viewmodels.question import QuestionViewModel
from ui.visitor import Visitor

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kiosk.startup import Kiosk
    from ui.viewmodels.shell import ShellViewModel

TYPED = {
    Kind.TEXT: "yan shi",
    Kind.PHONE: "13800000000",
    Kind.DOCUMENT: DOCUMENT,
    Kind.CREDIT_CODE: CREDIT_CODE,
    Kind.AMOUNT: "100",
    Kind.NUMBER: "100",
}


@dataclass(frozen=True, slots=True)
class Citizen:
    """Reads and touches through a visitor; which kind of question it is, the form tells."""

    shell: ShellViewModel
    visitor: Visitor

    @classmethod
    def at(cls, kiosk: Kiosk) -> Citizen:
        """In front of this kiosk."""
        visitor = Visitor(kiosk.application.window, kiosk.application.engine)
        return cls(kiosk.application.shell, visitor)

    def fill(self, said: Mapping[str, str]) -> Iterator[tuple[str, Visitor]]:
        """Answer every question until the form ends: what is `said` by question id, made-up answers
        otherwise. Stops at each question before it is left.

        Said are characters, an option's label or a day (ISO 8601), several of these with `|`
        between them, or an item as `letters：name`.
        """
        self.visitor.wait(lambda: self._asked(), "a form")
        while self._asked():
            question = self._question
            at = str(question.property("questionId"))
            self.visitor.expect(question.property("ask"))
            self._answer(Kind(question.property("kind")), said.get(at))
            yield at, self.visitor
            agrees = question.property("kind") == Kind.NOTICE and not question.property("options")
            self.visitor.tap("同意，继续" if agrees else "下一步")
            self.visitor.wait(partial(self._left, at), f"what follows {at}")

    def _left(self, question: str) -> bool:
        return not self._asked() or self._question.property("questionId") != question

    def _asked(self) -> bool:
        return bool(self.shell.property("screen") == "question")

    @property
    def _question(self) -> QuestionViewModel:
        return cast(QuestionViewModel, self.shell.present)

    @property
    def _part(self) -> QObject:
        return cast(QObject, self._question.property("part"))

    def _answer(self, kind: Kind, said: str | None) -> None:
        options = [each["label"] for each in self._question.property("options")]
        match kind:
            case Kind.NOTICE if not options:
                pass
            case Kind.DATE | Kind.DAYS if said and said[:1].isdigit():
                for day in said.split("|"):
                    self._touch(day)
            case Kind.DATE if not said:
                days = self._question.property("days")
                self.visitor.tap(next(day["day"] for day in days if day["open"]))
            case Kind.SEVERAL | Kind.CHOICE | Kind.TOPIC | Kind.NOTICE | Kind.DATE | Kind.DAYS:
                for label in (said or options[0]).split("|"):
                    self.visitor.seek(label)
                    self.visitor.tap(label)
            case Kind.PHONE if said in options:
                self.visitor.tap(said or "")
            case Kind.ITEM if said and "：" in said:
                letters, name = said.split("：")
                self.visitor.type(letters)
                self.visitor.choose(name)
                self.visitor.wait(
                    lambda: bool(self._question.property("chosenItem")), "the item to be chosen"
                )
            case Kind.DIVISION:
                self.visitor.tap("合肥市")
                self.visitor.tap("庐阳区")
            case Kind.SLOT:
                self._choose_time()
            case Kind.PAPERS:
                self._promise_papers()
            case _:
                optional = self._question.property("optional")
                self.visitor.type(said if said is not None else "" if optional else TYPED[kind])

    def _touch(self, iso: str) -> None:
        """A day of the calendar, turned to its month."""

        def shown() -> dict[str, str]:
            return {day["iso"]: day["day"] for day in self._question.property("days") if day["day"]}

        while iso not in shown():
            self.visitor.tap("上个月" if iso < min(shown()) else "下个月")
        self.visitor.tap(shown()[iso])

    def _choose_time(self) -> None:
        slots = self._part

        def free(what: str) -> list[str]:
            return [each["label"] for each in slots.property(what) if each["free"]]

        self.visitor.wait(lambda: bool(free("days")) and not slots.property("busy"), "days")
        self.visitor.tap(free("days")[0])
        self.visitor.tap(free("times")[0])
        self.visitor.wait(
            lambda: bool(self._question.property("answerable")), "the time to be held"
        )

    def _promise_papers(self) -> None:
        for paper in self._part.property("rows"):
            if paper["open"]:
                label = f"带到窗口：{paper['name']}"
                self.visitor.seek(label)
                self.visitor.tap(label)
