"""The catalogue on the screen, with the software renderer at 1080×1920.

- First frame with and without the catalogue, process by process in turn, and how long after its own
  beginning the index can be searched.
- Scrolling all items by finger: milliseconds a frame, p95, beside a list of bare rectangles.
- A new edition with 100,000 items reaches a running kiosk: how long the GUI thread is deaf, from
  the bundle's arrival to the first screen that shows it.

`python -m tests.bench catalogue` prints JSON.
"""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from statistics import median, quantiles
from tempfile import TemporaryDirectory
from time import perf_counter

from PySide6.QtCore import QPoint, QUrl
from PySide6.QtQml import QQmlComponent, QQmlEngine

from kiosk import wiring
from kiosk.demonstration import PORTRAIT, lone_kiosk, offscreen_application
from kiosk.ports import Catalogue
from kiosk.startup import Kiosk
from services.catalogue.shelf import Shelf
from services.catalogue.updates import BackgroundUpdates
from tests.bench._many import MANY, bundle_of
from tests.bench.responsiveness import Heartbeat
from ui.visitor import Visitor

ROUNDS = 7
READY_MS, FRAME_MS, STALL_MS = 300.0, 33.0, 50.0
STEP, STROKES, STEPS = 45, 12, 24
ROOT = Path(__file__).parents[2]

START = """
import sys, time
from concurrent.futures import Future
from pathlib import Path
from kiosk import settings, startup, wiring
began = []
read = wiring.catalogue
def timed(*arguments):
    began.append(time.monotonic())
    return read(*arguments)
wiring.catalogue = timed
application = startup.qt(sys.argv[:1])
kiosk = startup.Kiosk(settings.load(Path(sys.argv[1])), size=(1080, 1920))
kiosk.application.window.frameSwapped.disconnect()
painted = []
def frame():
    if not painted:
        painted.append(time.monotonic())
        if sys.argv[2] == "without":
            application.quit()
kiosk.application.window.frameSwapped.connect(frame)
if sys.argv[2] == "with":
    kiosk.application.window.frameSwapped.connect(kiosk._first_frame)
def ready(catalogue):
    catalogue.result().search("社保卡丢了")
    print("ready", time.monotonic() - began[0], flush=True)
    kiosk.jobs.call_here(application.quit)
kiosk.first.catalogue.add_done_callback(ready)
application.exec()
print("frame", painted[0], flush=True)
kiosk.close()
"""

BARE_LIST = """
import QtQuick
Window {
    width: 1080; height: 1920; visible: true
    GridView {
        anchors.fill: parent; cellWidth: width; cellHeight: 190; model: 727
        delegate: Rectangle {
            required property int index
            width: 1080; height: 160; color: "white"
            Text { anchors.centerIn: parent; text: index; font.family: "Noto Sans CJK SC" }
        }
    }
}
"""


def start(config: Path, how: str) -> dict[str, float]:
    """One start of the kiosk: seconds to the first frame, and of reading the catalogue."""
    began = _now()
    ended = subprocess.run(
        [sys.executable, "-c", START, str(config), how],
        cwd=ROOT,
        env=os.environ | {"QT_QPA_PLATFORM": "offscreen", "QT_QUICK_BACKEND": "software"},
        stdout=subprocess.PIPE,
        text=True,
        check=True,
        timeout=60,
    )
    said = dict(line.split() for line in ended.stdout.splitlines())
    return {name: float(value) - (began if name == "frame" else 0) for name, value in said.items()}


def _now() -> float:
    from time import monotonic

    return monotonic()


def starting() -> dict[str, float]:
    """Medians in milliseconds, one uncounted start each before."""
    with TemporaryDirectory(prefix="budayang-") as folder:
        config = Path(folder) / "kiosk.toml"
        config.write_text("", encoding="utf-8")
        rounds = [(start(config, "with"), start(config, "without")) for _ in range(ROUNDS + 1)][1:]
    ratios = [own["frame"] / bare["frame"] for own, bare in rounds]
    return {
        "rounds": len(rounds),
        "index_ready_ms": round(median(own["ready"] for own, _ in rounds) * 1000, 1),
        "index_ready_target_ms": READY_MS,
        "first_frame_ms": round(median(own["frame"] for own, _ in rounds) * 1000, 1),
        "first_frame_without_catalogue_ms": round(
            median(bare["frame"] for _, bare in rounds) * 1000, 1
        ),
        "first_frame_ratio": round(median(ratios), 3),
    }


def frames(visitor: Visitor) -> list[float]:
    """Milliseconds from each movement of a dragging finger to the painted frame."""
    times: list[float] = []
    painted: list[float] = []
    noting = visitor.window.frameSwapped.connect(lambda: painted.append(perf_counter()))
    for _ in range(STROKES):
        at = QPoint(540, 1500)
        visitor.press(at)
        for _ in range(STEPS):
            at = QPoint(at.x(), at.y() - STEP)
            painted.clear()
            began = perf_counter()
            visitor.move(at)
            visitor.wait(lambda: bool(painted), "a frame")
            times.append((painted[0] - began) * 1000)
        visitor.release(at)
    visitor.window.frameSwapped.disconnect(noting)
    return times


def bare_frames() -> list[float]:
    """The same with a list of bare rectangles."""
    engine = QQmlEngine()
    component = QQmlComponent(engine)
    component.setData(BARE_LIST.encode(), QUrl())
    window = component.create()
    visitor = Visitor(window, engine)
    visitor.wait(window.isExposed, "the window")
    return frames(visitor)


def p95(values: list[float]) -> float:
    """The 95th percentile."""
    return quantiles(values, n=20)[-1]


def scrolling(kiosk: Kiosk) -> dict[str, float]:
    """All items, from the top on."""
    visitor = Visitor(kiosk.application.window, kiosk.application.engine)
    visitor.wait(kiosk.backstage.done, "the adapters")
    kiosk.application.shell.home()
    kiosk.application.shell.go("category")
    visitor.expect("727 项")
    visitor.wait(lambda: visitor.settled, "the screen to settle")
    own, bare = frames(visitor), bare_frames()
    kiosk.application.shell.finish()
    return {
        "frames": len(own),
        "frame_p50_ms": round(median(own), 1),
        "frame_p95_ms": round(p95(own), 1),
        "frame_target_ms": FRAME_MS,
        "bare_frame_p95_ms": round(p95(bare), 1),
        "ratio_p95_to_bare": round(p95(own) / p95(bare), 2),
    }


def swap(kiosk: Kiosk) -> dict[str, float]:
    """A bundle with 100,000 items arrives while nobody is here; then somebody looks at it."""
    shell = kiosk.application.shell
    visitor = Visitor(kiosk.application.window, kiosk.application.engine, patience=600_000)
    shell.finish()
    whole = bundle_of(MANY).read_bytes()
    lexicon = wiring.lexicon()
    with TemporaryDirectory(prefix="budayang-") as folder:
        compile_apart = partial(wiring.compile_apart, wiring.RESOURCES)
        shelf = Shelf(wiring.RESOURCES, Path(folder), lexicon, compile_apart)
        updates = BackgroundUpdates(_once(whole), shelf, shell.desk.catalogue.number)
        heart = Heartbeat()
        began = perf_counter()

        def ready(catalogue: Catalogue) -> None:
            kiosk.jobs.call_here(lambda: shell.edition_ready(catalogue))

        updates.start(ready)
        visitor.wait(lambda: len(shell.desk.catalogue.items) == MANY, "the new edition")
        taken = perf_counter() - began
        shell.home()
        shell.go("category")
        visitor.expect(f"{MANY} 项")
        longest = heart.longest_ms
        updates.stop()
        shell.finish()
    return {
        "items": MANY,
        "bundle_mib": round(len(whole) / (1 << 20), 1),
        "seconds": round(taken, 1),
        "longest_stall_ms": round(longest, 1),
        "stall_target_ms": STALL_MS,
    }


def _once(whole: bytes) -> Callable[..., tuple[int, bytes] | None]:
    answers = [(2, whole)]
    return lambda *_: answers.pop() if answers else None


def measure() -> dict[str, object]:
    """All figures."""
    first = starting()
    application = offscreen_application()
    with lone_kiosk(PORTRAIT) as kiosk:
        scrolled = scrolling(kiosk)
        swapped = swap(kiosk)
    del application
    return {"starting": first, "scrolling": scrolled, "swap": swapped}


if __name__ == "__main__":
    print(json.dumps(measure(), ensure_ascii=False))
