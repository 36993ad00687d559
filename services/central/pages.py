"""Server-rendered pages: templates, and the headers every page carries."""

from datetime import datetime
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.responses import HTMLResponse, RedirectResponse

from kiosk.domain.submission.case import CaseState, Note, Rating, ahead
from services.central import wording
from services.central.attachments import LATE_PICTURE
from services.central.feedback import ZONE

HERE = Path(__file__).parent
STATIC = HERE / "static"

HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; form-action 'self'; "
        "frame-ancestors 'none'; base-uri 'none'"
    ),
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}


def _moment(value: datetime) -> str:
    return value.astimezone(ZONE).strftime("%Y-%m-%d %H:%M")


def _fact(value: str | int | bool) -> str:
    if isinstance(value, bool):
        return "是" if value else "否"
    return str(value)


def _worded(value: str | list[str], name: str) -> str:
    """A line of the verdict, its codes in words."""
    codes = wording.CODES.get(name, {})
    values = value if isinstance(value, list) else [value]
    return "；".join(codes.get(code, code) for code in values) or "无"


def _actor(actor: str) -> str:
    role, _, kiosk = actor.partition(":")
    return f"自助终端 {kiosk}" if kiosk else wording.ACTORS.get(role, role)


def _said(detail: str, action: str) -> str:
    """What a citizen wrote afterwards, a rating in words."""
    is_rating = action in (Note.RATED, Note.LATE_RATING)
    return wording.RATINGS[int(detail)][0] if is_rating else detail


def _ahead(state: str) -> tuple[CaseState, ...]:
    return ahead(CaseState(state))


_environment = Environment(
    loader=FileSystemLoader(HERE / "templates"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
_environment.filters["moment"] = _moment
_environment.filters["fact"] = _fact
_environment.filters["worded"] = _worded
_environment.filters["actor"] = _actor
_environment.filters["said"] = _said
_environment.globals.update(
    kinds=wording.KINDS,
    booking_states=wording.BOOKINGS,
    appointments=wording.APPOINTMENTS,
    states=wording.STATES,
    nexts=wording.NEXTS,
    actions=wording.ACTIONS,
    notes=wording.NOTES,
    afterwards=wording.AFTERWARDS,
    ratings=wording.RATINGS,
    follow_ups=wording.FOLLOW_UPS,
    bad_ratings=frozenset(rating for rating in Rating if rating.is_bad),
    from_citizen=frozenset({*Note, CaseState.REOPENED, CaseState.WITHDRAWN, LATE_PICTURE}),
    verdict_names=wording.VERDICT,
    ahead=_ahead,
)


def page(template: str, /, status: int = 200, **values: object) -> HTMLResponse:
    """A rendered template (everything in it escaped), never cached, framed or scripted."""
    return HTMLResponse(_environment.get_template(template).render(values), status, HEADERS)


def see_other(path: str) -> RedirectResponse:
    """Go on at `path` with GET (RFC 9110 §15.4.4)."""
    return RedirectResponse(path, 303, {"Cache-Control": "no-store"})
