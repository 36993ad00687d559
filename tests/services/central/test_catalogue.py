import gzip
import hashlib
import os
import re
import signal
import socket
import subprocess
import sys
from dataclasses import replace
from html import escape
from html.parser import HTMLParser
from pathlib import Path

import httpx
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from kiosk.domain.catalogue.model import Edition
from services import bundle, wire
from services.central.editions import Editions
from services.central.feedback import ZONE
from services.central.keys import load_keys
from tests.services.central.small_edition import CARD, PAID, RULED, edition, item

ROOT = Path(__file__).parents[3]
PROGRAM = """
import sys
from pathlib import Path
from kiosk.settings import load
from kiosk.wiring import HallClock
from services.central.serve import serve
from services.content.calendar import load_workdays
from tests.services.central.small_edition import edition
calendar = load_workdays(Path("resources/calendar"))
serve(load(Path(sys.argv[1])), calendar, HallClock(), edition)
"""
TOLD = (
    "演示社保卡补领",
    "演示数据",
    "SK-007",
    "个人",
    "法人",
    "演示条件甲",
    "演示身份证",
    "原件1份",
    "演示公安机关",
    "免提交：电子证照",
    "演示委托书",
    "原件和复印件各2份",
    "演示委托人",
    "演示请人代办时",
    "容缺后补",
    "演示第一步",
    "演示第三步",
    "承诺5个工作日办好",
    "不超过10个自然日",
    "演示不收费",
    "演示新卡",
    "演示邮寄到家",
    "演示社保部门",
    "演示常问？",
    "演示回答。",
    "12333",
    "12345",
    "办事指南第2版",
    "目录第1期",
)


class Words(HTMLParser):
    """What a reader of a page sees."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.text = ""
        self.feed(page)

    def handle_data(self, data: str) -> None:
        self.text += data


def read(answer) -> str:
    return re.sub(r"\s+", " ", Words(answer.text).text)


@pytest.fixture
def publish(hall):
    """Publish as another process does, behind the server's back."""
    editions = Editions(hall.folder / "catalogue", load_keys(hall.folder))

    def now(new: Edition) -> int:
        return editions.publish(new, hall.clock.now().date())

    return now


@pytest.fixture
def get(hall):
    return hall.client.get


def test_a_kiosk_is_told_where_nothing_is_published(get):
    for path in ("/v1/catalogue", "/v1/catalogue/1", "/v1/catalogue/2/since/1"):
        answer = get(path)
        assert answer.status_code == 404
        assert isinstance(answer.json()["detail"], str)


def test_the_notice_says_which_edition_holds_and_is_signed(hall, get, publish):
    publish(edition(3))
    answer = get(wire.CATALOGUE_PATH)
    notice = wire.EditionNotice.model_validate_json(answer.content)
    assert answer.headers["ETag"] == f'"3-{notice.sha256.hex()[:16]}"'
    assert (notice.number, notice.issued, notice.since) == (3, edition().issued, [])
    Ed25519PublicKey.from_public_bytes(hall.keyset.verify_key).verify(
        notice.signature,
        wire.edition_bytes(
            number=notice.number,
            issued=notice.issued,
            sha256=notice.sha256,
            size=notice.size,
            key_id=hall.keyset.key_id,
        ),
    )


def test_who_knows_the_newest_edition_is_told_nothing(get, publish):
    publish(edition(3))
    etag = get(wire.CATALOGUE_PATH).headers["ETag"]
    for known in (etag, f"W/{etag}", f'"other", {etag}', "*"):
        answer = get(wire.CATALOGUE_PATH, headers={"If-None-Match": known})
        assert (answer.status_code, answer.content) == (304, b"")
        assert answer.headers["ETag"] == etag


def test_who_knows_an_older_edition_is_told_the_newest(get, publish):
    publish(edition(3))
    etag = get(wire.CATALOGUE_PATH).headers["ETag"]
    publish(edition(4, name="演示改名"))
    answer = get(wire.CATALOGUE_PATH, headers={"If-None-Match": etag})
    assert answer.status_code == 200
    assert (answer.json()["number"], answer.json()["since"]) == (4, [3])
    assert answer.headers["ETag"] != etag


def test_the_whole_bundle_arrives_as_it_was_published(get, publish):
    publish(edition(3))
    notice = wire.EditionNotice.model_validate_json(get(wire.CATALOGUE_PATH).content)
    answer = get(wire.EDITION_PATH.format(number=3))
    assert answer.headers["Content-Type"] == wire.GZIP
    assert "Content-Encoding" not in answer.headers
    whole = gzip.decompress(answer.content)
    assert (hashlib.sha256(whole).digest(), len(whole)) == (notice.sha256, notice.size)
    assert bundle.edition(bundle.split(whole)) == edition(3)


def test_changes_make_the_newest_edition_of_the_one_before(get, publish):
    publish(edition(3))
    old = gzip.decompress(get(wire.EDITION_PATH.format(number=3)).content)
    publish(edition(4, name="演示改名"))
    answer = get(wire.CHANGES_PATH.format(number=4, before=3))
    assert answer.headers["Content-Type"] == wire.GZIP
    assert "Content-Encoding" not in answer.headers
    changes = bundle.split(gzip.decompress(answer.content))
    new = bundle.text(bundle.changed(bundle.split(old), changes))
    assert new == gzip.decompress(get(wire.EDITION_PATH.format(number=4)).content)


@pytest.mark.parametrize(
    "path", ["2", "0", "-1", "9" * 40, "4/since/2", "3/since/4", "4/since/4", "9/since/3"]
)
def test_what_is_not_kept_is_not_found(get, publish, path):
    publish(edition(3))
    publish(edition(4, name="演示改名"))
    answer = get(f"/v1/catalogue/{path}")
    assert answer.status_code == 404
    assert isinstance(answer.json()["detail"], str)


@pytest.mark.parametrize("path", ["x", "1.5", "9" * 5000, "4/since/x"])
def test_what_is_no_number_is_refused(get, path):
    assert get(f"/v1/catalogue/{path}").status_code == 422


def test_a_damaged_edition_is_not_handed_out_as_the_newest(hall, get, publish):
    publish(edition(3))
    (hall.folder / "catalogue" / "4.bundle").write_bytes(b"x")
    for path in (wire.CATALOGUE_PATH, "/g/SK-007"):
        answer = get(path)
        assert (answer.status_code, "Retry-After" in answer.headers) == (503, True)


def test_the_guide_page_tells_everything_at_once(get, publish):
    publish(edition())
    answer = get("/g/SK-007")
    assert answer.status_code == 200
    assert "script" not in answer.headers["Content-Security-Policy"]
    seen = read(answer)
    for each in TOLD:
        assert each in seen
    for number in ("12333", "12345"):
        assert f'href="tel:{number}"' in answer.text


def test_every_chinese_label_of_the_guide_has_its_english_beside(get, publish):
    publish(edition())
    for label in re.findall(r"<(?:dt|h2)>(.*?)</(?:dt|h2)>", get("/g/SK-007?at=340100").text):
        assert '<span lang="en">' in label or label == "演示常问？"


def test_what_the_guide_says_is_shown_as_it_is_written(get, publish):
    publish(edition(name="演示<script>alert(1)</script>"))
    answer = get("/g/SK-007")
    assert "<script" not in answer.text
    assert "<b>演示条件乙" not in answer.text
    assert "演示<script>alert(1)</script>" in read(answer)
    assert "<b>演示条件乙</b> & 别的" in read(answer)


@pytest.mark.parametrize("code", ["SK-007", "sk-007", "DEMO-SK-007", "demo-sk-007"])
def test_an_item_is_found_by_its_code_and_by_its_id(get, publish, code):
    publish(edition())
    assert "演示社保卡补领" in get(f"/g/{code}").text


def test_an_item_without_period_or_papers_says_so(get, publish):
    publish(edition())
    assert "当场办好" in read(get("/g/SB-001"))
    assert "不用带材料" in read(get("/g/SB-001"))
    by_rule = read(get("/g/BM-001"))
    assert "按规定时间办" in by_rule
    assert "当场" not in by_rule


@pytest.mark.parametrize(
    "code", ["SK-008", "SK-007%20", "%3Cscript%3E", "x" * 3000, "%00", "%F0%9F%92%B3", "DEMO-"]
)
def test_an_unknown_code_leads_to_a_page_that_helps(get, publish, code):
    publish(edition())
    answer = get(f"/g/{code}")
    assert answer.status_code == 404
    assert answer.headers["Content-Type"].startswith("text/html")
    assert "没有找到这份指南" in read(answer)
    assert "No such guide" in read(answer)
    assert "<script" not in answer.text
    assert "x" * 33 not in answer.text


def test_no_guide_is_found_where_nothing_is_published(get):
    assert get("/g/SK-007").status_code == 404


def test_an_item_that_has_lost_its_guide_leads_to_the_same_page(get, publish):
    whole = edition()
    guides = {id: guide for id, guide in whole.guides.items() if id != PAID}
    publish(replace(whole, guides=guides))
    assert "没有找到这份指南" in get("/g/SB-001").text


def test_the_page_shows_the_hall_of_the_division_with_the_window_of_today(hall, get, publish):
    publish(edition())
    seen = read(get("/g/SK-007?at=340100"))
    for each in ("安徽省合肥市", "演示合肥大厅", "演示路1号", "08:30–17:30", "演示新窗口 2号"):
        assert each in seen
    assert "演示旧窗口" not in seen
    hall.clock.moment = hall.clock.now().replace(day=28, tzinfo=ZONE)
    before = read(get("/g/SK-007?at=340100"))
    assert "演示旧窗口 1号" in before
    assert "演示新窗口" not in before


def test_a_hall_without_a_window_for_the_matter_has_a_desk(get, publish):
    publish(edition())
    seen = read(get("/g/BM-001?at=340100"))
    assert "演示合肥大厅" in seen
    assert "到大厅问总咨询台" in seen


@pytest.mark.parametrize("at", ["", "340000", "999999", "%3Cb%3E", "x" * 3000])
def test_without_a_hall_the_page_says_how_to_find_one(get, publish, at):
    publish(edition())
    answer = get(f"/g/SK-007?at={at}")
    assert answer.status_code == 200
    assert "请先打咨询电话" in read(answer)
    assert "演示合肥大厅" not in read(answer)
    assert ("安徽省的大厅这里没有查到" in read(answer)) == (at == "340000")


@pytest.mark.parametrize(
    ("version", "said"),
    [
        ("1", "您手里的单子是旧的：指南已经更新到第2版"),
        ("3", "您手里的单子比本页（第2版）新"),
        ("2", ""),
        ("", ""),
        ("x", ""),
        ("-1", ""),
        ("²", ""),
        ("9" * 5000, ""),
    ],
)
def test_a_line_says_when_paper_and_page_are_not_the_same_guide(get, publish, version, said):
    publish(edition())
    answer = get("/g/SK-007", params={"v": version})
    assert answer.status_code == 200
    assert ("您手里的单子" in read(answer)) == bool(said)
    assert said in read(answer)


def test_the_page_of_a_renamed_item_changes_while_the_server_runs(get, publish):
    publish(edition())
    assert "演示社保卡补领" in get("/g/SK-007").text
    publish(edition(name="演示改名"))
    assert "演示改名" in get("/g/SK-007").text
    assert "目录第2期" in get("/g/SK-007").text


def test_an_id_that_needs_escaping_is_only_text(get, publish):
    whole = edition()
    odd = item("DEMO-A&B", "演示 & 名", 1)
    guides = dict(whole.guides) | {odd.id: whole.guides[RULED]}
    publish(replace(whole, items=dict(whole.items) | {odd.id: odd}, guides=guides))
    assert escape("演示 & 名") in get("/g/A%26B").text


@pytest.fixture
def port():
    with socket.create_server(("127.0.0.1", 0)) as found:
        return found.getsockname()[1]


def test_a_server_publishes_the_edition_it_came_with_once(tmp_path, port):
    file = tmp_path / "kiosk.toml"
    file.write_text(f"[central]\nport = {port}\n")
    for _ in range(2):
        with subprocess.Popen(
            [sys.executable, "-c", PROGRAM, str(file)],
            cwd=ROOT,
            env=os.environ | {"PYTHONPATH": str(ROOT)},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        ) as server:
            try:
                assert server.stdout is not None
                assert "listening" in server.stdout.readline()
                answer = httpx.get(f"http://127.0.0.1:{port}{wire.CATALOGUE_PATH}")
                assert answer.json()["number"] == 1
                page = httpx.get(f"http://127.0.0.1:{port}/g/{CARD}")
                assert "演示社保卡补领" in page.text
                server.send_signal(signal.SIGTERM)
                assert server.communicate(timeout=20) == ("", "")
            finally:
                server.kill()
    folder = tmp_path / "var" / "central" / "catalogue"
    assert {file.name for file in folder.iterdir()} == {"1.bundle", "shipped"}
