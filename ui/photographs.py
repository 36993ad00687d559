"""Photographed papers, made small enough to be handed in."""

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, Qt
from PySide6.QtGui import QImage, QImageWriter

from kiosk.errors import CameraTrouble

LONGEST_SIDE, MOST_BYTES = 1600, 400 << 10
"""Pixels and bytes of a photographed paper: it can be read, and its sealed form fits a batch."""


def fit_jpeg(picture: bytes) -> bytes:
    """A camera's picture made small enough to be handed in: JPEG, without anything but the picture.

    Raises `CameraTrouble` for what is no picture.
    """
    image = QImage.fromData(QByteArray(picture))
    if image.isNull():
        raise CameraTrouble("the camera gives something that is no picture")
    if max(image.width(), image.height()) > LONGEST_SIDE:
        image = image.scaled(
            LONGEST_SIDE,
            LONGEST_SIDE,
            Qt.AspectRatioMode.KeepAspectRatio,
            Qt.TransformationMode.SmoothTransformation,
        )
    image = image.convertToFormat(QImage.Format.Format_RGB888)
    for quality in (85, 70, 55, 40, 25):
        jpeg = _jpeg(image, quality)
        if len(jpeg) <= MOST_BYTES:
            return jpeg
    raise CameraTrouble("the picture cannot be made small enough")


def _jpeg(image: QImage, quality: int) -> bytes:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QImageWriter(buffer, QByteArray(b"jpeg"))
    writer.setQuality(quality)
    if not writer.write(image):
        raise CameraTrouble("the picture cannot be written as JPEG")
    return bytes(buffer.data().data())
