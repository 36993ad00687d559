"""What the central server last said of the cases that came from this kiosk: no more of each than
the hash of its number, its state and since when."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict

from sqlalchemy import Connection, delete, func, select
from sqlalchemy.dialects.sqlite import insert

from kiosk.domain.submission.case import CaseChange, CaseEvent, CaseState
from kiosk.domain.submission.receipt import receipt_hash
from services.storage.central import known_of
from services.storage.store import Store
from services.storage.tables import case_state, central

_INSERT = insert(case_state)
_KEEP = _INSERT.on_conflict_do_update(
    index_elements=[case_state.c.receipt_hash],
    set_={"state": _INSERT.excluded.state, "at": _INSERT.excluded.at},
)


class SqliteCases:
    """Implements `kiosk.ports.KnownCases`, and what the uplink keeps. Safe from any thread. Every
    method may raise `StorageError`; then nothing was written."""

    def __init__(self, store: Store, server: str) -> None:
        """`server`: whose cursor it is."""
        self._store = store
        self._server = server
        self._cursor = select(central.c.cursor).where(central.c.server == server)

    def last_known(self, number: str) -> CaseEvent | None:
        """The state that the case with this number was last known to be in, and since when."""
        query = select(case_state).where(case_state.c.receipt_hash == receipt_hash(number))

        def work(connection: Connection) -> CaseEvent | None:
            row = connection.execute(query).first()
            return None if row is None else CaseEvent(CaseState(row.state), row.at)

        return self._store.read(work)

    def counts(self) -> Mapping[CaseState, int]:
        """How many cases were last known to be in each state."""
        query = select(case_state.c.state, func.count()).group_by(case_state.c.state)
        rows = self._store.read(lambda connection: connection.execute(query).all())
        return dict.fromkeys(CaseState, 0) | {CaseState(state): n for state, n in rows}

    def cursor(self) -> int:
        """Up to where the server's changes are kept; 0 for none."""
        return self._store.read(self._kept)

    def keep(self, changes: Sequence[CaseChange], after: int, cursor: int) -> None:
        """Write down the changes after `after` up to `cursor`, which come in order. Where `cursor`
        is less, the server was put back to an earlier day; where another one than `after` is kept,
        the database was found damaged since and is a fresh one. Then nothing is known any more, and
        everything is to be asked anew."""

        def work(connection: Connection) -> None:
            anew = cursor < after or after != self._kept(connection)
            if anew:
                connection.execute(delete(case_state))
            elif changes:
                connection.execute(_KEEP, [asdict(change) for change in changes])
            connection.execute(known_of(self._server, cursor=0 if anew else cursor))

        self._store.write(work)

    def _kept(self, connection: Connection) -> int:
        return connection.scalar(self._cursor) or 0
