"""Server-rendered pages: templates, wording of states, and the headers every page carries."""

from datetime import datetime
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.responses import HTMLResponse, RedirectResponse

from kiosk.domain.submission.case import CaseState
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
NEXTS = {
    "received": (
        "中心已经收到，工作人员会登记。",
        "We have received it; a clerk will register it.",
    ),
    "registered": (
        "已经登记，接下来交给负责的部门。",
        "It is registered and goes to the department responsible.",
    ),
    "dispatched": (
        "已经交给部门办理。部门答复后，1个工作日内会告诉您。",
        "The department is working on it. You will be told within 1 working day of its answer.",
    ),
    "closed": ("部门已经答复。", "The department has answered."),
    "answered": ("部门已经答复，反馈完成。", "The department has answered and everyone knows."),
}
ACTORS = {"clerk": "工作人员", "citizen": "群众本人（查询）"}
VERDICT = {
    "primary": "主类",
    "classes": "全部类别",
    "subclasses": "具体情形",
    "level": "行使层级",
}
_CLASSES = {
    "": "没有归入四类，按咨询登记",
    "1": "第一类：申请了没办成",
    "2": "第二类：跑了两次以上没办成",
    "3": "第三类：部门推、部门拖",
    "4": "第四类：上海、江苏、浙江能办，安徽还不能办",
}
_SUBCLASSES = {
    "1A": "不予受理",
    "1B": "受理不及时",
    "1C": "办理超时",
    "1D": "未通过审批",
    "2": "多次未办成",
    "3A": "推诿扯皮",
    "3B": "办事拖拉",
    "4": "政策对标",
}
_CODES = {"primary": _CLASSES, "classes": _CLASSES, "subclasses": _SUBCLASSES}


def _moment(value: datetime) -> str:
    return value.astimezone(ZONE).strftime("%Y-%m-%d %H:%M")


def _fact(value: str | int | bool) -> str:
    if isinstance(value, bool):
        return "是" if value else "否"
    return str(value)


def _worded(value: str | list[str], name: str) -> str:
    """A line of the verdict, its codes in words."""
    codes = _CODES.get(name, {})
    values = value if isinstance(value, list) else [value]
    return "；".join(codes.get(code, code) for code in values) or "无"


def _actor(actor: str) -> str:
    role, _, kiosk = actor.partition(":")
    return f"自助终端 {kiosk}" if kiosk else ACTORS.get(role, role)


def _ahead(state: str) -> list[CaseState]:
    """The states still to come."""
    return list(CaseState)[list(CaseState).index(CaseState(state)) + 1 :]


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
_environment.globals.update(
    kinds=KINDS, actions=ACTIONS, nexts=NEXTS, verdict_names=VERDICT, ahead=_ahead
)


def page(template: str, /, status: int = 200, **values: object) -> HTMLResponse:
    """A rendered template (everything in it escaped), never cached, framed or scripted."""
    return HTMLResponse(_environment.get_template(template).render(values), status, HEADERS)


def see_other(path: str) -> RedirectResponse:
    """Go on at `path` with GET (RFC 9110 §15.4.4)."""
    return RedirectResponse(path, 303, {"Cache-Control": "no-store"})
