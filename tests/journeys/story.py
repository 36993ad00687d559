"""The steps of the journeys that several of them take, in a citizen's own order."""

from ui.visitor import Visitor


def begin(visitor: Visitor) -> None:
    visitor.tap("轻轻一按")
    visitor.expect("您好")


def apply(visitor: Visitor, *, name: str = "yan shi", remark: str = "") -> tuple[str, str]:
    """From the home screen to the receipt of an application: number and query code."""
    visitor.tap("用您自己的话写")
    visitor.type("shebaokabuhuan")
    visitor.tap("社会保障卡补领、换领、换发")
    visitor.tap("开始填表")
    visitor.tap("同意，继续")
    visitor.answer("您替谁办", "我自己")
    visitor.expect("叫什么名字")
    visitor.type(name)
    visitor.tap("下一步")
    visitor.expect("打哪个电话")
    visitor.type("13800000000")
    visitor.tap("下一步")
    visitor.answer("这件事归哪里管", "合肥市", "庐阳区")
    visitor.answer("要的材料", "都带齐了")
    visitor.expect("还有什么要说的")
    visitor.type(remark)
    visitor.tap("下一步")
    return submit(visitor)


def complain(
    visitor: Visitor, *, matter: str = "fangchanzheng", story: str = ""
) -> tuple[str, str]:
    """From the home screen to the receipt of a complaint (1C): number and query code."""
    visitor.tap("我要反映")
    visitor.answer("有没有人受伤", "没有")
    visitor.answer("哪一种事", "办得很慢")
    visitor.expect("哪一件事")
    visitor.type(matter)
    visitor.tap("下一步")
    visitor.answer("哪一级", "省里")
    visitor.answer("交过申请材料", "交过")
    visitor.answer("办到哪一步", "收下了")
    visitor.answer("哪一天收下", "上个月", "15")
    visitor.answer("去过省政务服务中心几次", "1次")
    visitor.answer("互相推", "没有")
    visitor.answer("上海、江苏、浙江", "不是")
    visitor.expect("请先看看")
    visitor.tap("同意，继续")
    visitor.answer("您是替谁反映", "我自己的事")
    visitor.answer("材料是怎么交的", "在窗口")
    visitor.answer("受理单上的编号")
    visitor.answer("都交齐了吗", "都齐了")
    visitor.answer("怎么答复您的", "只是嘴上说的")
    visitor.expect("请说说事情的经过")
    visitor.type(story)
    visitor.tap("下一步")
    visitor.answer("怎么告诉您", "不留电话")
    return submit(visitor)


def submit(visitor: Visitor) -> tuple[str, str]:
    """From the review to the receipt: number and query code."""
    visitor.expect("请您看一遍")
    visitor.tap("没问题，提交")
    return visitor.read("number"), visitor.read("code").replace(" ", "")


def follow(visitor: Visitor, number: str, code: str) -> None:
    """From the home screen, ask how a case stands."""
    visitor.tap("查办理进度")
    visitor.type(number.replace("-", ""))
    visitor.tap("查询码")
    visitor.type(code)
    visitor.tap("查一查")
