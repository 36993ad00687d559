from datetime import datetime
from pathlib import Path

import pytest

from kiosk import wiring
from kiosk.doctor import Finding, Grade, examine
from kiosk.importing import import_notice
from kiosk.settings import Settings
from tests.kiosk.test_importing import NOTICE


def workdays_in_november_2026(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Finding:
    november = datetime(2026, 11, 1, tzinfo=wiring.ZONE)
    monkeypatch.setattr(wiring.HallClock, "now", lambda _: november)
    return next(finding for finding in examine(settings) if finding.name == "working days")


def test_a_year_that_is_not_loaded_in_november_is_a_warning_and_no_failure(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    finding = workdays_in_november_2026(Settings(base=tmp_path), monkeypatch)
    assert (finding.grade, finding.good) == (Grade.WARNING, True)
    assert str(finding).startswith("WARN working days: ")
    assert "2027" in finding.line


def test_an_imported_year_is_well(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings = Settings(base=tmp_path)
    typed = tmp_path / "2027.csv"
    typed.write_text(NOTICE, encoding="utf-8")
    import_notice(typed, settings.calendar_folder)
    finding = workdays_in_november_2026(settings, monkeypatch)
    assert str(finding) == "ok   working days: 2025, 2026, 2027"


def test_a_broken_year_is_bad(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings = Settings(base=tmp_path)
    settings.calendar_folder.mkdir(parents=True)
    (settings.calendar_folder / "2027.toml").write_text("year = 2027", encoding="utf-8")
    finding = workdays_in_november_2026(settings, monkeypatch)
    assert not finding.good
    assert str(finding).startswith("BAD  working days: ")
