from pathlib import Path

import pytest

from kiosk.domain.words import Language
from kiosk.errors import BugError, ContentError
from services.content.words import load_words, read_whole


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for language, text in (("zh", "办好了"), ("en", "Done")):
        (tmp_path / language).mkdir()
        (tmp_path / language / "some.toml").write_text(
            f'title = "{text}"\n[a]\nask = "{text}"\n[a.b]\ndays = "{text} {{days}}"\n',
            encoding="utf-8",
        )
    return tmp_path


def test_a_key_is_file_tables_and_entry_joined_by_dots(folder: Path) -> None:
    words = load_words(folder, Language.EN)
    assert words.language is Language.EN
    assert words.entries == {
        "some.title": "Done",
        "some.a.ask": "Done",
        "some.a.b.days": "Done {days}",
    }
    assert words.say("some.a.b.days", days=3) == "Done 3"


def test_each_language_has_its_own_wording(folder: Path) -> None:
    assert load_words(folder, Language.ZH).say("some.a.ask") == "办好了"


def test_unknown_wording_is_a_bug_and_missing_help_is_not(folder: Path) -> None:
    words = load_words(folder, Language.ZH)
    with pytest.raises(BugError, match=r"some\.b"):
        words.say("some.b")
    with pytest.raises(BugError, match="days"):
        words.say("some.a.b.days")
    assert words.get("some.a.help") == ""


def test_a_language_without_files_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ContentError, match="no wording"):
        load_words(tmp_path, Language.ZH)


def test_an_entry_that_is_not_a_text_is_refused_by_file_and_key(folder: Path) -> None:
    (folder / "zh" / "other.toml").write_text("[a]\nask = 1\n", encoding="utf-8")
    words = load_words(folder, Language.ZH)
    assert words.say("some.title") == "办好了"
    for read in (read_whole, lambda words: words.get("other.a.ask")):
        with pytest.raises(ContentError, match=r"other\.toml: other\.a\.ask: must be a text"):
            read(words)


def test_a_file_is_read_once_and_only_when_it_is_wanted(folder: Path) -> None:
    words, file = load_words(folder, Language.ZH), folder / "zh" / "some.toml"
    file.write_text('title = "刚写的"\n', encoding="utf-8")
    assert words.say("some.title") == "刚写的"
    file.unlink()
    read_whole(words)
    assert words.entries == {"some.title": "刚写的"}
