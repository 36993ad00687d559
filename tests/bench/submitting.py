"""From the touch on 没问题，提交 to the receipt with its number painted, at 1080×1920 with the
software renderer; without pictures and with six of 400 kB. The form is sealed (HPKE) and durably
stored; the uplink is awake and finds no central server.

The baseline, in the same run: a bare QML window that shows another page at a touch, and as many
bytes as were sealed written to a plain file in the same folder, with one fdatasync.

`python -m tests.bench submitting` prints JSON; times in milliseconds. `first_ms` is the first
submission of the kiosk's life, or of its first with pictures; the other figures are without it.
"""

import os
import shutil
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from statistics import median, quantiles

from PySide6.QtCore import QPoint, QUrl
from PySide6.QtQml import QQmlComponent, QQmlEngine

from kiosk.demonstration import PORTRAIT, free_port, offscreen_application
from kiosk.domain.questions.model import Paper, PapersAnswer, PaperState
from kiosk.gallery import Gallery
from kiosk.settings import Central, Panel, Settings
from kiosk.startup import Kiosk
from services.central.keys import load_keys
from ui.form import Form
from ui.photographs import MOST_BYTES
from ui.visitor import Visitor

ROUNDS = 100
PICTURES = 6
TARGET_MS = 150.0

BARE = """
import QtQuick
Window {
    id: window
    width: 1080; height: 1920; visible: true
    property int page: 0
    Loader { id: loader; anchors.fill: parent; sourceComponent: texts }
    TapHandler { onTapped: { loader.active = false; window.page += 1; loader.active = true } }
    Component {
        id: texts
        Column {
            Repeater {
                model: 20
                Text { text: "已经记下了，请抄下编号和查询码 " + window.page; font.pixelSize: 40 }
            }
        }
    }
}
"""


def touched(visitor: Visitor, point: QPoint, shown: Callable[[], bool]) -> float:
    """Milliseconds from a touch to the first painted frame with what is `shown`."""
    frames: list[float] = []

    def painted() -> None:
        now = time.perf_counter()
        if not frames and shown():
            frames.append(now)

    noting = visitor.window.frameSwapped.connect(painted)
    began = time.perf_counter()
    visitor.press(point)
    visitor.release(point)
    visitor.wait(lambda: bool(frames), "the next page")
    visitor.window.frameSwapped.disconnect(noting)
    return (frames[0] - began) * 1000


def bare_pages() -> list[float]:
    """A bare window's pages, one after the other."""
    engine = QQmlEngine()
    component = QQmlComponent(engine)
    component.setData(BARE.encode(), QUrl())
    window = component.create()
    visitor = Visitor(window, engine)
    visitor.wait(window.isExposed, "the window")
    middle = QPoint(540, 960)
    return [
        touched(visitor, middle, lambda page=page: window.property("page") == page)
        for page in range(1, ROUNDS + 1)
    ]


def plain_write(folder: Path, size: int) -> float:
    """Milliseconds to write so many bytes to a new file, durably."""
    block, file = os.urandom(size), folder / "plain"
    began = time.perf_counter()
    descriptor = os.open(file, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600)
    os.write(descriptor, block)
    os.fdatasync(descriptor)
    os.close(descriptor)
    spent = (time.perf_counter() - began) * 1000
    file.unlink()
    return spent


def filled(gallery: Gallery, pictures: int) -> Form:
    """An application with so many photographed pages."""
    form = gallery.form("application")
    (papers,) = (each for each in form.walk.answers.values() if isinstance(each, PapersAnswer))
    page = tuple(os.urandom(MOST_BYTES) for _ in range(pictures))
    first = Paper(papers.papers[0].name, PaperState.PHOTOGRAPHED, page)
    answer = PapersAnswer((first, *papers.papers[1:])) if pictures else papers
    form.walk = form.walk.change("papers").answered(answer).resume()
    return form


def submitted(gallery: Gallery, kiosk: Kiosk, form: Form) -> float:
    """Milliseconds from the touch on the review's button to the painted receipt."""
    shell, visitor = kiosk.application.shell, gallery.visitor
    shell.home()
    shell.go("review", form=form)
    visitor.expect("请您看一遍")
    visitor.wait(lambda: visitor.settled, "the review to settle")
    button = next(seen for seen in visitor.look() if seen.label == "没问题，提交")
    number = form.draft.number

    def shown() -> bool:
        return shell.screen == "receipt" and any(
            seen.name == "number" and seen.text == number for seen in visitor.look()
        )

    spent = touched(visitor, button.middle, shown)
    shell.finish()
    return spent


def figures(gallery: Gallery, kiosk: Kiosk, folder: Path, pictures: int) -> dict[str, float]:
    """All figures for forms with so many pictures, and the plain write of as many bytes."""
    sealer = kiosk.backstage.result().sealer
    first = submitted(gallery, kiosk, filled(gallery, pictures))
    own, plain = [], []
    for _ in range(ROUNDS):
        form = filled(gallery, pictures)
        size = sum(len(sealer.seal(each).envelope) for each in form.submissions())
        own.append(submitted(gallery, kiosk, form))
        plain.append(plain_write(folder, size))
    return {
        "sealed_bytes": size,
        "first_ms": round(first, 1),
        "p50_ms": round(median(own), 1),
        "p95_ms": round(p95(own), 1),
        "longest_ms": round(max(own), 1),
        "plain_write_p95_ms": round(p95(plain), 1),
    }


def p95(values: list[float]) -> float:
    """The 95th percentile."""
    return quantiles(values, n=20)[-1]


def measure() -> dict[str, object]:
    """All figures."""
    application = offscreen_application()
    bare = p95(bare_pages())
    folder = Path(tempfile.mkdtemp(prefix="bench-submitting-", dir=Path.cwd()))
    width, height = PORTRAIT.millimetres
    settings = Settings(panel=Panel(width, height), central=Central(port=free_port()), base=folder)
    load_keys(settings.central_folder)
    try:
        with closing(Kiosk(settings, size=PORTRAIT.pixels)) as kiosk:
            gallery = Gallery(kiosk)
            found = {
                name: figures(gallery, kiosk, folder, pictures)
                for name, pictures in (("no_pictures", 0), ("six_pictures", PICTURES))
            }
    finally:
        shutil.rmtree(folder)
    del application
    for each in found.values():
        each["ratio_p95"] = round(each["p95_ms"] / (bare + each["plain_write_p95_ms"]), 2)
    return {
        "rounds": ROUNDS,
        "bare_page_p95_ms": round(bare, 1),
        "target_p95_ms": TARGET_MS,
        **found,
    }
