"""A form set aside on purpose, and gone on with (我去拿材料)."""

import pytest

from kiosk.domain.session.parking_code import new_parking_code
from kiosk.made_up_slip import show_slip
from tests.services.uplink.central import CentralSecrets
from tests.ui.conftest import Open
from tests.ui.stage import Stage


def parked(stage: Stage) -> str:
    """Set the form on the screen aside and leave; the code."""
    stage.visitor.tap("去拿材料")
    stage.visitor.expect("请抄下取回码")
    code = stage.visitor.read("parking")
    stage.visitor.tap("我抄好了")
    stage.visitor.expect("轻轻一按")
    return code


def taken_back(stage: Stage, code: str) -> None:
    stage.shell.finish()
    stage.shell.home()
    stage.visitor.tap("查办理进度")
    stage.visitor.type(code.replace("-", ""))
    stage.visitor.tap("接着填")


def test_a_complaint_goes_on_with_its_code_and_only_once(stage: Stage) -> None:
    stage.shell.toggleLarger()
    form = stage.form("complaint", "story")
    stage.shell.go("question", form=form)
    stage.visitor.type("shuo dao yi ban")
    code = parked(stage)
    assert not stage.shell.larger
    taken_back(stage, code)
    stage.visitor.expect("请说说事情的经过")
    assert stage.shell.larger
    assert stage.present.text == "shuo dao yi ban"
    assert stage.present._form.draft == form.draft
    stage.visitor.tap("下一步")
    stage.visitor.expect("打哪个电话告诉您")
    taken_back(stage, code)
    stage.visitor.expect("取回码")


def test_pictures_taken_so_far_are_still_there(open_kiosk: Open, tmp_path: object) -> None:
    stage = open_kiosk(camera=str(show_slip(tmp_path / "camera")))
    stage.shell.go("review", form=stage.form("complaint"))
    stage.shell.present.change("pictures")
    stage.visitor.tap("拍一张单子")
    stage.visitor.tap("拍一张")
    stage.visitor.tap("清楚，就用这张")
    stage.visitor.expect("不要第 1 张")
    taken_back(stage, parked(stage))
    stage.visitor.expect("不要第 1 张")
    stage.visitor.tap("下一步")
    stage.visitor.expect("请您看一遍")


def test_a_code_nobody_was_given_is_told_so_and_can_be_typed_again(stage: Stage) -> None:
    taken_back(stage, new_parking_code())
    stage.visitor.wait(lambda: bool(stage.present.problem), "what is wrong")
    assert stage.shell.screen == "follow"


def test_an_idle_screen_never_parks(stage: Stage) -> None:
    stage.shell.go("question", form=stage.form("complaint", "story"))
    stage.visitor.type("ban ju hua")
    stage.shell.finish()
    folder = stage.settings.kiosk_folder / "parked"
    assert [file.name for file in folder.glob("*") if file.name != "salt"] == []


@pytest.mark.parametrize("flow", ["booking", "query", "payment"])
def test_what_is_asked_or_held_at_the_moment_cannot_be_parked(
    open_kiosk: Open, secrets: CentralSecrets, flow: str
) -> None:
    stage = open_kiosk(secrets=secrets)
    form = stage.form(flow)
    form.walk = form.walk.change(form.walk.trail[0])
    stage.shell.go("question", form=form)
    assert not stage.present.parkable
    assert not stage.visitor.rows("去拿材料")
