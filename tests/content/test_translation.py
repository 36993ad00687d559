"""The English of the frame and the screens is complete, and the compiled file is its own."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
I18N = ROOT / "resources" / "i18n"


@pytest.fixture
def updated(tmp_path: Path) -> str:
    """What lupdate makes of the committed file and today's QML; vanished strings stay in it."""
    copy = Path(shutil.copy(I18N / "en.ts", tmp_path / "en.ts"))
    _tool("lupdate", "-silent", "-locations", "none", ROOT / "ui" / "qml", "-ts", copy)
    return copy.read_text("utf-8")


def test_no_string_is_new_or_unfinished(updated: str) -> None:
    assert re.findall(r'<source>(.*)</source>\s*<translation type="unfinished"', updated) == []


def test_no_string_has_vanished(updated: str) -> None:
    assert re.findall(r'<source>(.*)</source>\s*<translation type="vanished"', updated) == []


def test_every_translation_keeps_its_places(updated: str) -> None:
    pairs = re.findall(r"<source>(.*)</source>\s*<translation>(.*)</translation>", updated)
    assert len(pairs) > 100
    for source, translation in pairs:
        assert sorted(re.findall(r"%\d", source)) == sorted(re.findall(r"%\d", translation)), source


def test_the_compiled_file_is_that_of_the_source(tmp_path: Path) -> None:
    _tool("lrelease", "-silent", I18N / "en.ts", "-qm", tmp_path / "en.qm")
    assert (tmp_path / "en.qm").read_bytes() == (I18N / "en.qm").read_bytes()


def _tool(name: str, *arguments: str | Path) -> None:
    tool = Path(sys.executable).with_name(f"pyside6-{name}")
    subprocess.run([tool, *arguments], check=True, capture_output=True)
