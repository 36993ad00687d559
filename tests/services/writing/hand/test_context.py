from collections.abc import Iterable
from pathlib import Path

import numpy as np
import pytest

from kiosk import wiring
from kiosk.domain.writing import Field
from kiosk.errors import ContentError
from services.writing.hand.bigrams import codes_of
from services.writing.hand.context import Context

FOLDER = wiring.RESOURCES / "writing"
SURNAMES = {"王": 7.2, "李": 7.0, "欧": 0.1, "欧阳": 0.1}
SAID = {Field.SEARCH: ["居住证办理"], Field.ADDRESS: ["安徽省芜湖市"]}


def phrases(field: Field) -> Iterable[str]:
    return SAID.get(field, ())


@pytest.fixture(scope="module")
def context() -> Context:
    return Context(FOLDER, phrases, SURNAMES)


@pytest.mark.parametrize(
    ("field", "before", "likelier", "other"),
    [
        (Field.NAME, "", "王", "玉"),
        (Field.NAME, "", "欧", "殴"),
        (Field.NAME, "王", "明", "朋"),
        (Field.NAME, "欧", "阳", "阴"),
        (Field.NAME, "欧阳", "娜", "哪"),
        (Field.NAME, "王小", "明", "的"),
        (Field.TEXT, "房", "产", "户"),
        (Field.TEXT, "周", "末", "未"),
        (Field.ADDRESS, "芜", "湖", "瑚"),
        (Field.SEARCH, "居住", "证", "正"),
        (Field.ADDRESS, "人民", "路", "露"),
    ],
)
def test_what_fits_is_likelier(
    context: Context, field: Field, before: str, likelier: str, other: str
) -> None:
    fitting, strange = context.likely(codes_of(likelier + other), field, before)
    assert fitting > strange


def test_a_text_may_begin_with_any_character_that_is_in_use(context: Context) -> None:
    shares = context.likely(
        codes_of(
            "的鑫囝國",
        ),
        Field.TEXT,
        "",
    )
    assert shares.tolist() == [1, 1, 1, 0]


@pytest.mark.parametrize("field", list(Field))
@pytest.mark.parametrize("before", ["", " ", "王", "3号", "\0", "𠮷", "A。"])
def test_shares_are_shares_whatever_stands_before(
    context: Context, field: Field, before: str
) -> None:
    shares = context.likely(codes_of("的王A3囝"), field, before)
    assert ((shares >= 0) & (shares <= 1)).all()
    assert np.isfinite(shares).all()


def test_broken_files_are_told(tmp_path: Path) -> None:
    for content in (None, b"", b"PK\x03\x04"):
        if content is not None:
            (tmp_path / "context.npz").write_bytes(content)
        with pytest.raises(ContentError, match=r"context\.npz: cannot be read"):
            Context(tmp_path, phrases, SURNAMES)
