"""Photographed papers: sealed, beside their case, for clerks only."""

import sqlite3
from base64 import b64encode
from datetime import timedelta
from itertools import permutations

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


def pictures_of(hall: Hall, form: dict[str, object]) -> list[str]:
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
    assert pictures_of(hall, form) == [good["id"]]
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
    assert pictures_of(hall, form) == [good["id"]]


def test_the_code_of_a_picture_is_kept_as_a_hash_and_only_until_its_form_is_here(
    hall: Hall, form: dict[str, object]
) -> None:
    send(hall, attachment(hall, form))
    with sqlite3.connect(hall.database) as database:
        hashes = database.execute("SELECT code_hash FROM attachment")
        ((waiting,),) = hashes.fetchall()
        assert waiting.startswith("hmac$")
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


def addition(hall: Hall, form: dict[str, object], text: str, pages: int) -> list[dict[str, object]]:
    """What a kiosk sends of an addition with so many pictures."""
    said = hall.wish(form, "addition", text)
    facts = {"paper": "补充的照片", "belongs_to": said["id"]}
    pictures = [
        attachment(hall, form) | {"facts": facts | {"page": page}} for page in range(1, pages + 1)
    ]
    return [said, *pictures]


def listed(hall: Hall, form: dict[str, object]) -> list[tuple[str, int, str]]:
    return [
        (each["paper"], each["page"], each["belongs_to"]) for each in hall.case(form)["attachments"]
    ]


@pytest.mark.parametrize("order", list(permutations(["form", "said", "picture"])))
def test_the_picture_of_an_addition_finds_its_case_in_whatever_order_they_arrive(
    hall: Hall, form: dict[str, object], order: tuple[str, ...]
) -> None:
    said, picture = addition(hall, form, "演示补充", 1)
    parts = {"form": form, "said": said, "picture": picture}
    answers = hall.send(*(hall.kiosk.item(parts[each]) for each in order))
    assert {each["outcome"] for each in answers} == {"accepted"}
    assert listed(hall, form) == [("补充的照片", 1, said["id"])]
    (seen,) = hall.case(form)["attachments"]
    assert seen["added_at"] == "2026-09-29T04:00:00Z"
    assert [event["action"] for event in hall.case(form)["events"]] == ["received", "added"]


@pytest.mark.parametrize("first", ["form", "pictures"])
def test_the_pictures_of_several_additions_are_listed_addition_by_addition(
    hall: Hall, form: dict[str, object], first: str
) -> None:
    own = attachment(hall, form) | {
        "facts": {"paper": "演示户口簿", "page": 1, "belongs_to": form["id"]}
    }
    additions = [addition(hall, form, f"演示补充{n}", pages=2) for n in range(3)]
    later = [each for parts in additions for each in (parts[0], *reversed(parts[1:]))]
    parts = [form, *later, own] if first == "form" else [*later, own, form]
    hall.send(*map(hall.kiosk.item, parts))
    own_place = ("演示户口簿", 1, form["id"])
    places = [("补充的照片", page, parts[0]["id"]) for parts in additions for page in (1, 2)]
    assert listed(hall, form) == [own_place, *places]
    assert len({each["id"] for each in hall.case(form)["attachments"]}) == 7
    assert hall.case(form)["attachments"][0]["added_at"] is None


def test_additions_of_two_kiosks_are_listed_as_they_came(
    hall: Hall, form: dict[str, object]
) -> None:
    send(hall, form)
    earlier, later = (addition(hall, form, f"演示补充{n}", pages=1) for n in range(2))
    for parts in (later, earlier):
        hall.clock.moment += timedelta(hours=1)
        hall.send(*map(hall.kiosk.item, parts))
    assert [place[2] for place in listed(hall, form)] == [later[0]["id"], earlier[0]["id"]]


@pytest.mark.parametrize("belongs_to", [None, "", "no id", 7, True])
def test_a_picture_of_nothing_that_can_be_named_is_the_forms(
    hall: Hall, form: dict[str, object], belongs_to: object
) -> None:
    facts = {"paper": "演示照片", "page": 1}
    facts |= {} if belongs_to is None else {"belongs_to": belongs_to}
    hall.send(*map(hall.kiosk.item, (form, attachment(hall, form) | {"facts": facts})))
    assert listed(hall, form) == [("演示照片", 1, form["id"])]


@pytest.mark.parametrize("first", ["form", "pictures"])
def test_pictures_that_join_a_withdrawn_case_are_noted_for_the_clerk_and_kept(
    hall: Hall, form: dict[str, object], first: str
) -> None:
    early, gone = attachment(hall, form), hall.wish(form, "withdrawal")
    said, *pictures = addition(hall, form, "演示补充", 2)
    said |= {"created_at": (hall.clock.moment + timedelta(hours=1)).isoformat()}
    late = [gone, said, *pictures]
    parts = [form, early, *late] if first == "form" else [*late, form]
    hall.send(*map(hall.kiosk.item, parts))
    events = [(event["action"], event["detail"]) for event in hall.case(form)["events"]]
    noted = [("late_picture", f"补充的照片（第{page}张）") for page in (1, 2)]
    assert events[-4:] == [("withdrawn", ""), ("late_addition", "演示补充"), *noted]
    assert hall.case(form)["events"][-1]["actor"] == "kiosk:demo-kiosk-1"
    assert {picture["id"] for picture in pictures} <= set(pictures_of(hall, form))
    assert hall.clerk("/log", method="GET").json()["broken_at"] == 0
    hall.client.post("/console/login", data={"token": hall.token})
    page = hall.client.get(f"/console/cases/{form['number']}").text
    assert page.count("群众的照片（案件已撤回）") == 2 * 2  # what came later, and the whole course


def test_a_strangers_picture_for_a_withdrawn_case_is_not_noted_in_it(
    hall: Hall, form: dict[str, object], strange: dict[str, object]
) -> None:
    parts = form, hall.wish(form, "withdrawal"), strange
    hall.send(*map(hall.kiosk.item, parts))
    assert hall.case(form)["events"][-1]["action"] == "withdrawn"
