"""Where matters are handled: halls and their windows, with the dates they hold for."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from kiosk.domain.catalogue.model import Division


@dataclass(frozen=True, slots=True)
class Hall:
    """A service hall of one division. Holds from `since` to `until` (None: until further notice),
    both days included. `opens` and `closes` are the windows' hours on working days, `HH:MM`."""

    id: str
    name: str
    division: str
    address: str
    opens: str
    closes: str
    since: date
    until: date | None


@dataclass(frozen=True, slots=True)
class Window:
    """The windows of a hall for one field of the catalogue (`domain`), from `since` to `until`."""

    hall: str
    domain: str
    place: str
    since: date
    until: date | None


@dataclass(frozen=True, slots=True)
class Contact:
    """Whom to ask and where to complain about one field: national hotlines only."""

    consult: str
    supervise: str


@dataclass(frozen=True, slots=True)
class Place:
    """Where one matter is handled: a hall, and in it the windows for the matter's field (empty: the
    hall's desk knows)."""

    hall: Hall
    window: str


@dataclass(frozen=True, slots=True)
class Directory:
    """Halls by division code, windows by hall and field, contacts by field."""

    halls: Mapping[str, tuple[Hall, ...]]
    windows: Mapping[tuple[str, str], tuple[Window, ...]]
    contacts: Mapping[str, Contact]

    def hall(self, division: str, day: date) -> Hall | None:
        """The hall of a division on `day`."""
        return _holding(self.halls.get(division, ()), day)

    def window(self, hall: Hall, domain: str, day: date) -> Window | None:
        """The hall's window for a field on `day`."""
        return _holding(self.windows.get((hall.id, domain), ()), day)

    def place(self, division: str, domain: str, day: date) -> Place | None:
        """Where a division handles the matters of a field on `day`."""
        hall = self.hall(division, day)
        if hall is None:
            return None
        window = self.window(hall, domain, day)
        return Place(hall, window.place if window else "")


def directory(
    halls: Iterable[Hall], windows: Iterable[Window], contacts: Mapping[str, Contact]
) -> Directory:
    """The directory of these halls, windows and contacts."""
    by_division: defaultdict[str, tuple[Hall, ...]] = defaultdict(tuple)
    for hall in halls:
        by_division[hall.division] += (hall,)
    by_field: defaultdict[tuple[str, str], tuple[Window, ...]] = defaultdict(tuple)
    for window in windows:
        by_field[window.hall, window.domain] += (window,)
    return Directory(dict(by_division), dict(by_field), contacts)


def lies_in(division: Division, above: Division) -> bool:
    """Whether `division` is `above` or a part of it."""
    return above.code in (division.code, division.parent) or not above.parent


_Dated = TypeVar("_Dated", Hall, Window)


def _holding(dated: Iterable[_Dated], day: date) -> _Dated | None:
    holding = [one for one in dated if one.since <= day and (one.until is None or day <= one.until)]
    return max(holding, key=lambda one: one.since, default=None)
