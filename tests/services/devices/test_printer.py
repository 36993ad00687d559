import os
from pathlib import Path

import pytest

from kiosk.errors import PrinterTrouble
from services.devices.folder_printer import FolderPrinter
from services.devices.printer import LpPrinter

PDF = b"%PDF-1.4 nobody"


def program(folder: Path, name: str, script: str) -> None:
    file = folder / name
    file.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    file.chmod(0o755)


@pytest.fixture
def cups(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """`lp` and `lpstat` that note what they are told."""
    folder = tmp_path / "bin"
    folder.mkdir()
    program(folder, "lp", f'echo "$@" > {tmp_path}/words; cat > {tmp_path}/job')
    program(folder, "lpstat", 'echo "slips accepting requests since today"')
    monkeypatch.setenv("PATH", f"{folder}{os.pathsep}/usr/bin{os.pathsep}/bin")
    return tmp_path


def test_a_document_goes_to_the_queue_by_standard_input(cups: Path) -> None:
    LpPrinter("slips").print(PDF, "演示指南")
    assert (cups / "job").read_bytes() == PDF
    assert "-d slips" in (cups / "words").read_text()
    assert "演示指南" in (cups / "words").read_text()


@pytest.mark.parametrize(
    ("page", "media"),
    [
        (b"[0 0 226.771653543307 1116.000000]", "-o media=Custom.80x394mm"),
        (b"[0 0 595.000000 842.000000 ]", "-o media=A4"),
    ],
)
def test_the_paper_is_as_large_as_the_page(cups: Path, page: bytes, media: str) -> None:
    LpPrinter("slips").print(PDF + b" /MediaBox " + page, "x")
    assert media in (cups / "words").read_text()


def test_a_document_that_does_not_say_its_size_takes_the_queue_s_own_paper(cups: Path) -> None:
    LpPrinter("slips").print(PDF, "x")
    assert "media" not in (cups / "words").read_text()


def test_a_stopped_queue_is_not_ready_though_it_takes_jobs(cups: Path) -> None:
    idle = "printer slips is idle.  enabled since today"
    stopped = "printer slips disabled since today -"
    takes = "slips accepting requests since today"
    program(cups / "bin", "lpstat", f'echo "{takes}"; echo "{idle}"')
    assert LpPrinter("slips").ready()
    program(cups / "bin", "lpstat", f'echo "{takes}"; echo "{stopped}"; echo "out of paper"')
    assert not LpPrinter("slips").ready()


def test_another_queue_s_state_is_not_ours(cups: Path) -> None:
    program(cups / "bin", "lpstat", 'echo "slips2 accepting requests since today"')
    assert not LpPrinter("slips").ready()


def test_a_queue_that_takes_jobs_is_ready(cups: Path) -> None:
    assert LpPrinter("slips").ready()
    program(cups / "bin", "lpstat", 'echo "slips not accepting requests since today"')
    assert not LpPrinter("slips").ready()


def test_without_a_default_queue_there_is_none(cups: Path) -> None:
    program(cups / "bin", "lpstat", 'echo "no system default destination"')
    assert not LpPrinter().ready()


@pytest.mark.parametrize(("state", "ready"), [("is idle.  enabled", True), ("disabled", False)])
def test_the_default_queue_is_asked_how_it_stands(cups: Path, state: str, ready: bool) -> None:
    program(
        cups / "bin",
        "lpstat",
        f"""case "$1" in
-d) echo "system default destination: slips" ;;
*) echo "$2 accepting requests since today"; echo "printer $2 {state} since today" ;;
esac""",
    )
    assert LpPrinter().ready() is ready


def test_a_queue_that_refuses_is_told(cups: Path) -> None:
    program(cups / "bin", "lp", "exit 1")
    program(cups / "bin", "lpstat", "exit 1")
    with pytest.raises(PrinterTrouble):
        LpPrinter("slips").print(PDF, "x")
    assert not LpPrinter("slips").ready()


def test_a_machine_without_cups_has_no_printer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    assert not LpPrinter().ready()
    with pytest.raises(PrinterTrouble):
        LpPrinter().print(PDF, "x")


def test_a_folder_takes_every_sheet(tmp_path: Path) -> None:
    printer = FolderPrinter(tmp_path / "sheets")
    assert printer.ready()
    printer.print(PDF, "x")
    printer.print(PDF + b"2", "x")
    assert [f.read_bytes() for f in sorted((tmp_path / "sheets").iterdir())] == [PDF, PDF + b"2"]


def test_a_folder_that_cannot_be_written_is_trouble(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(PrinterTrouble):
        FolderPrinter(tmp_path / "file").print(PDF, "x")
