"""Turning what a TOML file holds into typed tables, strictly."""

from typing import TypeVar

import msgspec

from kiosk.errors import ContentError


class Table(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A table of a content file; a key it does not know is an error."""


_T = TypeVar("_T", bound=Table)


def converted(entry: object, kind: type[_T], place: str) -> _T:
    """`entry` as a `kind`; `place` begins the message of the `ContentError` if it is none."""
    try:
        return msgspec.convert(entry, kind)
    except msgspec.ValidationError as error:
        raise ContentError(f"{place}: {error}") from error
