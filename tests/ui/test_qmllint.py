import shutil
from pathlib import Path

import pytest

from tests.qmllint import QML, lint
from ui import routes
from ui.viewmodels.hall import HallViewModel
from ui.viewmodels.screen import ScreenViewModel
from ui.viewmodels.shell import ShellViewModel


@pytest.fixture
def qml_copy(tmp_path: Path) -> Path:
    return Path(shutil.copytree(QML, tmp_path / "qml"))


@pytest.mark.parametrize(
    ("file", "right", "wrong"),
    [
        ("Screens/Category.qml", "screen.viewModel.title", "screen.viewModel.titel"),
        ("Screens/Category.qml", "screen.viewModel.back()", "screen.viewModel.bakc()"),
        ("Main.qml", "window.hall.name", "window.hall.nam"),
        ("Components/Card.qml", "Theme.card", "Theme.crad"),
    ],
)
def test_a_misspelt_name_is_found(qml_copy: Path, file: str, right: str, wrong: str) -> None:
    planted = qml_copy / "Kiosk" / file
    text = planted.read_text("utf-8")
    assert right in text
    planted.write_text(text.replace(right, wrong), "utf-8")
    run = lint(qml_copy, [planted])
    assert run.returncode != 0
    assert wrong.rpartition(".")[2].removesuffix("()") in run.stdout + run.stderr


def test_every_property_is_constant_or_tells_its_changes() -> None:
    routes.import_all()
    for kind in [ShellViewModel, HallViewModel, *ScreenViewModel.__subclasses__()]:
        described = kind.staticMetaObject
        for index in range(1, described.propertyCount()):
            property = described.property(index)
            assert property.isConstant() or property.hasNotifySignal(), property.name()
