"""The command line, as an operator types it."""

import json
import re
import shutil
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from kiosk import settings, wiring
from kiosk.__main__ import main
from kiosk.domain.submission.case import CaseChange, CaseState
from services import bundle
from services.catalogue.shelf import READY_MADE, digest
from services.catalogue.store import CompiledCatalogue
from services.central.keys import load_keys
from tests.kiosk.test_importing import NOTICE
from tests.services.catalogue.made_up import LEXICON, edition

ROOT = Path(__file__).parent.parent.parent
COMMANDS = (
    *("run", "demo", "central", "search", "catalogue", "calendar"),
    *("screens", "tour", "queue", "doctor", "handwriting", "pinyin", "writing"),
)


@pytest.fixture
def config(tmp_path: Path) -> Path:
    file = tmp_path / "kiosk.toml"
    file.write_text("", encoding="utf-8")
    return file


def test_help_names_every_command(capsys: pytest.CaptureFixture[str]):
    with pytest.raises(SystemExit) as ended:
        main(["--help"])
    assert ended.value.code == 0
    told = capsys.readouterr().out
    assert all(f"    {command} " in told for command in COMMANDS)


@pytest.mark.parametrize("command", COMMANDS)
def test_each_command_explains_itself(command: str, capsys: pytest.CaptureFixture[str]):
    with pytest.raises(SystemExit) as ended:
        main([command, "--help"])
    assert ended.value.code == 0
    assert f"kiosk {command}" in capsys.readouterr().out


@pytest.mark.parametrize(
    "arguments",
    [
        ["--colour", "doctor"],
        ["dance"],
        ["tour"],
        ["run", "--window", "big"],
        ["search"],
        ["search", "x", "--file"],
        ["queue", "empty"],
        [],
    ],
)
def test_a_wrong_option_is_told_in_one_line_with_status_2(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
):
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    assert ended.value.code == 2
    assert len(capsys.readouterr().err.splitlines()) == 1


@pytest.mark.parametrize(
    ("content", "key"),
    [
        ('[central]\nport = "x"', "central.port"),
        ("[central]\nport = 0", "central.port"),
        ("[central]\nopen_enrolment = 1", "central.open_enrolment"),
        ('[central]\nroot = "12"', "central.root"),
        ('[central]\ncertificate = "central.pem"', "central.key"),
        ('[kiosk]\nprefix = "BB0"', "kiosk.prefix"),
        ('[kiosk]\ncolour = "blue"', "kiosk.colour"),
        ("[idle]\ncountdown = -1", "idle.countdown"),
        ('[hall]\nopen_from = "9"', "hall.open_from"),
        ("hall = 3", "hall"),
        ('base = "/"', "base"),
        ("data = 1", "data"),
        ("[extra]\na = 1", "extra"),
        ("not toml", "TOML"),
    ],
)
def test_a_broken_settings_file_is_told_in_one_line_that_names_file_and_key(
    content: str, key: str, config: Path, capsys: pytest.CaptureFixture[str]
):
    config.write_text(content, encoding="utf-8")
    assert main(["--config", str(config), "queue", "status"]) == 2
    told = capsys.readouterr().err
    assert len(told.splitlines()) == 1
    assert str(config) in told
    assert key in told


def test_a_settings_file_that_is_not_there_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    assert main(["--config", str(tmp_path / "none.toml"), "doctor"]) == 2
    assert "none.toml" in capsys.readouterr().err


def test_whole_numbers_will_do_for_millimetres(config: Path, capsys: pytest.CaptureFixture[str]):
    config.write_text("[panel]\nwidth_mm = 476\nheight_mm = 268.0", encoding="utf-8")
    assert main(["--config", str(config), "queue", "status"]) == 0
    assert capsys.readouterr().out.startswith("waiting: 0\n")


def test_queue_status_speaks_json(config: Path, capsys: pytest.CaptureFixture[str]):
    assert main(["--config", str(config), "queue", "status", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["waiting"] == 0
    assert told["oldest_waiting"] is None
    assert set(told["counts"]) == {"sealed", "leased", "retry_wait", "acked", "dead", "exported"}
    assert set(told["cases"].values()) == {0}


def test_queue_status_tells_how_cases_stood_when_they_were_last_heard_of(
    config: Path, capsys: pytest.CaptureFixture[str]
):
    config.write_text(f'data = "{config.parent}"', encoding="utf-8")
    here = settings.load(config)
    with closing(wiring.open_outbox(here)) as outbox:
        heard = CaseChange(bytes(32), CaseState.CLOSED, wiring.HallClock().now())
        wiring.known_cases(here, outbox).keep([heard], 0, 1)
    assert main(["--config", str(config), "queue", "status"]) == 0
    assert "cases from here, as last heard of:\n  closed: 1\n" in capsys.readouterr().out


def test_search_finds_an_item_in_own_words(capsys: pytest.CaptureFixture[str]):
    assert main(["search", "社保卡丢了", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["query"] == "社保卡丢了"
    assert {"item_id", "name", "score"} <= set(told["results"][0])
    assert told["likely"] is True
    assert told["milliseconds"] > 0


def test_search_tells_when_it_has_only_the_nearest(capsys: pytest.CaptureFixture[str]):
    assert main(["search", "𠮷𠮷𠮷", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["likely"] is False
    assert main(["search", "𠮷𠮷𠮷"]) == 0
    assert "nothing likely" in capsys.readouterr().out


def test_search_answers_a_file_of_queries_line_by_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    queries = tmp_path / "queries.txt"
    queries.write_text("医保\n\n@@\n公积金贷款\n", encoding="utf-8")
    assert main(["search", "--file", str(queries), "--json"]) == 0
    told = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [answer["query"] for answer in told] == ["医保", "", "@@", "公积金贷款"]
    assert told[1]["results"] == []


def test_a_file_of_queries_that_cannot_be_read_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    assert main(["search", "--file", str(tmp_path / "none.txt")]) == 1
    assert "none.txt" in capsys.readouterr().err


def test_catalogue_check_counts_and_is_satisfied(capsys: pytest.CaptureFixture[str]):
    assert main(["catalogue", "check", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["items"], told["defects"]) == (727, [])


def test_catalogue_check_fails_where_a_guide_lacks_something(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    content = Path(shutil.copytree(ROOT / "resources", tmp_path / "resources"))
    file = content / "catalogue" / "guides" / "SK.toml"
    broken = re.sub('fee = ".*"', 'fee = ""', file.read_text(encoding="utf-8"), count=1)
    file.write_text(broken, encoding="utf-8")
    assert main(["catalogue", "check", "--content", str(content)]) == 1
    assert "fee: empty" in capsys.readouterr().out


def test_catalogue_check_names_a_broken_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    content = Path(shutil.copytree(ROOT / "resources", tmp_path / "resources"))
    (content / "catalogue" / "halls.tsv").write_text("nonsense\n", encoding="utf-8")
    assert main(["catalogue", "check", "--content", str(content)]) == 1
    told = capsys.readouterr()
    assert told.out == ""
    assert len(told.err.splitlines()) == 1
    assert "halls.tsv:1: " in told.err


def kiosk(*words: str | Path) -> subprocess.CompletedProcess[str]:
    """Run a command in a process of its own: `compile` lowers its own priority for good."""
    return subprocess.run(
        [sys.executable, "-m", "kiosk", *map(str, words)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def test_catalogue_compile_makes_of_a_bundle_what_the_kiosk_reads(tmp_path: Path):
    source, file = tmp_path / "2.bundle", tmp_path / "new" / "2.bin"
    source.write_bytes(bundle.text(bundle.lines(edition(2))))
    done = kiosk("catalogue", "compile", "--bundle", source, "--to", file)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    made = CompiledCatalogue(file, LEXICON)
    assert (made.number, dict(made.items)) == (2, dict(edition(2).items))
    assert [each.name for each in file.parent.iterdir()] == ["2.bin"]


def test_catalogue_compile_makes_of_a_folder_what_fits_the_folder(tmp_path: Path):
    content = Path(shutil.copytree(ROOT / "resources", tmp_path / "resources"))
    (content / "catalogue" / READY_MADE).unlink(missing_ok=True)
    done = kiosk("catalogue", "compile", "--content", content)
    assert (done.returncode, done.stderr) == (0, "")
    made = CompiledCatalogue(content / "catalogue" / READY_MADE, LEXICON)
    assert made.digest == digest((content / "catalogue", content / "language"))
    assert len(made.items) == 727


@pytest.mark.parametrize("broken", [b"", b"nonsense\n", b'["item","\xff",{}]\n'])
def test_a_bundle_that_cannot_be_compiled_is_told_in_one_line(tmp_path: Path, broken: bytes):
    source, file = tmp_path / "2.bundle", tmp_path / "2.bin"
    source.write_bytes(broken)
    done = kiosk("catalogue", "compile", "--bundle", source, "--to", file)
    assert (done.returncode, done.stdout) == (1, "")
    assert len(done.stderr.splitlines()) == 1
    assert done.stderr.startswith("kiosk: catalogue bundle: ")
    assert not file.exists()


def test_a_bundle_that_is_not_there_is_told(tmp_path: Path):
    done = kiosk("catalogue", "compile", "--bundle", tmp_path / "none", "--to", tmp_path / "x")
    assert done.returncode == 1
    assert "none: cannot be read" in done.stderr


def test_keys_are_rotated_under_a_root_that_stays_offline(
    config: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    def told(*words: object) -> str:
        assert main(["--config", str(config), "central", *map(str, words)]) == 0
        return capsys.readouterr().out

    def trusted() -> str:
        return wiring.central_keys(settings.load(config)).key_id

    root, folder = tmp_path / "root.pem", tmp_path / "var" / "central"
    keyset, waiting = folder / "keyset.json", folder / "keyset.next.json"
    settings_for_kiosks = told("make-root", root)
    old = load_keys(folder).keyset.key_id
    assert "keyset 1 is signed" in told("sign-keyset", keyset, "--root", root, "--to", keyset)
    config.write_text(settings_for_kiosks)
    assert trusted() == old
    assert f"have the root sign {waiting}" in told("rotate-keys")
    assert trusted() == old == load_keys(folder).keyset.key_id
    assert "keyset 2 is signed" in told("sign-keyset", waiting, "--root", root, "--to", keyset)
    assert trusted() == load_keys(folder).keyset.key_id != old


def test_keys_without_a_root_are_rotated_at_once(
    config: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    folder = tmp_path / "var" / "central"
    old = load_keys(folder).keyset.key_id
    assert main(["--config", str(config), "central", "rotate-keys"]) == 0
    new = wiring.central_keys(settings.load(config)).key_id
    assert f"the key is {new}; hand keyset.json to every kiosk" in capsys.readouterr().out
    assert new != old


def test_keys_that_are_not_there_are_not_rotated(config: Path, capsys: pytest.CaptureFixture[str]):
    assert main(["--config", str(config), "central", "rotate-keys"]) == 1
    assert "keys.json: is missing" in capsys.readouterr().err


def test_an_edition_is_published_and_numbered(config: Path, capsys: pytest.CaptureFixture[str]):
    assert main(["--config", str(config), "catalogue", "publish"]) == 0
    assert capsys.readouterr().out == "edition 1 is published\n"


def test_rows_that_are_refused_are_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    (tmp_path / "task.json").write_text('[{"row_guid": "DEMO-SK-007"}]', encoding="utf-8")
    words = ["catalogue", "import", str(tmp_path / "task.json"), "--to", str(tmp_path / "out")]
    assert main(words) == 1
    assert "refused: task.json:1: DEMO-SK-007: " in capsys.readouterr().out


def test_a_notice_is_imported_into_the_data_folder(
    config: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    typed = tmp_path / "2027.csv"
    typed.write_text(NOTICE, encoding="utf-8")
    assert main(["--config", str(config), "calendar", "import", str(typed)]) == 0
    assert str(tmp_path / "var" / "calendar" / "2027.toml") in capsys.readouterr().out


def test_a_notice_is_imported_into_a_named_folder_or_refused_with_status_1(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    typed = tmp_path / "2027.csv"
    command = ["calendar", "import", str(typed), "--to", str(tmp_path / "out")]
    typed.write_text(NOTICE.replace("年份,2027\n", ""), encoding="utf-8")
    assert main(command) == 1
    assert "refused: 2027.csv: no row 年份" in capsys.readouterr().out
    typed.write_text(NOTICE, encoding="utf-8")
    assert main(command) == 0
    assert [file.name for file in (tmp_path / "out").iterdir()] == ["2027.toml"]


def test_the_help_of_the_import_shows_a_notice(capsys: pytest.CaptureFixture[str]):
    with pytest.raises(SystemExit):
        main(["calendar", "import", "--help"])
    assert "\n  放假,元旦,2027-01-01,2027-01-03\n" in capsys.readouterr().out


def test_the_doctor_names_what_is_missing_and_what_is_well(config: Path):
    config.write_text("[central]\nport = 9", encoding="utf-8")
    ended = subprocess.run(
        [sys.executable, "-m", "kiosk", "--config", str(config), "doctor"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert ended.returncode == 1
    names: dict[str, set[str]] = {"ok": set(), "WARN": set(), "BAD": set()}
    for line in ended.stdout.splitlines():
        names[line[:4].rstrip()].add(line.split(":")[0][5:])
    good, bad = names["ok"] | names["WARN"], names["BAD"]
    assert names["WARN"] <= {"working days"}  # from November on, until the next year is shipped
    assert good == {
        "catalogue and wording",
        "flows",
        "working days",
        "font",
        "queue",
        "devices",
        "voice",
        "kiosk key",
    }
    assert bad == {"central keyset", "central server"}
