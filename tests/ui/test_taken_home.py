"""What a citizen takes home after a complaint: the receipt, the guide beside it, and paper."""

from pathlib import Path

import pytest
from PySide6.QtCore import QTimer

from kiosk.domain.questions.model import ItemAnswer
from kiosk.domain.slip.model import Heading, Large, Line, Point, Slip
from kiosk.domain.words import Language
from kiosk.gallery import LICENCE, NOT_YET
from kiosk.made_up import DOCUMENT, walked
from tests.kiosk.domain.slip.paper import said
from tests.services.uplink.central import CentralSecrets
from tests.ui.conftest import Open
from tests.ui.stage import Stage
from ui.form import Form
from ui.viewmodels.printing import Printing

NAME, STORY = "演示甲乙丙", "演示经过一二三"


@pytest.fixture
def slips(monkeypatch: pytest.MonkeyPatch) -> list[Slip]:
    """What is sent to the narrow roll."""
    sent: list[Slip] = []
    monkeypatch.setattr(Printing, "strip", lambda _, slip: sent.append(slip))
    return sent


@pytest.fixture
def large(monkeypatch: pytest.MonkeyPatch) -> list[Slip]:
    """What is sent to A4 paper."""
    sent: list[Slip] = []
    monkeypatch.setattr(Printing, "sheet", lambda _, slip: sent.append(slip))
    return sent


def waiting(stage: Stage, form: Form) -> Stage:
    """Hand a form in where no centre is reached, and look at its receipt."""
    backstage = stage.kiosk.backstage.result()
    backstage.outbox.put_all([backstage.sealer.seal(each) for each in form.submissions()])
    stage.shell.go("receipt", form=form)
    stage.visitor.expect("已安全存在本机")
    return stage


def enquiry(stage: Stage, item_id: str | None = LICENCE, item: str = "") -> Form:
    form = Form(stage.shell.desk, stage.kiosk.backstage.result(), "complaint", item_id)
    named = ItemAnswer(None, item) if item else ""
    form.walk = walked(form.walk.flow, form.walk.known, form.today, "", item=named, **NOT_YET)
    return form


def counting(stage: Stage) -> bool:
    return any(timer.isActive() for timer in stage.present.findChildren(QTimer))


def test_before_the_centre_has_it_the_day_is_said_to_be_provisional(
    open_kiosk: Open, secrets: CentralSecrets, slips: list[Slip]
) -> None:
    stage = open_kiosk(secrets=secrets)
    waiting(stage, stage.form("complaint"))
    stage.visitor.expect("要等中心收到才算准")
    stage.present.print()
    assert "要等中心收到才算准" in str(said(slips[0]))
    stage.visitor.tap("English")
    stage.visitor.expect("Provisionally")


def test_once_the_centre_has_it_the_day_is_settled(stage: Stage, slips: list[Slip]) -> None:
    stage.shell.go("receipt", form=stage.form("complaint"))
    stage.visitor.expect("中心已收到")
    stage.visitor.expect("最晚")
    stage.present.print()
    assert "暂定" not in str(said(slips[0]))


def test_an_enquiry_s_guide_is_read_in_peace_and_leads_back_to_the_receipt(
    open_kiosk: Open, secrets: CentralSecrets
) -> None:
    stage = open_kiosk(secrets=secrets)
    waiting(stage, enquiry(stage))
    stage.visitor.expect("一按就转为反映")
    number, receipt = stage.visitor.read("number"), stage.present
    receipt.tick()
    stage.visitor.tap("办事指南")
    stage.visitor.expect("要带什么")
    assert not any(timer.isActive() for timer in receipt.findChildren(QTimer))
    stage.visitor.tap("返回")
    stage.visitor.expect("已安全存在本机")
    assert stage.present is receipt
    assert stage.visitor.read("number") == number
    assert counting(stage)
    assert receipt.seconds == stage.settings.idle.receipt


def test_who_leaves_from_the_guide_is_missed_as_anywhere_else(
    open_kiosk: Open, secrets: CentralSecrets
) -> None:
    stage = open_kiosk(secrets=secrets)
    waiting(stage, enquiry(stage))
    stage.visitor.tap("办事指南")
    stage.visitor.expect("要带什么")
    for _ in range(stage.settings.idle.warn_after + stage.settings.idle.countdown):
        stage.shell.presence.tick()
    stage.visitor.expect("轻轻一按")


@pytest.mark.parametrize("complaint", [True, False], ids=["complaint", "own words"])
def test_only_an_enquiry_about_an_item_of_the_catalogue_leads_to_a_guide(
    stage: Stage, complaint: bool
) -> None:
    form = stage.form("complaint") if complaint else enquiry(stage, None, "演示事项")
    stage.shell.go("receipt", form=form)
    stage.visitor.expect("演示事项")
    assert not stage.visitor.rows("办事指南")


def test_an_enquiry_s_slip_says_what_its_guide_says(stage: Stage, slips: list[Slip]) -> None:
    form = enquiry(stage)
    stage.shell.go("receipt", form=form)
    stage.present.print()
    guide = form.desk.catalogue.guide(LICENCE)
    points = [block.text for block in slips[0].blocks if isinstance(block, Point)]
    assert [material.name for material in guide.materials] == points[: len(guide.materials)]
    told = said(slips[0])
    assert {"要带什么", "多久办好", stage.present.limit} <= set(told)
    assert "一按就转为反映" in str(told)


def test_somebody_else_s_matter_is_named_by_its_topic_with_whom_to_turn_to(
    stage: Stage, slips: list[Slip]
) -> None:
    stage.shell.go("receipt", form=stage.form("complaint", trouble="other", other="wages"))
    stage.visitor.expect("您反映的是：老板拖欠工资")
    stage.present.print()
    assert Large("电话", "12333") in slips[0].blocks
    assert "打不通，请拨 12345。" in said(slips[0])


def test_a_slip_is_chinese_whatever_the_screen_speaks(stage: Stage, slips: list[Slip]) -> None:
    stage.shell.toggleLanguage()
    stage.shell.go("receipt", form=stage.form("complaint"))
    stage.visitor.expect("Your report is about")
    stage.present.print()
    assert "您反映的是：演示事项" in said(slips[0])
    assert "Your" not in str(said(slips[0]))


def test_a_receipt_and_the_way_a_case_stands_go_on_a_large_sheet_too(
    stage: Stage, large: list[Slip]
) -> None:
    stage.shell.go("receipt", form=stage.form("complaint"))
    stage.present.printSheet()
    stage.gallery.show("follow-answered", Language.ZH, larger=False)
    stage.present.printSheet()
    assert [slip.title for slip in large] == ["已经记下了", "办理进度"]


def test_a_receipt_names_every_class_that_was_hit(stage: Stage) -> None:
    stage.shell.go("receipt", form=stage.form("complaint"))
    stage.visitor.expect("几个部门互相推")
    stage.visitor.expect("同时记下：一直拖着、一直没办完、跑了两次以上。")


def test_what_there_is_none_of_is_not_shown(stage: Stage) -> None:
    stage.gallery.show("outcome-emergency-topic", Language.ZH, larger=False)
    stage.visitor.expect("公安机关")
    assert not any(stage.visitor.sees(words) for words in ("别的办法", "带什么"))


def test_nothing_that_tells_who_it_was_is_on_a_slip(stage: Stage, slips: list[Slip]) -> None:
    for flow in ("complaint", "application", "booking"):
        form = stage.form(flow, "", name=NAME, story=STORY)
        assert any(each in form.walk.answers.values() for each in (NAME, STORY, DOCUMENT))
        stage.shell.go("receipt", form=form)
        stage.present.print()
        values = [block.value for block in slips[-1].blocks if isinstance(block, Line)]
        assert "138****0000" in values
        told = str(said(slips[-1]))
        assert not [each for each in (NAME, STORY, DOCUMENT, "13800000000") if each in told]


@pytest.mark.usefixtures("sheets")
def test_an_application_says_by_when_it_is_done(stage: Stage) -> None:
    stage.shell.go("receipt", form=stage.form("application"))
    stage.visitor.expect("收齐材料")


def test_channels_are_printed_and_nothing_else(
    sheets: Path, stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    stage.shell.go("outcome", form=stage.form("complaint", trouble="other", other="misconduct"))
    stage.visitor.tap("打印")
    stage.visitor.expect("已经打印")
    assert len(list(sheets.glob("*.pdf"))) == 1
    sent: list[Slip] = []
    monkeypatch.setattr(Printing, "strip", lambda _, slip: sent.append(slip))
    stage.present.print()
    assert [block.text for block in sent[0].blocks if isinstance(block, Heading)] == [
        "找谁，怎么联系",
        "带什么",
        "要人帮忙联系，可以到",
    ]
    assert sent[0].link == ""
    assert stage.present._form.draft.number not in str(said(sent[0]))


@pytest.mark.usefixtures("sheets")
@pytest.mark.parametrize("other", ["danger", "materials"])
def test_in_danger_and_before_a_guide_nothing_is_printed(stage: Stage, other: str) -> None:
    stage.shell.go("outcome", form=stage.form("complaint", trouble="other", other=other))
    stage.visitor.wait(lambda: stage.present.printing.ready, "the printer")
    stage.visitor.expect("110" if other == "danger" else "先看看要带什么材料")
    assert not stage.visitor.rows("打印")


def test_without_a_printer_channels_have_no_way_to_paper(stage: Stage) -> None:
    stage.shell.go("outcome", form=stage.form("complaint", trouble="other", other="misconduct"))
    stage.visitor.expect("12388")
    assert not stage.visitor.rows("打印")


def test_a_character_that_cannot_be_written_is_to_be_added_at_a_window(
    stage: Stage, slips: list[Slip]
) -> None:
    form = stage.form("application", name="演示〓")
    stage.shell.go("review", form=form)
    stage.visitor.expect("到窗口补录")
    stage.shell.go("receipt", form=form)
    stage.visitor.expect("到窗口补录")
    stage.present.print()
    assert "到窗口补录" in str(said(slips[0]))
    assert "演示〓" not in str(said(slips[0]))
    stage.visitor.tap("English")
    stage.visitor.expect("to have them added")
    assert form.submissions()[0].facts["lacks_characters"] is True


def test_nothing_is_to_be_added_where_every_character_is_written(
    stage: Stage, slips: list[Slip]
) -> None:
    form = stage.form("application", name="演示甲")
    stage.shell.go("receipt", form=form)
    stage.present.print()
    assert "补录" not in str(said(slips[0]))
    assert "lacks_characters" not in form.submissions()[0].facts
