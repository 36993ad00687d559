from itertools import combinations
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from kiosk.demonstration import LANDSCAPE, PORTRAIT, Layout
from kiosk.domain.words import Language
from kiosk.made_up_slip import show_slip
from tests.ui.conftest import CentralSecrets, Open
from tests.ui.stage import Stage
from tests.ui.writers import give
from ui.visitor import Seen

TARGET, LARGER_TARGET = 13.0, 20.0
"""Millimetres a finger needs (13 mm; 20 mm in 长辈版)."""
RECEIPTS = ("receipt", "receipt-enquiry", "receipt-route", "receipt-booking")
ON_PAPER = (*RECEIPTS, "follow-answered", "outcome-route")

every_panel = pytest.mark.parametrize("layout", [PORTRAIT, LANDSCAPE], ids=lambda each: each.name)
every_language = pytest.mark.parametrize("language", ["zh", "en"])
every_size = pytest.mark.parametrize("larger", [False, True], ids=["standard", "larger"])


@every_panel
@every_language
@every_size
def test_every_screen_can_be_read_and_touched(
    qtbot: QtBot,
    open_kiosk: Open,
    secrets: CentralSecrets,
    layout: Layout,
    language: str,
    larger: bool,
    tmp_path: Path,
) -> None:
    stage = open_kiosk(layout, secrets, str(show_slip(tmp_path / "camera")))
    give(stage.kiosk)
    found = []
    for name, show in stage.gallery.screens().items():
        stage.shell.home()
        if larger:
            stage.shell.toggleLarger()
        if language == "en":
            stage.shell.toggleLanguage()
        show()
        _painted(qtbot, stage)
        seen = stage.visitor.look()
        found += [f"{name}: {line}" for line in [*_frame(stage, seen), *_faults(stage, seen)]]
        stage.shell.finish()
    assert not found, "\n" + "\n".join(found)


@every_panel
@every_language
@every_size
@pytest.mark.usefixtures("sheets")
def test_there_is_room_for_the_way_to_paper(
    qtbot: QtBot,
    open_kiosk: Open,
    secrets: CentralSecrets,
    layout: Layout,
    language: str,
    larger: bool,
) -> None:
    stage = open_kiosk(layout, secrets)
    found = []
    for name in ON_PAPER:
        stage.gallery.show(name, Language(language), larger=larger)
        printing = stage.present.property("printing")
        stage.visitor.wait(lambda printing=printing: printing.property("ready"), "the printer")
        _painted(qtbot, stage)
        seen = stage.visitor.look()
        found += [f"{name}: {line}" for line in _faults(stage, seen)]
        labels = {each.label for each in seen}
        if not {"打印", "Print"} & labels:
            found.append(f"{name}: no way to paper")
        if name != "outcome-route" and not {"打印大纸", "Print on A4"} & labels:
            found.append(f"{name}: no way to a large sheet")
    assert not found, "\n" + "\n".join(found)


def _painted(qtbot: QtBot, stage: Stage) -> None:
    for _ in range(3):
        with qtbot.waitSignal(stage.visitor.window.frameSwapped):
            stage.visitor.window.update()


def _frame(stage: Stage, seen: list[Seen]) -> list[str]:
    """Header and footer stand on every screen but the one nobody is at."""
    if stage.shell.screen == "attract":
        return []
    texts = {each.text for each in seen}
    wanted = {stage.shell.hall.name, stage.shell.hall.time}
    labels = {each.label for each in seen}
    ends = {"结束离开", "Leave"}
    return [f"no {text}" for text in wanted - texts] + ([] if labels & ends else ["no way out"])


def _faults(stage: Stage, seen: list[Seen]) -> list[str]:
    touchables = [each for each in seen if each.label and each.enabled]
    return [
        *(f"{each.text!r} is cut" for each in seen if each.cut),
        *(f"{each.label or each.text!r} leaves the window" for each in seen if _out(stage, each)),
        *(f"{_size(stage, each)}" for each in touchables if _small(stage, each)),
        *(
            f"{a.label!r} overlaps {b.label!r}"
            for a, b in combinations(touchables, 2)
            if _overlap(a, b)
        ),
        *(
            f"text {a.text!r} overlaps {b.text!r}"
            for a, b in combinations([e for e in seen if e.text and not e.label and e.enabled], 2)
            if a.text != b.text and _overlap(a, b)
        ),
    ]


def _out(stage: Stage, seen: Seen) -> bool:
    window = stage.visitor.window
    return (
        seen.x < -1
        or seen.y < -1
        or seen.x + seen.width > window.width() + 1
        or seen.y + seen.height > window.height() + 1
    )


def _small(stage: Stage, seen: Seen) -> bool:
    day = stage.present.property("kind") in {"date", "days"} and seen.label.isdigit()
    needed = LARGER_TARGET if stage.shell.larger and not day else TARGET
    return seen.whole and min(stage.mm(seen.width), stage.mm(seen.height)) < needed - 0.1


def _size(stage: Stage, seen: Seen) -> str:
    return f"{seen.label!r} is {stage.mm(seen.width):.1f} × {stage.mm(seen.height):.1f} mm"


def _overlap(a: Seen, b: Seen) -> bool:
    return (
        min(a.x + a.width, b.x + b.width) - max(a.x, b.x) > 1
        and min(a.y + a.height, b.y + b.height) - max(a.y, b.y) > 1
    )
