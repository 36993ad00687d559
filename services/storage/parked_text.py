"""A parked form as text and back, exactly. Every answer says which kind it is of: a day and the
characters that write it are not the same answer."""

import json
from collections.abc import Mapping
from dataclasses import fields
from datetime import date
from typing import Any, Literal, TypeAlias

import msgspec

from kiosk.domain.questions.model import Answer, Facts, ItemAnswer, PapersAnswer
from kiosk.domain.session.parked import Parked
from kiosk.domain.session.session import Session
from kiosk.domain.submission.draft import Draft


class _Tagged(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag_field="kind"):
    pass


class _Text(_Tagged, frozen=True, tag="text"):
    value: str


class _Several(_Tagged, frozen=True, tag="several"):
    value: tuple[str, ...]


class _Day(_Tagged, frozen=True, tag="day"):
    value: date


class _Days(_Tagged, frozen=True, tag="days"):
    value: tuple[date, ...]


class _Item(_Tagged, frozen=True, tag="item"):
    value: ItemAnswer


class _Papers(_Tagged, frozen=True, tag="papers"):
    value: PapersAnswer


_Told: TypeAlias = _Text | _Several | _Day | _Days | _Item | _Papers


class _Sheet(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The fields of `Parked`, and the version of this form of writing them."""

    version: Literal[1] = 1
    draft: Draft
    edition: int
    flow: str
    flow_version: int
    known: Facts
    at: str
    answers: Mapping[str, _Told]
    given: _Told | None
    changing: bool
    session: Session


def to_text(parked: Parked) -> str:
    """JSON in ASCII; bytes as base64."""
    sheet = _Sheet(
        **_plain(parked),
        answers={question: _told(answer) for question, answer in parked.answers.items()},
        given=None if parked.given is None else _told(parked.given),
    )
    # Not msgspec's own JSON: a text may hold half a character (a surrogate), which UTF-8 cannot.
    return json.dumps(msgspec.to_builtins(sheet))


def from_text(text: str) -> Parked:
    """What `to_text` was given. Raises `ValueError` for what it did not write."""
    try:
        sheet = msgspec.convert(json.loads(text), _Sheet)
    except (msgspec.ValidationError, ValueError):
        raise ValueError("not the text of a parked form") from None  # it may quote a citizen
    return Parked(
        **_plain(sheet),
        answers={question: told.value for question, told in sheet.answers.items()},
        given=None if sheet.given is None else sheet.given.value,
    )


_PLAIN = [each.name for each in fields(Parked) if each.name not in ("answers", "given")]


def _plain(source: Parked | _Sheet) -> dict[str, Any]:
    return {name: getattr(source, name) for name in _PLAIN}


def _told(answer: Answer) -> _Told:
    match answer:
        case str():
            return _Text(answer)
        case date():
            return _Day(answer)
        case ItemAnswer():
            return _Item(answer)
        case PapersAnswer():
            return _Papers(answer)
    days = tuple(day for day in answer if isinstance(day, date))
    if days:
        return _Days(days)
    return _Several(tuple(text for text in answer if isinstance(text, str)))
