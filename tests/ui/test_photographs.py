import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QBuffer, QByteArray, QIODevice
from PySide6.QtGui import QColor, QImage, QImageWriter, QPainter

from kiosk.errors import CameraTrouble
from ui.photographs import (
    FINGER,
    LONGEST_SIDE,
    MOST_BYTES,
    SMALLEST_CUT,
    Covered,
    Cut,
    Edit,
    Part,
    Turned,
    fit_jpeg,
)

JPEG = b"\xff\xd8\xff"


def noise(width: int, height: int) -> bytes:
    """A picture that hardly compresses."""
    seed, values = 12345, bytearray()
    for _ in range(width * 3):
        seed = (seed * 1103515245 + 12345) & 0x7FFFFFFF
        values.append(seed >> 16 & 0xFF)
    rows = b"".join(bytes(values[at % 97 :] + values[: at % 97]) for at in range(height))
    image = QImage(rows, width, height, width * 3, QImage.Format.Format_RGB888).copy()
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, QByteArray(b"jpeg")).write(image)
    return bytes(buffer.data().data())


@pytest.mark.parametrize("size", [(64, 48), (1600, 900), (3000, 2000), (500, 4000)])
def test_a_photograph_fits_and_keeps_its_shape(size: tuple[int, int]) -> None:
    fitted = fit_jpeg(noise(*size))
    image = QImage.fromData(QByteArray(fitted))
    assert fitted.startswith(JPEG)
    assert len(fitted) <= MOST_BYTES
    assert max(image.width(), image.height()) <= LONGEST_SIDE
    assert image.width() / image.height() == pytest.approx(size[0] / size[1], rel=0.02)


@pytest.mark.qt_log_ignore(".")  # the decoder says what is wrong with each
@given(st.binary(max_size=64) | st.binary(max_size=64).map(JPEG.__add__))
def test_what_is_no_picture_is_refused(content: bytes) -> None:
    with pytest.raises(CameraTrouble):
        fit_jpeg(content)


def test_what_a_camera_writes_besides_the_picture_is_left_out() -> None:
    plain = noise(64, 48)
    tagged = plain[:2] + b"\xff\xe1\x00\x0fExif\x00\x00place!!" + plain[2:]
    assert b"place!!" not in fit_jpeg(tagged)


def sheet(width: int, height: int) -> bytes:
    """White, its upper left quarter red."""
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(QColor(255, 255, 255))
    painter = QPainter(image)
    painter.fillRect(0, 0, width // 2, height // 2, QColor(255, 0, 0))
    painter.end()
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, QByteArray(b"jpeg")).write(image)
    return bytes(buffer.data().data())


def edited(*edits: Edit) -> QImage:
    return QImage.fromData(QByteArray(fit_jpeg(sheet(400, 300), edits)))


def red(image: QImage, x: float, y: float) -> bool:
    return _colour(image, x, y).green() < 128 < _colour(image, x, y).red()


def black(image: QImage, x: float, y: float) -> bool:
    return max(_colour(image, x, y).getRgb()[:3]) < 40


def _colour(image: QImage, x: float, y: float) -> QColor:
    return image.pixelColor(int(x * (image.width() - 1)), int(y * (image.height() - 1)))


def test_a_picture_is_turned_to_the_right() -> None:
    turned = edited(Turned())
    assert (turned.width(), turned.height()) == (300, 400)
    assert red(turned, 0.9, 0.1)
    assert not red(turned, 0.1, 0.1)
    around = edited(Turned(), Turned(), Turned(), Turned())
    assert (around.width(), around.height()) == (400, 300)
    assert red(around, 0.1, 0.1)


def test_only_the_part_that_was_framed_is_left_whichever_way_it_was_drawn() -> None:
    for part in (Part(0, 0, 0.5, 0.5), Part(0.5, 0.5, 0, 0), Part(0.5, -3, -3, 0.5)):
        cut = edited(Cut(part))
        assert (cut.width(), cut.height()) == (200, 150)
        assert red(cut, 0.5, 0.5)


def test_a_finger_that_only_tapped_cuts_nothing_away() -> None:
    tapped = edited(Cut(Part(0.5, 0.5, 0.5 + SMALLEST_CUT / 2, 0.9)))
    assert (tapped.width(), tapped.height()) == (400, 300)


def test_what_a_finger_went_over_is_black_and_the_rest_is_as_it_was() -> None:
    covered = edited(Covered(Part(0.1, 0.25, 0.4, 0.25)))
    assert black(covered, 0.25, 0.25)
    assert black(covered, 0.25, 0.25 + FINGER / 2)
    assert red(covered, 0.25, 0.45)
    assert red(covered, 0.02, 0.25)


def test_edits_follow_one_another() -> None:
    both = edited(Cut(Part(0, 0, 0.5, 0.5)), Turned(), Covered(Part(0, 0, 1, 1)))
    assert (both.width(), both.height()) == (150, 200)
    assert black(both, 0.5, 0.5)


corners = st.floats(-2, 3)


@given(
    st.lists(
        st.builds(Turned)
        | st.builds(Cut, st.builds(Part, *[corners] * 4))
        | st.builds(Covered, st.builds(Part, *[corners] * 4)),
        max_size=5,
    )
)
def test_whatever_a_finger_does_there_is_a_picture_left(edits: list[Edit]) -> None:
    assert not edited(*edits).isNull()
