"""What a citizen does with a case afterwards, at the kiosk: adds to it, withdraws it, says that it
is not settled, rates it; with the central server and without it."""

from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest
import zxingcpp

from kiosk.citizen import Citizen
from kiosk.demonstration import Clerk
from kiosk.made_up_slip import show_slip
from kiosk.settings import Devices
from kiosk.startup import Kiosk
from services.devices.folder_printer import FolderPrinter
from tests.journeys.conftest import Hall
from tests.journeys.story import apply, begin, complain, follow, receipt, shown, walk
from tests.journeys.told import STORIES
from ui.visitor import Visitor

ANSWER = "演示答复：已经转给窗口。"


@pytest.fixture
def hall(hall: Hall, tmp_path: Path) -> Hall:
    """With a camera that sees a made-up slip, and a scanner."""
    devices = Devices(camera=str(show_slip(tmp_path / "camera")), scanner=True)
    return replace(hall, settings=hall.settings._replace(devices=devices))


@pytest.fixture
def sheets(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A printer: the folder its sheets fall into."""
    folder = tmp_path / "sheets"
    monkeypatch.setattr("services.devices.printer.LpPrinter", lambda _: FolderPrinter(folder))
    return folder


def followed(visitor: Visitor, number: str, code: str) -> None:
    """From the receipt, or from what was done, to the case."""
    visitor.tap("结束离开")
    begin(visitor)
    follow(visitor, number, code)


def delivered(kiosk: Kiosk, visitor: Visitor, number: str) -> None:
    backstage = kiosk.backstage.result()
    backstage.uplink.poke()
    visitor.wait(lambda: not backstage.outbox.is_waiting(number), "the receipt of the centre")


def actions(clerk: Clerk, number: str) -> list[str]:
    return [event["action"] for event in clerk.case(number)["events"]]


def add_words_and_a_picture(visitor: Visitor, words: str) -> None:
    visitor.tap("补充情况")
    visitor.expect("还有什么情况要说")
    visitor.type(words)
    visitor.tap("拍单子")
    visitor.tap("拍一张单子")
    visitor.tap("拍一张")
    visitor.tap("清楚，就用这张")
    visitor.expect("不要第 1 张")
    visitor.tap("交上去")
    visitor.expect("补充的交上去了")


def rate(visitor: Visitor, level: str) -> None:
    visitor.tap("评价")
    visitor.expect("这次办得怎么样")
    visitor.tap(level)
    visitor.tap("评价")
    visitor.expect("评价好了")


def test_words_and_a_picture_are_added_and_then_the_case_is_withdrawn(hall: Hall) -> None:
    with hall.central() as clerk, hall.kiosk() as (_, visitor):
        begin(visitor)
        number, code = complain(_)
        visitor.expect("中心已收到")
        followed(visitor, number, code)
        visitor.expect("中心已收到")
        add_words_and_a_picture(visitor, "hai cha yi zhang")
        visitor.expect("中心已收到。")
        shown("afterwards/added", visitor)
        visitor.tap("回去看进度")
        visitor.expect("您补充了情况")
        visitor.tap("不办了，撤回")
        visitor.expect("真的要撤回吗")
        shown("afterwards/withdrawing", visitor)
        visitor.tap("撤回")
        visitor.expect("已经撤回")
        visitor.expect("中心已收到。")
        visitor.tap("回去看进度")
        visitor.expect("您已经撤回")
        visitor.expect("不再往下办了")
        visitor.wait(lambda: not visitor.rows("补充情况"), "nothing more to be done")
        shown("afterwards/withdrawn", visitor)
        assert actions(clerk, number) == ["received", "added", "withdrawn"]
        case = clerk.case(number)
        assert case["events"][1]["detail"] == "hai cha yi zhang"
        assert [each["paper"] for each in case["attachments"]] == ["补充的照片"]


def test_what_is_not_settled_is_taken_up_again_and_rated_once(hall: Hall) -> None:
    with hall.central() as clerk, hall.kiosk() as (kiosk, visitor):
        begin(visitor)
        number, code = complain(kiosk)
        visitor.expect("中心已收到")
        clerk.settle(number, "演示部门", ANSWER)
        followed(visitor, number, code)
        visitor.expect(ANSWER)
        visitor.tap("没解决")
        visitor.expect("哪里没解决")
        visitor.type("mei ban")
        visitor.tap("没解决，重新办")
        visitor.expect("这件事重新办")
        visitor.expect("中心已收到。")
        visitor.tap("回去看进度")
        visitor.expect("您说没解决，重新办")
        assert clerk.case(number)["state"] == "reopened"
        clerk.answer(number, "演示部门", "演示答复：已经办好。")
        followed(visitor, number, code)
        visitor.expect("已经办好")
        rate(visitor, "非常不满意")
        shown("afterwards/rated", visitor)
        visitor.expect("中心已收到。")
        visitor.tap("回去看进度")
        visitor.expect("您评价了：非常不满意")
        assert not visitor.rows("评价")
        case = clerk.case(number)
        assert case["rating"] == 1
        assert case["follow_up_since"] is not None


def test_what_is_done_before_the_centre_knows_the_case_arrives_with_it(
    hall: Hall,
) -> None:
    with hall.kiosk() as (kiosk, visitor):
        begin(visitor)
        number, code = complain(kiosk)
        followed(visitor, number, code)
        visitor.expect("您交的件在这台机器里")
        visitor.expect(number)
        shown("afterwards/stored-here", visitor)
        add_words_and_a_picture(visitor, "bu chong")
        visitor.expect("已安全存在本机")
        visitor.tap("回去看进度")
        visitor.tap("不办了，撤回")
        visitor.tap("撤回")
        visitor.expect("已经撤回")
        with hall.central() as clerk:
            delivered(kiosk, visitor, number)
            visitor.expect("中心已收到。")
            case = clerk.case(number)
            assert case["state"] == "withdrawn"
            added = {event["action"]: event["detail"] for event in case["events"]}
            assert added["added"] == "bu chong"
            assert len(case["attachments"]) == 1


def wishes(visitor: Visitor) -> None:
    """Rated, and then said not to be settled."""
    rate(visitor, "不满意")
    visitor.tap("回去看进度")
    visitor.tap("没解决")
    visitor.tap("没解决，重新办")
    visitor.expect("这件事重新办")


def reopened_and_rated(clerk: Clerk, number: str) -> None:
    case = clerk.case(number)
    assert (case["state"], case["rating"]) == ("reopened", 2)


def withdrawal(visitor: Visitor) -> None:
    """Withdrawn, but the department has answered already."""
    visitor.tap("不办了，撤回")
    visitor.tap("撤回")
    visitor.expect("已经撤回")


def too_late(clerk: Clerk, number: str) -> None:
    case = clerk.case(number)
    assert case["state"] == "answered"
    assert case["events"][-1]["action"] == "late_withdrawal"


@pytest.mark.parametrize(("does", "comes"), [(wishes, reopened_and_rated), (withdrawal, too_late)])
def test_whatever_is_done_without_a_connection_is_kept_here_and_arrives_later(
    hall: Hall,
    does: Callable[[Visitor], None],
    comes: Callable[[Clerk, str], None],
) -> None:
    with hall.kiosk() as (kiosk, visitor):
        begin(visitor)
        with hall.central() as clerk:
            number, code = complain(kiosk)
            delivered(kiosk, visitor, number)
            clerk.settle(number, "演示部门", ANSWER)
            followed(visitor, number, code)
            visitor.expect(ANSWER)
        followed(visitor, number, code)
        visitor.expect("现在查不到最新进度")
        shown("afterwards/offline", visitor)
        does(visitor)
        visitor.expect("已安全存在本机")
        with hall.central() as clerk:
            delivered(kiosk, visitor, number)
            comes(clerk, number)


def test_without_a_connection_the_kiosk_tells_what_it_last_heard_of_the_case(hall: Hall) -> None:
    with hall.central() as clerk:
        with hall.kiosk() as (kiosk, visitor):
            begin(visitor)
            number, code = complain(kiosk)
            delivered(kiosk, visitor, number)
        clerk.settle(number, "演示部门", ANSWER)
        with hall.kiosk() as (kiosk, visitor):
            cases = kiosk.backstage.result().cases
            visitor.wait(lambda: cases.last_known(number) is not None, "news of the case")
    with hall.kiosk() as (kiosk, visitor):
        begin(visitor)
        follow(visitor, number, code)
        visitor.expect("现在查不到最新进度")
        visitor.expect("这台机器最后得知：部门已有答复")
        shown("afterwards/last-known", visitor)
        present = kiosk.application.shell.present
        assert (present.itemName, present.department, present.result) == ("", "", "")
        rate(visitor, "满意")
        visitor.tap("回去看进度")
        visitor.expect("部门已有答复")
        visitor.tap("返回")
        visitor.wait(lambda: not present.lastKnown, "the fields")


def test_what_is_too_long_is_said_at_the_field_and_kept(hall: Hall) -> None:
    with hall.kiosk() as (kiosk, visitor):
        begin(visitor)
        number, code = complain(kiosk)
        followed(visitor, number, code)
        visitor.tap("补充情况")
        wish = kiosk.application.shell.present
        wish.type("好" * 1001)
        visitor.tap("交上去")
        visitor.expect("写得太长了")
        assert wish.text == "好" * 1001
        wish.type("好" * 1000)
        visitor.tap("交上去")
        visitor.expect("补充的交上去了")


def enquire(kiosk: Kiosk, visitor: Visitor) -> tuple[str, str]:
    """What is not any of the four classes yet: number and query code."""
    said = next(story.said for story in STORIES if story.name == "not-yet")
    visitor.tap("我要反映")
    walk(Citizen.at(kiosk).fill(said))
    visitor.expect("请您看一遍")
    visitor.tap("没问题，提交")
    visitor.expect("先按咨询登记")
    return receipt(visitor)


def test_an_enquiry_becomes_a_complaint_by_one_touch(hall: Hall) -> None:
    with hall.central() as clerk, hall.kiosk() as (kiosk, visitor):
        begin(visitor)
        number, code = enquire(kiosk, visitor)
        visitor.expect("中心已收到")
        assert clerk.case(number)["enquiry"]
        followed(visitor, number, code)
        visitor.tap("还没办成，转为反映")
        visitor.expect("已经转为反映")
        shown("afterwards/upgraded", visitor)
        visitor.expect("中心已收到。")
        visitor.tap("回去看进度")
        visitor.expect("您说还没办成，转为反映")
        visitor.wait(lambda: not visitor.rows("还没办成，转为反映"), "it to be no enquiry any more")
        case = clerk.case(number)
        assert not case["enquiry"]
        assert case["follow_up_since"] is not None


def test_an_enquiry_becomes_a_complaint_without_a_connection(hall: Hall) -> None:
    with hall.kiosk() as (kiosk, visitor):
        begin(visitor)
        with hall.central():
            number, code = enquire(kiosk, visitor)
            delivered(kiosk, visitor, number)
        followed(visitor, number, code)
        visitor.tap("还没办成，转为反映")
        visitor.expect("已安全存在本机")
        with hall.central() as clerk:
            delivered(kiosk, visitor, number)
            assert not clerk.case(number)["enquiry"]


def link_on(sheet: Path) -> str:
    """What a scanner reads from a printed slip."""
    with closing(pypdfium2.PdfDocument(sheet)) as document:
        (page,) = document
        (found,) = zxingcpp.read_barcodes(page.render(scale=4, grayscale=True).to_numpy())
    return str(found.text)


def test_an_application_s_slip_under_the_scanner_leads_to_a_report_that_knows_what_is_known(
    hall: Hall, sheets: Path
) -> None:
    with hall.central() as clerk, hall.kiosk() as (kiosk, visitor):
        begin(visitor)
        number, code = apply(kiosk)
        visitor.expect("中心已收到")
        visitor.tap("打印")
        visitor.expect("已经打印")
        clerk.register(number)
        visitor.tap("结束离开")
        visitor.expect("轻轻一按")
        visitor.scan(link_on(sheets / "001.pdf"))
        visitor.expect("放到扫码口")
        shown("afterwards/scanned", visitor)
        visitor.type(code)
        visitor.tap("查一查")
        visitor.tap("这件事没办成？")
        put = [id for id, _ in Citizen.at(kiosk).fill({"trouble": "交了材料，一直没有结果"})]
        visitor.expect("请您看一遍")
        assert not {"item", "accepted", "handed_in", "project_no"} & set(put)
        facts = kiosk.application.shell.present._form.walk.facts
        assert facts["project_no"] == number
        assert facts["accept_date"] == facts["apply_date"]
        visitor.tap("没问题，提交")
        visitor.expect("已经记下了")
