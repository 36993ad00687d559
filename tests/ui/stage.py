"""A kiosk to try: its window, a visitor, and every screen by name."""

from dataclasses import dataclass
from functools import cached_property

from kiosk.domain.questions.model import Answer
from kiosk.gallery import ITEM, Gallery
from kiosk.settings import Settings
from kiosk.startup import Kiosk
from ui.form import Form
from ui.viewmodels.screen import ScreenViewModel
from ui.viewmodels.shell import ShellViewModel
from ui.visitor import Visitor

__all__ = ["ITEM", "Stage"]


@dataclass(frozen=True)
class Stage:
    settings: Settings
    kiosk: Kiosk
    visitor: Visitor

    @cached_property
    def gallery(self) -> Gallery:
        return Gallery(self.kiosk)

    @property
    def shell(self) -> ShellViewModel:
        return self.kiosk.application.shell

    @property
    def present(self) -> ScreenViewModel:
        return self.shell.present

    def mm(self, pixels: float) -> float:
        return pixels / float(self.visitor.window.property("mm"))

    def form(self, flow: str, question: str = "", **chosen: Answer) -> Form:
        return self.gallery.form(flow, question, **chosen)
