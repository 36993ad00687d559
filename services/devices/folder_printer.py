"""A printer that lays its sheets into a folder: for demonstrations and tests."""

from pathlib import Path

from kiosk.errors import PrinterTrouble


class FolderPrinter:
    """Implements `kiosk.ports.Printer`: each job is a file, `001.pdf` and so on."""

    def __init__(self, folder: Path) -> None:
        """The folder is made with the first job."""
        self._folder = folder

    def ready(self) -> bool:
        """Always."""
        return True

    def print(self, pdf: bytes, title: str) -> None:
        """Write the next file. Raises `PrinterTrouble`."""
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            number = len(list(self._folder.glob("*.pdf"))) + 1
            (self._folder / f"{number:03d}.pdf").write_bytes(pdf)
        except OSError as error:
            raise PrinterTrouble(f"{self._folder}: {error.strerror}") from error
