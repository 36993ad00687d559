"""Server-rendered pages: templates, wording of states, and the headers every page carries."""

from datetime import datetime
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.responses import HTMLResponse, RedirectResponse

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

KINDS = {"complaint": ("反映问题", "Complaint"), "application": ("事项申请", "Application")}
ACTIONS = {
    "received": ("已收到", "Received"),
    "registered": ("已登记", "Registered"),
    "dispatched": ("已交办", "Sent to the department"),
    "closed": ("已办结", "Result given"),
    "answered": ("已反馈", "Answered"),
    "citizen_told": ("群众已知晓", "Citizen told"),
    "window_told": ("窗口已知晓", "Window told"),
}
ACTORS = {"clerk": "工作人员", "citizen": "群众本人（查询）"}
VERDICT = {
    "primary": "主类",
    "classes": "全部类别",
    "subclasses": "子类",
    "level_to_verify": "级别待核实",
}


def _moment(value: datetime) -> str:
    return value.astimezone(ZONE).strftime("%Y-%m-%d %H:%M")


def _joined(value: str | int | bool | list[str]) -> str:
    if isinstance(value, list):
        return "、".join(value)
    if isinstance(value, bool):
        return "是" if value else "否"
    return str(value)


_environment = Environment(
    loader=FileSystemLoader(HERE / "templates"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
_environment.filters["moment"] = _moment
_environment.filters["joined"] = _joined
_environment.globals.update(kinds=KINDS, actions=ACTIONS, actors=ACTORS, verdict_names=VERDICT)


def page(template: str, /, status: int = 200, **values: object) -> HTMLResponse:
    """A rendered template (everything in it escaped), never cached, framed or scripted."""
    return HTMLResponse(_environment.get_template(template).render(values), status, HEADERS)


def see_other(path: str) -> RedirectResponse:
    """Go on at `path` with GET (RFC 9110 §15.4.4)."""
    return RedirectResponse(path, 303, {"Cache-Control": "no-store"})
