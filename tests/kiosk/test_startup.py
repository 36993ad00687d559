from contextlib import closing
from datetime import datetime
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from kiosk import wiring
from kiosk.settings import Settings
from kiosk.startup import Kiosk


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
        qtbot.waitUntil(lambda: kiosk.application.shell.staffed != "", timeout=20_000)
    told = capsys.readouterr().err
    assert told.count("kiosk: warning: the holiday notice for 2027 is not loaded") == warned
    assert len(told.splitlines()) == warned
