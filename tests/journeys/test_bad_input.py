"""Whatever stands in the centre's place: the citizen gets a receipt, and nothing is lost."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from kiosk.demonstration import CentralProcess
from tests.journeys.conftest import ROOT, Hall
from tests.journeys.impostor import ANSWERS, impostor
from tests.journeys.story import apply, begin, follow


@pytest.mark.parametrize("answer", ANSWERS.values(), ids=ANSWERS.keys())
def test_an_impostor_acknowledges_nothing_and_nothing_is_lost(hall: Hall, answer: bytes):
    with hall.kiosk() as (kiosk, visitor):
        with impostor(hall.settings.central.port, answer):
            begin(visitor)
            visitor.expect("没有网络")
            number, code = apply(kiosk)
            visitor.expect("已安全存在本机")
            visitor.tap("我拿好了")
            begin(visitor)
            follow(visitor, number, code)
            visitor.expect("还没有送到中心")
            visitor.tap("结束离开")
        outbox = kiosk.backstage.result().outbox
        assert outbox.is_waiting(number)
        with hall.central() as clerk:
            kiosk.backstage.result().uplink.poke()
            visitor.wait(lambda: not outbox.is_waiting(number), "the receipt of the centre")
            assert [case["number"] for case in clerk.cases()] == [number]


def kiosk_command(hall: Hall, *arguments: str) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-m", "kiosk", "--config", str(hall.config), *arguments],
        cwd=ROOT,
        env=os.environ | {"QT_QPA_PLATFORM": "offscreen", "QT_QUICK_BACKEND": "software"},
        stderr=subprocess.PIPE,
        text=True,
    )


def operator_line(process: "subprocess.Popen[str]", mark: str) -> str:
    """The first line on stderr that contains `mark`; the kiosk is then told to end."""
    line = next((line for line in process.stderr if mark in line), "")
    process.send_signal(signal.SIGTERM)
    process.communicate()
    return line


def test_a_port_in_use_is_told_in_one_line(hall: Hall):
    server = CentralProcess(hall.config)
    try:
        with kiosk_command(hall, "central") as second:
            _, told = second.communicate()
    finally:
        server.stop()
    assert second.returncode == 1
    assert len(told.splitlines()) == 1
    assert str(hall.settings.central.port) in told


def test_a_data_folder_that_cannot_be_written_closes_the_counter_and_tells_the_operator(hall: Hall):
    folder = hall.settings.kiosk_folder
    folder.write_text("a file where a folder should be", encoding="utf-8")
    with hall.kiosk_that_cannot_start() as (kiosk, visitor):
        visitor.expect("这台机器正在维护")
        assert isinstance(kiosk.backstage.exception(), Exception)
    with kiosk_command(hall, "run", "--window", "540x960") as process:
        assert str(folder) in operator_line(process, "kiosk:")


def test_without_a_chinese_font_the_operator_is_told_and_the_screen_stays_calm(
    hall: Hall, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    fonts = tmp_path / "fonts.conf"
    fonts.write_text("<fontconfig></fontconfig>", encoding="utf-8")
    monkeypatch.setenv("FONTCONFIG_FILE", str(fonts))
    with kiosk_command(hall, "run", "--window", "540x960") as process:
        assert "fonts-noto-cjk" in operator_line(process, "kiosk:")
    assert process.returncode == 1
