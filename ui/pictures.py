"""Pictures made for QML: icons in a wanted colour, and QR codes."""

from pathlib import Path
from typing import Any
from urllib.parse import unquote

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize, Qt
from PySide6.QtGui import QImage, QImageWriter, QPainter
from PySide6.QtQuick import QQuickImageProvider

from kiosk.errors import CameraTrouble


class Icons(QQuickImageProvider):
    """`image://icon/<name>/<rrggbb>`: an SVG of `resources/icons`, its `currentColor` replaced."""

    def __init__(self, folder: Path) -> None:
        super().__init__(QQuickImageProvider.ImageType.Image)
        self._folder = folder

    def requestImage(self, id: str, size: QSize, requestedSize: QSize) -> QImage:
        """The icon, filling `requestedSize`."""
        from PySide6.QtSvg import QSvgRenderer

        name, colour = id.split("/")
        source = (self._folder / f"{name}.svg").read_text(encoding="utf-8")
        renderer = QSvgRenderer(QByteArray(source.replace("currentColor", f"#{colour}").encode()))
        width, height = requestedSize.width(), requestedSize.height()
        # Not QImage.fill: it has PySide6 build every enum of Qt, 17 ms before the first frame.
        clear = bytes(width * height * 4)
        image = QImage(clear, width, height, QImage.Format.Format_ARGB32_Premultiplied).copy()
        painter = QPainter(image)
        renderer.render(painter)
        painter.end()
        return image


class QrCodes(QQuickImageProvider):
    """`image://qr/<percent-encoded text>`: a QR code (ISO/IEC 18004, level M, 4 modules quiet)."""

    def __init__(self) -> None:
        super().__init__(QQuickImageProvider.ImageType.Image)

    def requestImage(self, id: str, size: QSize, requestedSize: QSize) -> QImage:
        """The code, as large as `requestedSize` allows."""
        return qr_image(unquote(id)).scaled(requestedSize)


def qr_image(text: str) -> QImage:
    """One pixel per module."""
    from qrcode.constants import ERROR_CORRECT_M
    from qrcode.main import QRCode

    code: QRCode[Any] = QRCode(error_correction=ERROR_CORRECT_M, border=4)
    code.add_data(text)
    rows = code.get_matrix()
    image = QImage(len(rows), len(rows), QImage.Format.Format_RGB32)
    for y, row in enumerate(rows):
        for x, dark in enumerate(row):
            image.setPixel(x, y, 0xFF000000 if dark else 0xFFFFFFFF)
    return image


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


def warm_qr() -> None:
    """Load what draws QR codes: the first receipt does not wait for it."""
    qr_image("不打烊")
