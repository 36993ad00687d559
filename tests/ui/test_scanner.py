"""A scanner that types like a keyboard, and a person who types on one."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QKeyEvent, QWindow
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from ui.scanner import APART_MS, LONGEST, SHORTEST, Scanner

SLIP = "https://example.gov.cn/track?number=BBC-7K4M-92QX-5"


class Field(QWindow):
    """What keys reach."""

    def __init__(self) -> None:
        super().__init__()
        self.typed = ""
        self.keys: list[int] = []

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        self.typed += event.text()
        self.keys.append(event.key())


@pytest.fixture
def field(qtbot: QtBot) -> Field:
    return Field()


@pytest.fixture
def scans(field: Field) -> list[str]:
    """Everything that was scanned."""
    found: list[str] = []
    Scanner(field).scanned.connect(found.append)
    return found


def scan(window: QWindow, text: str, end: Qt.Key = Qt.Key.Key_Return) -> None:
    for char in text:
        QTest.keyClick(window, char)
    QTest.keyClick(window, end)


def settle() -> None:
    QTest.qWait(APART_MS * 3)


@pytest.mark.parametrize("end", [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab])
def test_a_fast_burst_is_a_scan_and_reaches_no_field(
    field: Field, scans: list[str], end: Qt.Key
) -> None:
    scan(field, SLIP, end)
    scan(field, "123456", end)
    settle()
    assert scans == [SLIP, "123456"]
    assert field.typed == ""


def test_capitals_come_with_the_shift_key_as_from_a_scanner(field: Field, scans: list[str]) -> None:
    for char in "BBC-7K4M":
        QTest.keyPress(field, Qt.Key.Key_Shift)
        QTest.keyClick(field, char, Qt.KeyboardModifier.ShiftModifier)
        QTest.keyRelease(field, Qt.Key.Key_Shift)
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert [scanned.upper() for scanned in scans] == ["BBC-7K4M"]


def test_a_person_s_keys_are_handed_on_in_their_order(field: Field, scans: list[str]) -> None:
    for char in "maintenance":
        QTest.keyClick(field, char)
        QTest.qWait(APART_MS * 2)
    QTest.keyClick(field, "a")
    QTest.keyClick(field, "b")
    QTest.keyClick(field, Qt.Key.Key_Backspace)
    QTest.keyClick(field, "c")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert scans == []
    assert field.typed.startswith("maintenanceab")
    assert field.keys[-4:] == [
        Qt.Key.Key_B,
        Qt.Key.Key_Backspace,
        Qt.Key.Key_C,
        Qt.Key.Key_Return,
    ]


@pytest.mark.parametrize(
    "press",
    [
        lambda field: QTest.keyClick(field, Qt.Key.Key_Return),
        lambda field: QTest.keyClick(field, Qt.Key.Key_Escape),
        lambda field: QTest.keyClick(field, "c", Qt.KeyboardModifier.ControlModifier),
    ],
    ids=["enter", "escape", "control"],
)
def test_other_keys_pass_at_once(
    field: Field, scans: list[str], press: Callable[[Field], None]
) -> None:
    press(field)
    assert len(field.keys) >= 1
    assert scans == []


def test_a_key_held_down_is_a_person_s(field: Field, scans: list[str]) -> None:
    for _ in range(SHORTEST * 2):
        event = QKeyEvent(
            QEvent.Type.KeyPress,
            Qt.Key.Key_A,
            Qt.KeyboardModifier.NoModifier,
            "a",
            True,
        )
        QCoreApplication.sendEvent(field, event)
    assert field.typed == "a" * SHORTEST * 2
    assert scans == []


@pytest.mark.parametrize("length", [SHORTEST, LONGEST * 3])
def test_a_burst_without_an_end_is_dropped(field: Field, scans: list[str], length: int) -> None:
    for _ in range(length):
        QTest.keyClick(field, "9")
    settle()
    assert (scans, field.typed) == ([], "")


def test_a_burst_that_is_too_long_is_dropped_with_its_end(field: Field, scans: list[str]) -> None:
    scan(field, "9" * LONGEST)
    scan(field, "9" * (LONGEST + 1))
    settle()
    assert (scans, field.typed) == (["9" * LONGEST], "")


def test_nothing_is_kept_of_a_scan(field: Field) -> None:
    scanner = Scanner(field)
    scan(field, SLIP)
    assert scanner._held == []
