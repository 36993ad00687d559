"""Photographed papers: turned, cut, blacked out, and made small enough to be handed in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QRect, Qt
from PySide6.QtGui import QColor, QImage, QImageWriter, QPainter, QTransform

from kiosk.errors import CameraTrouble

if TYPE_CHECKING:
    from collections.abc import Iterable

LONGEST_SIDE, MOST_BYTES = 1600, 400 << 10
"""Pixels and bytes of a photographed paper: it can be read, and its sealed form fits a batch."""
SMALLEST_CUT = 0.1
"""What is left by a cut is at least so much of the picture's width and height: a finger that only
tapped cuts nothing away."""
FINGER = 0.05
"""How wide a finger blacks out, of the picture's longer side."""


@dataclass(frozen=True, slots=True)
class Part:
    """What lies between two corners of a picture, which are fractions (0 to 1) of its width and
    height from the upper left, in any order. Beyond the edge counts as at the edge."""

    x0: float
    y0: float
    x1: float
    y1: float

    def pixels(self, width: int, height: int, grown: float = 0.0) -> QRect:
        """The part of a picture of this size; `grown` pixels larger on every side."""
        left, right = sorted((self.x0 * width, self.x1 * width))
        top, bottom = sorted((self.y0 * height, self.y1 * height))
        first = (round(max(0.0, left - grown)), round(max(0.0, top - grown)))
        last = (round(min(width, right + grown)), round(min(height, bottom + grown)))
        return QRect(*first, last[0] - first[0], last[1] - first[1])


@dataclass(frozen=True, slots=True)
class Turned:
    """A quarter to the right."""


@dataclass(frozen=True, slots=True)
class Cut:
    """Only this part is left."""

    part: Part


@dataclass(frozen=True, slots=True)
class Covered:
    """This part, widened by half a finger, is black: nothing of what was there is left."""

    part: Part


Edit: TypeAlias = Turned | Cut | Covered


def fit_jpeg(picture: bytes, edits: Iterable[Edit] = ()) -> bytes:
    """A camera's picture with these edits, made small enough to be handed in: JPEG, without
    anything but the picture.

    Raises `CameraTrouble` for what is no picture.
    """
    image = QImage.fromData(QByteArray(picture))
    if image.isNull():
        raise CameraTrouble("the camera gives something that is no picture")
    image = image.convertToFormat(QImage.Format.Format_RGB888)
    for edit in edits:
        image = _edited(image, edit)
    if max(image.width(), image.height()) > LONGEST_SIDE:
        image = image.scaled(
            LONGEST_SIDE,
            LONGEST_SIDE,
            Qt.AspectRatioMode.KeepAspectRatio,
            Qt.TransformationMode.SmoothTransformation,
        )
    for quality in (85, 70, 55, 40, 25):
        jpeg = _jpeg(image, quality)
        if len(jpeg) <= MOST_BYTES:
            return jpeg
    raise CameraTrouble("the picture cannot be made small enough")


def _edited(image: QImage, edit: Edit) -> QImage:
    width, height = image.width(), image.height()
    match edit:
        case Turned():
            return image.transformed(QTransform().rotate(90))
        case Cut(part):
            left = part.pixels(width, height)
            small = left.width() < SMALLEST_CUT * width or left.height() < SMALLEST_CUT * height
            return image if small else image.copy(left)
        case Covered(part):
            painter = QPainter(image)
            black = part.pixels(width, height, FINGER / 2 * max(width, height))
            painter.fillRect(black, QColor(0, 0, 0))
            painter.end()
            return image


def _jpeg(image: QImage, quality: int) -> bytes:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QImageWriter(buffer, QByteArray(b"jpeg"))
    writer.setQuality(quality)
    if not writer.write(image):
        raise CameraTrouble("the picture cannot be written as JPEG")
    return bytes(buffer.data().data())
