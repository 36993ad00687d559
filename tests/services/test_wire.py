"""What the kiosk makes of the central server's words is what the server means by them."""

import ast
from collections.abc import Iterator
from pathlib import Path

from services import wire

CENTRAL = Path(__file__).parents[2] / "services" / "central"


def reasons_to_try_again() -> Iterator[str]:
    """Every text that stands in a call together with `Outcome.RETRY`."""
    for file in CENTRAL.glob("*.py"):
        for call in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if not isinstance(call, ast.Call):
                continue
            given = [*call.args, *(keyword.value for keyword in call.keywords)]
            if any(ast.unparse(one) == "Outcome.RETRY" for one in given):
                yield from (one.value for one in given if isinstance(one, ast.Constant))


def test_nothing_dies_on_a_kiosk_that_the_server_asks_for_again() -> None:
    reasons = set(reasons_to_try_again())
    assert reasons >= {"storage", "unknown_key"}
    assert reasons <= wire.RETRY_REASONS
