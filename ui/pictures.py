"""Pictures made for QML: icons in a wanted colour, and QR codes."""

from pathlib import Path
from typing import Any

from PySide6.QtCore import QByteArray, QSize
from PySide6.QtGui import QImage, QPainter
from PySide6.QtQuick import QQuickImageProvider


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
        from urllib.parse import unquote

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


def warm_qr() -> None:
    """Load what draws QR codes: the first receipt does not wait for it."""
    qr_image("不打烊")
