"""Photographed papers: sealed, beside their case, for clerks only."""

import sqlite3
from base64 import b64encode

import pytest

from kiosk.domain.submission.receipt import new_code
from tests.services.central.conftest import FakeKiosk, Hall

PICTURE = b"\xff\xd8\xff" + b"picture of nobody" * 20


def attachment(hall: Hall, form: dict[str, object], content: bytes = PICTURE, **changes: object):
    return hall.kiosk.payload(
        kind="attachment",
        number=form["number"],
        code=form["code"],
        answers=[],
        facts={"paper": "演示户口簿", "page": 1},
        verdict={},
        content=b64encode(content).decode(),
        **changes,
    )


def send(hall: Hall, payload: dict[str, object]) -> tuple[str, str]:
    result = hall.send(hall.kiosk.item(payload))[0]
    return result["outcome"], result["reason"]


@pytest.fixture
def form(hall: Hall) -> dict[str, object]:
    return hall.kiosk.payload(kind="application", verdict={})


@pytest.mark.parametrize("first", ["form", "picture"])
def test_a_picture_may_arrive_before_or_after_its_form(
    hall: Hall, form: dict[str, object], first: str
) -> None:
    parts = [form, attachment(hall, form)]
    for part in parts if first == "form" else reversed(parts):
        assert send(hall, part) == ("accepted", "")
    detail = hall.clerk(f"/cases/{form['number']}", method="GET").json()
    assert [(each["paper"], each["page"]) for each in detail["attachments"]] == [("演示户口簿", 1)]
    assert hall.clerk("/cases", method="GET").json()["total"] == 1


@pytest.fixture
def strange(hall: Hall, form: dict[str, object]) -> dict[str, object]:
    """A picture for the form's number by somebody who does not know its query code."""
    guessed = next(code for code in iter(new_code, "") if code != form["code"])
    return attachment(hall, form | {"code": guessed})


def pictures(hall: Hall, form: dict[str, object]) -> list[str]:
    detail = hall.clerk(f"/cases/{form['number']}", method="GET").json()
    return [each["id"] for each in detail["attachments"]]


@pytest.mark.parametrize("first", ["form", "picture"])
def test_a_picture_with_another_query_code_belongs_to_no_case(
    hall: Hall, form: dict[str, object], strange: dict[str, object], first: str
) -> None:
    good = attachment(hall, form)
    parts = [form, strange, good] if first == "form" else [strange, good, form]
    answers = hall.send(*map(hall.kiosk.item, parts))
    assert [each["outcome"] for each in answers] == ["accepted"] * 3
    assert pictures(hall, form) == [good["id"]]
    hall.client.post("/console/login", data={"token": hall.token})
    path = f"/console/cases/{form['number']}/pictures/"
    assert hall.client.get(path + str(strange["id"])).status_code == 404
    assert hall.client.get(path + str(good["id"])).status_code == 200


def test_the_answer_does_not_tell_whether_a_query_code_is_right(
    hall: Hall, form: dict[str, object], strange: dict[str, object]
) -> None:
    send(hall, form)
    right, wrong = hall.send(*map(hall.kiosk.item, (attachment(hall, form), strange)))
    assert (right["outcome"], right["reason"]) == (wrong["outcome"], wrong["reason"])
    for result in (right, wrong):
        hall.check_receipt(result["receipt"])


@pytest.mark.parametrize("first", ["form", "picture"])
def test_the_operator_is_told_who_sends_pictures_with_another_query_code(
    hall: Hall, form: dict[str, object], strange: dict[str, object], first: str
) -> None:
    other = FakeKiosk(hall.keyset, id="demo-kiosk-2")
    if first == "form":
        send(hall, form)
    hall.send(other.item(strange), kiosk=other)
    if first == "picture":
        send(hall, form)
    with sqlite3.connect(hall.database) as database:
        noted = database.execute("SELECT actor, subject FROM audit WHERE action = 'code_differs'")
        assert noted.fetchall() == [("kiosk:demo-kiosk-2", strange["id"])]


def test_query_codes_are_compared_as_they_are_read_not_as_they_are_typed(
    hall: Hall, form: dict[str, object]
) -> None:
    code = str(form["code"])
    send(hall, form | {"code": f" {code[:3]} {code[3:]}"})
    good = attachment(hall, form)
    send(hall, good)
    assert pictures(hall, form) == [good["id"]]


def test_the_code_of_a_picture_is_kept_as_a_hash_and_only_until_its_form_is_here(
    hall: Hall, form: dict[str, object]
) -> None:
    send(hall, attachment(hall, form))
    with sqlite3.connect(hall.database) as database:
        hashes = database.execute("SELECT code_hash FROM attachment")
        ((waiting,),) = hashes.fetchall()
        assert waiting.startswith("scrypt$")
        send(hall, form)
        send(hall, attachment(hall, form))
        hashes = database.execute("SELECT code_hash FROM attachment")
        assert hashes.fetchall() == [(None,), (None,)]


def test_a_picture_sent_twice_is_one_picture(hall: Hall, form: dict[str, object]) -> None:
    item = hall.kiosk.item(attachment(hall, form))
    assert [hall.send(item)[0]["outcome"] for _ in range(2)] == ["accepted", "duplicate"]


def test_a_picture_makes_no_case_but_has_a_receipt(hall: Hall, form: dict[str, object]) -> None:
    (result,) = hall.send(hall.kiosk.item(attachment(hall, form)))
    hall.check_receipt(result["receipt"])
    assert hall.clerk("/cases", method="GET").json()["total"] == 0
    assert hall.status(form).status_code == 404


def test_the_pictures_of_a_form_are_listed_page_by_page(
    hall: Hall, form: dict[str, object]
) -> None:
    send(hall, form)
    for paper, page in (("演示户口簿", 3), ("演示户口簿", 1), ("演示合同", 1), ("演示户口簿", 2)):
        send(hall, attachment(hall, form) | {"facts": {"paper": paper, "page": page}})
    detail = hall.clerk(f"/cases/{form['number']}", method="GET").json()
    assert [(each["paper"], each["page"]) for each in detail["attachments"]] == [
        ("演示合同", 1),
        ("演示户口簿", 1),
        ("演示户口簿", 2),
        ("演示户口簿", 3),
    ]


@pytest.mark.parametrize("page", [0, -1, 10**30, "one", True])
def test_a_page_that_is_no_page_does_not_lose_the_picture(
    hall: Hall, form: dict[str, object], page: object
) -> None:
    odd = attachment(hall, form) | {"facts": {"paper": "演示户口簿", "page": page}}
    answers = hall.send(hall.kiosk.item(form), hall.kiosk.item(odd))
    assert [each["outcome"] for each in answers] == ["accepted", "accepted"]
    detail = hall.clerk(f"/cases/{form['number']}", method="GET").json()
    assert [each["page"] for each in detail["attachments"]] == [1]


def test_the_database_does_not_show_it(hall: Hall, form: dict[str, object]) -> None:
    send(hall, attachment(hall, form))
    with sqlite3.connect(hall.database) as database:
        ((paper, content),) = database.execute("SELECT paper, content FROM attachment")
    assert "演示".encode() not in paper
    assert b"picture" not in content


def test_only_a_clerk_who_has_logged_in_sees_it(hall: Hall, form: dict[str, object]) -> None:
    send(hall, form)
    send(hall, attachment(hall, form))
    detail = hall.clerk(f"/cases/{form['number']}", method="GET").json()
    path = f"/console/cases/{form['number']}/pictures/{detail['attachments'][0]['id']}"
    assert hall.client.get(path, follow_redirects=False).status_code == 303
    hall.client.post("/console/login", data={"token": hall.token})
    page = hall.client.get(f"/console/cases/{form['number']}")
    assert path in page.text
    shown = hall.client.get(path)
    assert (shown.content, shown.headers["content-type"]) == (PICTURE, "image/jpeg")
    assert shown.headers["cache-control"] == "no-store"
    assert shown.headers["x-content-type-options"] == "nosniff"
    other = hall.hand_in()
    foreign = path.replace(str(form["number"]), other["number"])
    assert hall.client.get(foreign).status_code == 404


@pytest.mark.parametrize("content", [b"", b"<html>", b"\xff\xd8\xff" + bytes(500 << 10)])
def test_what_is_no_picture_or_too_large_is_refused(
    hall: Hall, form: dict[str, object], content: bytes
) -> None:
    assert send(hall, attachment(hall, form, content)) == ("rejected", "payload_invalid")


def test_nothing_else_carries_a_picture(hall: Hall) -> None:
    payload = hall.kiosk.payload(content=b64encode(PICTURE).decode())
    assert send(hall, payload) == ("rejected", "payload_invalid")
