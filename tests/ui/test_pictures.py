from pathlib import Path

import pytest
from PySide6.QtCore import QSize
from qrcode.constants import ERROR_CORRECT_M
from qrcode.main import QRCode

from ui.pictures import Icons, QrCodes, qr_image

ICONS = Path(__file__).parents[2] / "resources" / "icons"
LINK = "http://127.0.0.1:8471/track?number=BBC-2222-2222-2"


@pytest.mark.parametrize("icon", sorted(file.stem for file in ICONS.glob("*.svg")))
@pytest.mark.parametrize("colour", ["0f4ba0", "ffffff", "b5390c"])
def test_every_icon_is_drawn_in_the_wanted_colour(qapp: object, icon: str, colour: str) -> None:
    image = Icons(ICONS).requestImage(f"{icon}/{colour}", QSize(), QSize(48, 48))
    assert image.size() == QSize(48, 48)
    solid = {
        image.pixelColor(x, y).name()
        for x in range(48)
        for y in range(48)
        if image.pixelColor(x, y).alpha() == 255
    }
    assert f"#{colour}" in solid


def test_the_qr_code_is_the_library_s_own_with_a_quiet_zone() -> None:
    code = QRCode(error_correction=ERROR_CORRECT_M, border=4)
    code.add_data(LINK)
    image = qr_image(LINK)
    dark = [
        [image.pixelColor(x, y).lightness() < 128 for x in range(image.width())]
        for y in range(image.height())
    ]
    assert dark == code.get_matrix()
    assert not any(any(row) for row in dark[:4])


def test_the_qr_code_fills_the_room_it_gets() -> None:
    image = QrCodes().requestImage(LINK, QSize(), QSize(300, 300))
    assert image.size() == QSize(300, 300)
