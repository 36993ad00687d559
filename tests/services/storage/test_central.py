from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from kiosk.domain.submission.retry import Circuit
from services.storage.cases import SqliteCases
from services.storage.central import SqliteCircuit
from services.storage.outbox import SqliteOutbox

NOON = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
HERE, ELSEWHERE = "http://central.invalid", "http://other.invalid"


@pytest.fixture
def outbox(tmp_path: Path) -> Iterator[SqliteOutbox]:
    outbox = SqliteOutbox(tmp_path / "q.sqlite")
    yield outbox
    outbox.close()


def test_at_first_there_is_no_trouble(outbox: SqliteOutbox) -> None:
    assert SqliteCircuit(outbox.store, HERE).circuit() == Circuit()


def test_what_is_kept_is_there_after_a_restart(outbox: SqliteOutbox) -> None:
    for circuit in (Circuit(3, NOON), Circuit(4), Circuit(0, NOON)):
        SqliteCircuit(outbox.store, HERE).keep(circuit)
        again = SqliteOutbox(outbox.file)
        assert SqliteCircuit(again.store, HERE).circuit() == circuit
        again.close()


def test_another_server_has_troubles_of_its_own(outbox: SqliteOutbox) -> None:
    SqliteCircuit(outbox.store, HERE).keep(Circuit(3, NOON))
    assert SqliteCircuit(outbox.store, ELSEWHERE).circuit() == Circuit()


def test_trouble_and_cursor_do_not_disturb_each_other(outbox: SqliteOutbox) -> None:
    circuit, cases = SqliteCircuit(outbox.store, HERE), SqliteCases(outbox.store, HERE)
    circuit.keep(Circuit(3, NOON))
    cases.keep([], 0, 5)
    circuit.keep(Circuit(4, NOON))
    assert (circuit.circuit(), cases.cursor()) == (Circuit(4, NOON), 5)
