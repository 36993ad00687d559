"""The columns and value lists of the national exchange tables, each with where it comes from.

Columns are those of `up_task_general_*` and `up_task_public_*` of the national platform. A value
may be given as its code or as its Chinese word. A code or word that stands in no list here is
unknown, and its row refused: a province that has extended a list (as GB/T 39046 allows) must write
the words.
"""

from collections.abc import Mapping

from kiosk.domain.catalogue.guide import DayUnit, MaterialForm, Need
from kiosk.domain.catalogue.model import COMPANY, PERSON, KioskKind
from services.content.items import GROUPS, ON_THE_SPOT

ITEM_TYPES: Mapping[str, str] = {
    "01": "行政许可",
    "05": "行政给付",
    "07": "行政确认",
    "08": "行政奖励",
    "09": "行政裁决",
    "10": "其他行政权力",
    "20": "公共服务",
    "1": "行政许可",
    "5": "行政给付",
    "7": "行政确认",
    "8": "行政奖励",
    "9": "行政裁决",
    "行政许可": "行政许可",
    "行政给付": "行政给付",
    "行政确认": "行政确认",
    "行政奖励": "行政奖励",
    "行政裁决": "行政裁决",
    "其他行政权力": "其他行政权力",
    "其他类别事项": "其他行政权力",
    "公共服务": "公共服务",
    "公共服务事项": "公共服务",
}
"""`task_type`, after GB/T 39046-2020 A.1. What an authority does unasked (02 行政处罚, 03 行政强制,
04 行政征收, 06 行政检查) is no matter for a kiosk. Spreadsheets drop the leading zero."""

LEVELS: Mapping[str, str] = {
    "2": "省级",
    "3": "市级",
    "4": "县级",
    "5": "乡镇（街道）级",
    "7": "省市县分级",
    "省级": "省级",
    "省级/直属": "省级",
    "市级": "市级",
    "市级/隶属": "市级",
    "县级": "县级",
    "镇（乡、街道）级": "乡镇（街道）级",
    "镇(乡、街道)级": "乡镇（街道）级",
    "乡镇（街道）级": "乡镇（街道）级",
    "分级管理": "省市县分级",
    "省市县分级": "省市县分级",
    "垂直管理（税务）": "垂直管理（税务）",
    "公用企业": "公用企业",
}
"""`use_level`, after GB/T 39046-2020 A.2. The state's own level (1) and the villages' (6) have no
place in the catalogue of a province. The last two words are ours."""

GRADED = "省市县分级"
GRADES = frozenset(("省级", "市级", "县级"))
"""An item with several of these levels is `GRADED`."""

OFFICES: Mapping[str, str] = {
    "1": "法定机关",
    "2": "授权组织",
    "3": "受委托组织",
    "9": "其他",
    "法定机关": "法定机关",
    "授权组织": "授权组织",
    "受委托组织": "受委托组织",
    "其他": "其他",
}
"""`dept_type`, after GB/T 39046-2020 A.3."""

SERVED: Mapping[str, str] = {
    "1": PERSON,
    "2": COMPANY,
    "3": COMPANY,
    "4": COMPANY,
    "5": COMPANY,
    "6": COMPANY,
    "9": COMPANY,
    "自然人": PERSON,
    "个人": PERSON,
    "法人": COMPANY,
    "企业法人": COMPANY,
    "事业法人": COMPANY,
    "社会组织法人": COMPANY,
    "非法人企业": COMPANY,
    "行政机关": COMPANY,
    "其他组织": COMPANY,
}
"""`server_type`, after GB/T 39046-2020 A.4 (5 行政机关, 6 其他组织) and the list that platforms use
(5 非法人企业, 6 行政机关, 9 其他组织). Both agree on what matters here: 1 is a person."""

HANDLING: Mapping[str, str] = {
    "1": ON_THE_SPOT,
    "2": "承诺件",
    "即办件": ON_THE_SPOT,
    "承诺件": "承诺件",
}
"""`project_type`, after GB/T 39046-2020 A.6. Its third kind (9 其他) says nothing of a period."""

UNITS: Mapping[str, DayUnit] = {
    "1": DayUnit.WORKDAY,
    "2": DayUnit.DAY,
    "工作日": DayUnit.WORKDAY,
    "自然日": DayUnit.DAY,
}
"""`anticipate_type`, `promise_type`. Not in GB/T 39046; as provincial platforms' interfaces say it
(1 工作日, 2 自然日, 3 小时, 4 分钟, 5 月). A guide counts days only."""

YES_NO: Mapping[str, bool] = {"1": True, "0": False, "是": True, "否": False}
"""`is_…`, after GB/T 39046-2020 table 4."""

IN_USE: Mapping[str, str] = {
    "1": "在用",
    "2": "暂停",
    "3": "取消",
    "4": "草稿",
    "在用": "在用",
    "暂停": "暂停",
    "挂起": "暂停",
    "取消": "取消",
    "草稿": "草稿",
}
"""`task_state`. Not in GB/T 39046; as provincial platforms use it."""

PROVINCE_WIDE: Mapping[str, bool] = {
    "全国": True,
    "跨省": True,
    "全省": True,
    "跨市": False,
    "全市": False,
    "跨县": False,
    "全县": False,
    "无": False,
}
"""`handle_area`: whether it covers the whole province. The words after GB/T 39046-2020 table 4,
which gives no codes; platforms number them differently, so no code is read."""

ONLINE_THROUGHOUT = "全程网办"
"""`online_handle_depth`: the word for a matter that is finished without a visit."""

ELECTRONIC: Mapping[str, bool] = {
    "1": False,
    "2": True,
    "3": False,
    "纸质": False,
    "电子": True,
    "电子化": True,
    "均可": False,
    "纸质/电子化": False,
}
"""`material_format`: whether it must be electronic. As provincial platforms use it."""

FORMS: Mapping[str, MaterialForm] = {
    "1": MaterialForm.ORIGINAL,
    "2": MaterialForm.COPY,
    "3": MaterialForm.ORIGINAL,
    "原件": MaterialForm.ORIGINAL,
    "复印件": MaterialForm.COPY,
    "原件或复印件": MaterialForm.ORIGINAL,
    "原件和复印件": MaterialForm.BOTH,
    "电子件": MaterialForm.ELECTRONIC,
}
"""`material_type` (3 原件或复印件: who brings the original is not sent away). As platforms used it
when the exchange tables were made; newer ones number something else, see `FORM_CODES_IN_DOUBT`."""

FORM_CODES_IN_DOUBT = (
    "material_type: read as 1 原件, 2 复印件, 3 原件或复印件; where the platform means "
    "1 证件证书证明, 2 申请表格文书, 3 其他, have it write 原件 or 复印件 instead"
)

NEEDS: Mapping[str, Need] = {
    "1": Need.REQUIRED,
    "2": Need.OPTIONAL,
    "3": Need.LATER,
    "必要": Need.REQUIRED,
    "非必要": Need.OPTIONAL,
    "容缺后补": Need.LATER,
}
"""`is_need`. As provincial platforms use it."""

OWN = "申请人自备"
SOURCES: Mapping[str, str] = {
    "10": OWN,
    "20": "政府部门核发",
    "99": "其他",
    OWN: OWN,
    "政府部门核发": "政府部门核发",
    "其他": "其他",
}
"""`source_type`. As provincial platforms use it."""

DOMAIN_GROUPS: Mapping[str, str] = {group: group for group in GROUPS}
KINDS: Mapping[str, KioskKind] = {kind.value: kind for kind in KioskKind}
"""Two columns that are ours: no national table has them."""

SYNONYMS: Mapping[str, str] = {"source_explain": "source_note"}
"""Columns that tables name in two ways."""


def _columns(names: str) -> frozenset[str]:
    return frozenset(names.split())


_SYNCHRONISED = _columns(
    "id cd_batch cd_operation cd_time data_source create_org_id create_time create_user_id "
    "update_org_id update_time update_user_id tenant_id version task_code task_handle_item "
    "row_guid order_num"
)
TASK_COLUMNS = _SYNCHRONISED | _columns(
    "task_guid task_name catalog_code local_catalog_code local_task_code task_type use_level "
    "task_state task_version dept_name dept_code dept_type entrust_name region_code by_law "
    "power_source server_type project_type anticipate_day anticipate_type anticipate_explain "
    "promise_day promise_type promise_explain special_procedure accept_condition handle_flow "
    "is_fee fee_basis handle_type handle_form limit_scene_num limit_scene_explain limit_explain "
    "link_way link_addr supervise_way transact_addr transact_time result_name result_type "
    "result_guid service_type other_dept online_handle_depth online_handle_url handle_area "
    "mobile_terminal_url is_single_login app_is_single_login is_entry_center is_express is_online "
    "is_pay_online is_schedule is_service_terminals user_topic_type corp_topic_type "
    "user_character_topic_type corp_character_topic_type extend_field town_code town_name "
    "village_code village_name plan_effective_date plan_cancel_date "
    "domain_group domain kiosk_kind"
)
MATERIAL_COLUMNS = _SYNCHRONISED | _columns(
    "task_guid material_name material_type material_format page_num page_format is_need "
    "source_type source_note form_guid example_guid fill_explain accept_stand by_law "
    "remark"
)
QUESTION_COLUMNS = _SYNCHRONISED | _columns("task_guid question answer")
"""The columns that are known. Codes, legal bases, addresses and telephones are not taken over:
places and hotlines belong to the hall directory."""
