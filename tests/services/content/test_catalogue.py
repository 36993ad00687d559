import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from kiosk.domain.catalogue.model import KioskKind
from kiosk.errors import ContentError
from services.content.catalogue import load_edition

RESOURCES = Path(__file__).parents[3] / "resources" / "catalogue"
FILES = (
    "items.tsv",
    "divisions.tsv",
    "routes.tsv",
    "halls.tsv",
    "windows.tsv",
    "contacts.tsv",
    "edition.toml",
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in FILES:
        shutil.copy(RESOURCES / name, tmp_path / name)
    shutil.copytree(RESOURCES / "guides", tmp_path / "guides")
    return tmp_path


def _cell(file: Path, line: int, column: str, change: Callable[[str], str]) -> None:
    rows = [row.split("\t") for row in file.read_text(encoding="utf-8").split("\n")]
    at = rows[0].index(column)
    rows[line - 1][at] = change(rows[line - 1][at])
    file.write_text("\n".join(map("\t".join, rows)), encoding="utf-8")


def test_the_catalogue_is_read_in_the_order_of_its_files() -> None:
    catalogue = load_edition(RESOURCES)
    item = catalogue.items["DEMO-SB-001"]
    assert next(iter(catalogue.items)) == item.id
    assert item.name == "个人权益记录查询打印"
    assert item.kind is KioskKind.QUERY
    assert item.promise_days == 0
    assert item.aliases == ("社保清单", "社保对账单", "交了多少年社保")
    assert item.materials == ("居民身份证或社会保障卡",)
    assert item.province_wide
    assert item.yangtze_delta
    assert item.label == "演示数据"
    assert catalogue.divisions["340181"].full_name == "安徽省合肥市巢湖市"
    assert catalogue.divisions["340181"].parent == "340100"
    assert catalogue.routes["R05"].hotline == "12333"
    assert catalogue.routes["R01"].bring == ()
    assert catalogue.routes["R01"].other_channel == ""


@pytest.mark.parametrize("name", FILES)
def test_a_missing_file_is_named(folder: Path, name: str) -> None:
    (folder / name).unlink()
    with pytest.raises(ContentError, match=f"{name}: cannot be read"):
        load_edition(folder)


@pytest.mark.parametrize(
    ("name", "line", "column", "value"),
    [
        ("items.tsv", 2, "name", ""),
        ("items.tsv", 3, "name", "个人权益记录查询打印"),
        ("items.tsv", 3, "item_id", "DEMO-SB-001"),
        ("items.tsv", 4, "domain_group", "别的"),
        ("items.tsv", 4, "use_level", "区级"),
        ("items.tsv", 4, "item_type", "服务"),
        ("items.tsv", 4, "kiosk_kind", "打印"),
        ("items.tsv", 4, "service_object", "个人、外星人"),
        ("items.tsv", 4, "promise_workdays", "-1"),
        ("items.tsv", 4, "promise_workdays", "三"),
        ("items.tsv", 4, "handle_type", "承诺件"),
        ("items.tsv", 4, "handle_type", "马上办"),
        ("items.tsv", 4, "province_wide", "yes"),
        ("items.tsv", 4, "aliases", "社保证明、"),
        ("items.tsv", 4, "data_label", ""),
        ("divisions.tsv", 3, "code", "34010"),
        ("divisions.tsv", 3, "code", "３４０１００"),
        ("divisions.tsv", 4, "code", "340100"),
        ("divisions.tsv", 4, "level", "乡级"),
        ("divisions.tsv", 4, "level", "地级"),
        ("divisions.tsv", 4, "type", "地级市"),
        ("divisions.tsv", 4, "parent_code", "349900"),
        ("divisions.tsv", 4, "parent_code", "340000"),
        ("divisions.tsv", 4, "parent_code", ""),
        ("divisions.tsv", 2, "parent_code", "340100"),
        ("divisions.tsv", 4, "full_name", "安徽省瑶海区"),
        ("routes.tsv", 3, "route_id", "R01"),
        ("routes.tsv", 3, "hotline", ""),
        ("routes.tsv", 3, "priority", "3"),
        ("routes.tsv", 3, "keywords", "、"),
        ("halls.tsv", 2, "division_code", "999999"),
        ("windows.tsv", 2, "hall_id", "nowhere"),
        ("contacts.tsv", 2, "consult", "0551-1234567"),
    ],
)
def test_a_broken_cell_is_named_with_file_and_line(
    folder: Path, name: str, line: int, column: str, value: str
) -> None:
    _cell(folder / name, line, column, lambda _: value)
    with pytest.raises(ContentError, match=rf"{name}:{line}: ") as caught:
        load_edition(folder)
    if column != "level":
        assert f": {column}: " in str(caught.value)


def test_a_division_too_few_is_noticed(folder: Path) -> None:
    file = folder / "divisions.tsv"
    lines = file.read_text(encoding="utf-8").rstrip("\n").split("\n")
    file.write_text("\n".join(lines[:-1]) + "\n", encoding="utf-8")
    with pytest.raises(ContentError, match="level: 103 divisions are 县级, not 104"):
        load_edition(folder)


def test_an_item_without_promised_days_is_by_rule() -> None:
    item = load_edition(RESOURCES).items["DEMO-BM-001"]
    assert item.promise_days is None
    assert item.handle_type == "按督办规则"


def test_guides_belong_to_their_items(folder: Path) -> None:
    edition = load_edition(folder)
    assert edition.guides.keys() == edition.items.keys()
    assert edition.items["DEMO-SK-007"].said


def test_an_item_without_a_guide_is_read_all_the_same(folder: Path) -> None:
    file = folder / "guides" / "SK.toml"
    before = load_edition(folder)
    file.unlink()
    after = load_edition(folder)
    assert after.items.keys() == before.items.keys()
    gone = before.guides.keys() - after.guides.keys()
    assert gone
    assert all(item.startswith("DEMO-SK-") for item in gone)


@pytest.mark.parametrize(
    ("sound", "broken", "message"),
    [
        ("edition = ", "number = ", "number"),
        ("issued = ", "issued = 1 # ", "issued"),
        ("label = ", "label = 1 # ", "label"),
    ],
)
def test_a_broken_head_is_named(folder: Path, sound: str, broken: str, message: str) -> None:
    file = folder / "edition.toml"
    text = file.read_text(encoding="utf-8")
    assert sound in text
    file.write_text(text.replace(sound, broken, 1), encoding="utf-8")
    with pytest.raises(ContentError, match=rf"edition\.toml: .*{message}"):
        load_edition(folder)


def test_a_guide_of_no_item_is_named(folder: Path) -> None:
    file = folder / "guides" / "SK.toml"
    file.write_text(
        file.read_text(encoding="utf-8").replace("DEMO-SK-001", "DEMO-SK-999"), encoding="utf-8"
    )
    with pytest.raises(ContentError, match="DEMO-SK-999: no such item"):
        load_edition(folder)
