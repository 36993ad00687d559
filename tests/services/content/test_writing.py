"""The tables of what people write."""

from pathlib import Path

import pytest

from kiosk import wiring
from kiosk.errors import ContentError
from services.content.writing import load_addresses, load_names, load_service_words

TABLES = wiring.RESOURCES / "writing"


def test_the_shipped_names_are_whole() -> None:
    names = load_names(TABLES / "names.tsv")
    assert names.surnames["曾"][0] == "zeng"
    assert names.surnames["欧阳"][0] == "ou'yang"
    assert names.surnames["王"][1] > names.surnames["仇"][1]
    assert all(len(given) == 2 for given in names.given)
    assert all(len(one) == 1 for one in (*names.first, *names.last, *names.only))


def test_addresses_are_counted_up_to_ninety_nine() -> None:
    names = load_names(TABLES / "names.tsv")
    made = list(load_addresses(TABLES / "address_words.tsv").made(names))
    assert {"一号", "十栋", "十六栋", "二十组", "九十九号", "人民路", "王家村"} <= set(made)
    assert len(set(made)) == len(made)


def test_the_words_of_service_differ() -> None:
    words = load_service_words(TABLES / "service_words.tsv")
    assert len(set(words)) == len(words)


@pytest.mark.parametrize(
    "row",
    ["nickname\t王\twang\t1", "surname\t王\twang\tmany", "surname\t王\twang\t0", "first\t\t\t1"],
)
def test_a_broken_name_is_told_with_its_line(tmp_path: Path, row: str) -> None:
    file = tmp_path / "names.tsv"
    file.write_text(f"kind\ttext\tspelt\tweight\n{row}\n", encoding="utf-8")
    with pytest.raises(ContentError, match="names.tsv:2"):
        load_names(file)
