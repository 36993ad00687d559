from pathlib import Path

import pytest

from kiosk.domain.words import Language
from kiosk.errors import ContentError, VoiceTrouble
from services.voice import bank
from services.voice.bank import Recorded
from services.voice.synthesizer import NotSaid
from tests.services.voice.voices import record

TEXTS = ("返回", "请稍候")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    record(tmp_path, TEXTS)
    return tmp_path


def test_a_clause_is_found_whatever_signs_stand_around_it(folder: Path) -> None:
    recorded = Recorded(folder)
    assert recorded.available()
    bare = recorded.render("请稍候", Language.ZH)
    assert 0.3 < bare.seconds < 0.5
    assert recorded.render("“请稍候”。", Language.ZH).seconds == bare.seconds


def test_what_was_not_recorded_is_for_another_voice(folder: Path) -> None:
    for clause, language in (("张三", Language.ZH), ("返回", Language.EN)):
        with pytest.raises(NotSaid):
            Recorded(folder).render(clause, language)


def test_it_is_known_what_was_recorded(folder: Path) -> None:
    assert Recorded(folder).knows("“返回”", Language.ZH)
    assert not Recorded(folder).knows("张三", Language.ZH)
    (folder / "zh.tsv").write_bytes(b"\xff")
    assert not Recorded(folder).knows("返回", Language.ZH)


@pytest.mark.parametrize("keep", [0, 100])
def test_a_truncated_file_is_a_trouble_that_names_the_recording(folder: Path, keep: int) -> None:
    whole = (folder / "zh.bank").read_bytes()
    (folder / "zh.bank").write_bytes(whole[:keep])
    with pytest.raises(VoiceTrouble, match="返回"):
        Recorded(folder).render("返回", Language.ZH)


def test_a_changed_byte_is_never_heard(folder: Path) -> None:
    whole = bytearray((folder / "zh.bank").read_bytes())
    whole[len(whole) // 4] ^= 1
    (folder / "zh.bank").write_bytes(whole)
    found = bank.faults(bank.load(folder, Language.ZH), TEXTS)
    assert len(found) == 1
    assert "damaged" in found[0]


def test_a_missing_file_is_a_trouble(folder: Path) -> None:
    (folder / "zh.bank").unlink()
    with pytest.raises(VoiceTrouble):
        Recorded(folder).render("返回", Language.ZH)


def test_where_nothing_was_recorded_there_is_no_voice(tmp_path: Path) -> None:
    assert not Recorded(tmp_path).available()


@pytest.mark.parametrize("lines", ["x\ty\n1\t2\n", "head\na\tb\tc\td\te\tf\tg\th\ti\n", "\ud800"])
def test_a_broken_manifest_is_a_clear_error(tmp_path: Path, lines: str) -> None:
    (tmp_path / "zh.tsv").write_bytes(lines.encode(errors="surrogatepass"))
    with pytest.raises(ContentError, match="zh.tsv"):
        Recorded(tmp_path).available()


def test_what_is_missing_and_what_is_left_over_is_named(folder: Path) -> None:
    found = bank.faults(bank.load(folder, Language.ZH), ["返回", "结束"])
    assert found == ["missing: 结束", "not wanted: 请稍候"]
