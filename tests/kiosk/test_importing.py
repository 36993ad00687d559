"""A new edition out of exchange tables, and a year out of a notice, that are made up (演示)."""

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from kiosk import wiring
from kiosk.domain.calendar.workdays import Workdays
from kiosk.errors import ContentError, StorageError
from kiosk.importing import Report, import_catalogue, import_notice
from kiosk.settings import Settings
from services import bundle
from services.central import serve

TODAY = date(2026, 11, 25)
ITEM = "DEMO-SK-001"
ROW: dict[str, object] = {
    "row_guid": ITEM,
    "task_name": "演示卡申领",
    "task_type": "20",
    "use_level": "4",
    "task_state": "1",
    "task_version": 2,
    "dept_name": "演示部门",
    "server_type": "1",
    "project_type": "2",
    "anticipate_day": 20,
    "anticipate_type": "1",
    "promise_day": 5,
    "promise_type": "1",
    "accept_condition": "没有卡的人可以办。一个人办一张。",
    "handle_flow": "填表→拍照→领卡",
    "is_fee": "0",
    "result_name": "演示卡",
}

NOTICE = """\
年份,2027
来源,演示通知
发布日期,2026-11-10
放假,元旦,2027-01-01,2027-01-04
放假,春节,2027-02-05,2027-02-11
放假,清明节,2027-04-03,2027-04-05
放假,劳动节,2027-05-01,2027-05-05
放假,端午节,2027-06-09
放假,中秋节,2027-09-15
放假,国庆节,2027-10-01,2027-10-07
上班,2027-02-20,2027-05-08,2027-09-26,2027-10-09
"""


def _import(folder: Path, *rows: dict[str, object]) -> Report:
    source = folder / "tasks.json"
    source.write_text(json.dumps(rows), encoding="utf-8")
    return import_catalogue(source, folder / "out" / "editions", TODAY)


def test_the_new_edition_is_written_as_a_bundle_one_number_higher(tmp_path: Path) -> None:
    base = wiring.edition()
    report = _import(tmp_path, ROW)
    assert report.sound
    assert report.file == tmp_path / "out" / "editions" / f"{base.number + 1}.bundle"
    assert [file.name for file in report.file.parent.iterdir()] == [report.file.name]
    new = bundle.edition(bundle.split(report.file.read_bytes()))
    assert (new.number, new.issued) == (base.number + 1, TODAY)
    assert new.items[ITEM].name == "演示卡申领"
    assert new.guides[ITEM].steps == ("填表", "拍照", "领卡")
    items = {**new.items, ITEM: base.items[ITEM]}
    guides = {**new.guides, ITEM: base.guides[ITEM]}
    old = replace(new, number=base.number, issued=base.issued, items=items, guides=guides)
    assert old == base


def test_a_refused_row_is_told_and_what_was_fine_is_still_written(tmp_path: Path) -> None:
    report = _import(tmp_path, ROW, ROW | {"row_guid": "DEMO-X-1", "colour": "红"})
    assert not report.sound
    assert report.file is not None
    assert report.taken == (ITEM,)
    told = str(report).splitlines()
    assert told[0] == "warning: tasks.json: colour: unknown column, not read"
    assert told[1].startswith("refused: tasks.json:2: DEMO-X-1: domain_group: ")
    assert told[2] == "taken: 1, refused: 1"
    assert told[3] == f"edition {report.number}: {report.file}"


def test_where_no_row_is_taken_no_edition_is_made(tmp_path: Path) -> None:
    report = _import(tmp_path, ROW | {"task_state": "取消"})
    assert report.file is None
    assert not (tmp_path / "out").exists()
    assert str(report).splitlines()[-1] == "no edition was made"


def test_a_source_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    with pytest.raises(ContentError, match="task.csv: cannot be read"):
        import_catalogue(tmp_path, tmp_path, TODAY)


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "out").write_bytes(b"")
    with pytest.raises(StorageError, match="bundle: cannot be written"):
        _import(tmp_path, ROW)


def _typed(folder: Path, text: str) -> Path:
    file = folder / "2027.csv"
    file.write_text(text, encoding="utf-8")
    return file


def test_a_typed_notice_is_the_calendars_from_then_on(tmp_path: Path) -> None:
    settings = Settings(base=tmp_path)
    before = wiring.workdays(settings).add(date(2026, 12, 31), 1)
    assert (before.day, before.provisional) == (date(2027, 1, 4), True)
    report = import_notice(_typed(tmp_path, NOTICE), settings.calendar_folder)
    assert report.sound
    assert report.file == tmp_path / "var" / "calendar" / "2027.toml"
    assert [file.name for file in report.file.parent.iterdir()] == ["2027.toml"]
    after = wiring.workdays(settings).add(date(2026, 12, 31), 1)
    assert (after.day, after.provisional) == (date(2027, 1, 5), False)


def test_a_central_server_started_afterwards_counts_with_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = Settings(base=tmp_path)
    import_notice(_typed(tmp_path, NOTICE), settings.calendar_folder)
    served: list[Workdays] = []
    monkeypatch.setattr(serve, "serve", lambda _, workdays, *rest: served.append(workdays))
    wiring.serve_central(settings)
    assert sorted(served[0].years) == [2025, 2026, 2027]


def test_a_notice_typed_anew_replaces_the_former(tmp_path: Path) -> None:
    settings = Settings(base=tmp_path)
    corrected = NOTICE.replace("2027-01-04", "2027-01-03")
    for text in (NOTICE, corrected):
        assert import_notice(_typed(tmp_path, text), settings.calendar_folder).sound
    assert wiring.workdays(settings).is_workday(date(2027, 1, 4))


def test_a_notice_with_defects_is_not_written_and_each_is_told(tmp_path: Path) -> None:
    broken = NOTICE.replace("2027-02-20", "2027-02-19").replace("2027-10-09", "2027-10-07")
    report = import_notice(_typed(tmp_path, broken), tmp_path / "calendar")
    assert not report.sound
    assert str(report).splitlines() == [
        "refused: 2027.csv: 2027-02-19 cannot be a swapped working day: it is no weekend day",
        "refused: 2027.csv: 2027-10-07 cannot be a swapped working day: it is a day off",
        "no year was written",
    ]
    assert not (tmp_path / "calendar").exists()


def test_what_is_odd_about_a_notice_is_told_but_it_is_taken(tmp_path: Path) -> None:
    odd = NOTICE.replace("2027-06-09", "2027-06-08")
    report = import_notice(_typed(tmp_path, odd), tmp_path / "calendar")
    told = str(report).splitlines()
    assert told[0] == "warning: 2027-06-09 is a statutory holiday, but no day off"
    assert told[-1].startswith("2027: 28 days off, 4 worked, in ")
    assert report.sound


def test_a_folder_the_year_cannot_be_written_to_is_named(tmp_path: Path) -> None:
    (tmp_path / "calendar").write_bytes(b"")
    with pytest.raises(StorageError, match=r"2027\.toml: cannot be written"):
        import_notice(_typed(tmp_path, NOTICE), tmp_path / "calendar")
