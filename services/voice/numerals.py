"""Numbers as Mandarin says them."""

DIGITS = "零一二三四五六七八九"
_PLACES = ("", "十", "百", "千")
_GROUPS = ("", "万", "亿")
LARGEST = 10**12 - 1


def spelled(digits: str) -> str:
    """Digit by digit, as years and telephone numbers are said."""
    return "".join(DIGITS[int(each)] for each in digits)


def cardinal(number: int) -> str:
    """As amounts are said: 10 is 十, 105 一百零五, 20,000 二万. `number` from 0 to `LARGEST`."""
    if number < 10:
        return DIGITS[number]
    said, gap = "", False
    groups = [number // 10_000**place % 10_000 for place in range(len(_GROUPS))]
    for place in reversed(range(len(groups))):
        group = groups[place]
        if group == 0:
            gap = said != ""
            continue
        if said and (gap or group < 1000):
            said += DIGITS[0]
        said += _below_ten_thousand(group) + _GROUPS[place]
        gap = False
    return said.removeprefix("一") if said.startswith("一十") else said


def _below_ten_thousand(number: int) -> str:
    said, gap = "", False
    for place in reversed(range(len(_PLACES))):
        digit = number // 10**place % 10
        if digit == 0:
            gap = said != ""
            continue
        if gap:
            said += DIGITS[0]
        said += DIGITS[digit] + _PLACES[place]
        gap = False
    return said
