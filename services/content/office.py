"""Reading what others typed or exported with office programs. Raises `ContentError` that names the
file."""

import csv
import io
import re
from collections.abc import Iterator
from pathlib import Path

from kiosk.errors import ContentError

_CHINESE = re.compile("[\u3001-\u9fff\uff01-\uff5e\U00020000-\U0003ffff]")
_BOM = b"\xef\xbb\xbf"


def read_csv(file: Path) -> Iterator[list[str] | str]:
    """Row by row the cells, or what is wrong with a row that is not CSV. See `read_office_text`."""
    return _rows(read_office_text(file))


def read_office_text(file: Path) -> str:
    """The text of a file in UTF-8 or, as Chinese office programs write it, GB 18030; what is
    malformed becomes U+FFFD.

    Text in GB 18030 that is read as UTF-8 is full of malformed places and hardly ever holds a
    Chinese character; damaged UTF-8 holds more of these than of the others.
    """
    try:
        data = file.read_bytes()
    except OSError as error:
        raise ContentError(f"{file}: cannot be read: {error.strerror}") from error
    text = data.decode("utf-8", "replace")
    malformed = text.count("\ufffd")
    if malformed and not data.startswith(_BOM) and malformed >= len(_CHINESE.findall(text)):
        text = data.decode("gb18030", "replace")
    return text.removeprefix("\ufeff")


def _rows(text: str) -> Iterator[list[str] | str]:
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    while True:
        try:
            yield next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield f"not CSV, line {reader.line_num}: {error}"
