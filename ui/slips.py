"""Slips on paper: laid out by Qt's own text engine, for the narrow roll (80 mm) and for A4.

Nothing is written to disk. Everything here may run on a worker thread.
"""

from collections.abc import Iterator
from html import escape
from math import ceil, cos, radians
from unicodedata import category

from PySide6.QtCore import QBuffer, QIODevice, QMarginsF, QPoint, QRectF, QSizeF, Qt, QUrl
from PySide6.QtGui import (
    QBrush,
    QColor,
    QFont,
    QFontMetricsF,
    QImage,
    QPageLayout,
    QPageSize,
    QPainter,
    QPdfWriter,
    QPen,
    QTextDocument,
)

from kiosk.domain.slip.model import Block, Heading, Large, Line, Paragraph, Point, Slip, Table
from ui.application import FONT
from ui.pictures import qr_image

ROLL_DOTS = 576
"""The printable 72 mm of an 80 mm roll at 203 dots an inch."""
_ROLL_DPI = 203
_ROLL_MM = 80.0
_ROLL_TAIL_MM = 4.0
_QR_MM = 25.0
"""The least side of a QR code, its quiet zone not counted."""
_QUIET = 4
_A4_MM = (210.0, 297.0)
_MARGIN_MM = 15.0
_SHEET_DPI = 200
_QR = QUrl("slip:qr")
_GREY = QPen(QColor(0xDD, 0xDD, 0xDD))


def thermal(slip: Slip) -> QImage:
    """As the roll's printer prints it: one dot a pixel, black or white, as long as it takes."""
    per_mm = _ROLL_DPI / 25.4
    document = _document(slip, per_mm, 3.1)
    document.setTextWidth(ROLL_DOTS)
    height = int(document.size().height()) + 1
    # Bytes of white instead of QImage.fill, which has PySide6 build every enum of Qt.
    blank = QImage(
        b"\xff" * (ROLL_DOTS * height * 4), ROLL_DOTS, height, QImage.Format.Format_RGB32
    )
    image = blank.copy()
    painter = QPainter(image)
    # The roll knows no grey, only dots near each other or far apart.
    dots = QPen(QBrush(Qt.GlobalColor.black, Qt.BrushStyle.Dense6Pattern), 1)
    _watermark(painter, slip.watermark, QRectF(0, 0, ROLL_DOTS, height), per_mm, dots)
    document.drawContents(painter)
    painter.end()
    printed = image.convertToFormat(
        QImage.Format.Format_Mono, Qt.ImageConversionFlag.ThresholdDither
    )
    # Black first: only so does QPdfWriter keep it one bit a dot instead of making it a JPEG.
    printed.invertPixels()
    printed.setColorTable([0xFF000000, 0xFFFFFFFF])
    return printed


def thermal_pdf(slip: Slip) -> bytes:
    """The same as a PDF of one page, 80 mm wide; every dot of the roll is a dot of the page."""
    image = thermal(slip)
    per_mm = _ROLL_DPI / 25.4
    size = QSizeF(_ROLL_MM, image.height() / per_mm + _ROLL_TAIL_MM)
    buffer, writer = _writer(QPageSize(size, QPageSize.Unit.Millimeter, "roll"), _ROLL_DPI, 0)
    painter = QPainter(writer)
    painter.drawImage(QPoint(round((_ROLL_MM * per_mm - ROLL_DOTS) / 2), 0), image)
    painter.end()
    return bytes(buffer.data().data())


def a4(slip: Slip) -> bytes:
    """As a PDF of as many A4 pages as it takes; no line is cut in two."""
    per_mm = _SHEET_DPI / 25.4
    document = _document(slip, per_mm, 4.2)
    width = (_A4_MM[0] - 2 * _MARGIN_MM) * per_mm
    height = (_A4_MM[1] - 2 * _MARGIN_MM - 8) * per_mm
    document.setPageSize(QSizeF(width, height))
    buffer, writer = _writer(QPageSize(QPageSize.PageSizeId.A4), _SHEET_DPI, _MARGIN_MM)
    painter = QPainter(writer)
    painter.setFont(_font(3 * per_mm))
    for page in range(document.pageCount()):
        if page:
            writer.newPage()
        area = QRectF(0, 0, width, height)
        _watermark(painter, slip.watermark, area, per_mm, _GREY)
        painter.save()
        painter.translate(0, -page * height)
        document.drawContents(painter, area.translated(0, page * height))
        painter.restore()
        foot = QRectF(0, height + 2 * per_mm, width, 6 * per_mm)
        told = f"{page + 1} / {document.pageCount()}"
        painter.drawText(foot, Qt.AlignmentFlag.AlignCenter, told)
    painter.end()
    return bytes(buffer.data().data())


def _writer(size: QPageSize, dpi: int, margin: float) -> tuple[QBuffer, QPdfWriter]:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setResolution(dpi)
    margins = QMarginsF(margin, margin, margin, margin)
    layout = QPageLayout(size, QPageLayout.Orientation.Portrait, margins)
    layout.setUnits(QPageLayout.Unit.Millimeter)
    layout.setMinimumMargins(QMarginsF(0, 0, 0, 0))
    layout.setMargins(margins)
    writer.setPageLayout(layout)
    return buffer, writer


def _document(slip: Slip, per_mm: float, body_mm: float) -> QTextDocument:
    document = QTextDocument()
    document.setUndoRedoEnabled(False)
    document.setDocumentMargin(per_mm)
    document.setDefaultFont(_font(body_mm * per_mm))
    if slip.link:
        code = qr_image(slip.link)
        side = ceil(_QR_MM * per_mm / (code.width() - 2 * _QUIET)) * code.width()
        picture = QTextDocument.ResourceType.ImageResource.value
        document.addResource(picture, _QR, code.scaled(side, side))
    document.setHtml("".join(_html(slip, body_mm * per_mm)))
    return document


def _font(pixels: float) -> QFont:
    font = QFont(FONT)
    font.setPixelSize(max(1, round(pixels)))
    return font


def _html(slip: Slip, body: float) -> Iterator[str]:
    gap = round(body * 0.35)
    yield f'<p style="font-size:{round(body * 1.45)}px; margin:0"><b>{_text(slip.title)}</b></p>'
    yield f'<p style="margin:0 0 {gap}px 0">[{_text(slip.mark)}]</p>'
    for block in slip.blocks:
        yield _block(block, body, gap)
    if slip.link:
        yield f'<p align="center" style="margin:{2 * gap}px 0 0 0"><img src="{_QR.toString()}"></p>'
        yield f'<p align="center" style="margin:0">{_text(slip.caption)}</p>'
    small = round(body * 0.85)
    above = gap if slip.link else 3 * gap
    style = f"font-size:{small}px; margin:{above}px 0 0 0"
    yield f'<p align="center" style="{style}">{_text(slip.footer)}</p>'


def _block(block: Block, body: float, gap: int) -> str:
    match block:
        case Heading(text):
            size = round(body * 1.2)
            style = f"font-size:{size}px; margin:{3 * gap}px 0 {gap}px 0"
            return f'<p style="{style}"><b>{_text(text)}</b></p>'
        case Line(label, value):
            return f'<p style="margin:0 0 {gap}px 0">{_text(label)}：<b>{_text(value)}</b></p>'
        case Point(text, note, number):
            mark = f"{number}. " if number else "· "
            told = f"<br>{_text(note)}" if note else ""
            return f'<p style="margin:0 0 {gap}px 0"><b>{mark}{_text(text)}</b>{told}</p>'
        case Paragraph(text):
            return f'<p style="margin:{gap}px 0">{_text(text)}</p>'
        case Large(label, value):
            size = round(body * 1.9)
            shown = f'<span style="font-size:{size}px"><b>{_text(value)}</b></span>'
            return f'<p style="margin:0 0 {gap}px 0">{_text(label)}<br>{shown}</p>'
        case Table(columns, rows):
            return _table(columns, rows)


def _table(columns: tuple[str, ...], rows: tuple[tuple[str, ...], ...]) -> str:
    """The columns' names stand above the rows of every page."""
    head = "".join(f"<th align=left>{_text(column)}</th>" for column in columns)
    body = "".join(f"<tr>{''.join(f'<td>{_text(cell)}</td>' for cell in row)}</tr>" for row in rows)
    return (
        '<table width="100%" cellspacing="0" cellpadding="4">'
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
    )


def _text(text: str) -> str:
    """Escaped, its line ends kept."""
    return escape(_plain(text)).replace("\n", "<br>")


def _plain(text: str) -> str:
    """Without what Qt takes for a command. A letter that Python's own tables do not know yet (the
    newer parts of GB 18030) is a letter all the same."""
    return "".join(map(_letter, text))


def _letter(char: str) -> str:
    kind = category(char)
    if char == "\n" or kind in ("Zl", "Zp"):
        return "\n"
    # U+FFFC is a picture in Qt's documents, U+FDD0 and U+FDD1 begin and end a frame.
    command = char == "\ufffc" or "\ufdd0" <= char <= "\ufdef" or ord(char) & 0xFFFE == 0xFFFE
    return " " if command or kind in ("Cc", "Cs") else char


def _watermark(painter: QPainter, text: str, area: QRectF, per_mm: float, pen: QPen) -> None:
    """Once in about every 70 mm, never cut: what is too long for the page is set smaller."""
    told = " ".join(_plain(text).split())
    if not told:
        return
    tilt = -25.0
    size = 12 * per_mm
    room = 0.9 * area.width() / cos(radians(tilt))
    needed = QFontMetricsF(_font(size)).horizontalAdvance(told)
    painter.save()
    painter.setFont(_font(size * min(1.0, room / max(needed, 1.0))))
    painter.setPen(pen)
    rows = max(1, int(area.height() / (70 * per_mm)))
    step = area.height() / rows
    for row in range(rows):
        painter.save()
        painter.translate(area.center().x(), area.top() + step * (row + 0.5))
        painter.rotate(tilt)
        across = QRectF(-area.width(), -step / 2, 2 * area.width(), step)
        painter.drawText(across, Qt.AlignmentFlag.AlignCenter, told)
        painter.restore()
    painter.restore()
