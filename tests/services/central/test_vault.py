import base64
import json
import shutil
import sqlite3
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.errors import StorageError
from services.central.feedback import ZONE
from services.central.keys import load_keys
from services.central.vault import KEY_BYTES, Vault, about

CLOSED = datetime(2026, 9, 30, 10, 0, tzinfo=ZONE)
VAULT = Vault(bytes(KEY_BYTES))
PLACE = about("0199", "result")
WRITTEN = {
    "item_name": "金丝雀事项",
    "asked": "金丝雀题目",
    "answer": "金丝雀回答 canary-answer",
    "value": "canary-value",
    "fact": "金丝雀事实",
    "verdict": "金丝雀归类",
    "department": "金丝雀部门",
    "result": "金丝雀答复 canary-result",
}


def leaks(folder: Path, words: list[str]) -> list[tuple[str, str]]:
    """Every file of the folder with the word found in it, in any form a program may write."""
    found = []
    for file in folder.rglob("*"):
        content = file.read_bytes() if file.is_file() else b""
        for word in words:
            forms = [word.encode(code) for code in ("utf-8", "utf-16-le", "gb18030")]
            forms += [json.dumps(word)[1:-1].encode(), base64.b64encode(word.encode())[:-4]]
            found += [(file.name, word) for form in forms if form in content]
    return found


@given(st.text(), st.text())
def test_a_value_opens_where_it_was_sealed(text, place):
    sealed = VAULT.seal(text, place)
    assert VAULT.open(sealed, place) == text
    assert len(sealed) == 12 + len(text.encode()) + 16


def test_the_same_value_never_looks_the_same():
    assert len({VAULT.seal("演示", PLACE) for _ in range(100)}) == 100


@given(st.text(), st.integers(0, 10_000), st.integers(1, 255))
def test_changed_bytes_do_not_open(text, at, change):
    sealed = bytearray(VAULT.seal(text, PLACE))
    sealed[at % len(sealed)] ^= change
    with pytest.raises(StorageError):
        VAULT.open(bytes(sealed), PLACE)


@pytest.mark.parametrize("sealed", [b"", b"x", bytes(12), bytes(27)])
def test_what_was_never_sealed_does_not_open(sealed):
    with pytest.raises(StorageError):
        VAULT.open(sealed, PLACE)


@pytest.mark.parametrize("other", [about("0199", "payload"), about("0198", "result")])
def test_a_value_moved_to_another_place_does_not_open(other):
    with pytest.raises(StorageError, match="changed or sealed with another key"):
        VAULT.open(VAULT.seal("演示", PLACE), other)


def test_another_key_does_not_open():
    with pytest.raises(StorageError):
        Vault(bytes(31) + b"\1").open(VAULT.seal("演示", PLACE), PLACE)


def test_the_key_does_not_show_in_its_text_form():
    assert repr(VAULT).startswith("<services.central.vault.Vault object")


def test_no_file_repeats_what_citizen_and_clerk_wrote(hall):
    payload = hall.hand_in(
        item_name=WRITTEN["item_name"],
        answers=[{"question": "Q1"} | {k: WRITTEN[k] for k in ("asked", "answer", "value")}],
        facts={"department": WRITTEN["department"], "said": WRITTEN["fact"]},
        verdict={"primary": WRITTEN["verdict"]},
    )
    assert (hall.folder / "central.db-wal").stat().st_size > 0
    words = [*WRITTEN.values(), payload["code"][:3] + " " + payload["code"][3:]]
    assert leaks(hall.folder, words) == []
    hall.act(payload, "register")
    hall.act(payload, "dispatch", department=WRITTEN["department"])
    hall.act(payload, "close", result=WRITTEN["result"])
    shown = hall.clerk(f"/cases/{payload['number']}", method="GET").text
    listed = hall.clerk("/cases", method="GET").text
    told = hall.status(payload).text
    assert all(word in shown for word in WRITTEN.values())
    assert WRITTEN["item_name"] in listed
    assert WRITTEN["result"] in told
    assert leaks(hall.folder, words) == []
    hall.client.__exit__(None, None, None)
    assert leaks(hall.folder, words) == []


def test_the_search_itself_finds_a_leak(tmp_path):
    for number, written in enumerate((WRITTEN["result"], json.dumps(WRITTEN["result"]))):
        (tmp_path / str(number)).write_text(f"...{written}...", encoding="utf-8")
    assert {name for name, _ in leaks(tmp_path, [WRITTEN["result"]])} == {"0", "1"}


def test_a_clerk_reads_in_the_events_what_was_written(hall):
    payload = hall.hand_in()
    hall.close(payload, CLOSED)
    events = hall.clerk(f"/cases/{payload['number']}", method="GET").json()["events"]
    assert [event["detail"] for event in events] == ["", "", "演示部门", "演示结果"]


def test_a_lost_key_file_is_one_clear_line_and_nothing_is_made_in_its_place(hall, start):
    hall.hand_in()
    keyset = (hall.folder / "keyset.json").read_text()
    (hall.folder / "keys.json").unlink()
    with pytest.raises(StorageError, match=r"keys\.json: is missing; put it back"):
        start()
    assert not (hall.folder / "keys.json").exists()
    assert (hall.folder / "keyset.json").read_text() == keyset


def test_another_servers_key_file_is_one_clear_line(hall, start, tmp_path):
    hall.hand_in()
    load_keys(tmp_path / "other")
    shutil.copy(tmp_path / "other" / "keys.json", hall.folder / "keys.json")
    with pytest.raises(StorageError, match=r"keys\.json: does not open the cases") as failure:
        start()
    assert "\n" not in str(failure.value)


@pytest.mark.parametrize("column", ["item_name", "payload", "department", "result"])
def test_a_value_taken_from_another_case_is_not_shown(hall, column):
    first, second = hall.hand_in(), hall.hand_in()
    connection = sqlite3.connect(hall.database)
    connection.execute(
        f'UPDATE "case" SET {column} = (SELECT {column} FROM "case" WHERE id = ?) WHERE id = ?',
        (first["id"], second["id"]),
    )
    connection.commit()
    connection.close()
    assert hall.clerk(f"/cases/{second['number']}", method="GET").status_code == 503
    assert hall.clerk(f"/cases/{first['number']}", method="GET").status_code == 200
