"""A made-up slip (演示) for a camera that is a folder."""

from pathlib import Path

SLIP = (
    "事项：演示事项\n姓名：演示\n电话：13800000000\n日期：2026年11月1日\n\n材料已经收下，请等通知。"
)


def show_slip(folder: Path) -> Path:
    """A folder that stands in a camera's place (see `wiring.camera`): it sees one made-up slip."""
    from PySide6.QtCore import QRect, Qt
    from PySide6.QtGui import QColor, QFont, QImage, QPainter

    folder.mkdir()
    image = QImage(1200, 1600, QImage.Format.Format_RGB32)
    image.fill(QColor("#9a8f80"))
    painter = QPainter(image)
    painter.fillRect(100, 100, 1000, 1400, QColor("#fdfcf8"))
    for size, top, text in ((72, 220, "受理单（演示）"), (44, 420, SLIP)):
        painter.setFont(QFont("Noto Sans CJK SC", size))
        flags = Qt.AlignmentFlag.AlignHCenter if top < 300 else Qt.AlignmentFlag.AlignLeft
        painter.drawText(QRect(180, top, 840, 1000), flags, text)
    painter.end()
    image.save(str(folder / "slip.jpg"))
    return folder
