"""Guides as they stand in a file; that every item of the catalogue has one, see test_catalogue."""

from pathlib import Path

import pytest

from kiosk.domain.catalogue.guide import (
    CommonQuestion,
    DayUnit,
    Exemption,
    Guide,
    Material,
    MaterialForm,
    Need,
)
from kiosk.errors import ContentError
from services.content.guides import Entry, read_guides

SOUND = """
[DEMO-XX-001]
version = 2
conditions = ["演示条件"]
steps = ["一", "二"]
legal = "20自然日"
fee = "不收费"
result = "演示结果"
delivery = "窗口领取"
fields = ["reason"]
said = ["演示说法", "另一种说法"]

[[DEMO-XX-001.materials]]
name = "演示材料"
form = "复印件"
copies = 2
issuer = "演示部门"
need = "容缺后补"
exempt_by = "电子证照"
situation = "代办时"

[[DEMO-XX-001.materials]]
name = "演示表格"
form = "原件"
copies = 1
issuer = "申请人自备"

[[DEMO-XX-001.questions]]
ask = "演示？"
answer = "演示。"
"""


def read(folder: Path, **files: str) -> dict[str, Entry]:
    for name, text in files.items():
        (folder / f"{name}.toml").write_text(text, encoding="utf-8")
    return dict(read_guides(folder))


def test_a_guide_is_read_with_everything_it_says(tmp_path: Path) -> None:
    assert read(tmp_path, small=SOUND) == {
        "DEMO-XX-001": Entry(
            Guide(
                version=2,
                conditions=("演示条件",),
                materials=(
                    Material(
                        "演示材料",
                        MaterialForm.COPY,
                        2,
                        "演示部门",
                        Need.LATER,
                        Exemption.LICENCE,
                        "代办时",
                    ),
                    Material("演示表格", MaterialForm.ORIGINAL, 1, "申请人自备"),
                ),
                steps=("一", "二"),
                legal_days=20,
                legal_unit=DayUnit.DAY,
                fee="不收费",
                result="演示结果",
                delivery="窗口领取",
                fields=("reason",),
                questions=(CommonQuestion("演示？", "演示。"),),
            ),
            ("演示说法", "另一种说法"),
        )
    }


@pytest.mark.parametrize(
    ("legal", "days", "unit"),
    [
        ("0", 0, DayUnit.WORKDAY),
        ("1工作日", 1, DayUnit.WORKDAY),
        ("9999自然日", 9999, DayUnit.DAY),
    ],
)
def test_a_period_is_on_the_spot_or_counted_in_days_of_one_kind(
    tmp_path: Path, legal: str, days: int, unit: DayUnit
) -> None:
    guide = read(tmp_path, small=SOUND.replace("20自然日", legal))["DEMO-XX-001"].guide
    assert (guide.legal_days, guide.legal_unit) == (days, unit)


@pytest.mark.parametrize(
    "legal", ["", "20", "0工作日", "05工作日", "-1自然日", "20天", "10000自然日"]
)
def test_a_period_that_is_none_is_named(tmp_path: Path, legal: str) -> None:
    with pytest.raises(ContentError, match=r"small\.toml: DEMO-XX-001: legal: "):
        read(tmp_path, small=SOUND.replace("20自然日", legal))


@pytest.mark.parametrize(
    ("sound", "broken", "message"),
    [
        ("version = 2", "", ".*version"),
        ("version = 2", 'version = "2"', ".*version"),
        ("fee = ", "price = ", ".*price"),
        ('steps = ["一", "二"]', 'steps = "一"', ".*steps"),
        ('said = ["演示说法", "另一种说法"]', "", ".*said"),
        ('form = "复印件"', 'form = "照片"', ".*照片"),
        ('need = "容缺后补"', 'need = "随便"', ".*随便"),
        ('exempt_by = "电子证照"', 'exempt_by = "人情"', ".*人情"),
        ("copies = 2", "copies = 2.5", ".*copies"),
        ('answer = "演示。"', "", ".*answer"),
    ],
)
def test_a_broken_guide_is_named_with_file_and_item(
    tmp_path: Path, sound: str, broken: str, message: str
) -> None:
    assert sound in SOUND
    with pytest.raises(ContentError, match=rf"small\.toml: DEMO-XX-001: {message}"):
        read(tmp_path, small=SOUND.replace(sound, broken, 1))


def test_what_is_no_table_is_no_guide(tmp_path: Path) -> None:
    with pytest.raises(ContentError, match=r"small\.toml: DEMO-XX-002: "):
        read(tmp_path, small=f"DEMO-XX-002 = 1\n{SOUND}")


def test_an_item_has_one_guide_in_all_files_together(tmp_path: Path) -> None:
    other = SOUND.replace("DEMO-XX-001", "DEMO-XX-002")
    assert list(read(tmp_path, a=SOUND, b=other)) == ["DEMO-XX-001", "DEMO-XX-002"]
    with pytest.raises(ContentError, match=r"b\.toml: DEMO-XX-001: this item has a guide already"):
        read(tmp_path, a=SOUND, b=SOUND)


def test_a_folder_without_guides_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ContentError, match="no guides"):
        read_guides(tmp_path)
