"""The window in good times and bad."""

import subprocess
import sys
import threading
from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from kiosk import wiring
from kiosk.settings import Settings
from kiosk.startup import Kiosk
from tests.ui.stage import Stage
from ui.application import out_of_service

NAMES = """
from PySide6.QtCore import QObject
thing = QObject()
for n in range(20_000):
    thing.setObjectName("Müßigkeit")
print("alive")
"""


def test_twenty_thousand_object_names_do_not_end_the_process() -> None:
    run = subprocess.run([sys.executable, "-c", NAMES], capture_output=True, text=True, check=False)
    assert (run.returncode, run.stdout) == (0, "alive\n")


def test_the_out_of_service_window_speaks_both_languages(qapp: QGuiApplication) -> None:
    engine = out_of_service((1080, 1920))
    window = engine.rootObjects()[0]
    texts = {str(each.property("text")) for each in window.findChildren(QObject)}
    assert "这台机器正在维护" in texts
    assert any(text.startswith("This kiosk is being serviced") for text in texts)
    window.close()


class Broken(QObject):
    """A slot that fails."""

    @Slot()
    def fail(self) -> None:
        raise ValueError("what the citizen typed")


def test_a_failing_slot_leads_home(stage: Stage, qtbot: QtBot) -> None:
    stage.shell.go("search")
    with qtbot.captureExceptions() as caught:
        broken = Broken()
        stage.visitor.window.frameSwapped.connect(broken.fail)
        stage.visitor.window.update()
        stage.visitor.wait(lambda: bool(caught), "the failure")
        stage.visitor.window.frameSwapped.disconnect(broken.fail)
    stage.shell.trouble(caught[0][1])
    assert stage.shell.screen == "home"
    assert stage.shell.troubleText
    caught.clear()


def test_without_its_storage_the_counter_is_closed(
    qapp: QGuiApplication, tmp_path: Path, qtbot: QtBot, capsys: pytest.CaptureFixture[str]
) -> None:
    settings = Settings(base=tmp_path)
    settings.kiosk_folder.parent.mkdir(parents=True)
    settings.kiosk_folder.write_text("a file where the folder should be")
    kiosk = Kiosk(settings, size=(1080, 1920))
    qtbot.waitUntil(lambda: kiosk.application.shell.closed)
    assert "kiosk: " in capsys.readouterr().err
    kiosk.close()


def test_without_its_catalogue_the_counter_is_closed(
    qapp: QGuiApplication, tmp_path: Path, qtbot: QtBot, capsys: pytest.CaptureFixture[str]
) -> None:
    resources = tmp_path / "resources"
    resources.mkdir()
    for part in wiring.RESOURCES.iterdir():
        if part.name != "catalogue":
            (resources / part.name).symlink_to(part)
    (resources / "catalogue").mkdir()
    for part in (wiring.RESOURCES / "catalogue").iterdir():
        (resources / "catalogue" / part.name).symlink_to(part)
    items = resources / "catalogue" / "items.tsv"
    items.unlink()
    items.write_text("broken\n", "utf-8")
    kiosk = Kiosk(Settings(base=tmp_path), size=(1080, 1920), resources=resources)
    qtbot.waitUntil(lambda: kiosk.application.shell.closed)
    assert "items.tsv" in capsys.readouterr().err
    kiosk.close()


def test_whoever_asks_before_the_adapters_are_there_is_answered_when_they_are(
    qtbot: QtBot, tmp_path: Path
) -> None:
    kiosk = Kiosk(Settings(base=tmp_path), size=(540, 960))
    desk, answers = kiosk.application.shell.desk, []
    with closing(kiosk):
        with qtbot.waitSignal(kiosk.application.window.frameSwapped):
            pass
        assert not kiosk.backstage.done()
        for n in range(5):
            desk.ask(lambda _, n=n: n, answers.append)
        qtbot.waitUntil(lambda: sorted(answers) == [0, 1, 2, 3, 4], timeout=10_000)


def test_a_kiosk_that_is_closed_while_it_starts_comes_to_an_end(
    qtbot: QtBot, tmp_path: Path
) -> None:
    kiosk = Kiosk(Settings(base=tmp_path), size=(540, 960))
    with closing(kiosk), qtbot.waitSignal(kiosk.application.window.frameSwapped):
        pass
    assert kiosk.backstage.done()
    assert not [thread for thread in threading.enumerate() if thread.name == "uplink"]
