"""Photographed papers, each handed in as a submission of its own."""

from dataclasses import replace
from uuid import uuid5

from kiosk.domain.submission.model import Kind, Submission


def attachment(whole: Submission, paper: str, page: int, picture: bytes) -> Submission:
    """A picture (JPEG) that belongs to what is handed in as `whole`: under its number and code,
    with an id that stays the same however often it is handed in."""
    return replace(
        whole,
        id=uuid5(whole.id, f"{paper} {page}"),
        kind=Kind.ATTACHMENT,
        answers=(),
        facts={"paper": paper, "page": page, "belongs_to": str(whole.id)},
        verdict={},
        content=picture,
    )
