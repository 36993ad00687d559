"""What a scanner reads, told apart."""

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.domain.session.parking_code import new_parking_code
from kiosk.domain.submission.receipt import new_code, new_number
from kiosk.domain.submission.scanned import LONGEST, ScannedSlip, ScannedText, read_scan

PAGE = "https://example.gov.cn/track"
NUMBER, CODE = new_number("BBC"), new_code()


@pytest.mark.parametrize(
    "raw",
    [
        NUMBER,
        f"  {NUMBER.lower()}\r",
        NUMBER.replace("-", ""),
        f"{PAGE}?number={NUMBER}",
        f"{PAGE}/?lang=en&number={NUMBER.lower()}",
        f"{PAGE}?number={NUMBER}".upper(),
        f"http://example.gov.cn/track?number={NUMBER}",
        f"{PAGE}?number={NUMBER}&code=123",
    ],
)
def test_a_number_of_ours_is_found(raw: str) -> None:
    assert read_scan(raw, PAGE) == ScannedSlip(NUMBER, "")


@pytest.mark.parametrize(
    "raw",
    [
        f"{NUMBER} {CODE}",
        f"{NUMBER},{CODE[:2]} {CODE[2:4]} {CODE[4:]}",
        f"{NUMBER}/{CODE}",
        f"{NUMBER}{CODE}".replace("-", ""),
        f"{PAGE}?number={NUMBER}&code={CODE}",
    ],
)
def test_its_query_code_too_where_it_is_there(raw: str) -> None:
    assert read_scan(raw, PAGE) == ScannedSlip(NUMBER, CODE)


def test_the_code_of_a_parked_form_goes_where_the_number_goes() -> None:
    code = new_parking_code()
    assert read_scan(code, PAGE) == ScannedSlip(code)


def test_a_slip_that_only_leads_to_the_tracking_page_is_ours_all_the_same() -> None:
    assert read_scan(PAGE, PAGE) == ScannedSlip()
    assert read_scan(f"{PAGE}?number=BBC-2222-2222-2", PAGE) == ScannedSlip()


@pytest.mark.parametrize(
    "raw",
    [
        "340000202600001234",
        NUMBER[:-1],
        f"{NUMBER} 123456",
        f"{NUMBER}7",
        "6901234567892",
        "",
    ],
)
def test_anything_else_is_text(raw: str) -> None:
    assert read_scan(raw, PAGE) == ScannedText(raw)


@pytest.mark.parametrize(
    "raw",
    [
        f"https://example.com/track?number={NUMBER}",
        f"https://example.gov.cn/g/SK-007?number={NUMBER}",
        f"//example.com/{NUMBER}",
    ],
)
def test_a_link_to_elsewhere_is_nothing(raw: str) -> None:
    assert read_scan(raw, PAGE) == ScannedText("")


def test_text_is_bounded_and_printable() -> None:
    assert read_scan("\x00 a\x1b\tb " + "9" * 500, PAGE) == ScannedText("ab " + "9" * (LONGEST - 3))
    assert "演示" not in repr(read_scan("演示", PAGE))


@given(st.text() | st.text(string.printable) | st.text().map(lambda text: f"http://[{text}"))
def test_nothing_that_can_be_scanned_is_refused(raw: str) -> None:
    found = read_scan(raw, PAGE)
    if isinstance(found, ScannedText):
        assert len(found.text) <= LONGEST
        assert found.text == found.text.strip()
        assert found.text == "" or found.text.isprintable()
