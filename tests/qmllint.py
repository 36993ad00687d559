"""qmllint over every QML file, with the types that Python gives to QML.

`python -m tests.qmllint` exits non-zero on any finding. The type information is generated into a
temporary folder.
"""

import json
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path
from tempfile import TemporaryDirectory

from PySide6.QtCore import QLibraryInfo

ROOT = Path(__file__).parent.parent
QML = ROOT / "ui" / "qml"
QT = Path(QLibraryInfo.path(QLibraryInfo.LibraryPath.ArchDataPath))
MODULE = "Kiosk.ViewModels"
BASES = ("screen", "asking")


def main() -> int:
    """Lint the tree's own QML; the exit status."""
    run = lint(QML, sorted(QML.rglob("*.qml")))
    sys.stderr.write(run.stdout + run.stderr)
    return run.returncode


def lint(imports: Path, files: Iterable[Path]) -> subprocess.CompletedProcess[str]:
    """Run qmllint over `files`, finding the modules of `imports` and the types of `ui.viewmodels`;
    any warning is a failure."""
    with TemporaryDirectory() as folder:
        types = Path(folder)
        _write_types(types)
        return subprocess.run(
            [_tool("qmllint"), "-W", "0", "-I", imports, "-I", types, *files],
            capture_output=True,
            text=True,
            check=False,
        )


def _write_types(folder: Path) -> None:
    module = folder.joinpath(*MODULE.split("."))
    module.mkdir(parents=True)
    # The base classes first: metaobjectdump knows only what it has read.
    sources = sorted(
        (ROOT / "ui" / "viewmodels").glob("*.py"),
        key=lambda source: BASES.index(source.stem) if source.stem in BASES else len(BASES),
    )
    described = [source for source in sources if "@QmlElement" in source.read_text("utf-8")]
    dump = subprocess.run(
        [_tool("metaobjectdump"), *described], capture_output=True, text=True, check=True
    )
    metatypes = folder / "metatypes.json"
    metatypes.write_text(json.dumps(_with_constants(json.loads(dump.stdout))), "utf-8")
    subprocess.run(
        [
            *[_tool("qmltyperegistrar"), "--import-name", MODULE, "--major-version", "1"],
            *["--generate-qmltypes", module / "types.qmltypes", "-o", folder / "types.cpp"],
            *["--foreign-types", QT / "metatypes" / "qt6core_metatypes.json", metatypes],
        ],
        check=True,
    )
    module.joinpath("qmldir").write_text(f"module {MODULE}\ntypeinfo types.qmltypes\n", "utf-8")


def _with_constants(files: list[dict[str, object]]) -> list[dict[str, object]]:
    """metaobjectdump leaves `constant=True` out; what has no notify signal is constant here
    (tests/ui/test_qmllint.py holds the view models to that)."""
    for file in files:
        for described in file["classes"]:
            for property in described.get("properties", ()):
                property["constant"] = "notify" not in property
    return files


def _tool(name: str) -> Path:
    return Path(sys.executable).with_name(f"pyside6-{name}")


if __name__ == "__main__":
    sys.exit(main())
