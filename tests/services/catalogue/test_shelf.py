import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from kiosk import wiring
from kiosk.errors import CatalogueRefused, StorageError
from services import bundle
from services.catalogue.compile import compile_edition
from services.catalogue.shelf import Shelf, digest
from tests.services.catalogue.made_up import LEXICON, edition, renamed

ID, NEW_NAME = "DEMO-XX-008", "燃气过户（演示新名）"


class Compiler:
    """Compiles here instead of in a process of its own, and counts."""

    def __init__(self) -> None:
        self.shipped = edition(1)
        self.runs: list[Path | None] = []

    def __call__(self, source: Path | None, file: Path) -> None:
        self.runs.append(source)
        what = bundle.edition(bundle.split(source.read_bytes())) if source else self.shipped
        compile_edition(what, LEXICON, file)


def text(number: int) -> bytes:
    return bundle.text(bundle.lines(renamed(edition(number), ID, NEW_NAME)))


@pytest.fixture
def resources(tmp_path: Path) -> Path:
    for name in ("catalogue", "language"):
        (tmp_path / "resources" / name).mkdir(parents=True)
        (tmp_path / "resources" / name / "content.tsv").write_text("x", encoding="utf-8")
    return tmp_path / "resources"


@pytest.fixture
def compiler() -> Compiler:
    return Compiler()


@pytest.fixture
def shelf(tmp_path: Path, resources: Path, compiler: Compiler) -> Callable[[], Shelf]:
    return lambda: Shelf(resources, tmp_path / "kiosk", LEXICON, compiler)


def test_the_shipped_edition_is_compiled_once(
    shelf: Callable[[], Shelf], compiler: Compiler
) -> None:
    assert shelf().newest().number == 1
    assert shelf().newest().number == 1
    assert compiler.runs == [None]


def test_changed_content_is_compiled_anew(
    shelf: Callable[[], Shelf], compiler: Compiler, resources: Path
) -> None:
    shelf().newest()
    (resources / "catalogue" / "content.tsv").write_text("y", encoding="utf-8")
    shelf().newest()
    assert compiler.runs == [None, None]


def test_what_make_has_compiled_is_used_while_it_fits(
    shelf: Callable[[], Shelf], compiler: Compiler, resources: Path
) -> None:
    mark = digest((resources / "catalogue", resources / "language"))
    compile_edition(edition(1), LEXICON, resources / "catalogue" / "compiled.bin", mark)
    assert shelf().newest().digest == mark
    assert compiler.runs == []


def test_a_fetched_edition_is_kept_and_found_again(
    shelf: Callable[[], Shelf], compiler: Compiler
) -> None:
    assert shelf().put(2, text(2)).items[ID].name == NEW_NAME
    again = shelf().newest()
    assert (again.number, again.items[ID].name) == (2, NEW_NAME)
    assert len([run for run in compiler.runs if run]) == 1
    assert bundle.number(shelf().lines()) == 2


def test_another_text_of_the_same_number_is_compiled_anew(
    shelf: Callable[[], Shelf], compiler: Compiler
) -> None:
    shelf().put(2, text(2))
    other = bundle.text(bundle.lines(renamed(edition(2), ID, "燃气过户（演示旧名）")))
    assert shelf().put(2, other).items[ID].name == "燃气过户（演示旧名）"
    assert len([run for run in compiler.runs if run]) == 2


def test_an_older_fetched_edition_gives_way_to_the_program_s_own(
    shelf: Callable[[], Shelf], compiler: Compiler
) -> None:
    shelf().put(2, text(2))
    compiler.shipped = edition(3)
    assert shelf().newest().number == 3


def test_a_newer_edition_takes_the_place_of_older_ones(
    shelf: Callable[[], Shelf], tmp_path: Path
) -> None:
    shelf().put(2, text(2))
    shelf().put(3, text(3))
    assert [file.name for file in (tmp_path / "kiosk").glob("*.bundle")] == ["3.bundle"]
    assert shelf().newest().number == 3


@pytest.mark.parametrize(
    "broken", [b"", b"nonsense\n", b"\xff\n", b'["edition","",{"format":9}]\n', text(3)[:-9]]
)
def test_what_is_no_edition_is_refused_and_the_old_one_stays(
    shelf: Callable[[], Shelf], broken: bytes
) -> None:
    shelf().put(2, text(2))
    with pytest.raises(CatalogueRefused):
        shelf().put(3, broken)
    assert shelf().newest().number == 2


def test_what_is_refused_first_of_all_leaves_the_shipped_one(
    shelf: Callable[[], Shelf], tmp_path: Path
) -> None:
    with pytest.raises(CatalogueRefused):
        shelf().put(2, b"nonsense\n")
    assert shelf().newest().number == 1
    assert shelf().lines() == ()
    assert not list((tmp_path / "kiosk").glob("*.bundle"))


def test_a_folder_that_cannot_be_made_is_told(shelf: Callable[[], Shelf], tmp_path: Path) -> None:
    (tmp_path / "kiosk").write_text("in the way", encoding="utf-8")
    with pytest.raises(StorageError):
        shelf().newest()
    with pytest.raises(StorageError):
        shelf().put(2, text(2))


def test_changed_words_compile_a_fetched_edition_anew(
    shelf: Callable[[], Shelf], compiler: Compiler, resources: Path
) -> None:
    shelf().put(2, text(2))
    (resources / "language" / "content.tsv").write_text("y", encoding="utf-8")
    assert shelf().newest().number == 2
    assert len([run for run in compiler.runs if run]) == 2


@pytest.mark.parametrize("name", ["content.tsv", "more.toml", "deeper/more.tsv"])
def test_every_file_an_edition_is_made_of_counts(resources: Path, name: str) -> None:
    before = digest((resources / "catalogue",))
    file = resources / "catalogue" / name
    file.parent.mkdir(exist_ok=True)
    file.write_text("演示", encoding="utf-8")
    after = digest((resources / "catalogue",))
    assert after != before
    (resources / "catalogue" / "README.md").write_text("演示", encoding="utf-8")
    assert digest((resources / "catalogue",)) == after


def test_a_damaged_edition_is_taken_off_and_the_shipped_one_used(
    shelf: Callable[[], Shelf], tmp_path: Path
) -> None:
    shelf().put(2, text(2))
    for file in (tmp_path / "kiosk").glob("2*"):
        file.write_bytes(b"damaged")
    assert shelf().newest().number == 1
    assert shelf().lines() == ()


def test_a_damaged_compiled_file_is_made_again(
    shelf: Callable[[], Shelf], tmp_path: Path, compiler: Compiler
) -> None:
    shelf().put(2, text(2))
    for file in (tmp_path / "kiosk").glob("2-*"):
        file.write_bytes(b"damaged")
    assert shelf().newest().items[ID].name == NEW_NAME
    assert len(compiler.runs) >= 2


def test_what_is_refused_leaves_the_edition_of_the_same_number(shelf: Callable[[], Shelf]) -> None:
    shelf().put(2, text(2))
    with pytest.raises(CatalogueRefused):
        shelf().put(2, b"nonsense\n")
    assert shelf().newest().number == 2
    assert bundle.text(shelf().lines()) == text(2)


def test_nothing_of_what_was_before_is_left(
    shelf: Callable[[], Shelf], compiler: Compiler, resources: Path, tmp_path: Path
) -> None:
    shelf().newest()
    shelf().put(2, text(2))
    shelf().put(2, bundle.text(bundle.lines(edition(2))))
    (resources / "catalogue" / "content.tsv").write_text("y", encoding="utf-8")
    compiler.shipped = edition(3)
    shelf().newest()
    kept = sorted(file.name.partition("-")[0] for file in (tmp_path / "kiosk").iterdir())
    assert kept == ["2", "2.bundle", "shipped"]


def test_an_edition_that_cannot_be_read_now_is_passed_over_and_kept(
    shelf: Callable[[], Shelf], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shelf().put(2, text(2))
    read = Path.read_bytes

    def unreadable(file: Path) -> bytes:
        if file.suffix == ".bundle":
            raise PermissionError(13, "演示", str(file))
        return read(file)

    with monkeypatch.context() as patched:
        patched.setattr(Path, "read_bytes", unreadable)
        assert shelf().newest().number == 1
        assert shelf().lines() == ()
    assert shelf().newest().number == 2


def test_a_disk_that_fails_in_the_middle_is_told(
    shelf: Callable[[], Shelf], monkeypatch: pytest.MonkeyPatch
) -> None:
    shelf().put(2, text(2))

    def full(file: Path, target: Path) -> Path:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(Path, "replace", full)
        with pytest.raises(StorageError):
            shelf().put(3, text(3))
    assert shelf().newest().number == 2


def test_the_program_compiles_in_a_process_of_its_own(tmp_path: Path) -> None:
    source = tmp_path / "2.bundle"
    source.write_bytes(text(2))
    wiring.compile_apart(wiring.RESOURCES, source, tmp_path / "2.bin")
    assert (tmp_path / "2.bin").stat().st_size > 0
    shutil.rmtree(tmp_path)
