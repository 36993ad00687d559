"""Reading `halls.tsv`, `windows.tsv` and `contacts.tsv`: where matters are handled."""

import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from kiosk.domain.catalogue.model import Division
from kiosk.domain.catalogue.places import Contact, Directory, Hall, Window, directory
from services.content.tsv import Row, read_table, unique

HALLS = ("hall_id", "name", "division_code", "address", "opens", "closes", "since", "until")
WINDOWS = ("hall_id", "domain", "place", "since", "until")
CONTACTS = ("domain", "consult", "supervise")
_HOUR = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]")
_HOTLINE = re.compile(r"[0-9]{3}|[19][0-9]{4}")


def read_directory(folder: Path, divisions: Mapping[str, Division]) -> Directory:
    """The hall directory of `folder`. Raises `ContentError` with file, line and column."""
    hall_rows = read_table(folder / "halls.tsv", HALLS)
    halls = [_hall(row, divisions) for row in hall_rows]
    known = {hall.id for hall in halls}
    windows = [_window(row, known) for row in read_table(folder / "windows.tsv", WINDOWS)]
    contact_rows = read_table(folder / "contacts.tsv", CONTACTS)
    unique(contact_rows, "domain")
    contacts = {row.text("domain"): _contact(row) for row in contact_rows}
    return directory(halls, windows, contacts)


def _hall(row: Row, divisions: Mapping[str, Division]) -> Hall:
    if row.text("division_code") not in divisions:
        raise row.error("division_code", f"no division has the code {row.text('division_code')!r}")
    return Hall(
        id=row.text("hall_id"),
        name=row.text("name"),
        division=row.text("division_code"),
        address=row.text("address"),
        opens=_hour(row, "opens"),
        closes=_hour(row, "closes"),
        since=_day(row, "since"),
        until=_day(row, "until") if row.optional("until") else None,
    )


def _window(row: Row, halls: set[str]) -> Window:
    if row.text("hall_id") not in halls:
        raise row.error("hall_id", f"no hall has the id {row.text('hall_id')!r}")
    return Window(
        hall=row.text("hall_id"),
        domain=row.text("domain"),
        place=row.text("place"),
        since=_day(row, "since"),
        until=_day(row, "until") if row.optional("until") else None,
    )


def _contact(row: Row) -> Contact:
    for column in ("consult", "supervise"):
        if not _HOTLINE.fullmatch(row.text(column)):
            raise row.error(column, f"{row.text(column)!r} is not a national hotline")
    return Contact(row.text("consult"), row.text("supervise"))


def _hour(row: Row, column: str) -> str:
    if not _HOUR.fullmatch(row.text(column)):
        raise row.error(column, f"{row.text(column)!r} is not a time of day, HH:MM")
    return row.text(column)


def _day(row: Row, column: str) -> date:
    try:
        return date.fromisoformat(row.text(column))
    except ValueError:
        raise row.error(column, f"{row.text(column)!r} is not a day, YYYY-MM-DD") from None
