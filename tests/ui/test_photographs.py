import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QBuffer, QByteArray, QIODevice
from PySide6.QtGui import QImage, QImageWriter

from kiosk.errors import CameraTrouble
from ui.photographs import LONGEST_SIDE, MOST_BYTES, fit_jpeg

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
