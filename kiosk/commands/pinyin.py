"""`kiosk pinyin`: what the keyboard makes of pinyin."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from kiosk.errors import KnownError

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator

    from kiosk.domain.writing import Field
    from kiosk.ports import Typing
    from kiosk.settings import Settings

_SHOWN = 20


class _Query(NamedTuple):
    """Letters, and what they are expected to be."""

    letters: str
    text: str | None


def add(parser: argparse.ArgumentParser) -> None:
    """Its options."""
    from kiosk.domain.writing import Field

    parser.add_argument("letters", nargs="*", metavar="LETTERS")
    parser.add_argument(
        "--file",
        type=Path,
        metavar="PINYIN",
        help="one query a line: letters and, after a tab, what is expected; or JSON with `pinyin` "
        "and `text`; lines that begin with # are skipped",
    )
    parser.add_argument("--field", type=Field, choices=list(Field), default=Field.TEXT)
    parser.add_argument("--json", action="store_true", help="one JSON object a query")
    parser.set_defaults(command=_pinyin, refuse=parser.error)


def _pinyin(settings: Settings, options: argparse.Namespace) -> int:
    from kiosk import wiring
    from kiosk.wiring import writing

    if not options.letters and not options.file:
        options.refuse("give LETTERS or --file PINYIN")
    queries = [_Query(letters, None) for letters in options.letters]
    if options.file:
        queries += _queries(options.file)
    typing = writing.pinyin(settings, lambda: wiring.catalogue(settings))
    typing.split("")  # whoever writes finds everything read
    for query in queries:
        answer = _answer(typing, query, options.field)
        if options.json:
            print(json.dumps(answer, ensure_ascii=False))
        else:
            rank = f", rank {answer['rank']}" if "rank" in answer else ""
            print(f"{query.letters}  ({answer['milliseconds']} ms{rank})")
            print("  " + " ".join(answer["candidates"]))
    return 0


def _answer(typing: Typing, query: _Query, field: Field) -> dict[str, Any]:
    """The candidates for all letters; `milliseconds` is what the last key took, `worst_key` the
    longest of all, typed one by one. `rank` counts from 1."""
    spent = []
    found: list[str] = []
    for end in range(1, len(query.letters) + 1):
        began = time.perf_counter()
        candidates = typing.candidates(query.letters[:end], field)
        spent.append((time.perf_counter() - began) * 1000)
        found = [candidate.text for candidate in candidates]
    answer: dict[str, Any] = {
        "pinyin": query.letters,
        "candidates": found[:_SHOWN],
        "milliseconds": round(spent[-1], 3) if spent else 0.0,
        "worst_key": round(max(spent, default=0.0), 3),
    }
    if query.text is not None:
        answer["text"] = query.text
        answer["rank"] = found.index(query.text) + 1 if query.text in found else None
    return answer


def _queries(file: Path) -> Iterator[_Query]:
    try:
        lines = file.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise KnownError(f"{file}: cannot be read: {error}") from error
    for number, line in enumerate(lines, 1):
        if not line.strip() or line.startswith("#"):
            continue
        if line.startswith("{"):
            yield _from_json(line, f"{file}:{number}")
        else:
            letters, tab, text = line.partition("\t")
            yield _Query(letters.strip(), text.strip() if tab else None)


def _from_json(line: str, place: str) -> _Query:
    try:
        query = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise KnownError(f"{place}: not JSON: {error}") from error
    letters, text = query.get("pinyin"), query.get("text")
    if isinstance(letters, str) and isinstance(text, str | None):
        return _Query(letters, text)
    raise KnownError(f"{place}: not an object with `pinyin` and perhaps `text`, both texts")
