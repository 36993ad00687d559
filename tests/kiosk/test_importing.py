"""A new edition out of exchange tables that are made up (演示)."""

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from kiosk import wiring
from kiosk.errors import ContentError, StorageError
from kiosk.importing import Report, import_catalogue
from services import bundle

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
