from pathlib import Path

import pytest

from kiosk.errors import ContentError
from services.content.lexicon import load_lexicon

LANGUAGE = Path(__file__).parents[3] / "resources" / "language"


def written(folder: Path, concepts: str, fillers: str = "我想、怎么办") -> Path:
    (folder / "concepts.tsv").write_text(f"concept\twords\n{concepts}\n", encoding="utf-8")
    (folder / "fillers.tsv").write_text(f"words\n{fillers}\n", encoding="utf-8")
    return folder


def test_words_are_read_by_concept_and_fillers_from_every_line(tmp_path: Path) -> None:
    lexicon = load_lexicon(written(tmp_path, "child\t孩子、娃\nlose\t丢了", "我想、请问\n怎么办"))
    assert lexicon.fillers == ("我想", "请问", "怎么办")
    assert lexicon.concepts == {"child": ("孩子", "娃"), "lose": ("丢了",)}


@pytest.mark.parametrize(
    ("concepts", "fillers", "place"),
    [
        ("child\t", "我想", r"concepts\.tsv:2: words: "),
        ("\t孩子", "我想", r"concepts\.tsv:2: concept: "),
        ("child\t孩子、", "我想", r"concepts\.tsv:2: words: "),
        ("child\t孩子\nchild\t娃", "我想", r"concepts\.tsv:3: concept: "),
        ("child", "我想", r"concepts\.tsv:2: words: "),
        ("child\t孩子", "我想、、请问", r"fillers\.tsv:2: words: "),
        ("child\t孩子", "", r"fillers\.tsv:2: words: "),
    ],
)
def test_a_broken_line_is_named_with_file_line_and_column(
    tmp_path: Path, concepts: str, fillers: str, place: str
) -> None:
    with pytest.raises(ContentError, match=place):
        load_lexicon(written(tmp_path, concepts, fillers))


@pytest.mark.parametrize("name", ["concepts.tsv", "fillers.tsv"])
def test_a_missing_file_is_named(tmp_path: Path, name: str) -> None:
    (written(tmp_path, "child\t孩子") / name).unlink()
    with pytest.raises(ContentError, match=f"{name}: cannot be read"):
        load_lexicon(tmp_path)


def test_the_shipped_words_are_found_where_they_are_said() -> None:
    lexicon = load_lexicon(LANGUAGE)
    assert lexicon.idle("我想办社保卡") >= {0, 1}
    for concept, words in lexicon.concepts.items():
        for word in words:
            assert set(lexicon.meant(word)) == set(range(len(word))), (concept, word)
