"""What is taken along on paper, as data: one slip, for the narrow roll (80 mm) and for A4 alike."""

from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Heading:
    """Begins a part."""

    text: str


@dataclass(frozen=True, slots=True)
class Line:
    """A label and its value."""

    label: str
    value: str


@dataclass(frozen=True, slots=True)
class Point:
    """One of several things, with what is to be known about it; `number` counts them (0:
    uncounted)."""

    text: str
    note: str = ""
    number: int = 0


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text."""

    text: str


@dataclass(frozen=True, slots=True)
class Large:
    """What is copied by hand or shown at a window."""

    label: str
    value: str


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under columns, each as long as `columns`."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


Block: TypeAlias = Heading | Line | Point | Paragraph | Large | Table


@dataclass(frozen=True, slots=True, repr=False)
class Slip:
    """One slip. `mark` stands beside the title (演示数据), `link` is what the QR code says (empty:
    there is none), `caption` the sentence under it, `footer` which edition this is, `watermark`
    stands across every page.
    """

    title: str
    mark: str
    blocks: tuple[Block, ...]
    link: str
    caption: str
    footer: str
    watermark: str = ""
