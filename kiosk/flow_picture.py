"""`kiosk flow draw`: a flow as a picture that can be read on an A3 page or a screen.

The questions stand in the order they are asked, numbered, in columns from top to bottom. Beside
each answer stand what it makes of the matter and the number of the question it leads to, or the
end. A line in the margin leads to every question that is not simply the next one.
"""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

from kiosk.domain.questions.check import targets
from kiosk.domain.questions.model import END, Flow, Option, Question

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from kiosk.domain.words import Words

_WIDTH, _LINE, _PAD, _BETWEEN, _EDGE = 420, 21, 12, 30, 36
_LANE, _LETTER, _NUMBER = 11, 7, 44
_MOST_OPTIONS = 8
_PAGE = 1.414
"""Width by height of a page."""
_ENDS = ("#176b3c", "#0f4ba0", "#b3261e", "#6a3d9a", "#8a5a00", "#00707a")
"""Of the ends, in the flow's order."""
_CLASSES = {"1": "#b5390c", "2": "#8a5a00", "3": "#6a3d9a", "4": "#00707a", "outside": "#3f4d6b"}
"""Of what an answer makes of the matter: a class (`sub`, `tag3`, `tag4`), or somebody else's."""
_LINES = ("#0f4ba0", "#b5390c", "#176b3c", "#6a3d9a", "#8a5a00", "#00707a")


@dataclass(frozen=True, slots=True)
class _Row:
    """A line of a box; `leads` is a question or an end, `made` what the answer makes of the
    matter."""

    text: str
    leads: str = ""
    made: str = ""
    bold: bool = False
    faint: bool = False


@dataclass(frozen=True, slots=True)
class _Box:
    """A question, drawn; `x` and `y` are its corner."""

    number: int
    question: Question
    rows: tuple[_Row, ...]
    column: int = 0
    x: int = 0
    y: int = 0

    @property
    def height(self) -> int:
        return 2 * _PAD + _LINE * len(self.rows)

    def row_y(self, place: int) -> int:
        """The middle of a line."""
        return self.y + _PAD + _LINE * place + _LINE // 2


def draw(flow: Flow, words: Words) -> str:
    """The flow as SVG."""
    boxes = _placed(flow, words)
    ends = {f"{END}{end}": _ENDS[at % len(_ENDS)] for at, end in enumerate(flow.outcomes)}
    lines = _Lines(boxes)
    width = max(box.x for box in boxes.values()) + _WIDTH + 2 * _EDGE
    height = max(box.y + box.height for box in boxes.values()) + 2 * _EDGE + _LINE
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" '
            f'viewBox="0 0 {width} {height}" font-family="Noto Sans CJK SC, sans-serif" '
            'font-size="14">',
            f'<rect width="{width}" height="{height}" fill="#f6f8fb"/>',
            *lines.svg(),
            *(piece for box in boxes.values() for piece in _box(box, boxes, ends)),
            *_legend(ends, height - _EDGE),
            "</svg>\n",
        ]
    )


def _placed(flow: Flow, words: Words) -> dict[str, _Box]:
    """Every question's box where it stands: as many columns as make the shape of a page."""
    depths = _depths(flow)
    order = sorted((id for id in flow.questions if id in depths), key=lambda id: depths[id])
    boxes = [
        _Box(number, flow.questions[id], tuple(_rows(flow.questions[id], flow.questions, words)))
        for number, id in enumerate(order, 1)
    ]
    laid = min(
        (_in_columns(boxes, columns) for columns in range(1, len(boxes) + 1)),
        key=lambda laid: abs(_shape(laid) - _PAGE),
    )
    lines = _Lines({box.question.id: box for box in laid})
    margin, top = lines.margin, _EDGE + _LANE * (len(lines.far) + 1)
    return {
        box.question.id: _Box(
            box.number,
            box.question,
            box.rows,
            box.column,
            _EDGE + margin + box.column * (_WIDTH + margin),
            box.y + top,
        )
        for box in laid
    }


def _in_columns(boxes: Sequence[_Box], columns: int) -> list[_Box]:
    """As many columns, none much higher than the others."""
    fair = sum(box.height + _BETWEEN for box in boxes) / columns
    laid, column, y = [], 0, 0
    for box in boxes:
        if y and y + box.height / 2 > fair and column < columns - 1:
            column, y = column + 1, 0
        laid.append(_Box(box.number, box.question, box.rows, column, 0, y))
        y += box.height + _BETWEEN
    return laid


def _shape(laid: Sequence[_Box]) -> float:
    columns = max(box.column for box in laid) + 1
    return columns * (_WIDTH + 90) / max(box.y + box.height for box in laid)


@dataclass(frozen=True)
class _Lines:
    """The lines to questions that are not simply the next. All that lead to one question share its
    lane in the margin left of a column; to a column further on they lead over the top."""

    boxes: Mapping[str, _Box]

    @property
    def leading(self) -> Iterator[tuple[_Box, int, _Box]]:
        """A box, the place of the row in it, and where that leads."""
        for box in self.boxes.values():
            for place, row in enumerate(box.rows):
                if (to := self.boxes.get(row.leads)) and not self._follows(box, to):
                    yield box, place, to

    @property
    def far(self) -> list[int]:
        """The numbers of questions that lines lead to over the top."""
        return sorted({to.number for box, _, to in self.leading if to.column > box.column + 1})

    @property
    def lanes(self) -> Mapping[int, list[int]]:
        """By column the numbers of the questions that have a lane left of it."""
        found: defaultdict[int, set[int]] = defaultdict(set)
        for box, _, to in self.leading:
            found[to.column].add(to.number)
            found[self._beside(box, to)].add(to.number)
        return {column: sorted(numbers) for column, numbers in found.items()}

    @property
    def margin(self) -> int:
        """How wide the space left of every column is."""
        return 2 * _EDGE + _LANE * max(map(len, self.lanes.values()), default=0)

    def svg(self) -> Iterator[str]:
        yield from (
            f'<path d="M{x} {box.y + box.height}V{to.y - 7}" stroke="#3f4d6b" stroke-width="2"/>'
            f'<path d="M{x - 5} {to.y - 8}h10l-5 8z" fill="#3f4d6b"/>'
            for box, to in self._next_below()
            for x in (box.x + _WIDTH // 2,)
        )
        by_target: defaultdict[int, list[tuple[_Box, int, _Box]]] = defaultdict(list)
        for each in self.leading:
            by_target[each[2].number].append(each)
        for number, leading in sorted(by_target.items(), reverse=True):
            colour, to = _LINES[number % len(_LINES)], leading[0][2]
            x, y = to.x, to.row_y(0)
            ways = "".join(f"{self._way(*each)}H{x - 8}" for each in leading)
            yield f'<path d="{ways}" fill="none" stroke="#f6f8fb" stroke-width="6"/>'
            yield f'<path d="{ways}" fill="none" stroke="{colour}" stroke-width="2"/>'
            yield f'<path d="M{x - 9} {y - 5}v10l9 -5z" fill="{colour}"/>'

    def _next_below(self) -> Iterator[tuple[_Box, _Box]]:
        by_number = {box.number: box for box in self.boxes.values()}
        for box in self.boxes.values():
            to = by_number.get(box.number + 1)
            if to and self._follows(box, to) and any(r.leads == to.question.id for r in box.rows):
                yield box, to

    def _way(self, box: _Box, place: int, to: _Box) -> str:
        beside = self._beside(box, to)
        lane, y = self._lane(beside, to), box.row_y(place)
        start = f"M{box.x + (0 if beside == box.column else _WIDTH)} {y}H{lane}"
        if beside == to.column:
            return f"{start}V{to.row_y(0)}"
        over = _EDGE + _LANE * self.far.index(to.number)
        return f"{start}V{over}H{self._lane(to.column, to)}V{to.row_y(0)}"

    def _lane(self, column: int, to: _Box) -> int:
        left = next(box.x for box in self.boxes.values() if box.column == column)
        return left - _EDGE // 2 - _LANE * (self.lanes[column].index(to.number) + 1)

    @staticmethod
    def _beside(box: _Box, to: _Box) -> int:
        """The column left of which a line begins."""
        return box.column if box.column == to.column else box.column + 1

    @staticmethod
    def _follows(box: _Box, to: _Box) -> bool:
        return to.column == box.column and to.number == box.number + 1


def _box(box: _Box, boxes: Mapping[str, _Box], ends: Mapping[str, str]) -> Iterator[str]:
    dashes = ' stroke-dasharray="7 5"' if box.question.later else ""
    yield (
        f'<rect x="{box.x}" y="{box.y}" width="{_WIDTH}" height="{box.height}" rx="8" '
        f'fill="#ffffff" stroke="#0f4ba0" stroke-width="1.5"{dashes}/>'
    )
    yield from _pill(box.x + _PAD, box.row_y(0), str(box.number), "#0f4ba0")
    for place, row in enumerate(box.rows):
        indent = 40 if place == 0 else 0
        how = ' font-weight="bold"' if row.bold else ' fill="#5a6785"' if row.faint else ""
        yield _words(box.x + _PAD + indent, box.row_y(place), row.text, how)
        right = box.x + _WIDTH - _PAD
        if row.leads in boxes:
            to = boxes[row.leads]
            colour = "#3f4d6b" if _Lines._follows(box, to) else _LINES[to.number % len(_LINES)]
            text = f"→ {to.number}"
            yield _words(right, box.row_y(place), text, f' fill="{colour}" text-anchor="end"')
            right -= _NUMBER
        elif row.leads:
            colour = ends.get(row.leads, "#3f4d6b")
            yield from _pill(right - _wide(row.leads), box.row_y(place), row.leads, colour)
            right -= _wide(row.leads) + 8
        if row.made:
            yield from _pill(
                right - _wide(row.made), box.row_y(place), row.made, _class_colour(row.made)
            )


def _legend(ends: Mapping[str, str], y: int) -> Iterator[str]:
    x = _EDGE
    for end, colour in ends.items():
        yield from _pill(x, y, end, colour)
        x += _wide(end) + 16
    for made, told in (
        ("1A", "class 1 to 4, by what is answered"),
        ("outside", "somebody else's matter"),
    ):
        yield from _pill(x, y, made, _class_colour(made))
        yield _words(x + _wide(made) + 8, y, told, "")
        x += _wide(made) + 8 * len(told) + 24
    yield f'<rect x="{x}" y="{y - 9}" width="36" height="18" rx="5" fill="#ffffff" '
    yield 'stroke="#0f4ba0" stroke-dasharray="7 5"/>'
    yield _words(x + 44, y, "put only from the review", "")


def _class_colour(made: str) -> str:
    return _CLASSES.get(made) or _CLASSES.get(made[0], _CLASSES["outside"])


def _pill(x: int, y: int, text: str, colour: str) -> Iterator[str]:
    yield (f'<rect x="{x}" y="{y - 9}" width="{_wide(text)}" height="18" rx="9" fill="{colour}"/>')
    yield _words(x + _wide(text) // 2, y, text, ' fill="#ffffff" text-anchor="middle"')


def _words(x: int, y: int, text: str, how: str) -> str:
    return f'<text x="{x}" y="{y + 5}"{how}>{escape(text)}</text>'


def _wide(text: str) -> int:
    """Of a pill, in px."""
    return 16 + 8 * _columns(text)


def _rows(question: Question, questions: Collection[str], words: Words) -> Iterator[_Row]:
    yield _Row(f"{question.id} · {question.kind}", faint=True)
    for line in _folded(words.say(f"{question.words}.ask"), _WIDTH - 2 * _PAD):
        yield _Row(line, bold=True)
    for name, accepted in question.when.items():
        yield _Row(f"only if {name} = {'/'.join(map(str, accepted))}", faint=True)
    options = [
        (_label(question, option, words), to, _made(option))
        for option in question.options
        if (to := option.next or question.next)
    ]
    for label, to, made in _merged(options):
        beside = _NUMBER if to in questions else _wide(to) + 8
        beside += _wide(made) + 8 if made else 0
        first, *others = _folded(f"○ {label}", _WIDTH - 2 * _PAD - beside)
        yield _Row(first, to, made)
        yield from (_Row(f"    {line}") for line in others)
    for to in targets(question):
        if to and to not in {to for _, to, _ in options}:
            yield _Row("passed over" if options else "whatever is answered", to)


def _made(option: Option) -> str:
    """What an answer makes of the matter."""
    if sub := option.set.get("sub"):
        return str(sub)
    if option.set.get("tag4"):
        return "4"
    if option.set.get("tag3"):
        return "3"
    return "outside" if option.set.get("outside") else ""


def _label(question: Question, option: Option, words: Words) -> str:
    return option.label or words.get(f"{question.words}.{option.id}") or option.id


def _merged(options: Sequence[tuple[str, str, str]]) -> list[tuple[str, str, str]]:
    """Of many options that all lead to one place, as the topics do, the first and how many more."""
    if len(options) <= _MOST_OPTIONS:
        return list(options)
    alike: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for label, to, made in options:
        alike[to, made].append(label)
    return [
        (label, to, made)
        for (to, made), labels in alike.items()
        for label in (labels[0], *([f"… and {len(labels) - 1} more"] if len(labels) > 1 else []))
    ]


def _columns(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(each) in "WFA" else 1 for each in text)


def _folded(text: str, room: int) -> list[str]:
    """In lines of so many px; none begins with a mark."""
    lines = [""]
    for each in text:
        full = _LETTER * _columns(lines[-1] + each) > room
        if full and each not in "、，。；）？…":
            lines.append("")
        lines[-1] += each
    return lines


def _depths(flow: Flow) -> dict[str, int]:
    """The longest way from the start to each question and each end, in arrows."""
    depths = {flow.start: 0}
    waiting = [flow.start]
    while waiting:
        at = waiting.pop(0)
        question = flow.questions.get(at)
        for to in targets(question) if question else ():
            if depths.get(to, -1) < depths[at] + 1:
                depths[to] = depths[at] + 1
                waiting.append(to)
    return depths
