"""What is known of a central server, in its row."""

from sqlalchemy import Connection, Insert, select
from sqlalchemy.dialects.sqlite import insert

from kiosk.domain.submission.retry import Circuit
from services.storage.store import Store
from services.storage.tables import central


def known_of(server: str, **values: object) -> Insert:
    """The statement that writes these columns of a server's row, whether there is one or not."""
    row = insert(central).values(server=server, **values)
    return row.on_conflict_do_update(index_elements=[central.c.server], set_=values)


class SqliteCircuit:
    """Keeps how it stands with a server over restarts. Safe from any thread. Both methods may raise
    `StorageError`."""

    def __init__(self, store: Store, server: str) -> None:
        self._store = store
        self._server = server

    def circuit(self) -> Circuit:
        """What was kept last."""
        query = select(central.c.failures, central.c.busy_until).where(
            central.c.server == self._server
        )

        def work(connection: Connection) -> Circuit:
            row = connection.execute(query).first()
            return Circuit() if row is None else Circuit(row.failures, row.busy_until)

        return self._store.read(work)

    def keep(self, circuit: Circuit) -> None:
        """Durably, before returning."""
        row = known_of(self._server, failures=circuit.failures, busy_until=circuit.busy_until)
        self._store.write(lambda connection: connection.execute(row))
