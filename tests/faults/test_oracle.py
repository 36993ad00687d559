"""The oracle finds what it is there to find."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from random import Random

import pytest

from kiosk.domain.submission.model import Kind, Submission
from tests.faults.hall import Hall, MovedClock, free_port, made_up, serving
from tests.faults.oracle import Oracle, all_well


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> tuple[Hall, list[Submission]]:
    random = Random(3)
    hall = Hall(tmp_path_factory.mktemp("hall"), free_port(random))
    with serving(hall.settings.central_folder, hall.port):
        made = made_up(random, 12)
        line = hall.line()
        line.outbox.put_all([line.sealer.seal(one) for one in made[:8]])
        line.drain.round()
        line.outbox.put_all([line.sealer.seal(one) for one in made[8:]])
        line.client.close()
        line.outbox.close()
    return hall, made


@pytest.fixture
def hall(served: tuple[Hall, list[Submission]]) -> Iterator[Hall]:
    """Put back as it was, afterwards."""
    here, _ = served
    files = {file: file.read_bytes() for file in (here.queue, here.register)}
    yield here
    for file, content in files.items():
        for side in ("-wal", "-shm"):
            Path(f"{file}{side}").unlink(missing_ok=True)
        file.write_bytes(content)


def faults(hall: Hall, made: list[Submission]) -> dict[str, list[str]]:
    verdict = Oracle(hall).judge({one.id for one in made}, {one.id: one for one in made})
    named = ("lost", "duplicates", "damaged", "strangers")
    return {name: found for name in named if (found := getattr(verdict, name))}


def change(file: Path, *statements: str) -> None:
    with closing(sqlite3.connect(file)) as database:
        triggers = (
            "SELECT name FROM sqlite_master WHERE type = 'trigger' AND name NOT LIKE '%count%'"
        )
        for (name,) in database.execute(triggers).fetchall():
            database.execute(f"DROP TRIGGER {name}")
        for statement in statements:
            assert database.execute(statement).rowcount > 0
        database.commit()


@pytest.mark.parametrize(
    ("where", "statements", "found"),
    [
        (
            "queue",
            ["UPDATE outbox SET envelope = x'00' WHERE state = 'sealed'"],
            {"damaged", "lost"},
        ),
        (
            "queue",
            [
                "DELETE FROM outbox WHERE state = 'sealed'",
                "UPDATE counters SET n = 0 WHERE state = 'sealed'",
            ],
            {"lost"},
        ),
        ("queue", ["UPDATE counters SET n = n + 1 WHERE state = 'dead'"], {"damaged"}),
        ("register", ["UPDATE \"case\" SET payload = x'00'"], {"damaged", "lost"}),
        (
            "register",
            ["UPDATE \"case\" SET number = 'BBC-2222-2222-' || rowid"],
            {"damaged", "lost"},
        ),
        (
            "register",
            [
                "INSERT INTO audit (at, actor, action, subject)"
                " SELECT at, actor, action, subject FROM audit WHERE action = 'accepted' LIMIT 1"
            ],
            {"duplicates"},
        ),
        (
            "register",
            [
                "INSERT INTO submission (id, kiosk_id, sha256, registered_at, key_id,"
                " receipt_signature) SELECT '00000000-0000-7000-8000-000000000000', kiosk_id,"
                " sha256, registered_at, key_id, receipt_signature FROM submission LIMIT 1"
            ],
            {"strangers", "damaged"},
        ),
    ],
)
def test_what_is_not_as_it_should_be_is_found(
    hall: Hall,
    served: tuple[Hall, list[Submission]],
    where: str,
    statements: list[str],
    found: set[str],
) -> None:
    made = served[1]
    assert faults(hall, made) == {}
    change(getattr(hall, where), *statements)
    assert faults(hall, made).keys() == found


def test_a_case_that_is_gone_from_the_server_is_lost(
    hall: Hall, served: tuple[Hall, list[Submission]]
) -> None:
    change(hall.register, 'DELETE FROM "case"', "DELETE FROM submission")
    assert "lost" in faults(hall, served[1])


def test_one_nobody_handed_in_is_found(hall: Hall, served: tuple[Hall, list[Submission]]) -> None:
    assert faults(hall, served[1][1:]).keys() == {"strangers"}


def test_a_promise_that_was_never_kept_is_lost(
    hall: Hall, served: tuple[Hall, list[Submission]]
) -> None:
    (never,) = made_up(Random(4), 1, (Kind.COMPLAINT,))
    assert faults(hall, [*served[1], never]).keys() == {"lost"}


def test_when_all_is_well_a_fresh_one_goes_through(
    hall: Hall, served: tuple[Hall, list[Submission]]
) -> None:
    made = served[1]
    with serving(hall.settings.central_folder, hall.port):
        verdict = all_well(
            hall, MovedClock(), [one.id for one in made], {m.id: m for m in made}, Random(5)
        )
    assert verdict.holds, verdict
    assert len(verdict.registered) == len(made) + 1
