"""What the first screen says of the queue: what was stored before a crash, and a full disk."""

from datetime import timedelta

import pytest

from services.storage.reserve import Reserve
from tests.services.uplink.central import CentralSecrets
from tests.ui.conftest import Open
from tests.ui.stage import Stage
from ui import upkeep

SAVED = "您上一次的提交已保存"
FULL = "这台机器存满了"


def started_again(stage: Stage, open_kiosk: Open) -> Stage:
    """Closed in the middle of a turn; the fixture need not close it again."""
    stage.kiosk.close()
    stage.kiosk.close = lambda: None
    again = open_kiosk()
    outbox = again.kiosk.backstage.result().outbox
    again.visitor.wait(lambda: outbox.last_unseen() is None, "the queue to be looked at")
    again.visitor.wait(lambda: again.shell.property("voiced"), "the devices to be looked at")
    return again


def test_after_a_crash_the_next_screen_says_that_the_last_submission_is_stored(
    open_kiosk: Open, secrets: CentralSecrets
) -> None:
    stage = open_kiosk(secrets=secrets)
    stage.gallery.screens()["receipt"]()
    again = started_again(stage, open_kiosk)
    again.visitor.expect(SAVED)
    again.shell.finish()
    again.shell.home()
    assert not again.visitor.sees(SAVED)


def test_after_a_turn_that_came_to_its_end_nothing_is_said(
    open_kiosk: Open, secrets: CentralSecrets
) -> None:
    stage = open_kiosk(secrets=secrets)
    stage.gallery.screens()["receipt"]()
    stage.shell.finish()
    outbox = stage.kiosk.backstage.result().outbox
    stage.visitor.wait(lambda: outbox.last_unseen() is None, "the turn to be over")
    again = started_again(stage, open_kiosk)
    assert not again.shell.property("saved")


def test_who_comes_much_later_is_not_told_of_somebody_elses_submission(
    open_kiosk: Open, secrets: CentralSecrets, monkeypatch: pytest.MonkeyPatch
) -> None:
    stage = open_kiosk(secrets=secrets)
    stage.gallery.screens()["receipt"]()
    monkeypatch.setattr(upkeep, "STILL_HERE", timedelta())
    again = started_again(stage, open_kiosk)
    assert not again.shell.property("saved")


@pytest.fixture
def full(open_kiosk: Open, monkeypatch: pytest.MonkeyPatch) -> Stage:
    monkeypatch.setattr(Reserve, "hold", lambda _: False)
    stage = open_kiosk()
    stage.shell.home()
    stage.visitor.expect(FULL)
    return stage


def test_on_a_full_disk_the_first_screen_says_so_and_no_form_is_begun(full: Stage) -> None:
    full.visitor.tap("我要反映")
    full.visitor.expect("这台机器的存储满了，暂时不能提交")
    full.visitor.tap("知道了")
    assert full.shell.property("screen") == "home"


def test_on_a_full_disk_what_needs_no_room_goes_on(full: Stage) -> None:
    full.shell.go("form", flow="item", item_id="DEMO-SB-001")
    full.visitor.wait(lambda: full.shell.property("screen") == "question", "the form")


def test_once_there_is_room_again_the_next_citizen_is_served(
    full: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Reserve, "hold", lambda _: True)
    full.shell.finish()
    full.visitor.wait(lambda: not full.shell.property("full"), "room")
    full.shell.home()
    assert not full.visitor.sees(FULL)
