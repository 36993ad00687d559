"""What the central server gives away of the catalogue: editions for kiosks, and an item's guide as
a page for the phone that has read a slip's QR code."""

import re
from typing import Annotated

from fastapi import APIRouter, Header, HTTPException, Response
from starlette.responses import HTMLResponse

from kiosk.domain.catalogue.guide import DayUnit, Exemption, MaterialForm, Need
from kiosk.domain.catalogue.model import COMPANY, PERSON, Edition, ServiceItem
from kiosk.ports import Clock
from services import wire
from services.central.editions import Editions
from services.central.pages import page

NOTHING_PUBLISHED = "no edition of the catalogue is published yet"
NOT_KEPT = "No such edition, or it is no longer kept"

AUDIENCES = {PERSON: "people", COMPANY: "companies"}
FORMS = {
    MaterialForm.ORIGINAL: "original",
    MaterialForm.COPY: "copy",
    MaterialForm.BOTH: "original and copy",
    MaterialForm.ELECTRONIC: "electronic file",
}
NEEDS = {
    Need.REQUIRED: "required",
    Need.OPTIONAL: "not required",
    Need.LATER: "can be handed in later",
}
EXEMPTIONS = {
    Exemption.LICENCE: "there is an electronic licence",
    Exemption.SHARED: "departments look it up",
    Exemption.PROMISE: "a written promise will do",
}
DAYS = {DayUnit.WORKDAY: "working days", DayUnit.DAY: "days"}

_LONGEST_SHOWN = 32


class _Gzip(Response):
    media_type = wire.GZIP


def routes(editions: Editions, clock: Clock) -> APIRouter:
    """The routes every kiosk uses to keep up, and `GUIDE_PAGE`."""
    router = APIRouter(tags=["kiosk"])

    @router.get(
        wire.CATALOGUE_PATH,
        response_model=wire.EditionNotice,
        responses={304: {"description": "Still the same"}, 404: {"description": NOTHING_PUBLISHED}},
    )
    def notice(
        response: Response, if_none_match: Annotated[str, Header()] = ""
    ) -> wire.EditionNotice | Response:
        """Which edition holds now, signed."""
        newest = editions.notice()
        if newest is None:
            raise HTTPException(404, NOTHING_PUBLISHED)
        headers = {"ETag": _etag(newest), "Cache-Control": "no-cache"}
        if _matches(if_none_match, headers["ETag"]):
            return Response(status_code=304, headers=headers)
        response.headers.update(headers)
        return newest

    @router.get(wire.EDITION_PATH, response_class=_Gzip, responses={404: {"description": NOT_KEPT}})
    def whole(number: int) -> _Gzip:
        """The bundle of an edition, gzip."""
        return _Gzip(editions.whole(number))

    @router.get(wire.CHANGES_PATH, response_class=_Gzip, responses={404: {"description": NOT_KEPT}})
    def changes(number: int, before: int) -> _Gzip:
        """What makes an edition of an earlier one, gzip."""
        return _Gzip(editions.changes(number, before))

    @router.get(wire.GUIDE_PAGE, include_in_schema=False)
    def guide(code: str, v: str = "", at: str = "") -> HTMLResponse:
        """The guide of the item with this short code or id. `v` is the version on the slip, `at`
        the code of the division the matter belongs to; both may be missing or nonsense."""
        edition = editions.edition()
        item = _item(edition, code) if edition else None
        if edition is None or item is None or item.id not in edition.guides:
            return page("guide_missing.html", 404, code=code[:_LONGEST_SHOWN])
        found, places = edition.guides[item.id], edition.directory
        today = clock.now().date()
        return page(
            "guide.html",
            edition=edition,
            item=item,
            guide=found,
            paper=_paper(v, found.version),
            division=edition.divisions.get(at),
            place=places.place(at, item.domain, today),
            contact=places.contacts.get(item.domain),
            today=today,
            audiences=AUDIENCES,
            forms=FORMS,
            needs=NEEDS,
            exemptions=EXEMPTIONS,
            days=DAYS,
        )

    return router


def _etag(notice: wire.EditionNotice) -> str:
    return f'"{notice.number}-{notice.sha256.hex()[:16]}"'


def _matches(if_none_match: str, etag: str) -> bool:
    """RFC 9110 §13.1.2."""
    tags = {tag.strip().removeprefix("W/") for tag in if_none_match.split(",")}
    return "*" in tags or etag in tags


def _item(edition: Edition, code: str) -> ServiceItem | None:
    wanted = code.upper()
    items = edition.items.values()
    return next((item for item in items if wanted in (item.code.upper(), item.id.upper())), None)


def _paper(version: str, present: int) -> str:
    """How a slip's guide compares with the present one: `older`, `newer`, or nothing to say."""
    if not re.fullmatch("[0-9]{1,6}", version) or int(version) == present:
        return ""
    return "older" if int(version) < present else "newer"
