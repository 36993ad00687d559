"""Writing by hand at 1080×1920 with the software renderer: from a finger's move to its painted
ink, in the first strokes of a character and after as many as are kept; and from the pen-up to the
painted candidates of an engine that takes no time.

`python -m tests.bench ink` prints JSON.
"""

import math
import time
from statistics import median

from PySide6.QtCore import QPoint

from kiosk.demonstration import PORTRAIT, lone_kiosk, offscreen_application
from kiosk.domain.keyboard import MOST_STROKES
from tests.bench.responsiveness import p95
from tests.ui.writers import give
from ui.visitor import Visitor

MOVE_TARGET_MS = 16.0
MOVES = 40
"""Of a stroke."""
STROKES = 12
BOX = "写字的地方"


class Hand:
    """Writes wavy strokes into the box, and notes how long each move takes to be painted."""

    def __init__(self, visitor: Visitor) -> None:
        self._visitor = visitor
        box = next(seen for seen in visitor.look() if seen.label == BOX)
        self._middle, self._size = box.middle, min(box.width, box.height)
        self._frames = 0
        visitor.window.frameSwapped.connect(self._painted)
        self.took: list[float] = []

    def _painted(self) -> None:
        self._frames += 1

    def _at(self, stroke: int, move: int) -> QPoint:
        x = (move / MOVES - 0.5) * 0.8
        y = 0.3 * math.sin(3 * x + stroke)
        return self._middle + QPoint(round(x * self._size), round(y * self._size))

    def _frame(self, before: int) -> None:
        self._visitor.wait(lambda: self._frames > before, "a frame")

    def stroke(self, number: int) -> float:
        """Write one; milliseconds from its end to the painted candidates."""
        self._visitor.press(self._at(number, 0))
        self._frame(self._frames - 1)
        for move in range(1, MOVES):
            before, began = self._frames, time.perf_counter()
            self._visitor.move(self._at(number, move))
            self._frame(before)
            self.took.append((time.perf_counter() - began) * 1000)
        before, began = self._frames, time.perf_counter()
        self._visitor.release(self._at(number, MOVES - 1))
        self._frame(before)
        return (time.perf_counter() - began) * 1000


def measure() -> dict[str, object]:
    """All figures; times in milliseconds."""
    application = offscreen_application()
    with lone_kiosk(PORTRAIT) as kiosk:
        visitor = Visitor(kiosk.application.window, kiosk.application.engine)
        visitor.wait(kiosk.backstage.done, "the adapters")
        give(kiosk)
        kiosk.application.shell.home()
        kiosk.application.shell.go("search")
        visitor.tap("手写")
        visitor.wait(lambda: any(seen.label == BOX for seen in visitor.look()), "the box")
        visitor.wait(lambda: visitor.settled, "the screen to settle")
        hand = Hand(visitor)
        offered = [hand.stroke(number) for number in range(STROKES)]
        first, hand.took = hand.took, []
        for _ in range(MOST_STROKES - 2 * STROKES):
            kiosk.application.window.property("keyboard").stroke([1.0, 1.0, 2.0, 2.0] * 50)
        for number in range(STROKES):
            hand.stroke(number)
    del application
    return {
        "moves": len(first),
        "move_p50_ms": round(median(first), 1),
        "move_p95_ms": round(p95(first), 1),
        "move_longest_ms": round(max(first), 1),
        "move_target_ms": MOVE_TARGET_MS,
        "full_box_move_p95_ms": round(p95(hand.took), 1),
        "pen_up_to_frame_p95_ms": round(p95(offered), 1),
    }
