"""Reading `routes.tsv`: where a matter belongs that the window does not take."""

from collections.abc import Mapping
from pathlib import Path

from kiosk.domain.catalogue.model import Route
from services.content.tsv import Row, read_table, unique

HEADER = (
    "route_id",
    "plain_topic",
    "keywords",
    "responsible",
    "hotline",
    "other_channel",
    "materials_to_bring",
    "system_action",
    "priority",
    "hotline_confidence",
)
PRIORITIES = ("0", "1", "2")


def read_routes(file: Path) -> Mapping[str, Route]:
    """The routes by id, in the order of the file. Raises `ContentError`."""
    rows = read_table(file, HEADER)
    unique(rows, "route_id")
    return {route.id: route for route in map(_route, rows)}


def _route(row: Row) -> Route:
    return Route(
        id=row.text("route_id"),
        topic=row.text("plain_topic"),
        keywords=row.parts("keywords", "、"),
        responsible=row.text("responsible"),
        hotline=row.text("hotline"),
        other_channel=row.given("other_channel"),
        bring=row.parts("materials_to_bring", "、"),
        action=row.text("system_action"),
        priority=int(row.one_of("priority", PRIORITIES)),
        confidence=row.text("hotline_confidence"),
    )
