"""A record (查询打印): what an authority's books say, as a page to print."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, repr=False)
class Record:
    """A printable page. `lines` are label and value, `rows` a table under `columns` (both may be
    empty). `check_code` lets whoever is shown the paper ask the central server whether it is true,
    at `check_path` of its public site. `watermark` is printed across the page.
    """

    title: str
    lines: tuple[tuple[str, str], ...]
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    issuer: str
    issued_at: datetime
    check_code: str
    check_path: str
    watermark: str
