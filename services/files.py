"""Files that are there whole and for good, or not at all."""

import os
import secrets
import tempfile
from pathlib import Path


def create(file: Path, content: bytes) -> bool:
    """Make a private file (mode 0600, a new folder 0700) whole and durably; whether it was made
    here. One that is there already, perhaps another's of the same moment, is left as it is.

    Raises `OSError`; then nothing was made. Killed in the middle, it can leave a file whose name
    begins with a dot.
    """
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=file.parent, prefix=f".{file.name}.")
    unfinished = Path(name)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(handle)
        file.hardlink_to(unfinished)
    except FileExistsError:
        return False
    finally:
        unfinished.unlink()
    try:
        settle(file.parent)
    except OSError:
        file.unlink(missing_ok=True)
        raise
    return True


def settle(folder: Path) -> None:
    """Make names that were given or taken away in `folder` last. Raises `OSError`."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def replace(file: Path, content: str | bytes, mode: int) -> None:
    """Write atomically and durably, over what was there: readers see the whole file or none.

    Raises `OSError`; then what was there is there still.
    """
    new = file.with_name(f".{file.name}.{secrets.token_hex(8)}")
    descriptor = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
    try:
        with os.fdopen(descriptor, "wb") as stream:
            stream.write(content.encode() if isinstance(content, str) else content)
            stream.flush()
            os.fsync(stream.fileno())
        new.replace(file)
    except OSError:
        new.unlink(missing_ok=True)
        raise
    settle(file.parent)
