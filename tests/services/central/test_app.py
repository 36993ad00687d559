import base64
import json
import sqlite3

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from services import wire
from services.central.keys import rotate_keys

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=9), inner),
    max_leaves=12,
)


def test_hello_says_who_the_server_is(hall):
    hello = wire.Hello.model_validate(hall.client.get("/v1/hello").json())
    assert hello.key_id == hall.keyset.key_id
    assert hello.time == hall.clock.now()
    assert hello.versions == [wire.VERSION]


def test_the_keyset_is_served_as_it_stands_in_its_file(hall, start):
    rotate_keys(hall.folder)
    for server, keys in ((hall, 1), (start(), 2)):
        served = wire.Keyring.model_validate(server.client.get(wire.KEYSET_PATH).json())
        assert (served.serial, len(served.keys)) == (keys, keys)
    assert served == wire.keyring((hall.folder / "keyset.json").read_bytes())


def test_the_api_describes_itself(hall):
    paths = hall.client.get("/openapi.json").json()["paths"]
    assert {wire.HELLO_PATH, wire.BATCHES_PATH, wire.CASE_PATH} <= paths.keys()
    assert "/v1/clerk/cases/{number}/tell-window" in paths
    assert hall.client.get("/docs").status_code == 200


def test_the_root_leads_to_the_tracking_page(hall):
    assert hall.client.get("/").url.path == "/track"


@pytest.mark.parametrize("path", ["/v1/batches", "/track", "/console/login"])
def test_a_body_over_the_limit_is_refused(hall, path):
    assert hall.client.post(path, content=bytes(wire.MAX_BATCH_BYTES + 1)).status_code == 413


def test_a_body_over_the_limit_is_refused_without_a_declared_length(hall):
    parts = (bytes(1 << 16) for _ in range(17))
    assert hall.client.post("/v1/batches", content=parts).status_code == 413


def test_a_body_at_the_limit_is_looked_at(hall):
    batch = json.dumps(hall.kiosk.batch(hall.kiosk.item(hall.kiosk.payload()))).encode()
    assert hall.post(batch.ljust(wire.MAX_BATCH_BYTES)).status_code == 200


@pytest.mark.parametrize(
    "change",
    [
        {"items": []},
        {"items": [{}] * 101},
        {"items": "x"},
        {"items": [1]},
        {"kiosk_id": "Nobody Special"},
        {"kiosk_id": "x" * 33},
        {"verify_key": base64.b64encode(bytes(31)).decode()},
        {"verify_key": None},
        {"version": "one"},
        {"\ud800": 1},
    ],
)
def test_a_batch_that_is_none_is_refused_without_repeating_it(hall, change):
    batch = hall.kiosk.batch(hall.kiosk.item(hall.kiosk.payload())) | change
    hall.hand_in()
    answer = hall.post(json.dumps(batch).encode())
    assert answer.status_code == 422
    assert "input" not in answer.text


@pytest.mark.parametrize(
    "content", [b"", b"{", b"\xff", b"[" * 100_000, b"1" * 10_000, b'"\\ud800"', b"NaN"]
)
@pytest.mark.parametrize("path", ["/v1/batches", wire.CASE_PATH])
def test_what_is_no_json_is_refused(hall, path, content):
    answer = hall.client.post(path, content=content, headers={"Content-Type": "application/json"})
    assert answer.status_code in (400, 401, 422)


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.sampled_from(["batch", "item", "query"]), st.data())
def test_no_json_makes_the_server_stumble(hall, place, data):
    if place == "query":
        hall.introduce()
        body, path = data.draw(JSON), wire.CASE_PATH
    else:
        path = "/v1/batches"
        item = hall.kiosk.item(hall.kiosk.payload())
        names = list(item) if place == "item" else ["version", "kiosk_id", "verify_key", "items"]
        change = {data.draw(st.sampled_from(names)): data.draw(JSON)}
        body = (
            hall.kiosk.batch(item | change) if place == "item" else hall.kiosk.batch(item) | change
        )
    answer = hall.post(json.dumps(body).encode(), path=path)
    assert answer.status_code in (200, 401, 403, 404, 422, 429)


@pytest.mark.parametrize(
    "path", ["/track", "/console/login", "/console/cases/x/register", "/console/logout"]
)
@pytest.mark.parametrize(
    "kind", ["application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "text/plain"]
)
def test_what_is_no_form_is_refused(hall, path, kind):
    answer = hall.client.post(
        path, content=b"\xff%zz--x", headers={"Content-Type": kind}, follow_redirects=False
    )
    assert 300 <= answer.status_code < 500


def test_a_database_that_fails_is_said_to_be_unavailable_and_loses_nothing(hall):
    item = hall.kiosk.item(hall.kiosk.payload())
    connection = sqlite3.connect(hall.database)
    connection.execute("ALTER TABLE submission RENAME TO elsewhere")
    connection.commit()
    (result,) = hall.send(item)
    assert (result["outcome"], result["reason"]) == ("retry", "storage")
    connection.execute("ALTER TABLE elsewhere RENAME TO submission")
    connection.execute('ALTER TABLE "case" RENAME TO elsewhere')
    connection.commit()
    answer = hall.clerk("/cases", method="GET")
    assert (answer.status_code, "Retry-After" in answer.headers) == (503, True)
    connection.execute('ALTER TABLE elsewhere RENAME TO "case"')
    connection.commit()
    connection.close()
    assert hall.send(item)[0]["outcome"] == "accepted"
