"""Responsiveness at 1080×1920 with the software renderer.

- From a finger's press to the painted feedback: p95, beside that of a bare QML window.
- The longest time the GUI thread was deaf during the whole journey, by a heartbeat timer.

`python -m tests.bench.responsiveness` prints JSON.
"""

import json
import time
from statistics import median, quantiles

from PySide6.QtCore import QObject, QPoint, Qt, QTimer, QUrl
from PySide6.QtQml import QQmlComponent, QQmlEngine

from kiosk.demonstration import PORTRAIT, Stage, offscreen_application, stage
from kiosk.tour import walk
from ui.visitor import Visitor

PRESSES = 200
TOUCH_TARGET_MS = 50.0
STALL_TARGET_MS = 50.0
HEARTBEAT_MS = 2

BARE = """
import QtQuick
Window {
    width: 1080; height: 1920; visible: true
    Rectangle {
        anchors.centerIn: parent; width: 300; height: 100
        color: tap.pressed ? "navy" : "white"
        TapHandler { id: tap; gesturePolicy: TapHandler.ReleaseWithinBounds }
    }
}
"""


class Heartbeat(QObject):
    """The longest gap between two beats, less the time a beat may take."""

    def __init__(self) -> None:
        super().__init__()
        self.longest_ms = 0.0
        self.where = ""
        self.at = ""
        self._last = time.perf_counter()
        self._timer = QTimer(self, interval=HEARTBEAT_MS, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._beat)
        self._timer.start()

    def _beat(self) -> None:
        now = time.perf_counter()
        gap = (now - self._last) * 1000 - HEARTBEAT_MS
        if gap > self.longest_ms:
            self.longest_ms, self.where = gap, self.at
        self._last = now


def painted(visitor: Visitor, point: QPoint) -> float:
    """Milliseconds from a press to the next painted frame. The finger leaves without pressing."""
    frames: list[float] = []
    noting = visitor.window.frameSwapped.connect(lambda: frames.append(time.perf_counter()))
    began = time.perf_counter()
    visitor.press(point)
    visitor.wait(lambda: bool(frames), "a frame")
    pressed = len(frames)
    visitor.release(QPoint(-50, -50))
    visitor.wait(lambda: len(frames) > pressed, "the frame without the finger")
    visitor.window.frameSwapped.disconnect(noting)
    return (frames[0] - began) * 1000


def p95(values: list[float]) -> float:
    """The 95th percentile."""
    return quantiles(values, n=20)[-1]


def bare_touches() -> list[float]:
    """The same for a bare QML window with one rectangle."""
    engine = QQmlEngine()
    component = QQmlComponent(engine)
    component.setData(BARE.encode(), QUrl())
    window = component.create()
    visitor = Visitor(window, engine)
    visitor.wait(window.isExposed, "the window")
    middle = QPoint(540, 960)
    return [painted(visitor, middle) for _ in range(PRESSES)]


def kiosk_touches(playing: Stage) -> list[float]:
    """Presses on everything that can be pressed on home and search, round and round."""
    kiosk = playing.kiosk
    visitor = Visitor(kiosk.application.window, kiosk.application.engine)
    visitor.wait(kiosk.backstage.done, "the adapters")
    found: list[float] = []
    for screen in ("home", "search"):
        kiosk.application.shell.home()
        if screen == "search":
            kiosk.application.shell.go("search")
        visitor.expect("您好" if screen == "home" else "找要办的事")
        visitor.wait(lambda: visitor.settled, "the screen to settle")
        points = [seen.middle for seen in visitor.look() if seen.label and seen.enabled]
        found += [painted(visitor, points[i % len(points)]) for i in range(PRESSES // 2)]
    kiosk.application.shell.finish()
    return found


def journey(playing: Stage) -> tuple[float, str]:
    """The longest stall of the whole journey in milliseconds, and the picture it came before."""
    heart = Heartbeat()
    for name, _ in walk(playing):
        heart.at = f"after {name}"
    return heart.longest_ms, heart.where


def measure() -> dict[str, object]:
    """All figures; times in milliseconds."""
    application = offscreen_application()
    bare = bare_touches()
    with stage(PORTRAIT) as playing:
        touches = kiosk_touches(playing)
        stall, where = journey(playing)
    del application
    return {
        "presses": len(touches),
        "touch_p50_ms": round(median(touches), 1),
        "touch_p95_ms": round(p95(touches), 1),
        "touch_target_ms": TOUCH_TARGET_MS,
        "bare_touch_p95_ms": round(p95(bare), 1),
        "ratio_p95_to_bare": round(p95(touches) / p95(bare), 2),
        "longest_stall_ms": round(stall, 1),
        "longest_stall": where,
        "stall_target_ms": STALL_TARGET_MS,
    }


if __name__ == "__main__":
    print(json.dumps(measure(), ensure_ascii=False))
