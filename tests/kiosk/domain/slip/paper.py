"""What stands on a slip, as text."""

from kiosk.domain.slip.model import Heading, Large, Line, Paragraph, Point, Slip, Table


def said(slip: Slip) -> list[str]:
    """Every text of a slip, in its order."""
    told = [slip.title, slip.mark]
    for block in slip.blocks:
        match block:
            case Heading(text) | Paragraph(text):
                told.append(text)
            case Line(label, value) | Large(label, value):
                told += [label, value]
            case Point(text, note, _):
                told += [text, note]
            case Table(columns, rows):
                told += [*columns, *(cell for row in rows for cell in row)]
    return [*told, slip.caption, slip.footer]
