import json
import multiprocessing
import os
import pickle
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path
from uuid import uuid4

import pytest

from services import wire
from services.central.beside import FEW, opening_beside
from services.central.keys import load_keys
from services.central.opening import Sent, opener
from tests.services.central.conftest import FakeKiosk

PATIENCE = 60
SERVER = """
import pickle, sys
from multiprocessing import active_children
from pathlib import Path
from uuid import uuid4
from services.central.beside import opening_beside
from services.central.keys import load_keys
if __name__ == "__main__":
    folder, items = Path(sys.argv[1]), pickle.load(sys.stdin.buffer)
    with opening_beside(folder) as beside:
        beside(load_keys(folder, may_make=False))(items)
        (child,) = active_children()
        print(child.pid, flush=True)
        child.join()
"""


@pytest.fixture
def keys(tmp_path):
    return load_keys(tmp_path, may_make=True)


@pytest.fixture
def nothing(keys):
    """Keys that open nothing: what they see is opened by nobody in this process."""
    return replace(keys, pairs={})


@pytest.fixture
def kiosk(keys):
    return FakeKiosk(keys.keyset)


def sent(kiosk, item, *, opens=True):
    sealed = wire.SealedItem.model_validate_json(json.dumps(item))
    key = kiosk.key.public_key().public_bytes_raw()
    return Sent(kiosk.id, key, sealed, sealed.envelope if opens else None)


def many(kiosk):
    return [sent(kiosk, kiosk.item(kiosk.payload())) for _ in range(FEW + 1)]


def told(opened):
    """In a form that can be compared."""
    return [one.args if isinstance(one, Exception) else one for one in opened]


def wait_for(what):
    """Looks again and again; ends by itself if it never comes."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        if found := what():
            return found
    raise AssertionError(f"not within {PATIENCE} seconds")


def test_many_items_are_opened_in_another_process(tmp_path, keys, nothing, kiosk):
    items = many(kiosk)
    with opening_beside(tmp_path) as beside:
        open_ = beside(nothing)
        expected = told(opener(keys)(items))
        wait_for(lambda: told(open_(items)) == expected)


def test_a_few_and_the_first_are_opened_here_at_once(tmp_path, nothing, kiosk):
    items = many(kiosk)
    with opening_beside(tmp_path) as beside:
        open_ = beside(nothing)
        for some in (items, items[:FEW], []):
            assert told(open_(some)) == told(opener(nothing)(some))


def test_what_is_refused_there_is_refused_for_the_same_reasons(tmp_path, keys, nothing, kiosk):
    stranger = FakeKiosk(keys.keyset)
    items = [
        *many(kiosk),
        sent(kiosk, stranger.item(stranger.payload())),
        sent(kiosk, kiosk.item(b"no payload", id=uuid4(), kind="complaint")),
        sent(kiosk, kiosk.item(kiosk.payload(), kiosk_id="demo-kiosk-2")),
        sent(kiosk, kiosk.item(kiosk.payload()), opens=False),
    ]
    expected = told(opener(keys)(items))
    assert [one[1] for one in expected if isinstance(one, tuple)] == [
        "signature_invalid",
        "payload_invalid",
        "kiosk_id_mismatch",
    ]
    assert expected[-1] is None
    with opening_beside(tmp_path) as beside:
        open_ = beside(nothing)
        wait_for(lambda: told(open_(items)) == expected)


def test_where_the_other_process_dies_the_server_opens_them_itself(tmp_path, keys, kiosk, caplog):
    items = many(kiosk)
    expected = told(opener(keys)(items))
    with opening_beside(tmp_path) as beside:
        open_ = beside(keys)
        open_(items)
        (child,) = wait_for(multiprocessing.active_children)
        os.kill(child.pid, signal.SIGKILL)
        child.join(PATIENCE)
        for _ in range(3):
            assert told(open_(items)) == expected
    assert "opens them itself" in caplog.text


def test_where_its_keys_cannot_be_read_the_server_opens_them_itself(tmp_path, keys, kiosk):
    items = many(kiosk)
    expected = told(opener(keys)(items))
    with opening_beside(tmp_path / "elsewhere") as beside:
        open_ = beside(keys)
        wait_for(lambda: (open_(items), not multiprocessing.active_children())[1])
        assert told(open_(items)) == expected


def test_the_other_process_does_not_outlive_a_server_that_is_killed(tmp_path, keys, kiosk):
    with subprocess.Popen(
        [sys.executable, "-c", SERVER, str(tmp_path)],
        cwd=Path(__file__).parents[3],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as server:
        server.stdin.write(pickle.dumps(many(kiosk)))
        server.stdin.close()
        child = int(server.stdout.readline())
        assert is_running(child)
        server.kill()
        wait_for(lambda: not is_running(child))


def is_running(pid):
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(") ")[2][0]
    except FileNotFoundError:
        return False
    return state != "Z"
