import os
import subprocess
import sys
from contextlib import closing
from datetime import datetime
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from kiosk import startup, wiring
from kiosk.settings import Settings
from kiosk.startup import Kiosk
from ui.desk import Writers

PATIENCE_MS = 20_000
UP_TO_THE_FIRST_FRAME = """
import os, sys
from kiosk import startup
from kiosk.__main__ import main
class Kiosk(startup.Kiosk):
    def _first_frame(self):
        import PySide6.QtCore
        names = [*sys.modules, *(f"QtCore.{name}" for name in vars(PySide6.QtCore))]
        print(*names, sep="\\n", flush=True)
        os._exit(0)
startup.Kiosk = Kiosk
main(["--config", sys.argv[1], "run", "--window", "540x960"])
"""
NOT_YET = (
    *("kiosk.commands", "kiosk.domain.catalogue", "kiosk.domain.questions", "ui.viewmodels.search"),
    *("services.catalogue", "services.devices", "services.storage", "services.uplink"),
    *("cryptography", "csv", "numpy", "requests", "sqlalchemy", "uuid"),
    "QtCore.Qt",  # every enum of it is built at once, which takes 14 ms
)


def test_the_first_frame_waits_for_nothing_that_it_does_not_show(tmp_path: Path) -> None:
    config = tmp_path / "kiosk.toml"
    config.touch()
    loaded = subprocess.run(
        [sys.executable, "-c", UP_TO_THE_FIRST_FRAME, str(config)],
        cwd=Path(__file__).parents[2],
        env=os.environ | {"GLIBC_TUNABLES": "glibc.malloc.tcache_count=0"},
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    ).stdout.splitlines()
    assert "ui.viewmodels.home" in loaded
    assert [name for name in NOT_YET if name in loaded] == []


@pytest.mark.parametrize(("month", "warned"), [(10, False), (11, True)])
def test_from_november_on_a_kiosk_warns_once_that_the_next_years_notice_is_missing(
    qtbot: QtBot,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    month: int,
    warned: bool,
) -> None:
    now = datetime(2026, month, 20, 12, tzinfo=wiring.ZONE)
    monkeypatch.setattr(wiring.HallClock, "now", lambda _: now)
    with closing(Kiosk(Settings(base=tmp_path), size=(540, 960))) as kiosk:
        qtbot.waitUntil(lambda: kiosk.application.shell.hall.staffed != "", timeout=20_000)
    told = capsys.readouterr().err
    assert told.count("kiosk: warning: the holiday notice for 2027 is not loaded") == warned
    assert len(told.splitlines()) == warned


def test_what_writes_gets_ready_while_nobody_is_there(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    loaded: list[Writers] = []
    monkeypatch.setattr(Writers, "load", lambda writers: loaded.append(writers))
    monkeypatch.setattr(startup, "QUIET_MS", 10)
    with closing(Kiosk(Settings(base=tmp_path), size=(540, 960), screen="home")) as kiosk:
        qtbot.waitUntil(kiosk.backstage.done, timeout=PATIENCE_MS)
        for _ in range(3):
            with qtbot.waitSignal(kiosk._quiet.timeout, timeout=PATIENCE_MS):
                pass
        assert loaded == []
        kiosk.application.shell.finish()
        qtbot.waitUntil(lambda: bool(loaded), timeout=PATIENCE_MS)
        assert loaded == [kiosk.backstage.result().writers]
