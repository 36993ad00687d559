"""The editions a kiosk has: the one that came with the program, and the newest it has fetched."""

import contextlib
import hashlib
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TypeAlias

from kiosk.domain.catalogue.lexicon import Lexicon
from kiosk.errors import CatalogueRefused, ContentError, StorageError
from services import bundle
from services.catalogue.layout import FORMAT
from services.catalogue.store import CompiledCatalogue

Compile: TypeAlias = Callable[[Path | None, Path], None]
"""Compiles a bundle (None: the edition that came with the program) into a file."""

READY_MADE = "compiled.bin"
_ENDING = ".bundle"


def digest(folders: Iterable[Path]) -> str:
    """Of everything an edition is compiled from (TOML and TSV), and of how. Raises
    `ContentError`."""
    total = hashlib.sha256(f"format {FORMAT}".encode())
    try:
        for folder in folders:
            for file in sorted((*folder.rglob("*.t*"),)):
                if file.suffix in (".toml", ".tsv"):
                    total.update(f"\0{file.relative_to(folder)}\0".encode())
                    total.update(file.read_bytes())
    except OSError as error:
        raise ContentError(f"{error.filename}: cannot be read: {error.strerror}") from error
    return total.hexdigest()


class Shelf:
    """Opens the newest edition, compiling it first where that has not been done yet."""

    def __init__(
        self, resources: Path, folder: Path, lexicon: Lexicon, compile_edition: Compile
    ) -> None:
        """`folder` is the kiosk's own; it is made when something is put into it."""
        self._content = resources / "catalogue"
        self._language = resources / "language"
        self._folder = folder
        self._lexicon = lexicon
        self._compile = compile_edition

    def newest(self) -> CompiledCatalogue:
        """The edition with the highest number that can be read. A fetched one that has been damaged
        is taken off the shelf. Raises `ContentError`, `StorageError`."""
        shipped = self._shipped()
        for held in self._held():
            if int(held.stem) <= shipped.number:
                break
            try:
                return self._compiled(held, self._compiled_file(held))
            except (ContentError, CatalogueRefused):
                held.unlink(missing_ok=True)
            except OSError:
                continue
        return shipped

    def lines(self) -> tuple[bytes, ...]:
        """The lines of the newest edition fetched; none if there is none."""
        for held in self._held():
            with contextlib.suppress(OSError):
                return tuple(bundle.split(held.read_bytes()))
        return ()

    def put(self, number: int, whole: bytes) -> CompiledCatalogue:
        """Keep a verified bundle in the place of all others. Raises `CatalogueRefused` for one that
        does not hold what an edition holds, or `StorageError`; then nothing has changed."""
        held = self._folder / f"{number}{_ENDING}"
        new = held.with_suffix(".new")
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            new.write_bytes(whole)
            file = self._compiled_file(new)
            opened = self._compiled(new, file)
            new.replace(held)
            self._clear_but(held, file)
        except (ContentError, CatalogueRefused) as error:
            raise CatalogueRefused(f"edition {number}: {error}") from error
        except OSError as error:
            raise StorageError(f"{held}: cannot be kept: {error.strerror}") from error
        finally:
            with contextlib.suppress(OSError):
                new.unlink(missing_ok=True)
        return opened

    def _shipped(self) -> CompiledCatalogue:
        mark = digest((self._content, self._language))
        with contextlib.suppress(ContentError):
            ready = CompiledCatalogue(self._content / READY_MADE, self._lexicon)
            if ready.digest == mark:
                return ready
        file = self._folder / f"shipped-{mark[:16]}.bin"
        shipped = self._compiled(None, file)
        for other in self._folder.glob("shipped-*.bin"):
            if other != file:
                other.unlink(missing_ok=True)
        return shipped

    def _compiled_file(self, held: Path) -> Path:
        mark = hashlib.sha256(held.read_bytes()).hexdigest()
        mark = hashlib.sha256(f"{mark} {digest((self._language,))}".encode()).hexdigest()
        return self._folder / f"{held.stem}-{mark[:16]}.bin"

    def _compiled(self, source: Path | None, file: Path) -> CompiledCatalogue:
        with contextlib.suppress(ContentError):
            return CompiledCatalogue(file, self._lexicon)
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise StorageError(f"{self._folder}: {error.strerror}") from error
        self._compile(source, file)
        return CompiledCatalogue(file, self._lexicon)

    def _held(self) -> list[Path]:
        """The newest first."""
        files = [file for file in self._folder.glob(f"*{_ENDING}") if file.stem.isdigit()]
        return sorted(files, key=lambda file: -int(file.stem))

    def _clear_but(self, *kept: Path) -> None:
        for file in self._folder.iterdir():
            number = file.name.partition("-")[0].partition(".")[0]
            if number.isdigit() and file not in kept:
                file.unlink(missing_ok=True)
