"""The whole path: offline, killed, restarted, online; registered once, answered, read."""

import json
import os
import signal
from pathlib import Path

from kiosk.startup import Kiosk
from tests.journeys.conftest import Hall
from tests.journeys.story import apply, begin, complain, follow
from ui.visitor import Visitor

CANARY = "canary7zq"
ANSWER = "演示答复：已经补办，请带身份证来取。"


def receipts(lines: list[str]) -> list[dict[str, str]]:
    return [json.loads(line) for line in lines if line.startswith("{")]


def files_with(canary: str, folder: Path) -> list[Path]:
    wanted = [canary.encode(), canary.encode("utf-16-le"), canary.upper().encode()]
    return [
        file
        for file in folder.rglob("*")
        if file.is_file() and any(form in file.read_bytes() for form in wanted)
    ]


def test_what_was_handed_in_offline_survives_a_kill_and_is_registered_exactly_once(hall: Hall):
    citizen = hall.citizen(CANARY)
    lines = [citizen.stdout.readline() for _ in range(3)]
    application, complaint = receipts(lines)
    assert lines[2] == "typed\n"
    assert files_with(CANARY, hall.settings.data_folder) == []
    os.kill(citizen.pid, signal.SIGKILL)
    citizen.wait()
    assert files_with(CANARY, hall.settings.data_folder) == []

    with hall.central() as clerk:
        with hall.kiosk() as (kiosk, visitor):
            outbox = kiosk.backstage.result().outbox
            for receipt in (application, complaint):
                visitor.wait(lambda n=receipt["number"]: not outbox.is_waiting(n), "the receipt")
            numbers = sorted(case["number"] for case in clerk.cases())
            assert numbers == sorted([application["number"], complaint["number"]])

            clerk.settle(complaint["number"], "演示部门", ANSWER)
            begin(visitor)
            follow(visitor, complaint["number"], complaint["code"])
            visitor.expect(ANSWER)
            visitor.expect("已经告诉您和窗口")
        with hall.kiosk() as (kiosk, visitor):
            visitor.wait(lambda: kiosk.application.shell.property("staffed") != "", "the hours")
            assert len(clerk.cases()) == 2
    with hall.central() as clerk:
        states = {case["number"]: case["state"] for case in clerk.cases()}
        assert states == {application["number"]: "received", complaint["number"]: "answered"}
    assert files_with(CANARY, hall.settings.data_folder) == []


def test_a_receipt_tells_stored_here_from_received_by_the_centre(hall: Hall):
    with hall.kiosk() as (kiosk, visitor):
        begin(visitor)
        number, code = apply(kiosk)
        visitor.expect("已安全存在本机")
        visitor.tap("我拿好了")
        begin(visitor)
        follow(visitor, number, code)
        visitor.expect("还没有送到中心")
        with hall.central():
            kiosk_pokes_by_a_second_submission(kiosk, visitor)
            visitor.expect("中心已收到")


def kiosk_pokes_by_a_second_submission(kiosk: Kiosk, visitor: Visitor) -> None:
    visitor.tap("结束离开")
    begin(visitor)
    complain(kiosk)
