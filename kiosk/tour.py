"""The whole journey, walked offscreen by synthetic touch: kiosk and central server for real."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

from kiosk.demonstration import PORTRAIT, offscreen_application, stage
from kiosk.made_up import ANSWER
from ui.visitor import Visitor

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from kiosk.demonstration import Stage

ITEM = "社会保障卡补领、换领、换发"
MATTER = "fangchanzheng"


def tour(out: Path) -> Iterator[Path]:
    """Find a service, read its guide, apply; report a matter that could not be done; take the
    receipts; a clerk answers; follow the case. Yields each picture saved in `out`.
    """
    application = offscreen_application()
    out.mkdir(parents=True, exist_ok=True)
    with stage(PORTRAIT) as playing:
        for number, (name, visitor) in enumerate(walk(playing), start=1):
            file = out / f"{number:02d}-{name}.png"
            visitor.picture(file)
            yield file
    del application


def walk(playing: Stage) -> Iterator[tuple[str, Visitor]]:
    """The journey itself; stops at every screen worth a picture."""
    kiosk, clerk = playing.kiosk, playing.clerk
    visitor = Visitor(kiosk.application.window, kiosk.application.engine)
    visitor.expect("轻轻一按")
    visitor.wait(kiosk.backstage.done, "the adapters")
    yield "待机", visitor
    visitor.tap("轻轻一按")
    visitor.expect("您好")
    yield "首页", visitor
    visitor.tap("社会保障")
    visitor.expect("能在本机办")
    yield "分类", visitor
    visitor.tap("返回")
    yield from application(visitor)
    visitor.expect("中心已收到")
    handed_in = visitor.read("number")
    yield "申请回执", visitor
    visitor.tap("我拿好了")

    visitor.tap("轻轻一按")
    yield from complaint(visitor)
    visitor.expect("中心已收到")
    number, code = visitor.read("number"), visitor.read("code")
    yield "反映回执", visitor
    visitor.tap("我拿好了")

    with ThreadPoolExecutor(max_workers=1) as desk:
        registered = desk.submit(clerk.register, handed_in)
        settled = desk.submit(clerk.settle, number, "演示部门", ANSWER)
        visitor.wait(settled.done, "the clerk")
    registered.result()
    settled.result()
    visitor.tap("轻轻一按")
    yield from follow(visitor, number, code)
    visitor.expect(ANSWER)
    yield "看到答复", visitor

    for _ in range(playing.settings.idle.warn_after):
        kiosk.application.shell.presence.tick()
    visitor.expect("您还在吗")
    yield "离开提醒", visitor
    visitor.tap("清除并离开")
    visitor.expect("轻轻一按")


def application(
    visitor: Visitor, name: str = "yan shi", remark: str = ""
) -> Iterator[tuple[str, Visitor]]:
    """From the home screen to the moment an application is handed in."""
    visitor.tap("用您自己的话写")
    visitor.type("shebaokabuhuan")
    visitor.expect(ITEM)
    yield "搜索", visitor
    visitor.choose(ITEM)
    visitor.expect("要带什么")
    yield "办事指南", visitor
    visitor.tap("开始填表")
    visitor.expect("填表之前")
    yield "告知同意", visitor
    visitor.tap("同意，继续")
    visitor.answer("您替谁办", "我自己")
    visitor.expect("叫什么名字")
    visitor.type(name)
    yield "写名字", visitor
    visitor.tap("下一步")
    visitor.expect("打哪个电话")
    visitor.type("13800000000")
    yield "写电话", visitor
    visitor.tap("下一步")
    visitor.tap("合肥市")
    visitor.tap("庐阳区")
    yield "归属地", visitor
    visitor.tap("下一步")
    visitor.answer("要的材料", "都带齐了")
    visitor.expect("还有什么要说的")
    visitor.type(remark)
    visitor.tap("下一步")
    visitor.expect("请您看一遍")
    yield "核对申请", visitor
    visitor.tap("没问题，提交")


def complaint(
    visitor: Visitor, matter: str = MATTER, story: str = ""
) -> Iterator[tuple[str, Visitor]]:
    """From the home screen to the moment a complaint (1C) is handed in. `matter` is typed in own
    words; the default is picked from the results."""
    visitor.tap("我要反映")
    visitor.answer("有没有人受伤", "没有")
    visitor.expect("哪一种事")
    visitor.tap("办得很慢")
    yield "哪一种事", visitor
    visitor.tap("下一步")
    visitor.expect("哪一件事")
    visitor.type(matter)
    if matter == MATTER:
        visitor.choose("不动产")
        visitor.wait(lambda: not visitor.sees("清单里没有"), "the item to be chosen")
    yield "哪一件事", visitor
    visitor.tap("下一步")
    visitor.answer("哪一级", "省里")
    visitor.answer("交过申请材料", "交过")
    visitor.answer("办到哪一步", "收下了")
    visitor.expect("哪一天收下")
    visitor.tap("上个月")
    visitor.tap("15")
    yield "日历", visitor
    visitor.tap("下一步")
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
    visitor.expect("请您看一遍")
    yield "核对反映", visitor
    visitor.tap("没问题，提交")


def follow(visitor: Visitor, number: str, code: str) -> Iterator[tuple[str, Visitor]]:
    """From the home screen, ask how a case stands, by what the receipt says."""
    visitor.tap("查办理进度")
    visitor.type(number.replace("-", ""))
    visitor.tap("查询码")
    visitor.type(code.replace(" ", ""))
    yield "查办理进度", visitor
    visitor.tap("查一查")
