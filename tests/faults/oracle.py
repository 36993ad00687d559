"""What was promised to citizens, held against what kiosk and central server have on their disks.

Whatever happened in between: everything acknowledged is registered exactly once and is what was
handed in, or it still waits in the queue and opens to what was handed in. Everything else is not
there, or is dead. What was handed in without an answer may be either.
"""

import hashlib
import json
import sqlite3
import tempfile
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from shutil import copyfile
from typing import Any
from uuid import UUID

from kiosk import wiring
from kiosk.domain.submission.case import CaseState
from kiosk.domain.submission.model import Kind, State, Submission
from kiosk.domain.submission.receipt import normal_number
from kiosk.errors import StorageError
from services import wire
from services.central import eventlog
from services.central.keys import ServerKeys, load_keys
from services.central.vault import about
from services.storage.damage import set_aside_before
from services.suites import UnreadableError
from services.uplink.seal import payload
from tests.faults.hall import Hall, MovedClock, deliver, made_up

_MEMORY = Path("/dev/shm")
_NOT_KEPT = {"code", "number", "content"}
"""What of a payload the server keeps elsewhere: hashed, in a column, in a table of its own."""


@dataclass
class Verdict:
    """How it stands. The lists name what must not be; all are empty when all is well."""

    registered: set[UUID] = field(default_factory=set)
    waiting: set[UUID] = field(default_factory=set)
    dead: set[UUID] = field(default_factory=set)
    lost: list[str] = field(default_factory=list)
    duplicates: list[str] = field(default_factory=list)
    damaged: list[str] = field(default_factory=list)
    strangers: list[str] = field(default_factory=list)

    @property
    def holds(self) -> bool:
        return not (self.lost or self.duplicates or self.damaged or self.strangers)

    def __str__(self) -> str:
        faults = {
            name: getattr(self, name) for name in ("lost", "duplicates", "damaged", "strangers")
        }
        return json.dumps(
            {name: found[:5] for name, found in faults.items()}
            | {name: len(getattr(self, name)) for name in ("registered", "waiting", "dead")}
        )


class Oracle:
    """For one hall. May be asked while either process runs, and after either was killed: then it
    reads copies, so that the next start finds the files as they were left."""

    def __init__(self, hall: Hall) -> None:
        self._hall = hall
        self._keys: ServerKeys = load_keys(hall.settings.central_folder, may_make=False)

    def judge(
        self,
        acknowledged: Collection[UUID],
        handed_in: Mapping[UUID, Submission],
        *,
        copies: tuple[bool, bool] = (False, False),
    ) -> Verdict:
        """`copies`: whether the kiosk's, the server's process has just been killed."""
        verdict = Verdict()
        # The queue first: what it has thrown away by now the server must have had before.
        purged = self._queue(handed_in, verdict, copies[0])
        self._register(handed_in, verdict, copies[1])
        for id in acknowledged:
            if id not in verdict.registered and id not in verdict.waiting:
                verdict.lost.append(f"{id}: promised, and neither registered nor waiting")
        for id in purged - verdict.registered:
            verdict.lost.append(f"{id}: acknowledged by the server, which does not have it")
        return verdict

    def _queue(
        self, handed_in: Mapping[UUID, Submission], verdict: Verdict, copied: bool
    ) -> set[UUID]:
        queue, purged = self._hall.queue, set()
        verdict.damaged += [f"{aside.name}: set aside" for aside in set_aside_before(queue)]
        if not queue.exists():
            return purged
        with _opened(queue, copied) as database:
            _check(database, queue.name, verdict)
            tables = "SELECT count(*) FROM sqlite_master WHERE name = 'outbox'"
            if database.execute(tables).fetchone() == (0,):  # killed before the first migration
                return purged
            _check_counters(database, verdict)
            columns = "id, kind, kiosk_id, key_id, state, envelope, sha256"
            for id, *metadata, state, envelope, sha256 in database.execute(
                f"SELECT {columns} FROM outbox"
            ):
                one = UUID(id)
                if one not in handed_in:
                    verdict.strangers.append(f"{id}: in the queue, handed in by nobody")
                elif state == State.ACKED:
                    purged.add(one)
                elif self._opens(one, metadata, envelope, sha256, handed_in[one]):
                    (verdict.dead if state == State.DEAD else verdict.waiting).add(one)
                else:
                    verdict.damaged.append(f"{id}: waits, but is not what was handed in")
        return purged

    def _opens(
        self, id: UUID, metadata: list[str], envelope: bytes, sha256: bytes, one: Submission
    ) -> bool:
        kind, kiosk_id, key_id = metadata
        info = wire.seal_info(id=id, kind=kind, kiosk_id=kiosk_id, key_id=key_id)
        try:
            plain = self._keys.pairs[key_id].open(envelope, info)
        except UnreadableError:
            return False
        same = plain == payload(one).model_dump_json().encode()
        return same and hashlib.sha256(envelope).digest() == sha256

    def _register(
        self, handed_in: Mapping[UUID, Submission], verdict: Verdict, copied: bool
    ) -> None:
        with _opened(self._hall.register, copied) as database:
            _check(database, self._hall.register.name, verdict)
            tables = {name for (name,) in database.execute("SELECT name FROM sqlite_master")}
            cases, pictures = _cases(database), _pictures(database, tables)
            accepted = "SELECT subject FROM audit WHERE action = 'accepted'"
            received = f"SELECT case_id FROM event WHERE action = '{CaseState.RECEIVED}'"
            for what, query in (("accepted", accepted), ("received", received)):
                times = Counter(id for (id,) in database.execute(query))
                verdict.duplicates += [
                    f"{id}: {what} {n} times" for id, n in times.items() if n > 1
                ]
            for (id,) in database.execute("SELECT id FROM submission"):
                one, case, picture = UUID(id), cases.pop(id, None), pictures.pop(id, None)
                if one not in handed_in:
                    verdict.strangers.append(f"{id}: registered, handed in by nobody")
                elif self._same(handed_in[one], case, picture):
                    verdict.registered.add(one)
                else:
                    verdict.damaged.append(f"{id}: registered, but is not what was handed in")
            if "leaf" in tables:
                there = "SELECT submission_id FROM leaf"
                unproven = f"SELECT id FROM submission WHERE id NOT IN ({there})"
                verdict.damaged += [
                    f"{id}: not in the log of receipts" for (id,) in database.execute(unproven)
                ]
            without = [*cases, *pictures]
            verdict.damaged += [f"{id}: a case without a submission" for id in without]

    def _same(
        self, one: Submission, case: tuple[str, bytes] | None, picture: tuple[str, bytes] | None
    ) -> bool:
        kept, stored = (picture, case) if one.kind is Kind.ATTACHMENT else (case, picture)
        if kept is None or stored is not None or kept[0] != normal_number(one.number):
            return False
        vault, id = self._keys.vault, str(one.id)
        try:
            if one.kind is Kind.ATTACHMENT:
                return vault.open_bytes(kept[1], about(id, "content")) == one.content
            expected = payload(one).model_dump_json(exclude=_NOT_KEPT)
            return vault.open(kept[1], about(id, "payload")) == expected
        except StorageError:
            return False


def goes_through(hall: Hall, clock: MovedClock, one: Submission) -> bool:
    """Whether a fresh submission is delivered, and can be followed by whoever handed it in; the
    server runs. What waits is delivered before it."""
    line = hall.line(clock)
    try:
        line.outbox.put(line.sealer.seal(one))
        deliver(line, clock)
        if line.outbox.is_waiting(one.number):
            return False
        return line.client.follow(one.number, one.code).number == normal_number(one.number)
    finally:
        line.client.close()
        line.outbox.close()


def all_well(
    hall: Hall,
    clock: MovedClock,
    acknowledged: Collection[UUID],
    handed_in: Mapping[UUID, Submission],
    random: Any,
) -> Verdict:
    """The weather has cleared and the server runs: a fresh submission goes through end to end,
    everything that waited has arrived, and the server's log is whole."""
    (fresh,) = made_up(random, 1, (Kind.COMPLAINT,))
    arrived = goes_through(hall, clock, fresh)
    verdict = Oracle(hall).judge({*acknowledged, fresh.id}, {**handed_in, fresh.id: fresh})
    if not arrived:
        verdict.lost.append(f"{fresh.id}: fresh, and did not go through")
    verdict.lost += [f"{id}: did not arrive" for id in verdict.waiting]
    office = wiring.office(hall.settings)
    with office.database.read() as session:
        if broken := eventlog.verify(session).broken_at:
            verdict.damaged.append(f"the log of events does not fit at {broken}")
    office.database.close()
    return verdict


@contextmanager
def _opened(file: Path, copied: bool) -> Iterator[sqlite3.Connection]:
    """The database as it is at one moment; where its process was killed a copy of what it left, the
    log included."""
    with tempfile.TemporaryDirectory(dir=_MEMORY if _MEMORY.is_dir() else None) as folder:
        if copied:
            for name in (file.name, f"{file.name}-wal"):
                if (file.parent / name).exists():
                    copyfile(file.parent / name, Path(folder) / name)
            file = Path(folder) / file.name
        with closing(sqlite3.connect(file, isolation_level=None)) as database:
            database.execute("BEGIN")  # one moment, whatever its process is writing
            yield database


def _check(database: sqlite3.Connection, name: str, verdict: Verdict) -> None:
    (found,) = database.execute("PRAGMA integrity_check").fetchone()
    if found != "ok":
        verdict.damaged.append(f"{name}: {found}")


def _check_counters(database: sqlite3.Connection, verdict: Verdict) -> None:
    rows = dict(database.execute("SELECT state, count(*) FROM outbox GROUP BY state"))
    kept = dict(database.execute("SELECT state, n FROM counters WHERE n <> 0"))
    if rows != kept:
        verdict.damaged.append(f"counters {kept}, rows {rows}")


def _cases(database: sqlite3.Connection) -> dict[str, tuple[str, bytes]]:
    rows = database.execute('SELECT id, number, payload FROM "case"')
    return {id: (number, content) for id, number, content in rows}


def _pictures(database: sqlite3.Connection, tables: set[str]) -> dict[str, tuple[str, bytes]]:
    if "attachment" not in tables:  # of the first version
        return {}
    rows = database.execute("SELECT id, number, content FROM attachment")
    return {id: (number, content) for id, number, content in rows}
