"""Loading what the halls' “办不成事” windows take."""

from collections.abc import Mapping
from pathlib import Path

from msgspec import structs

from kiosk.domain.catalogue.model import Division
from kiosk.domain.complaint.scope import Scope
from kiosk.errors import ContentError
from services.content.read import read_toml
from services.content.strict import Table, converted


class _ScopeTable(Table, frozen=True, kw_only=True):
    division: str
    accepted_levels: tuple[str, ...]
    place_required: bool
    below: str
    elsewhere: str
    fields: dict[str, str] = {}
    otherwise: str


class _Tables(Table, frozen=True):
    emergency: frozenset[str]
    channels: frozenset[str]
    scopes: list[_ScopeTable]


def load_scopes(file: Path) -> Mapping[str, Scope]:
    """The policy of every hall that has one, by division. Raises `ContentError`."""
    tables = converted(read_toml(file), _Tables, str(file))
    found: dict[str, Scope] = {}
    for table in tables.scopes:
        policy = structs.asdict(table)
        division = policy.pop("division")
        if division in found:
            raise ContentError(f"{file}: {division} has two scopes")
        found[division] = Scope(**policy, emergency=tables.emergency, channels=tables.channels)
    return found


def scope_of(
    scopes: Mapping[str, Scope], divisions: Mapping[str, Division], division: str
) -> Scope:
    """The scope of a hall in a division: its own, or that of the nearest division above it. Raises
    `ContentError`."""
    at = division
    while at:
        if at in scopes:
            return scopes[at]
        at = divisions[at].parent if at in divisions else ""
    raise ContentError(f"flows/scope.toml: no scope for a hall in {division}")
