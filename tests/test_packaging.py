"""What is shipped: nothing missing from the wheel, nothing foreign in the PyInstaller bundle."""

import runpy
import shutil
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from zipfile import ZipFile

import pytest

ROOT = Path(__file__).parent.parent
PACKAGES = ("kiosk", "services", "ui")
FOUND = [
    ("PySide6/Qt/lib/libQt6Quick.so.6", True),
    ("PySide6/Qt/qml/QtQuick/qmldir", True),
    ("PySide6/Qt/qml/QtQuick/Layouts/libqquicklayoutsplugin.so", True),
    ("PySide6/Qt/plugins/platforms/libqoffscreen.so", True),
    ("PySide6/QtQml.abi3.so", True),
    ("libicudata.so.73", True),
    ("resources/icons/keyboard.svg", True),
    ("PySide6/Qt/lib/libQt6VirtualKeyboard.so.6", False),
    ("libQt6VirtualKeyboardQml.so.6", False),
    ("PySide6/Qt/plugins/platforminputcontexts/libqtvirtualkeyboardplugin.so", False),
    ("PySide6/Qt/qml/QtQuick/VirtualKeyboard/Components/Key.qml", False),
    ("PySide6\\Qt\\qml\\QtQuick\\VirtualKeyboard\\qmldir", False),
    ("PySide6/Qt/libexec/QtWebEngineProcess", False),
    ("PySide6/Qt/lib/libQt6WebEngineCore.so.6", False),
    ("PySide6/Qt/qml/QtQuick/Controls/qmldir", False),
    ("PySide6/Qt/plugins/platformthemes/libqgtk3.so", False),
    ("PySide6/Qt/translations/qtbase_de.qm", False),
    ("libgtk-3.so.0", False),
]


@pytest.fixture(scope="module")
def bundle() -> dict[str, Any]:
    """The spec, run with an analysis that has found everything in `FOUND`."""
    made: dict[str, Any] = {}

    def analysis(scripts: list[str], **options: Any) -> SimpleNamespace:
        made.update(options, scripts=scripts)
        entries = [(name, name, "DATA") for name, _ in FOUND]
        return SimpleNamespace(binaries=entries, datas=list(entries), pure=[], scripts=[])

    def collect(program: object, binaries: list[Any], datas: list[Any], name: str) -> None:
        made["shipped"] = {entry[0] for entry in binaries} | {entry[0] for entry in datas}

    runpy.run_path(
        str(ROOT / "kiosk.spec"),
        {
            "SPECPATH": str(ROOT),
            "Analysis": analysis,
            "PYZ": lambda pure: None,
            "EXE": lambda *parts, **options: None,
            "COLLECT": collect,
        },
    )
    return made


def test_the_bundle_ships_neither_virtual_keyboard_nor_web_engine(bundle):
    shipped = " ".join(bundle["shipped"]).lower()
    assert "virtualkeyboard" not in shipped
    assert "webengine" not in shipped


@pytest.mark.parametrize(("name", "wanted"), FOUND)
def test_the_bundle_ships_what_a_screen_needs_and_no_more(bundle, name, wanted):
    assert (name in bundle["shipped"]) is wanted


def test_the_bundle_takes_resources_screens_pages_and_migrations_from_the_source(bundle):
    targets = {target for source, target in bundle["datas"] if Path(source).exists()}
    assert targets == {target for _, target in bundle["datas"]}
    assert targets >= {
        "resources",
        "ui/qml",
        "services/central/templates",
        "services/central/static",
        "services/central/migrations/versions",
        "services/storage/migrations/versions",
    }
    assert not [target for target in targets if target.startswith("tests")]


@pytest.mark.parametrize("package", ["ui.viewmodels", "kiosk.commands"])
def test_the_bundle_holds_every_module_imported_by_name(bundle, package):
    modules = {file.stem for file in ROOT.joinpath(*package.split(".")).glob("*.py")}
    named = {name for name in bundle["hiddenimports"] if name.startswith(f"{package}.")}
    assert named == {f"{package}.{module}" for module in modules}


def test_a_wheel_holds_every_file_of_the_packages(tmp_path):
    made_by_tools = shutil.ignore_patterns("__pycache__", "*.qmltypes", "*metatypes.json")
    for package in PACKAGES:
        shutil.copytree(ROOT / package, tmp_path / package, ignore=made_by_tools)
    for name in ("pyproject.toml", "README.md", "LICENSE", "NOTICE"):
        shutil.copy(ROOT / name, tmp_path)
    files = {
        file.relative_to(tmp_path).as_posix()
        for package in PACKAGES
        for file in (tmp_path / package).rglob("*")
        if file.is_file()
    }
    build = "from setuptools import build_meta; build_meta.build_wheel('dist')"
    subprocess.run(
        [sys.executable, "-c", build], cwd=tmp_path, check=True, capture_output=True, timeout=120
    )
    (wheel,) = (tmp_path / "dist").glob("*.whl")
    with ZipFile(wheel) as archive:
        packed = {name for name in archive.namelist() if ".dist-info/" not in name}
    assert packed == files
