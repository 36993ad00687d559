"""The whole journey, walked offscreen by synthetic touch: kiosk and central server for real."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import TYPE_CHECKING

import requests

from kiosk.citizen import Citizen
from kiosk.demonstration import PORTRAIT, offscreen_application, stage
from kiosk.made_up import ANSWER
from kiosk.wiring import HallClock
from ui.visitor import Visitor

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from kiosk.demonstration import Stage

ITEM = "社会保障卡补领、换领、换发"
MATTER = "bandiangongzheng：特种作业操作证申领"


def tour(out: Path) -> Iterator[Path]:
    """Find a service, read its guide and take it along; apply, look something up, book, pay; report
    a matter that could not be done; a clerk answers; follow the case. Yields each picture saved in
    `out`.
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
    citizen = Citizen.at(kiosk)
    visitor = citizen.visitor
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
    yield from guide(visitor)
    yield from application(citizen)
    visitor.expect("中心已收到")
    handed_in = visitor.read("number")
    yield "申请回执", visitor
    visitor.tap("我拿好了")
    visitor.tap("轻轻一按")

    yield from query(citizen)
    visitor.expect("查验码")
    yield "查到的记录", visitor
    visitor.tap("看好了，离开")
    visitor.tap("轻轻一按")

    yield from booking(citizen)
    visitor.expect("中心已收到")
    yield "预约回执", visitor
    visitor.tap("我拿好了")
    visitor.tap("轻轻一按")

    yield from payment(citizen)
    visitor.expect("请用手机扫码付钱")
    yield "扫码缴费", visitor
    with ThreadPoolExecutor(max_workers=1) as phone:
        paid = phone.submit(paid_by_phone, str(kiosk.application.shell.present.property("link")))
        visitor.expect("已经付好了")
    paid.result()
    yield "付好了", visitor
    visitor.tap("好了，离开")
    visitor.tap("轻轻一按")

    yield from complaint(citizen)
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


def guide(visitor: Visitor) -> Iterator[tuple[str, Visitor]]:
    """From the home screen to an item's guide, its place and its slip, and home again."""
    visitor.tap("用您自己的话写")
    visitor.type("shebaokabuhuan")
    visitor.expect(ITEM)
    yield "搜索", visitor
    visitor.choose(ITEM)
    visitor.expect("要带什么")
    yield "办事指南", visitor
    visitor.tap("选归属地")
    visitor.tap("芜湖市")
    yield "选归属地", visitor
    visitor.tap("镜湖区")
    visitor.expect("跨区通办")
    yield "跨区通办", visitor
    visitor.tap("打印、带走")
    visitor.expect("抄下这个短码")
    yield "带走指南", visitor
    visitor.tap("返回")
    visitor.expect("要带什么")
    visitor.tap("返回")
    visitor.expect("找要办的事")
    visitor.tap("返回")
    visitor.expect("您好")


def opened(visitor: Visitor, words: str, item: str, action: str) -> None:
    """From the home screen to the form of the item found by `words`."""
    visitor.tap("用您自己的话写")
    visitor.type(words)
    visitor.choose(item)
    visitor.expect("要带什么")
    visitor.tap(action)


def application(citizen: Citizen, **said: str) -> Iterator[tuple[str, Visitor]]:
    """From the home screen to the moment an application is handed in (申报); `said` are answers by
    question id."""
    opened(citizen.visitor, "shebaokabuhuan", ITEM, "开始填表")
    yield from citizen.fill({"card_action": "补卡、换卡", **said})
    yield "核对申请", citizen.visitor
    citizen.visitor.tap("没问题，提交")


def query(citizen: Citizen) -> Iterator[tuple[str, Visitor]]:
    """From the home screen to the moment a record is asked for (查询打印)."""
    opened(citizen.visitor, "shebaoqingdan", "个人权益记录查询打印", "开始查询")
    yield from citizen.fill({"year": "2026"})


def booking(citizen: Citizen) -> Iterator[tuple[str, Visitor]]:
    """From the home screen to the moment a time is booked (预约)."""
    opened(citizen.visitor, "paichusuoyuyue", "公安派出所窗口预约", "开始预约")
    yield from citizen.fill({})
    yield "核对预约", citizen.visitor
    citizen.visitor.tap("没问题，提交")


def payment(citizen: Citizen) -> Iterator[tuple[str, Visitor]]:
    """From the home screen to the moment a bill is asked for (缴费)."""
    opened(citizen.visitor, "shuifei", "水费查询及缴纳", "开始缴费")
    yield from citizen.fill({})


def paid_by_phone(link: str) -> None:
    """What a citizen's own phone does with the code of a bill."""
    with requests.Session() as phone:
        phone.trust_env = False
        phone.get(link, timeout=10).raise_for_status()
        phone.post(link, timeout=10).raise_for_status()


def complaint(
    citizen: Citizen, matter: str = MATTER, story: str = ""
) -> Iterator[tuple[str, Visitor]]:
    """From the home screen to the moment a complaint (1C) is handed in. `matter` is as in
    `Citizen.fill`."""
    last_month = HallClock().now().date().replace(day=1) - timedelta(days=1)
    said = {
        "trouble": "交了材料，一直没有结果",
        "item": matter,
        "accepted": last_month.replace(day=15).isoformat(),
        "visits": last_month.replace(day=20).isoformat(),
        "more": "都没有",
        "story": story,
        "contact": "不留电话，我来机器上查",
    }
    citizen.visitor.tap("我要反映")
    yield from citizen.fill(said)
    citizen.visitor.expect("请您看一遍")
    yield "核对反映", citizen.visitor
    citizen.visitor.tap("没问题，提交")


def follow(visitor: Visitor, number: str, code: str) -> Iterator[tuple[str, Visitor]]:
    """From the home screen, ask how a case stands, by what the receipt says."""
    visitor.tap("查办理进度")
    visitor.type(number.replace("-", ""))
    visitor.tap("查询码")
    visitor.type(code.replace(" ", ""))
    yield "查办理进度", visitor
    visitor.tap("查一查")
