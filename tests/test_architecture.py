"""The arrows of DESIGN.md hold, and import-linter would notice if they did not."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGES = ("kiosk", "services", "ui")


def lint_imports(tree: Path) -> subprocess.CompletedProcess[str]:
    command = [Path(sys.executable).with_name("lint-imports"), "--no-cache"]
    return subprocess.run(command, cwd=tree, capture_output=True, text=True, check=False)


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    for package in PACKAGES:
        shutil.copytree(
            ROOT / package,
            tmp_path / package,
            ignore=shutil.ignore_patterns("__pycache__", "qml", "static", "templates"),
        )
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def test_the_arrows_hold(tree: Path) -> None:
    run = lint_imports(tree)
    assert run.returncode == 0, run.stdout


@pytest.mark.parametrize(
    ("module", "line"),
    [
        ("ui/jobs.py", "import services.wire"),
        ("services/storage/outbox.py", "import PySide6.QtCore"),
        ("kiosk/domain/words.py", "import sqlalchemy"),
        ("services/central/cases.py", "import services.uplink.client"),
    ],
)
def test_an_arrow_against_the_design_is_found(tree: Path, module: str, line: str) -> None:
    planted = tree / module
    planted.write_text(f"{planted.read_text('utf-8')}\n{line}\n", "utf-8")
    assert lint_imports(tree).returncode != 0
