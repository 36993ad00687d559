"""What citizens tell, and what comes of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from kiosk.wiring import HallClock

CARD = "bandiangongzheng：特种作业操作证申领"
OTHER = "别的事（外省能办这里不能办、欠工资、要好处……）"
BUILDER = "erjijianzaoshi：二级建造师注册（初始、变更、延续、注销）"


def ago(*days: int) -> str:
    today = HallClock().now().date()
    return "|".join(_iso(today - timedelta(days=each)) for each in days)


def _iso(day: date) -> str:
    return day.isoformat()


@dataclass(frozen=True)
class Story:
    name: str
    told: str
    said: Mapping[str, str]
    classified: str
    """What stands on the receipt."""
    subclasses: tuple[str, ...] = ()
    """What a clerk reads, the one to dispatch by first."""
    route: str = ""
    """Whose matter it is, where it is somebody else's."""


STORIES = [
    Story(
        "1A-not-theirs",
        "我去给徒弟办电工证，材料都带齐了，窗口的姑娘翻了翻说这不归她们管，材料又给我推出来了。",
        {
            "trouble": "材料交不上：窗口不收，或者说不受理",
            "why": "说不归他们管",
            "item": CARD,
            "visits": ago(6),
            "more": "都没有",
        },
        "第一类·不予受理",
        ("1A",),
    ),
    Story(
        "1A-told-differently",
        "头一回说差个体检表，补了又说差照片，再去又说要单位盖章，哪回都不给收。",
        {
            "trouble": "材料交不上：窗口不收，或者说不受理",
            "why": "说材料不齐",
            "told": "说了几次都不一样，或者没说清",
            "item": CARD,
            "visits": ago(30, 20, 6),
            "more": "都没有",
        },
        "第一类·不予受理",
        ("1A", "2"),
    ),
    Story(
        "1B",
        "材料在窗口放下二十多天了，电话打过去，谁也说不上来到底收没收。",
        {
            "trouble": "交了材料，一直没有结果",
            "item": CARD,
            "accepted": "没人说收没收",
            "handed_in": ago(25),
            "visits": ago(25),
            "more": "都没有",
        },
        "第一类·受理不及时",
        ("1B",),
    ),
    Story(
        "1C",
        "二级建造师注册，受理单给了，写着十个工作日，这都俩月了还在办理中。",
        {
            "trouble": "交了材料，一直没有结果",
            "item": BUILDER,
            "accepted": ago(60),
            "visits": "没去过",
            "more": "都没有",
        },
        "第一类·办理超时",
        ("1C",),
    ),
    Story(
        "1D",
        "网上申请的，前天来信息说不予通过，也没写哪里不对，我条件明明够的。",
        {
            "trouble": "没给批准，或者办出来的结果不对",
            "item": BUILDER,
            "visits": "没去过",
            "more": "都没有",
        },
        "第一类·未通过审批",
        ("1D",),
    ),
    Story(
        "2",
        "为个证来了三趟省城了，每趟都说系统不行，叫我改天再来，也没说不收。",
        {
            "trouble": "说不清，带我一步一步说",
            "item": CARD,
            "visits": ago(40, 21, 7),
            "more": "都没有",
        },
        "第二类·多次未办成",
        ("2",),
    ),
    Story(
        "3A",
        "应急那边叫我找人社，人社说该应急管，两个窗口来回指，我在大厅转了一上午。",
        {
            "trouble": "几个部门来回推，或者一直拖着",
            "item": CARD,
            "visits": ago(3),
            "more": "部门互相推，都说不归自己管",
            "departments": "人社（社保、就业）|别的部门",
        },
        "第三类·推诿扯皮",
        ("3A",),
    ),
    Story(
        "3B",
        "回回去都说领导不在，等通知，等了一个夏天，就是拖着不办。",
        {
            "trouble": "几个部门来回推，或者一直拖着",
            "item": "jiugedian",
            "level": "省里（省政务服务中心、省厅，或省里的网站）",
            "visits": "两次以上，忘了日子",
            "more": "一直拖着不办",
            "departments": "说不清是哪个",
        },
        "第三类·办事拖拉",
        ("3B", "2"),
    ),
    Story(
        "4",
        "我表哥在上海，同样的事手机上点点就办好了，到安徽就说还没开通。",
        {
            "trouble": OTHER,
            "other": "上海、江苏、浙江能办，安徽办不了",
            "item": CARD,
            "visits": "没去过",
            "where": "上海",
        },
        "第四类·政策对标",
        ("4",),
    ),
    Story(
        "pushed-elsewhere",
        "都是在网上和电话里办的，省厅几个处室互相推，我人一趟没去过大厅。",
        {
            "trouble": "几个部门来回推，或者一直拖着",
            "item": CARD,
            "visits": "没去过",
            "more": "部门互相推，都说不归自己管",
            "departments": "说不清是哪个",
        },
        "96980",
    ),
    Story(
        "wages",
        "工地干完了，包工头欠我们班组八个人的工钱，过年都没法回家。",
        {"trouble": OTHER, "other": "老板欠工资"},
        "12333",
        route="R05",
    ),
    Story(
        "medical",
        "老母亲在外省住院，回来报销，医保那边说这笔不能报，我弄不懂。",
        {
            "trouble": OTHER,
            "other": "都不是，给我看看单子",
            "topic": "医保报销、异地看病",
        },
        "12393",
        route="R08",
    ),
    Story(
        "prepaid",
        "健身房办了卡，还没去几次就关门了，老板电话也打不通。",
        {
            "trouble": OTHER,
            "other": "都不是，给我看看单子",
            "topic": "买到假货、消费纠纷、商家不退钱",
        },
        "12315",
        route="R11",
    ),
    Story(
        "housing-fund",
        "退休了想把公积金取出来，单位早就没有了，管理中心让找单位盖章。",
        {
            "trouble": OTHER,
            "other": "都不是，给我看看单子",
            "topic": "公积金",
        },
        "12329",
        route="R10",
    ),
    Story(
        "county",
        "养鱼的证是在县里交的材料，交上去就没有音信了。",
        {
            "trouble": "交了材料，一直没有结果",
            "item": "yangyu",
            "level": "县里、区里",
        },
        "12345",
        route="R19",
    ),
    Story(
        "not-yet",
        "窗口给了我一张单子，写明白还差哪两样，我还没去补，就是来问一声。",
        {
            "trouble": "材料交不上：窗口不收，或者说不受理",
            "why": "说材料不齐",
            "told": "说清了，我还没补齐",
            "item": CARD,
            "visits": ago(2),
            "more": "都没有",
        },
        "先按咨询登记",
    ),
]

LISTED = {"trouble": OTHER, "other": "都不是，给我看看单子"}
FIRST_AID, UNRECORDED = ("110", "119", "120"), "这里不记内容"
NEVER_COLLECTED = {
    "danger": ({"trouble": OTHER, "other": "有人有危险，或者正在被骗"}, FIRST_AID),
    "danger-listed": ({**LISTED, "topic": "有人受伤、打架、被骗正在转账、人身危险"}, FIRST_AID),
    "misconduct": (
        {"trouble": OTHER, "other": "工作人员要好处、违纪违法"},
        (UNRECORDED, "12388"),
    ),
    "misconduct-police": ({**LISTED, "topic": "民警违法违纪"}, (UNRECORDED, "12389")),
}
"""What is asked for danger and misconduct, and what the page then says."""
