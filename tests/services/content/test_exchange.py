"""Exchange tables as a province would send them; every value is made up (演示)."""

import csv
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kiosk.domain.catalogue.complete import defects
from kiosk.domain.catalogue.guide import (
    CommonQuestion,
    DayUnit,
    Exemption,
    Guide,
    Material,
    MaterialForm,
    Need,
)
from kiosk.domain.catalogue.model import Division, Edition, KioskKind, ServiceItem
from kiosk.domain.catalogue.places import Contact, Hall, Window, directory
from kiosk.domain.catalogue.reach import Mode
from kiosk.errors import ContentError
from services import bundle
from services.content.exchange import Imported, Refusal, import_items
from services.content.exchange_codes import (
    MATERIAL_COLUMNS,
    QUESTION_COLUMNS,
    TASK_COLUMNS,
)

TODAY = date(2026, 11, 25)
CARD = ServiceItem(
    id="DEMO-SK-001",
    name="演示卡申领",
    group="社会保障",
    domain="社会保障卡",
    department="演示部门",
    level="县级",
    item_type="公共服务",
    service_object=("个人",),
    kind=KioskKind.APPLY,
    promise_days=5,
    handle_type="承诺件",
    province_wide=True,
    yangtze_delta=True,
    cross_region=Mode.ONLINE,
    aliases=("办卡",),
    materials=("居民身份证",),
    label="演示数据",
    said=("想办张卡",),
)
CARD_GUIDE = Guide(
    version=1,
    conditions=("没有卡的人可以办。", "一个人办一张。"),
    materials=(
        Material("居民身份证", MaterialForm.ORIGINAL, 1, "公安机关", exempt_by=Exemption.LICENCE),
    ),
    steps=("填表。", "拍照。", "领卡。"),
    legal_days=20,
    legal_unit=DayUnit.WORKDAY,
    fee="不收费",
    result="演示卡",
    delivery="窗口领取或邮寄到家",
    fields=("bank_name",),
    questions=(CommonQuestion("丢了怎么办？", "先挂失。"),),
)
RECORD = replace(
    CARD,
    id="DEMO-SB-001",
    name="演示记录打印",
    domain="社会保险",
    kind=KioskKind.QUERY,
    promise_days=0,
    handle_type="即办件",
    said=(),
    aliases=(),
)
RECORD_GUIDE = replace(CARD_GUIDE, legal_days=0, result="演示记录")
HALL = Hall("H1", "演示大厅", "340000", "演示地址", "09:00", "17:00", date(2026, 1, 1), None)
BASE = Edition(
    number=7,
    issued=date(2026, 11, 1),
    items={item.id: item for item in (RECORD, CARD)},
    guides={RECORD.id: RECORD_GUIDE, CARD.id: CARD_GUIDE},
    divisions={"340000": Division("340000", "安徽省", "省级", "省", "", "安徽省")},
    routes={},
    directory=directory(
        [HALL],
        [Window("H1", field, "1号窗口", HALL.since, None) for field in ("社会保险", "社会保障卡")],
        {field: Contact("12333", "12345") for field in ("社会保险", "社会保障卡")},
    ),
)

CARD_ROW = {
    "row_guid": CARD.id,
    "task_name": "演示卡申领（新）",
    "task_type": "20",
    "use_level": "4",
    "task_state": "1",
    "task_version": "3",
    "dept_name": "演示人社部门",
    "server_type": "1^2",
    "project_type": "2",
    "anticipate_day": "30",
    "anticipate_type": "2",
    "promise_day": "10",
    "promise_type": "1",
    "accept_condition": "1.没有卡的人。2.卡坏了的人。",
    "handle_flow": "填表→拍照→领卡",
    "is_fee": "0",
    "result_name": "新演示卡",
}
NEW_ROW = CARD_ROW | {
    "row_guid": "0f8fad5b-d9cb-469f-a165-70867728950e",
    "task_name": "演示卡注销",
    "domain_group": "社会保障",
    "domain": "社会保障卡",
    "kiosk_kind": "申报",
}
ID = "0f8fad5bd9cb469fa16570867728950e"
PAPER = {
    "row_guid": "M1",
    "task_guid": NEW_ROW["row_guid"],
    "material_name": "演示申请表",
    "material_type": "原件",
    "page_num": "2",
    "is_need": "1",
    "source_type": "10",
    "source_note": "",
}
ASKED = {"task_guid": NEW_ROW["row_guid"], "question": "要多久？", "answer": "十天。"}

Rows = Sequence[Mapping[str, str]]


def _csv(rows: Rows) -> str:
    columns = list(dict.fromkeys(name for row in rows for name in row))
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, columns, restval="")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


def _folder(
    folder: Path,
    tasks: Rows = (NEW_ROW,),
    materials: Rows | None = (PAPER,),
    questions: Rows | None = (ASKED,),
    encoding: str = "utf-8",
) -> Path:
    for name, rows in (("task", tasks), ("material", materials), ("question", questions)):
        if rows is not None:
            (folder / f"{name}.csv").write_bytes(_csv(rows).encode(encoding))
    return folder


def _json(folder: Path, value: object) -> Path:
    file = folder / "tasks.json"
    file.write_text(json.dumps(value), encoding="utf-8")
    return file


def _import(source: Path, base: Edition = BASE) -> Imported:
    return import_items(source, base, TODAY)


def _row(folder: Path, changes: Mapping[str, str]) -> Imported:
    return _import(_folder(folder, tasks=[{**NEW_ROW, **changes}]))


def _reasons(imported: Imported) -> str:
    assert not imported.taken
    assert imported.edition == BASE
    (refusal,) = imported.refused
    assert (refusal.file, refusal.row) == ("task.csv", 2)
    return "\n".join(refusal.reasons)


def _guide(imported: Imported, id: str = ID) -> Guide:
    assert imported.refused == ()
    return imported.edition.guides[id]


def test_a_new_item_is_added_with_its_guide(tmp_path: Path) -> None:
    imported = _import(_folder(tmp_path))
    assert imported == Imported(imported.edition, (ID,), (), ())
    assert list(imported.edition.items) == [RECORD.id, CARD.id, ID]
    assert imported.edition.items[ID] == ServiceItem(
        id=ID,
        name="演示卡注销",
        group="社会保障",
        domain="社会保障卡",
        department="演示人社部门",
        level="县级",
        item_type="公共服务",
        service_object=("个人", "法人"),
        kind=KioskKind.APPLY,
        promise_days=10,
        handle_type="承诺件",
        province_wide=False,
        yangtze_delta=False,
        cross_region=Mode.COLLECTED,
        aliases=(),
        materials=("演示申请表",),
        label="演示数据",
    )
    assert imported.edition.guides[ID] == Guide(
        version=3,
        conditions=("没有卡的人。", "卡坏了的人。"),
        materials=(
            Material("演示申请表", MaterialForm.ORIGINAL, 2, "申请人自备", need=Need.REQUIRED),
        ),
        steps=("填表", "拍照", "领卡"),
        legal_days=30,
        legal_unit=DayUnit.DAY,
        fee="不收费",
        result="新演示卡",
        delivery="窗口领取",
        fields=(),
        questions=(CommonQuestion("要多久？", "十天。"),),
    )


def test_an_imported_edition_lacks_nothing_and_travels_as_a_bundle(tmp_path: Path) -> None:
    edition = _import(_folder(tmp_path)).edition
    assert defects(edition, frozenset({"bank_name"})) == ()
    assert bundle.edition(bundle.lines(edition)) == edition


def test_a_known_item_is_replaced_in_its_place_and_keeps_what_no_table_says(
    tmp_path: Path,
) -> None:
    source = _folder(tmp_path, [CARD_ROW], None, None)
    edition = _import(source).edition
    item, guide = edition.items[CARD.id], edition.guides[CARD.id]
    assert list(edition.items) == [RECORD.id, CARD.id]
    assert item == replace(
        CARD,
        name="演示卡申领（新）",
        department="演示人社部门",
        service_object=("个人", "法人"),
        promise_days=10,
    )
    assert guide == replace(
        CARD_GUIDE,
        version=3,
        conditions=("没有卡的人。", "卡坏了的人。"),
        steps=("填表", "拍照", "领卡"),
        legal_days=30,
        legal_unit=DayUnit.DAY,
        result="新演示卡",
    )
    assert edition.items[RECORD.id] == RECORD
    assert (edition.number, edition.issued) == (BASE.number, BASE.issued)


def test_a_paper_of_the_same_name_keeps_its_exemption(tmp_path: Path) -> None:
    paper = PAPER | {"task_guid": CARD.id, "material_name": "居民身份证", "material_type": "2"}
    guide = _guide(_import(_folder(tmp_path, [CARD_ROW], [paper], None)), CARD.id)
    assert [(m.form, m.exempt_by) for m in guide.materials] == [
        (MaterialForm.COPY, Exemption.LICENCE)
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_utf_8_and_gb_18030_say_the_same(tmp_path: Path, encoding: str) -> None:
    rare = {"dept_name": "演示㐂𠮷䶮镕部门", "task_name": "演示𫟹𬭎注销·ä"}
    imported = _import(_folder(tmp_path, [NEW_ROW | rare], encoding=encoding))
    assert imported.taken == (ID,)
    assert imported.edition.items[ID].department == rare["dept_name"]
    assert imported.edition.items[ID].name == rare["task_name"]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(name=st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), min_size=1))
def test_any_chinese_name_is_read_in_both_encodings(tmp_path: Path, name: str) -> None:
    for encoding in ("utf-8", "gb18030"):
        imported = _import(_folder(tmp_path, [NEW_ROW | {"task_name": name}], encoding=encoding))
        assert imported.edition.items[ID].name == name


def test_json_with_nested_rows_says_the_same_as_csv(tmp_path: Path) -> None:
    own = {name: cell for name, cell in PAPER.items() if name != "task_guid"}
    nested = NEW_ROW | {
        "task_version": 3,
        "promise_day": 10,
        "is_fee": False,
        "server_type": ["1", "2"],
        "region_code": None,
        "materials": [own | {"page_num": 2}],
        "questions": [{"question": "要多久？", "answer": "十天。"}],
    }
    assert _import(_json(tmp_path, [nested])) == _import(_folder(tmp_path))


def test_one_csv_file_is_read_with_what_lies_beside_it(tmp_path: Path) -> None:
    folder = _folder(tmp_path)
    assert _import(folder / "task.csv") == _import(folder)


def test_words_are_as_good_as_codes(tmp_path: Path) -> None:
    words = {
        "task_type": "公共服务",
        "use_level": "县级",
        "task_state": "在用",
        "server_type": "自然人、企业法人",
        "project_type": "承诺件",
        "anticipate_type": "自然日",
        "promise_type": "工作日",
        "is_fee": "否",
    }
    paper = PAPER | {"is_need": "必要", "source_type": "申请人自备"}
    spoken = _import(_folder(tmp_path, [NEW_ROW | words], [paper]))
    assert spoken == _import(_folder(tmp_path))


def test_names_of_columns_may_be_in_capitals(tmp_path: Path) -> None:
    shouted = {name.upper(): cell for name, cell in NEW_ROW.items()}
    assert _import(_folder(tmp_path, [shouted])).taken == (ID,)


@pytest.mark.parametrize(
    ("column", "cell", "field", "value"),
    [
        ("task_type", "01", "item_type", "行政许可"),
        ("task_type", "1", "item_type", "行政许可"),
        ("task_type", "10", "item_type", "其他行政权力"),
        ("use_level", "2", "level", "省级"),
        ("use_level", "2^3^4", "level", "省市县分级"),
        ("use_level", "3,4", "level", "省市县分级"),
        ("use_level", "7", "level", "省市县分级"),
        ("use_level", "镇（乡、街道）级", "level", "乡镇（街道）级"),
        ("server_type", "1", "service_object", ("个人",)),
        ("server_type", "2^3^4^9", "service_object", ("法人",)),
        ("kiosk_kind", "指南", "cross_region", Mode.GUIDE),
        ("kiosk_kind", "预约", "cross_region", Mode.LOCAL),
        ("handle_area", "全省", "province_wide", True),
        ("handle_area", "全市", "province_wide", False),
        ("task_name", " 演示\n卡\u3000注销 ", "name", "演示 卡 注销"),
    ],
)
def test_a_cell_of_a_task_becomes_a_field_of_the_item(
    tmp_path: Path, column: str, cell: str, field: str, value: object
) -> None:
    imported = _row(tmp_path, {column: cell})
    assert imported.refused == ()
    assert getattr(imported.edition.items[ID], field) == value


def test_online_throughout_and_all_over_the_province_is_done_at_any_terminal(
    tmp_path: Path,
) -> None:
    imported = _row(tmp_path, {"handle_area": "全省", "online_handle_depth": "全程网办"})
    assert imported.edition.items[ID].cross_region == Mode.ONLINE


def test_an_item_no_longer_handled_all_over_the_province_promises_less(tmp_path: Path) -> None:
    imported = _import(_folder(tmp_path, [CARD_ROW | {"handle_area": "全市"}], None, None))
    item = imported.edition.items[CARD.id]
    assert (item.province_wide, item.cross_region) == (False, Mode.COLLECTED)


@pytest.mark.parametrize(
    ("changes", "field", "value"),
    [
        ({"is_fee": "1"}, "fee", "按收费标准收取，以窗口公示为准"),
        ({"is_express": "1"}, "delivery", "窗口领取或邮寄到家"),
        ({"kiosk_kind": "查询打印"}, "delivery", "终端当场打印"),
        ({"project_type": "1", "promise_day": "0", "anticipate_day": ""}, "legal_days", 0),
        ({"handle_flow": "（一）填表；（二）拍照\n③领卡"}, "steps", ("填表", "拍照", "领卡")),
        ({"accept_condition": "满3.5年。"}, "conditions", ("满3.5年。",)),
    ],
)
def test_a_cell_of_a_task_becomes_a_field_of_the_guide(
    tmp_path: Path, changes: dict[str, str], field: str, value: object
) -> None:
    assert getattr(_guide(_row(tmp_path, changes)), field) == value


@pytest.mark.parametrize(
    ("changes", "field", "value"),
    [
        ({"material_type": "3"}, "form", MaterialForm.ORIGINAL),
        ({"material_type": "原件和复印件"}, "form", MaterialForm.BOTH),
        ({"material_type": "", "material_format": "2"}, "form", MaterialForm.ELECTRONIC),
        ({"material_format": "电子", "page_num": "0"}, "copies", 1),
        ({"page_num": ""}, "copies", 1),
        ({"is_need": "2"}, "need", Need.OPTIONAL),
        ({"is_need": "容缺后补"}, "need", Need.LATER),
        ({"source_type": "20"}, "issuer", "政府部门核发"),
        ({"source_type": "20", "source_note": "演示机关"}, "issuer", "演示机关"),
        ({"source_type": "", "source_note": "演示机关"}, "issuer", "演示机关"),
        ({"source_type": "99", "source_explain": "演示银行"}, "issuer", "演示银行"),
        ({"source_type": "10", "source_note": "到窗口领空白表"}, "issuer", "申请人自备"),
    ],
)
def test_a_cell_of_a_material_becomes_a_field_of_it(
    tmp_path: Path, changes: dict[str, str], field: str, value: object
) -> None:
    paper = {name: cell for name, cell in PAPER.items() if name != "source_note"} | changes
    imported = _import(_folder(tmp_path, materials=[paper]))
    (material,) = _guide(imported).materials
    assert getattr(material, field) == value


def test_materials_and_questions_stand_in_their_own_order(tmp_path: Path) -> None:
    papers = [PAPER | {"material_name": f"演示{n}", "order_num": str(n)} for n in (10, 2, 1)]
    asked = [ASKED | {"question": f"{n}？", "order_num": str(n)} for n in (2, 1)]
    guide = _guide(_import(_folder(tmp_path, materials=papers, questions=asked)))
    assert [material.name for material in guide.materials] == ["演示1", "演示2", "演示10"]
    assert [question.ask for question in guide.questions] == ["1？", "2？"]


def test_an_item_that_takes_nothing_says_so(tmp_path: Path) -> None:
    nothing = {"task_guid": NEW_ROW["row_guid"], "material_name": "无"}
    assert _guide(_import(_folder(tmp_path, materials=[nothing]))).materials == ()
    assert _guide(_import(_json(tmp_path, [NEW_ROW | {"materials": []}]))).materials == ()


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"row_guid": ""}, "row_guid: is blank"),
        ({"row_guid": "../etc"}, "row_guid: is not a GUID"),
        ({"row_guid": "x" * 33}, "row_guid: is not a GUID"),
        ({"task_name": " "}, "task_name: is blank"),
        ({"task_name": "演示记录打印"}, "task_name: DEMO-SB-001 has this name"),
        ({"task_name": "<b>演示</b>"}, "task_name: has markup ('<b>')"),
        ({"task_name": "演\x07示"}, "task_name: has a control character (U+0007)"),
        ({"task_name": "演\ufffd示"}, "task_name: malformed encoding"),
        ({"dept_name": ""}, "dept_name: is blank"),
        ({"dept_type": "4"}, "dept_type: '4' is not one of 法定机关"),
        ({"task_type": "02"}, "task_type: '02' is not one of 行政许可"),
        ({"task_type": "21"}, "task_type: '21' is not one of"),
        ({"task_type": ""}, "task_type: is blank"),
        ({"use_level": "1"}, "use_level: '1' is not one of"),
        ({"use_level": "区级"}, "use_level: '区级' is not one of"),
        ({"use_level": "4^5"}, "use_level: 县级、乡镇（街道）级 together are not known"),
        ({"server_type": "1^8"}, "server_type: '8' is not one of"),
        ({"project_type": "9"}, "project_type: '9' is not one of 即办件、承诺件"),
        ({"project_type": "1"}, "project_type: 即办件, with 10 promised days"),
        ({"promise_day": "0"}, "project_type: 承诺件, with 0 promised days"),
        ({"promise_day": "十"}, "promise_day: '十' is not a whole number"),
        ({"promise_day": "-1"}, "promise_day: '-1' is not a whole number"),
        ({"promise_day": "１"}, "promise_day: '１' is not a whole number"),
        ({"promise_day": ""}, "promise_day: is blank"),
        ({"promise_type": "2"}, "promise_type: 自然日, where the catalogue promises working days"),
        ({"anticipate_day": "9" * 5}, "anticipate_day: '99999' is not a whole number"),
        ({"anticipate_day": "9"}, "anticipate_day: 9, less than the 10 days promised"),
        ({"anticipate_day": ""}, "anticipate_day: is blank"),
        ({"anticipate_type": "3"}, "anticipate_type: '3' is not one of 工作日、自然日"),
        ({"task_state": "3"}, "task_state: is 取消"),
        ({"task_state": "草稿"}, "task_state: is 草稿"),
        ({"task_state": ""}, "task_state: is blank"),
        ({"task_version": "0"}, "task_version: counts from 1"),
        ({"task_version": "v1"}, "task_version: 'v1' is not a whole number"),
        ({"plan_effective_date": "2026-11-26"}, "plan_effective_date: not in force (未生效)"),
        ({"plan_cancel_date": "2026-11-25 00:00:00"}, "plan_cancel_date: cancelled (取消)"),
        ({"plan_cancel_date": "明天"}, "plan_cancel_date: '明天' is not a day, YYYY-MM-DD"),
        ({"region_code": "310000"}, "region_code: no division has the code '310000'"),
        ({"region_code": "34"}, "region_code: no division has the code '34'"),
        ({"accept_condition": "；；"}, "accept_condition: is blank"),
        ({"handle_flow": ""}, "handle_flow: is blank"),
        ({"is_fee": "2"}, "is_fee: '2' is not one of 是、否"),
        ({"result_name": ""}, "result_name: is blank"),
        ({"handle_area": "2"}, "handle_area: '2' is not one of 全国"),
        ({"domain_group": ""}, "domain_group: not in the national tables"),
        ({"domain_group": "别的"}, "domain_group: '别的' is not one of 社会保障"),
        ({"domain": ""}, "domain: not in the national tables"),
        ({"domain": "不动产登记"}, "domain: '不动产登记' is no field of the catalogue"),
        ({"kiosk_kind": ""}, "kiosk_kind: not in the national tables"),
        ({"kiosk_kind": "打印"}, "kiosk_kind: '打印' is not one of 查询打印"),
        ({"is_service_terminals": "0"}, "is_service_terminals: not at terminals"),
    ],
)
def test_a_row_that_cannot_be_used_is_refused(
    tmp_path: Path, changes: dict[str, str], reason: str
) -> None:
    materials = [PAPER | {"task_guid": changes.get("row_guid", PAPER["task_guid"])}]
    tasks = [NEW_ROW | changes]
    if changes.get("row_guid") == "":
        materials = []
    assert reason in _reasons(_import(_folder(tmp_path, tasks, materials, None)))


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"material_name": ""}, "material_name: is blank"),
        ({"material_type": "4"}, "material_type: '4' is not one of 原件"),
        ({"material_type": ""}, "material_type: is blank"),
        ({"material_format": "7"}, "material_format: '7' is not one of"),
        ({"page_num": "0"}, "page_num: at least 1"),
        ({"page_num": "两"}, "page_num: '两' is not a whole number"),
        ({"is_need": "0"}, "is_need: '0' is not one of 必要、非必要、容缺后补"),
        ({"is_need": ""}, "is_need: is blank"),
        ({"source_type": "30"}, "source_type: '30' is not one of 申请人自备"),
        ({"source_type": ""}, "source_type: is blank"),
        ({"order_num": "a"}, "order_num: 'a' is not a whole number"),
    ],
)
def test_one_bad_material_refuses_its_item_and_names_its_row(
    tmp_path: Path, changes: dict[str, str], reason: str
) -> None:
    papers = [PAPER, PAPER | {"material_name": "演示照片"} | changes]
    told = _reasons(_import(_folder(tmp_path, materials=papers)))
    assert f"material.csv:3: {reason}" in told


def test_no_material_beside_others_is_refused(tmp_path: Path) -> None:
    papers = [PAPER, PAPER | {"material_name": "无"}]
    told = _reasons(_import(_folder(tmp_path, materials=papers)))
    assert told == "material.csv:3: material_name: 无, beside other materials"


def test_a_question_without_an_answer_refuses_its_item(tmp_path: Path) -> None:
    told = _reasons(_import(_folder(tmp_path, questions=[ASKED | {"answer": ""}])))
    assert told == "question.csv:2: answer: is blank"


def test_a_new_item_without_a_word_on_materials_is_refused(tmp_path: Path) -> None:
    told = _reasons(_import(_folder(tmp_path, materials=None)))
    assert told == "materials: none given; an item that takes none says 无"


def test_all_that_is_wrong_with_a_row_is_told_at_once(tmp_path: Path) -> None:
    changes = {"task_name": "", "task_type": "77", "promise_day": "x", "is_fee": ""}
    paper = PAPER | {"is_need": "9"}
    imported = _import(_folder(tmp_path, [NEW_ROW | changes], [paper]))
    (refusal,) = imported.refused
    columns = {reason.split(": ")[0] for reason in refusal.reasons}
    assert columns == {"task_name", "task_type", "promise_day", "is_fee", "material.csv:2"}
    assert str(refusal).startswith(f"task.csv:2: {NEW_ROW['row_guid']}: ")
    assert len(str(refusal).splitlines()) == 1


def test_a_good_row_is_taken_beside_a_bad_one(tmp_path: Path) -> None:
    imported = _import(_folder(tmp_path, [NEW_ROW | {"is_fee": "?"}, CARD_ROW]))
    assert imported.taken == (CARD.id,)
    assert [refusal.row for refusal in imported.refused] == [2]


def test_a_guid_that_stands_twice_is_refused_the_second_time(tmp_path: Path) -> None:
    bare = NEW_ROW | {"row_guid": ID.upper().lower(), "task_name": "演示卡注销（二）"}
    imported = _import(_folder(tmp_path, [NEW_ROW, bare]))
    assert imported.taken == (ID,)
    assert imported.refused == (Refusal("task.csv", 3, ID, ("row_guid: stands in row 2 already",)),)


def test_two_new_items_cannot_have_one_name(tmp_path: Path) -> None:
    other = NEW_ROW | {"row_guid": "DEMO-X-1"}
    papers = [PAPER, PAPER | {"task_guid": "DEMO-X-1"}]
    imported = _import(_folder(tmp_path, [NEW_ROW, other], papers))
    assert imported.taken == (ID,)
    assert imported.refused[0].reasons == (f"task_name: {ID} has this name",)


def test_a_name_given_up_may_be_taken_by_another_item(tmp_path: Path) -> None:
    heir = NEW_ROW | {"task_name": CARD.name}
    assert _import(_folder(tmp_path, [CARD_ROW, heir])).taken == (CARD.id, ID)


def test_a_material_without_a_task_is_refused_by_itself(tmp_path: Path) -> None:
    stray = PAPER | {"row_guid": "M2", "task_guid": "elsewhere"}
    imported = _import(_folder(tmp_path, materials=[PAPER, stray]))
    assert imported.taken == (ID,)
    assert imported.refused == (
        Refusal("material.csv", 3, "M2", ("task_guid: 'elsewhere' is no task's row_guid",)),
    )


def test_unknown_columns_are_told_once_each(tmp_path: Path) -> None:
    rows = [NEW_ROW | {"colour": "红"}, CARD_ROW | {"colour": "绿"}]
    assert _import(_folder(tmp_path, rows)).warnings == (
        "task.csv: colour: unknown column, not read",
    )
    nested = [row | {"materials": [PAPER | {"size": "A4"}]} for row in rows]
    assert _import(_json(tmp_path, nested)).warnings == (
        "tasks.json: colour: unknown column, not read",
        "materials: size: unknown column, not read",
    )


def test_codes_and_legal_bases_are_known_columns_and_not_taken_over(tmp_path: Path) -> None:
    codes = {"catalog_code": "演示", "task_code": "演示", "by_law": "演示", "handle_form": "1"}
    assert _import(_folder(tmp_path, [NEW_ROW | codes])) == _import(_folder(tmp_path))


def test_codes_of_the_material_type_are_taken_with_a_warning(tmp_path: Path) -> None:
    imported = _import(_folder(tmp_path, materials=[PAPER | {"material_type": "1"}]))
    assert imported.taken == (ID,)
    assert [told.split(":")[0] for told in imported.warnings] == ["material_type"]


def test_a_table_without_rows_is_told(tmp_path: Path) -> None:
    (tmp_path / "task.csv").write_text("row_guid,task_name\r\n,\r\n\r\n", encoding="utf-8")
    imported = _import(tmp_path)
    assert imported == Imported(BASE, (), (), ("task.csv: no rows",))


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_a_byte_that_is_no_text_refuses_its_row_only(tmp_path: Path, encoding: str) -> None:
    file = _folder(tmp_path, [NEW_ROW, CARD_ROW], encoding=encoding) / "task.csv"
    name = "演示卡注销".encode(encoding)
    file.write_bytes(file.read_bytes().replace(name, name + b"\xff"))
    imported = _import(tmp_path)
    assert imported.taken == (CARD.id,)
    assert imported.refused[0].row == 2
    assert imported.refused[0].reasons == (
        "task_name: malformed encoding, neither UTF-8 nor GB 18030",
    )


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ('"x"y,z', "not CSV, line 2: ',' expected after '\"'"),
        ('x,"y', "not CSV, line 2: unexpected end of data"),
        ("x,y,z", "3 cells instead of 2"),
        ("x", "1 cells instead of 2"),
    ],
)
def test_a_row_that_is_no_row_is_refused_at_its_place(
    tmp_path: Path, line: str, reason: str
) -> None:
    (tmp_path / "task.csv").write_text(f"row_guid,task_name\n{line}\n", encoding="utf-8")
    imported = _import(tmp_path)
    assert imported.refused[0].row == 2
    assert imported.refused[0].reasons[0] == reason


def test_a_broken_row_of_materials_could_be_anybodys(tmp_path: Path) -> None:
    file = _folder(tmp_path) / "material.csv"
    file.write_bytes(file.read_bytes() + b'"M9"x,\r\n')
    imported = _import(tmp_path)
    assert imported.taken == ()
    assert [(refusal.file, refusal.row) for refusal in imported.refused] == [
        ("task.csv", 2),
        ("material.csv", 3),
    ]
    assert imported.refused[0].reasons[0].startswith("material.csv:3: not CSV, line 3")


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        ("text", "not an object"),
        (NEW_ROW | {"materials": {}}, "materials: not a list"),
        (NEW_ROW | {"materials": [PAPER], "task_name": {}}, "task_name: neither text nor number"),
        (NEW_ROW | {"materials": [PAPER], "task_name": [1]}, "task_name: neither text nor number"),
        (NEW_ROW | {"materials": [PAPER], "TASK_NAME": ""}, "task_name: stands twice"),
        (NEW_ROW | {"materials": [PAPER], "task_name": "\ud800"}, "(U+D800)"),
        (NEW_ROW | {"materials": [3]}, "materials:1: not an object"),
        (NEW_ROW | {"materials": [PAPER], "promise_day": 1.5}, "'1.5' is not a whole number"),
    ],
)
def test_json_of_the_wrong_shape_refuses_its_row(
    tmp_path: Path, value: object, reason: str
) -> None:
    imported = _import(_json(tmp_path, [NEW_ROW | {"materials": [PAPER]}, value]))
    assert imported.taken == (ID,)
    (refusal,) = imported.refused
    assert refusal.row == 2
    assert reason in str(refusal)
    str(refusal).encode()


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b'[{"a": 1},\n {"a" 2}]', ":2:7: not JSON: "),
        (b"", ":1:1: not JSON: "),
        (b'{"a": 1}', ":1: not a list of objects"),
        (b"[" * 100_000, ": not JSON: "),
        (b"[" + b"9" * 5000 + b"]", ": not JSON: "),
    ],
)
def test_a_file_that_is_not_a_list_in_json_is_named_with_the_place(
    tmp_path: Path, data: bytes, problem: str
) -> None:
    file = tmp_path / "tasks.json"
    file.write_bytes(data)
    with pytest.raises(ContentError) as caught:
        _import(file)
    assert str(caught.value).startswith(f"{file}{problem}")


def test_a_source_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(ContentError, match="task.csv: cannot be read: No such file"):
        _import(tmp_path)
    with pytest.raises(ContentError, match="none.json: cannot be read: No such file"):
        _import(tmp_path / "none.json")


def test_a_column_that_stands_twice_is_named(tmp_path: Path) -> None:
    (tmp_path / "task.csv").write_text("row_guid,Row_Guid\n1,2\n", encoding="utf-8")
    with pytest.raises(ContentError, match="task.csv:1: row_guid: this column stands twice"):
        _import(tmp_path)


def test_a_header_that_is_not_csv_is_named(tmp_path: Path) -> None:
    (tmp_path / "task.csv").write_text('"a"b\n', encoding="utf-8")
    with pytest.raises(ContentError, match="task.csv:1: not CSV, line 1"):
        _import(tmp_path)


def _answered(imported: Imported, file: str, rows: int) -> None:
    refused = [refusal for refusal in imported.refused if refusal.file == file]
    assert len(imported.taken) + len(refused) == rows
    assert all(refusal.reasons for refusal in imported.refused)
    assert len(set(imported.taken)) == len(imported.taken)
    names = [item.name for item in imported.edition.items.values()]
    assert len(set(names)) == len(names)
    for refusal in imported.refused:
        assert len(str(refusal).encode().splitlines()) == 1
    edition = imported.edition
    assert bundle.edition(bundle.split(bundle.text(bundle.lines(edition)))) == edition
    assert imported.edition.items.keys() == BASE.items.keys() | set(imported.taken)


def _cells(good: Mapping[str, str], columns: Iterable[str]) -> st.SearchStrategy[dict[str, str]]:
    """Rows that are good but for some cells."""
    odd = st.text(st.characters(codec="utf-8"), max_size=12) | st.sampled_from(
        ("", "无", "1", "2", "0", "2026-11-25", "1^2", "县级", CARD.id, CARD.name, RECORD.name)
    )
    changes = st.dictionaries(st.sampled_from(sorted({*good, *columns})), odd, max_size=4)
    return changes.map(lambda changed: dict(good) | changed)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(
    tasks=st.lists(_cells(NEW_ROW, TASK_COLUMNS) | _cells(CARD_ROW, TASK_COLUMNS), max_size=4),
    materials=st.lists(_cells(PAPER, MATERIAL_COLUMNS), max_size=4),
    questions=st.lists(_cells(ASKED, QUESTION_COLUMNS), max_size=2),
    encoding=st.sampled_from(("utf-8", "gb18030")),
)
def test_any_table_is_answered_row_by_row(
    tmp_path: Path,
    tasks: list[dict[str, str]],
    materials: list[dict[str, str]],
    questions: list[dict[str, str]],
    encoding: str,
) -> None:
    imported = _import(_folder(tmp_path, tasks, materials, questions, encoding))
    filled = sum(any(cell.strip() for cell in row.values()) for row in tasks)
    _answered(imported, "task.csv", filled)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.binary(max_size=200), more=st.binary(max_size=200))
def test_any_bytes_after_the_header_are_answered_row_by_row(
    tmp_path: Path, data: bytes, more: bytes
) -> None:
    _folder(tmp_path, [CARD_ROW], [PAPER])
    for name, extra in (("task", data), ("material", more)):
        with (tmp_path / f"{name}.csv").open("ab") as file:
            file.write(extra)
    imported = _import(tmp_path)
    rows = len(imported.taken) + sum(each.file == "task.csv" for each in imported.refused)
    _answered(imported, "task.csv", rows)
    assert rows >= 1


_value = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(sorted({*PAPER, *ASKED, "materials", "questions"}))
            | st.text(max_size=4),
            inner,
            max_size=4,
        )
    ),
    max_leaves=8,
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    objects=st.lists(
        _value
        | st.dictionaries(
            st.sampled_from(sorted({*NEW_ROW, "materials", "questions"})), _value, max_size=4
        ).map(lambda changed: {**NEW_ROW, "materials": [], **changed}),
        max_size=4,
    )
)
def test_any_list_in_json_is_answered_row_by_row(tmp_path: Path, objects: list[object]) -> None:
    imported = _import(_json(tmp_path, objects))
    _answered(imported, "tasks.json", len(objects))
