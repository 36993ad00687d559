"""Papers before the camera, slips in the printer, and codes a phone can read from the screen."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pypdfium2
import pytest
import zxingcpp
from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QPoint
from PySide6.QtGui import QImage, QImageWriter
from PySide6.QtQuick import QQuickWindow

from kiosk.demonstration import LANDSCAPE, PORTRAIT, Layout
from services.devices.camera import FileCamera
from tests.services.uplink.central import CentralSecrets
from tests.ui.conftest import Open
from tests.ui.stage import ITEM, Stage
from ui.previews import PREVIEWS
from ui.visitor import Seen, Visitor

both_panels = pytest.mark.parametrize("layout", [PORTRAIT, LANDSCAPE], ids=lambda each: each.name)


def photograph(grey: int) -> bytes:
    """A picture of nothing."""
    image = QImage(320, 240, QImage.Format.Format_RGB32)
    image.fill(0xFF000000 | grey << 16 | grey << 8 | grey)
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, QByteArray(b"jpeg")).write(image)
    return bytes(buffer.data().data())


def read(image: QImage) -> list[str]:
    """What a phone reads on a picture."""
    grey = image.convertToFormat(QImage.Format.Format_Grayscale8)
    rows = np.frombuffer(grey.constBits(), np.uint8).reshape(grey.height(), grey.bytesPerLine())
    found = zxingcpp.read_barcodes(np.ascontiguousarray(rows[:, : grey.width()]))
    return [code.text for code in found]


def on_screen(stage: Stage) -> list[str]:
    stage.visitor.wait(lambda: stage.visitor.settled, "the screen to settle")
    window: QQuickWindow = stage.visitor.window
    return read(window.grabWindow())


@pytest.fixture
def camera(qapp: object, monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """A camera that sees these pictures."""

    def see(*pictures: bytes) -> None:
        monkeypatch.setattr(
            "services.devices.camera.V4l2Camera", lambda device: FileCamera(pictures)
        )

    return see


def test_a_photographed_paper_is_handed_in_with_its_form(
    open_kiosk: Open, secrets: CentralSecrets, camera: Callable[..., None]
) -> None:
    camera(photograph(10), photograph(200))
    stage = open_kiosk(secrets=secrets)
    stage.shell.go("question", form=stage.form("application", "papers"))
    visitor, part = stage.visitor, stage.present.part
    visitor.seek("拍照：社会保障卡")
    visitor.tap("拍照：社会保障卡")
    visitor.expect("平放在镜头下面")
    visitor.tap("拍一张")
    visitor.tap("重拍")
    visitor.tap("拍一张")
    visitor.tap("清楚，就用这张")
    visitor.expect("拍了1张")
    states = {row["name"]: row["state"] for row in part.rows}
    assert states["社会保障卡"] == "photographed"
    assert states["居民身份证"] == "exempt"
    for name in ("户口簿", "代办人居民身份证"):
        visitor.seek(f"用不着：{name}")
        visitor.tap(f"用不着：{name}")
    visitor.tap("下一步")
    visitor.expect("还有什么要说的")
    visitor.tap("下一步")
    visitor.expect("请您看一遍")
    visitor.tap("没问题，提交")
    visitor.expect("已安全存在本机")
    assert stage.kiosk.backstage.result().outbox.status().waiting == 2


def test_a_camera_that_fails_is_told_and_the_paper_can_be_promised(
    open_kiosk: Open, camera: Callable[..., None]
) -> None:
    camera(b"no picture")
    stage = open_kiosk()
    stage.shell.go("question", form=stage.form("application", "papers"))
    stage.visitor.seek("拍照：社会保障卡")
    stage.visitor.tap("拍照：社会保障卡")
    stage.visitor.tap("拍一张")
    stage.visitor.expect("照相机现在用不了")
    stage.visitor.seek("带到窗口：社会保障卡")
    stage.visitor.tap("带到窗口：社会保障卡")
    stage.visitor.expect("带到窗口交")


class Watched(FileCamera):
    """Tells whether it looks."""

    looks = False

    def open(self) -> None:
        super().open()
        self.looks = True

    def close(self) -> None:
        super().close()
        self.looks = False


@pytest.mark.parametrize("leaving", ["不拍了", "结束离开"])
def test_whoever_leaves_in_the_middle_of_a_photograph_leaves_no_picture_behind(
    open_kiosk: Open, monkeypatch: pytest.MonkeyPatch, leaving: str
) -> None:
    watched = Watched([photograph(10)])
    monkeypatch.setattr("services.devices.camera.V4l2Camera", lambda device: watched)
    stage = open_kiosk()
    stage.shell.go("question", form=stage.form("application", "papers"))
    for name in ("社会保障卡", "户口簿", "代办人居民身份证"):
        stage.visitor.seek(f"用不着：{name}")
        stage.visitor.tap(f"用不着：{name}")
    stage.visitor.seek("拍照：社会保障卡")
    stage.visitor.tap("拍照：社会保障卡")
    stage.visitor.wait(lambda: bool(PREVIEWS.picture("camera")), "the camera to look")
    stage.visitor.tap(leaving)
    stage.visitor.wait(lambda: not watched.looks, "the camera to be closed")
    assert PREVIEWS.picture("camera") == b""


def test_a_slip_is_photographed_blacked_out_cut_and_handed_in_with_the_complaint(
    open_kiosk: Open, secrets: CentralSecrets, camera: Callable[..., None]
) -> None:
    camera(photograph(200))
    stage = open_kiosk(secrets=secrets)
    visitor = stage.visitor
    stage.shell.go("review", form=stage.form("complaint"))
    stage.shell.present.change("pictures")
    visitor.tap("拍一张单子")
    visitor.tap("拍一张")
    visitor.tap("转一下")
    visitor.tap("涂黑")
    paper = surface(visitor)
    visitor.drag(at(paper, 0.2, 0.5), at(paper, 0.8, 0.5))
    photographer = stage.present.part.photographer
    visitor.wait(lambda: not photographer.busy, "the black")
    seen = [pixel(PREVIEWS.picture("camera"), x, 0.5) for x in (0.05, 0.5)]
    assert seen[0] > 150
    assert seen[1] < 40
    visitor.tap("裁边")
    visitor.drag(at(paper, 0.1, 0.1), at(paper, 0.9, 0.45))
    visitor.wait(lambda: photographer.tool == "" and not photographer.busy, "the cut")
    cut = QImage.fromData(PREVIEWS.picture("camera"))
    assert cut.height() < cut.width()
    visitor.tap("退一步")
    visitor.wait(lambda: not photographer.busy, "the cut to be taken back")
    visitor.tap("清楚，就用这张")
    visitor.expect("不要第 1 张")
    visitor.tap("拍一张单子")
    visitor.tap("拍一张")
    visitor.tap("清楚，就用这张")
    visitor.expect("不要第 2 张")
    visitor.tap("不要第 2 张")
    visitor.wait(lambda: not visitor.rows("不要第 2 张"), "one to be done without")
    visitor.tap("下一步")
    visitor.expect("请您看一遍")
    assert PREVIEWS.picture("picture0") == b""
    visitor.tap("没问题，提交")
    visitor.expect("已安全存在本机")
    assert stage.kiosk.backstage.result().outbox.status().waiting == 2


def test_six_pictures_are_enough(open_kiosk: Open, camera: Callable[..., None]) -> None:
    camera(photograph(200))
    stage = open_kiosk()
    stage.shell.go("review", form=stage.form("complaint"))
    stage.shell.present.change("pictures")
    for _ in range(6):
        stage.visitor.tap("拍一张单子")
        stage.visitor.tap("拍一张")
        stage.visitor.tap("清楚，就用这张")
    stage.visitor.expect("已经拍满了")
    assert stage.present.part.room == 0


def test_without_a_camera_the_slip_is_kept_for_the_window(stage: Stage) -> None:
    stage.shell.go("review", form=stage.form("complaint"))
    stage.shell.present.change("pictures")
    stage.visitor.expect("这台机器没有照相机")
    stage.visitor.tap("下一步")
    stage.visitor.expect("请您看一遍")


def surface(visitor: Visitor) -> Seen:
    """The picture on the screen."""
    visitor.wait(lambda: bool(visitor.rows("照片")), "the picture")
    return next(seen for seen in visitor.look() if seen.label == "照片")


def at(paper: Seen, x: float, y: float) -> QPoint:
    return QPoint(round(paper.x + x * paper.width), round(paper.y + y * paper.height))


def pixel(jpeg: bytes, x: float, y: float) -> int:
    """How light a picture is at a place."""
    image = QImage.fromData(jpeg)
    return image.pixelColor(int(x * image.width()), int(y * image.height())).lightness()


def test_a_kiosk_without_a_camera_does_not_offer_one(stage: Stage) -> None:
    stage.shell.go("question", form=stage.form("application", "papers"))
    stage.visitor.expect("要的材料，怎么交")
    assert not stage.visitor.rows("拍照")


def test_what_has_grown_since_its_page_was_turned_can_still_be_reached(open_kiosk: Open) -> None:
    stage = open_kiosk(LANDSCAPE)
    stage.shell.go("question", form=stage.form("application", "papers"))
    visitor, part = stage.visitor, stage.present.part
    for name in [row["name"] for row in part.rows if row["open"]]:
        visitor.seek(f"带到窗口：{name}")
        visitor.tap(f"带到窗口：{name}")
    visitor.wait(lambda: not any(row["open"] for row in part.rows), "every paper to be decided on")

    def last_is_whole() -> bool:
        return [each.whole for each in visitor.look() if each.text == "带到窗口交"][-1:] == [True]

    assert not last_is_whole()
    visitor.tap("下一页")
    visitor.wait(last_is_whole, "the last paper's state")


def test_papers_that_are_needed_must_be_decided_on(stage: Stage) -> None:
    stage.shell.go("question", form=stage.form("application", "papers"))
    stage.visitor.tap("下一步")
    stage.visitor.expect("没有选怎么交")


@pytest.mark.parametrize("button", ["打印小票", "打印一张大纸，字大一些"])
def test_a_guide_is_printed_with_the_code_that_the_screen_shows(
    open_kiosk: Open, sheets: Path, button: str
) -> None:
    stage = open_kiosk()
    stage.shell.go("take_away", item_id=ITEM)
    stage.visitor.wait(lambda: stage.present.printing.ready, "the printer")
    stage.visitor.tap(button)
    stage.visitor.expect("已经打印")
    (sheet,) = sheets.iterdir()
    document = pypdfium2.PdfDocument(sheet.read_bytes())
    last = document[len(document) - 1].render(scale=3).to_numpy()
    document.close()
    found = zxingcpp.read_barcodes(np.ascontiguousarray(last[:, :, :3]))
    assert [code.text for code in found] == [stage.present.link]


def test_a_kiosk_without_a_printer_says_what_else_can_be_done(stage: Stage) -> None:
    stage.shell.go("take_away", item_id=ITEM)
    stage.visitor.expect("请用手机扫，或者抄短码")


@both_panels
def test_a_phone_reads_the_guide_s_code_from_the_screen(open_kiosk: Open, layout: Layout) -> None:
    stage = open_kiosk(layout)
    stage.shell.go("take_away", item_id=ITEM)
    stage.visitor.expect("SK-007")
    assert on_screen(stage) == [stage.present.link]
    assert stage.present.link.endswith("/g/SK-007?v=1&at=340000")


@both_panels
def test_a_phone_reads_the_bill_s_code_from_the_screen(open_kiosk: Open, layout: Layout) -> None:
    stage = open_kiosk(layout)
    stage.gallery.screens()["pay"]()
    stage.visitor.expect("123.45")
    assert on_screen(stage) == [stage.present.link]


@both_panels
def test_a_phone_reads_the_receipt_s_code_from_the_screen(
    open_kiosk: Open, secrets: CentralSecrets, layout: Layout
) -> None:
    stage = open_kiosk(layout, secrets)
    stage.gallery.screens()["receipt-application"]()
    stage.visitor.expect("受理编号")
    assert on_screen(stage) == [stage.present.link]


def test_three_touches_choose_a_county_and_the_turn_s_end_forgets_it(stage: Stage) -> None:
    stage.visitor.tap("选归属地")
    stage.visitor.tap("芜湖市")
    stage.visitor.tap("镜湖区")
    stage.visitor.expect("镜湖区")
    stage.shell.go("guide", item_id=ITEM)
    stage.visitor.expect("跨区通办 · 镜湖区")
    assert "镜湖区" in stage.present.place["hall"]
    stage.shell.finish()
    assert stage.shell.desk.session.home == ""


def test_what_was_said_is_marked_in_the_names_that_are_found(stage: Stage) -> None:
    stage.shell.go("search")
    stage.present.type("社保卡丢了")
    stage.visitor.wait(lambda: bool(stage.present.rows), "results")
    assert any("<font" in row["marked"] for row in stage.present.rows)
    assert not any("<" in row["name"] for row in stage.present.rows)


def test_nothing_likely_leads_on_all_the_same(stage: Stage) -> None:
    stage.shell.go("search")
    stage.present.type("@@@")
    for way in ("按类别找", "请人帮忙", "事情没办成，我要反映"):
        stage.visitor.expect("没有找到")
        assert stage.visitor.rows(way)
    stage.visitor.tap("按类别找")
    stage.visitor.expect("727 项")
