"""How fast a queue empties: `python -m tests.bench drain` prints JSON.

A kiosk's whole uplink (lease, sign, send, verify each receipt, purge) against a central server in a
process of its own, over TLS on loopback, and the same through a relay that makes every round trip
20 ms longer. Beside it, in the same run and to the same server, what anybody would write first: a
loop of `requests.post`, one sealed submission each, signed as the server asks. Items in a second.
`targets` are those of the project.
"""

import asyncio
import json
import shutil
import tempfile
import time
from base64 import b64encode
from contextlib import closing
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path

import requests

from kiosk import settings as settings_file
from kiosk import wiring
from kiosk.demonstration import CentralProcess, free_port
from kiosk.settings import Settings
from services import wire
from services.uplink.judge import sealed_item
from services.uplink.signing import RequestSigner
from tests.services.certificates import Certified, certified
from tests.services.uplink.central import submission

ITEMS = 3000
PLAIN = 60
TEXT = "演示数据" * 37
"""With it a submission is as large as a complaint whose story has 100 characters: 2.7 kB."""
ROUND_TRIP = 0.020


class Relay:
    """Passes bytes on `seconds` later in each direction, in a process of its own."""

    def __init__(self, port: int, seconds: float) -> None:
        spawn = get_context("spawn")
        here, there = spawn.Pipe()
        self._process = spawn.Process(target=_relay, args=(port, seconds, there), daemon=True)
        self._process.start()
        self.port: int = here.recv()

    def close(self) -> None:
        """End the process."""
        self._process.terminate()
        self._process.join()


def _relay(port: int, seconds: float, told: Connection) -> None:
    async def pass_on(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        later = asyncio.get_running_loop().call_later
        while chunk := await reader.read(1 << 16):
            later(seconds, writer.write, chunk)
        later(seconds, writer.close)

    async def meet(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        there, back = await asyncio.open_connection("127.0.0.1", port)
        await asyncio.gather(pass_on(reader, back), pass_on(there, writer))

    async def listen() -> None:
        server = await asyncio.start_server(meet, "127.0.0.1", 0)
        told.send(server.sockets[0].getsockname()[1])
        await server.serve_forever()

    asyncio.run(listen())


def measure(items: int = ITEMS) -> dict[str, object]:
    """All figures."""
    folder = Path(tempfile.mkdtemp(prefix="bench-drain-", dir=Path.cwd()))
    files, port = certified(folder), free_port()
    central = CentralProcess(_config(folder / "central.toml", files, port))
    relay = Relay(port, ROUND_TRIP / 2)
    try:
        figures: dict[str, object] = {"items": items}
        for name, reached in (("loopback", port), ("20_ms", relay.port)):
            settings = settings_file.load(_config(folder / f"{name}.toml", files, reached))
            plain, queue = plainly(settings), drained(settings, items)
            figures[name] = {
                "plain_a_second": round(plain, 1),
                "drain_a_second": round(queue, 1),
                "drain_to_plain": round(queue / plain, 1),
            }
    finally:
        central.stop()
        relay.close()
        shutil.rmtree(folder)
    return {**figures, "targets": {"loopback": 50, "20_ms": 100}}


def drained(settings: Settings, items: int) -> float:
    """Submissions a second, from a full queue to an empty one."""
    line = wiring.line(settings, wiring.HallClock())
    with closing(line.outbox), closing(line.client):
        line.client.hello()
        line.outbox.put_all([line.sealer.seal(submission(TEXT)) for _ in range(items)])
        begun = time.perf_counter()
        while line.drain.round():
            pass
        seconds = time.perf_counter() - begun
        assert line.outbox.status().waiting == 0
    return items / seconds


def plainly(settings: Settings, items: int = PLAIN) -> float:
    """Submissions a second by a loop of `requests.post`."""
    line, own = wiring.line(settings, wiring.HallClock()), wiring.own_key(settings)
    line.outbox.close()
    line.client.close()
    signer = RequestSigner(settings.kiosk.id, own, wiring.HallClock())
    url = settings.central_url + wire.BATCHES_PATH
    key = b64encode(own.verify_key)
    sealed = [line.sealer.seal(submission(TEXT)) for _ in range(items)]
    begun = time.perf_counter()
    for one in sealed:
        batch = wire.Batch(kiosk_id=settings.kiosk.id, verify_key=key, items=[sealed_item(one)])
        body = batch.model_dump_json().encode()
        headers = {"Content-Type": "application/json", **signer.headers("POST", url, body)}
        answer = requests.post(url, body, headers=headers, verify=str(settings.ca_file), timeout=10)
        assert answer.json()["results"][0]["outcome"] == "accepted", answer.text
    return items / (time.perf_counter() - begun)


def _config(file: Path, files: Certified, port: int) -> Path:
    """Settings of the central server, or of a kiosk that reaches it at this port."""
    table = {
        "port": port,
        "open_enrolment": True,
        "ca": str(files.ca),
        "certificate": str(files.certificate),
        "key": str(files.key),
    }
    lines = [f"{key} = {json.dumps(value)}" for key, value in table.items()]
    file.write_text("\n".join(["[central]", *lines]), encoding="utf-8")
    return file


if __name__ == "__main__":
    print(json.dumps(measure(), indent=2))
