import gzip
import hashlib
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.domain.catalogue.model import Edition
from kiosk.errors import StorageError
from kiosk.settings import Settings
from services import bundle, wire
from services.central.editions import KEPT, Editions, UnknownEditionError
from services.central.keys import ServerKeys, load_keys
from services.central.publish import open_editions, publish_catalogue
from tests.services.central.small_edition import CARD, edition

ROOT = Path(__file__).parents[3]
KEYS = ServerKeys.generate()
TODAY = date(2026, 9, 29)
PROGRAM = """
import sys
from pathlib import Path
from kiosk.settings import Settings
from services import bundle
from services.central.publish import publish_catalogue
source = bundle.edition(bundle.split(Path(sys.argv[2]).read_bytes()))
print(publish_catalogue(Settings(base=Path(sys.argv[1])), source))
"""


@pytest.fixture
def editions(tmp_path: Path) -> Editions:
    return Editions(tmp_path / "catalogue", KEYS)


def notice_of(editions: Editions) -> wire.EditionNotice:
    notice = editions.notice()
    assert notice is not None
    return notice


def edition_of(editions: Editions) -> Edition:
    published = editions.edition()
    assert published is not None
    return published


def lines(packed: bytes) -> list[bytes]:
    return list(bundle.split(gzip.decompress(packed)))


def files(folder: Path) -> set[str]:
    return {file.name for file in folder.iterdir()}


def test_at_first_nothing_is_published(editions: Editions, tmp_path: Path):
    assert (editions.newest(), editions.notice(), editions.edition()) == (0, None, None)
    assert not (tmp_path / "catalogue").exists()


def test_the_first_edition_keeps_its_number_and_day(editions: Editions):
    assert editions.publish(edition(3), TODAY) == 3
    assert editions.edition() == edition(3)


def test_an_edition_that_counts_from_nothing_becomes_the_first(editions: Editions):
    assert editions.publish(edition(0), TODAY) == 1


def test_a_higher_number_is_kept(editions: Editions):
    editions.publish(edition(3), TODAY)
    assert editions.publish(edition(7, name="演示改名"), TODAY) == 7


@pytest.mark.parametrize("number", [1, 3])
def test_a_number_that_is_taken_or_older_becomes_the_next_and_is_issued_today(
    editions: Editions, number: int
):
    editions.publish(edition(3), TODAY)
    assert editions.publish(edition(number, name="演示改名"), TODAY) == 4
    published = edition_of(editions)
    assert (published.number, published.issued) == (4, TODAY)
    assert published.items[CARD].name == "演示改名"


@pytest.mark.parametrize("number", [1, 3, 9])
def test_the_same_content_is_not_published_again(editions: Editions, tmp_path: Path, number: int):
    editions.publish(edition(3), TODAY)
    before = (tmp_path / "catalogue" / "3.bundle").stat()
    assert editions.publish(edition(number), TODAY) == 3
    assert files(tmp_path / "catalogue") == {"3.bundle"}
    assert (tmp_path / "catalogue" / "3.bundle").stat() == before


def test_what_was_said_before_the_newest_edition_is_news_again(editions: Editions):
    assert editions.publish(edition(1), TODAY) == 1
    assert editions.publish(edition(1, name="演示改名"), TODAY) == 2
    assert editions.publish(edition(1), TODAY) == 3


LATER = date(2026, 10, 20)
"""Some day after the shipped editions of these tests are issued, and after `TODAY`."""


def test_the_first_edition_is_the_one_that_comes_with_the_program(editions: Editions):
    assert editions.publish_shipped(edition(1), TODAY) == 1
    assert editions.edition() == edition(1)


def test_the_same_program_publishes_once_however_often_it_starts(editions: Editions):
    editions.publish_shipped(edition(1), TODAY)
    assert [editions.publish_shipped(edition(1), LATER) for _ in range(3)] == [0, 0, 0]
    assert editions.newest() == 1


@pytest.mark.parametrize("issued", [edition().issued, TODAY])
def test_a_new_program_brings_its_catalogue_along_as_the_next_edition(
    editions: Editions, issued: date
):
    editions.publish_shipped(edition(1), TODAY)
    assert editions.publish_shipped(edition(1, name="演示改名"), LATER) == 2
    newer = replace(edition(1, name="演示又改"), issued=issued)
    assert editions.publish_shipped(newer, LATER) == 3
    assert edition_of(editions).items[CARD].name == "演示又改"


def test_a_new_program_with_the_old_content_publishes_nothing(editions: Editions, tmp_path: Path):
    editions.publish_shipped(edition(1), TODAY)
    assert editions.publish_shipped(replace(edition(2), issued=LATER), LATER) == 0
    assert editions.publish_shipped(edition(2, name="演示改名"), LATER) == 2
    assert files(tmp_path / "catalogue") == {"1.bundle", "2.bundle", "shipped"}


def test_what_an_operator_publishes_stays_at_every_start_of_the_same_program(editions: Editions):
    editions.publish_shipped(edition(1), TODAY)
    editions.publish(edition(2, name="演示导入"), TODAY)
    assert editions.publish_shipped(edition(1), LATER) == 0
    assert edition_of(editions).items[CARD].name == "演示导入"


@pytest.mark.parametrize(
    ("issued", "number"),
    [(TODAY - timedelta(days=1), 0), (TODAY, 0), (TODAY + timedelta(days=1), 3)],
)
def test_an_operators_edition_gives_way_only_to_one_issued_later(
    editions: Editions, issued: date, number: int
):
    editions.publish_shipped(edition(1), TODAY)
    editions.publish(edition(1, name="演示导入"), TODAY)
    newer = replace(edition(1, name="演示改名"), issued=issued)
    assert editions.publish_shipped(newer, LATER) == number
    assert editions.publish_shipped(newer, LATER) == 0
    held = edition_of(editions).items[CARD].name
    assert held == ("演示改名" if number else "演示导入")


def test_an_operator_who_publishes_the_programs_catalogue_stands_in_no_later_programs_way(
    editions: Editions,
):
    editions.publish_shipped(edition(1), TODAY)
    editions.publish(edition(1, name="演示导入"), TODAY)
    second = edition(1, name="演示第二版")
    assert editions.publish_shipped(second, LATER) == 0
    assert editions.publish(second, LATER) == 3
    assert editions.publish_shipped(second, LATER) == 0
    assert editions.publish_shipped(edition(1, name="演示第三版"), LATER) == 4


def test_where_a_program_did_not_remember_what_it_published_its_edition_gives_way(
    editions: Editions,
):
    editions.publish(edition(1), TODAY)
    assert editions.publish_shipped(edition(1, name="演示改名"), TODAY) == 2


def test_where_a_program_did_not_remember_what_it_published_an_import_stays(editions: Editions):
    editions.publish(edition(1), TODAY)
    editions.publish(replace(edition(2, name="演示导入"), issued=TODAY), TODAY)
    assert editions.publish_shipped(edition(1, name="演示改名"), LATER) == 0


@pytest.mark.parametrize("damage", [b"", b"1", b"x y\n", b"\xff \xff"])
def test_what_is_remembered_badly_is_not_remembered(
    editions: Editions, tmp_path: Path, damage: bytes
):
    editions.publish_shipped(edition(1), TODAY)
    (tmp_path / "catalogue" / "shipped").write_bytes(damage)
    assert editions.publish_shipped(edition(1), TODAY) == 0
    assert editions.publish_shipped(edition(1, name="演示改名"), TODAY) == 2


def test_an_operators_edition_that_is_damaged_is_the_operators_to_mend(
    editions: Editions, tmp_path: Path
):
    editions.publish_shipped(edition(1), TODAY)
    editions.publish(edition(1, name="演示导入"), TODAY)
    (tmp_path / "catalogue" / "2.bundle").write_bytes(b"x")
    newer = replace(edition(1, name="演示改名"), issued=LATER)
    assert editions.publish_shipped(newer, LATER) == 0


def test_servers_that_start_at_once_publish_once(tmp_path: Path):
    def begin(_: int) -> int:
        shipped = edition(1, name="演示改名")
        return Editions(tmp_path / "catalogue", KEYS).publish_shipped(shipped, TODAY)

    Editions(tmp_path / "catalogue", KEYS).publish_shipped(edition(1), TODAY)
    with ThreadPoolExecutor(KEPT) as pool:
        assert sorted(pool.map(begin, range(KEPT))) == [0] * (KEPT - 1) + [2]


@settings(max_examples=25)
@given(
    st.lists(
        st.tuples(st.booleans(), st.integers(1, 3), st.sampled_from("甲乙丙")),
        min_size=1,
        max_size=KEPT + 3,
    )
)
def test_numbers_only_ever_rise_whoever_publishes(steps: list[tuple[bool, int, str]]):
    with TemporaryDirectory() as folder:
        newest = 0
        for by_start, number, name in steps:
            editions = Editions(Path(folder), KEYS)
            publish = editions.publish_shipped if by_start else editions.publish
            publish(edition(number, name=name), TODAY)
            if by_start:
                assert editions.publish_shipped(edition(number, name=name), TODAY) == 0
            assert editions.newest() >= newest
            newest = editions.newest()


def test_the_notice_is_signed_and_describes_the_bundle(editions: Editions):
    editions.publish(edition(5), TODAY)
    notice = notice_of(editions)
    whole = gzip.decompress(editions.whole(5))
    assert (notice.number, notice.size) == (5, len(whole))
    assert notice.sha256 == hashlib.sha256(whole).digest()
    assert notice.key_id == KEYS.keyset.key_id
    Ed25519PublicKey.from_public_bytes(KEYS.keyset.verify_key).verify(
        notice.signature,
        wire.edition_bytes(
            number=5,
            issued=edition().issued,
            sha256=notice.sha256,
            size=notice.size,
            key_id=notice.key_id,
        ),
    )
    assert bundle.edition(bundle.split(whole)) == edition(5)


def test_changes_make_the_new_lines_of_the_old_ones(editions: Editions):
    editions.publish(edition(1), TODAY)
    editions.publish(edition(2, name="演示改名"), TODAY)
    made = bundle.changed(lines(editions.whole(1)), lines(editions.changes(2, 1)))
    assert bundle.text(made) == gzip.decompress(editions.whole(2))
    assert len(editions.changes(2, 1)) < len(editions.whole(2))


@pytest.mark.parametrize("number", [-1, 0, 2, 10**30])
def test_an_edition_that_was_never_published_is_unknown(editions: Editions, number: int):
    editions.publish(edition(1), TODAY)
    with pytest.raises(UnknownEditionError, match=f"edition {number} is not kept here"):
        editions.whole(number)


@pytest.mark.parametrize(("number", "before"), [(2, 0), (0, 1), (1, 2), (2, 2), (3, 1)])
def test_there_are_no_changes_from_what_is_unknown_or_later(
    editions: Editions, number: int, before: int
):
    editions.publish(edition(1), TODAY)
    editions.publish(edition(2, name="演示改名"), TODAY)
    with pytest.raises(UnknownEditionError):
        editions.changes(number, before)


def test_only_the_newest_editions_are_kept(editions: Editions, tmp_path: Path):
    for number in range(1, KEPT + 3):
        editions.publish(edition(number, name=f"演示{number}"), TODAY)
        editions.whole(number)
        notice = notice_of(editions)
        assert notice.since == list(range(max(1, number - KEPT + 1), number))
    kept = range(3, KEPT + 3)
    assert files(tmp_path / "catalogue") == {f"{number}.bundle" for number in kept}
    with pytest.raises(UnknownEditionError):
        editions.whole(2)
    with pytest.raises(UnknownEditionError):
        editions.changes(KEPT + 2, 2)


def test_an_edition_that_is_about_to_be_removed_is_not_offered(editions: Editions, tmp_path: Path):
    for number in range(1, KEPT + 1):
        editions.publish(edition(number, name=f"演示{number}"), TODAY)
    text = bundle.text(bundle.lines(edition(KEPT + 1)))
    (tmp_path / "catalogue" / f"{KEPT + 1}.bundle").write_bytes(text)
    notice = notice_of(editions)
    assert notice.since == list(range(2, KEPT + 1))
    with pytest.raises(UnknownEditionError):
        editions.whole(1)


def test_what_is_no_edition_lies_there_unheeded(editions: Editions, tmp_path: Path):
    editions.publish(edition(1), TODAY)
    for name in ("007.bundle", "9.bundle.old", ".9.bundle.abc", "x.bundle", "²3.bundle", "9"):
        (tmp_path / "catalogue" / name).write_text("")
    assert editions.newest() == 1
    assert editions.publish(edition(1, name="演示改名"), TODAY) == 2


def test_what_another_process_publishes_is_seen(tmp_path: Path):
    central = Settings(base=tmp_path)
    here = open_editions(central.central_folder)
    here.publish(edition(1), TODAY)
    assert here.edition() == edition(1)
    source = tmp_path / "演示.bundle"
    source.write_bytes(bundle.text(bundle.lines(edition(4, name="演示改名"))))
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, str(tmp_path), str(source)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "4\n", "")
    assert here.edition() == edition(4, name="演示改名")
    notice = notice_of(here)
    assert (notice.number, notice.since) == (4, [1])


def test_many_who_publish_at_once_get_a_number_each(tmp_path: Path):
    def publish(name: str) -> int:
        return Editions(tmp_path / "catalogue", KEYS).publish(edition(1, name=name), TODAY)

    with ThreadPoolExecutor(KEPT) as pool:
        numbers = list(pool.map(publish, (f"演示{name}" for name in range(KEPT))))
    assert sorted(numbers) == list(range(1, KEPT + 1))
    assert files(tmp_path / "catalogue") == {f"{number}.bundle" for number in numbers}


@pytest.mark.parametrize("damage", [b"", b"x", b"\xff\n", b'["edition","",{}]\n'])
def test_a_damaged_edition_is_a_known_error_until_another_is_published(
    editions: Editions, tmp_path: Path, damage: bytes
):
    editions.publish(edition(1), TODAY)
    (tmp_path / "catalogue" / "2.bundle").write_bytes(damage)
    for ask in (editions.notice, editions.edition):
        with pytest.raises(StorageError, match=r"2\.bundle: is damaged"):
            ask()
    assert editions.publish(edition(1), TODAY) == 3
    assert edition_of(editions).items == edition().items


def test_a_bundle_under_another_number_is_a_known_error(editions: Editions, tmp_path: Path):
    editions.publish(edition(1), TODAY)
    folder = tmp_path / "catalogue"
    (folder / "2.bundle").write_bytes((folder / "1.bundle").read_bytes())
    with pytest.raises(StorageError, match=r"2\.bundle: holds edition 1"):
        editions.notice()


def test_a_folder_that_cannot_be_made_is_a_known_error(tmp_path: Path):
    (tmp_path / "catalogue").write_text("")
    editions = Editions(tmp_path / "catalogue", KEYS)
    for publish in (editions.publish, editions.publish_shipped):
        with pytest.raises(StorageError, match="cannot publish"):
            publish(edition(), TODAY)
    with pytest.raises(StorageError, match="cannot be read"):
        editions.notice()


def test_publishing_needs_no_server_and_uses_its_keys(tmp_path: Path):
    central = Settings(base=tmp_path)
    assert publish_catalogue(central, edition(1)) == 1
    assert publish_catalogue(central, edition(1)) == 1
    notice = open_editions(central.central_folder).notice()
    assert notice is not None
    assert notice.key_id == load_keys(central.central_folder).keyset.key_id


def test_publishing_makes_no_new_keys_beside_cases_that_need_the_old_ones(tmp_path: Path):
    central = Settings(base=tmp_path)
    central.central_folder.mkdir(parents=True)
    (central.central_folder / "central.db").write_bytes(b"")
    with pytest.raises(StorageError, match="put it back"):
        publish_catalogue(central, edition())


@settings(max_examples=25)
@given(
    st.lists(
        st.tuples(st.integers(0, 12), st.sampled_from("甲乙丙")), min_size=1, max_size=KEPT + 3
    )
)
def test_numbers_only_ever_rise_and_every_offer_holds(published: list[tuple[int, str]]):
    with TemporaryDirectory() as folder:
        editions = Editions(Path(folder), KEYS)
        newest, said = 0, ""
        for number, name in published:
            got = editions.publish(edition(number, name=name), TODAY)
            assert (got == newest) == (name == said)
            assert got >= newest
            newest, said = got, name
        for before in notice_of(editions).since:
            old = lines(editions.whole(before))
            made = bundle.changed(old, lines(editions.changes(newest, before)))
            assert bundle.text(made) == gzip.decompress(editions.whole(newest))
