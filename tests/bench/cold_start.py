"""Cold start: from the start of `kiosk run` to the first painted frame of the home screen, as a
ratio to a bare PySide6 QML window showing one text, the two in turn.

`python -m tests.bench.cold_start` prints JSON.
"""

import json
import os
import re
import subprocess
import sys
import time
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

ROOT = Path(__file__).parent.parent.parent
ROUNDS = 11
TARGET = 1.6

BARE = """
import sys, time
from PySide6.QtCore import QByteArray, QUrl
from PySide6.QtGui import QGuiApplication
from PySide6.QtQml import QQmlApplicationEngine
from PySide6.QtQuick import QQuickWindow
application = QGuiApplication(sys.argv)
engine = QQmlApplicationEngine()
engine.load(QUrl.fromLocalFile(sys.argv[1]))
window = engine.rootObjects()[0]
def painted():
    print(time.monotonic(), flush=True)
    application.quit()
window.frameSwapped.connect(painted)
application.exec()
"""

BARE_QML = """
import QtQuick
Window {
    width: 1080; height: 1920; visible: true
    Text { anchors.centerIn: parent; text: "不打烊"; font.family: "Noto Sans CJK SC" }
}
"""

KIOSK = """
import os, sys, time
from kiosk import startup
from kiosk.__main__ import main
class Kiosk(startup.Kiosk):
    def _first_frame(self):
        print(time.monotonic(), flush=True)
        os._exit(0)
startup.Kiosk = Kiosk
main(["--config", sys.argv[1], "run", "--window", "1080x1920"])
"""


def _environment() -> dict[str, str]:
    """That of the kiosk's service, which keeps bytecode."""
    unit = (ROOT / "resources" / "deploy" / "kiosk.service").read_text(encoding="utf-8")
    service = dict(re.findall(r"^Environment=(\w+)=(.*)$", unit, re.MULTILINE))
    offscreen = {"QT_QPA_PLATFORM": "offscreen", "QT_QUICK_BACKEND": "software"}
    here = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    return here | offscreen | service


def first_frame(program: str, argument: Path) -> float:
    """Seconds from the start of the process to its first frame."""
    began = time.monotonic()
    ended = subprocess.run(
        [sys.executable, "-c", program, str(argument)],
        cwd=ROOT,
        env=_environment(),
        stdout=subprocess.PIPE,
        text=True,
        check=True,
        timeout=60,
    )
    return float(ended.stdout.split()[-1]) - began


def measure(rounds: int = ROUNDS) -> dict[str, float]:
    """The medians in milliseconds, and the median of the ratios pair by pair; one round each before
    is not counted (bytecode and the QML cache are written, as they are on any kiosk from its second
    start on)."""
    with TemporaryDirectory(prefix="budayang-") as folder:
        qml, config = Path(folder) / "bare.qml", Path(folder) / "kiosk.toml"
        qml.write_text(BARE_QML, encoding="utf-8")
        config.write_text("", encoding="utf-8")
        pairs = [(first_frame(KIOSK, config), first_frame(BARE, qml)) for _ in range(rounds + 1)][
            1:
        ]
    ratios = [kiosk / bare for kiosk, bare in pairs]
    return {
        "rounds": rounds,
        "kiosk_ms": round(median(kiosk for kiosk, _ in pairs) * 1000, 1),
        "bare_ms": round(median(bare for _, bare in pairs) * 1000, 1),
        "ratio": round(median(ratios), 2),
        "ratio_min": round(min(ratios), 2),
        "ratio_max": round(max(ratios), 2),
        "target": TARGET,
    }


if __name__ == "__main__":
    print(json.dumps(measure()))
