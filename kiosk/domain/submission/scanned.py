"""What a scanner read from paper or from a phone: a number of ours, or something else."""

from dataclasses import dataclass
from urllib.parse import SplitResult, parse_qsl, urlsplit

from kiosk.domain.session.parking_code import normal_parking_code
from kiosk.domain.submission.receipt import bare_of, normal_code, normal_number

LONGEST = 60
"""Characters that are kept of a code which is not ours."""
_NUMBER_CHARACTERS = 12


@dataclass(frozen=True, slots=True, repr=False)
class ScannedSlip:
    """A slip of ours. `number` is a receipt number or the code of a parked form, as printed; empty
    where the slip only leads to the tracking page. `code` is a query code or empty."""

    number: str = ""
    code: str = ""


@dataclass(frozen=True, slots=True, repr=False)
class ScannedText:
    """Anything else: printable characters without spaces around them, at most `LONGEST`; empty for
    a link, which is no number of anybody's."""

    text: str


Scanned = ScannedSlip | ScannedText


def read_scan(raw: str, tracking_page: str) -> Scanned:
    """What `raw` is: a link to our `tracking_page`, a bare number, a number and its query code with
    anything between them, the code of a parked form; else text. Never raises."""
    text = "".join(ch for ch in raw if ch.isprintable()).strip()
    return _linked(text, tracking_page) or _bare(text) or _other(text)


def _linked(text: str, tracking_page: str) -> ScannedSlip | None:
    link = _split(text)
    if link is None or _place(link) != _place(urlsplit(tracking_page)):
        return None
    query = {name.casefold(): value for name, value in parse_qsl(link.query)}
    try:
        number = normal_number(query.get("number", ""))
    except ValueError:
        return ScannedSlip()
    return ScannedSlip(number, _code(query.get("code", "")))


def _bare(text: str) -> ScannedSlip | None:
    bare = bare_of(text)
    number, code = bare[:_NUMBER_CHARACTERS], bare[_NUMBER_CHARACTERS:]
    for normal in (normal_number, normal_parking_code):
        try:
            found = ScannedSlip(normal(number), _code(code))
        except ValueError:
            continue
        if found.code or not code:
            return found
    return None


def _other(text: str) -> ScannedText:
    link = _split(text)
    return ScannedText("" if link is not None and link.netloc else text[:LONGEST].strip())


def _code(text: str) -> str:
    try:
        return normal_code(text)
    except ValueError:
        return ""


def _split(text: str) -> SplitResult | None:
    try:
        return urlsplit(text)
    except ValueError:
        return None


def _place(link: SplitResult) -> tuple[str, str]:
    """Host and path. A scanner may be set to capitals, and http may have become https."""
    return link.netloc.casefold(), link.path.rstrip("/").casefold()
