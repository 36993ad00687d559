"""The notice for 2026, typed off as an operator would."""

from datetime import date
from pathlib import Path

import pytest

from kiosk.domain.calendar.notice import Holiday
from kiosk.errors import ContentError
from services.content.notice import Typed, as_toml, read_notice

SHIPPED = Path(__file__).parents[3] / "resources" / "calendar" / "2026.toml"
TYPED = """\
年份,2026
来源,国务院办公厅关于2026年部分节假日安排的通知
发布日期,2025-11-04
放假,元旦,2026-01-01,2026-01-03
放假,春节,2026-02-15,2026-02-23
放假,清明节,2026-04-04,2026-04-06
放假,劳动节,2026-05-01,2026-05-05
放假,端午节,2026-06-19,2026-06-21
放假,中秋节,2026-09-25,2026-09-27
放假,国庆节,2026-10-01,2026-10-07
上班,2026-01-04
上班,2026-02-14,2026-02-28
上班,2026-05-09
上班,2026-09-20
上班,2026-10-10
"""


def read(folder: Path, data: str | bytes) -> Typed:
    file = folder / "notice.csv"
    file.write_bytes(data.encode() if isinstance(data, str) else data)
    return read_notice(file)


def test_the_notice_typed_off_is_the_year_that_is_shipped(tmp_path: Path) -> None:
    typed = read(tmp_path, TYPED)
    assert typed.refused == ()
    assert typed.notice is not None
    assert as_toml(typed.notice) == SHIPPED.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "saved",
    [
        TYPED.encode("utf-8-sig"),
        TYPED.encode("gb18030"),
        TYPED.replace("\n", ",,\r\n").encode(),
        TYPED.replace("2026-01-0", "2026/1/").encode(),
        TYPED.replace("2025-11-04", "2025年11月4日").replace("年份,2026", "年份,2026年").encode(),
        ("\n" + TYPED.replace(",", " , ") + "\n,,\n").encode(),
        "".join(reversed(TYPED.splitlines(keepends=True))).encode(),
    ],
)
def test_it_does_not_matter_which_program_saved_it_or_in_which_order(
    tmp_path: Path, saved: bytes
) -> None:
    sound, other = read(tmp_path, TYPED).notice, read(tmp_path, saved).notice
    assert sound is not None
    assert other is not None
    assert other.table == sound.table


def test_a_holiday_of_one_day_needs_no_last_day(tmp_path: Path) -> None:
    typed = read(tmp_path, TYPED.replace("2026-01-01,2026-01-03", "2026-01-01"))
    assert typed.notice is not None
    assert typed.notice.off[0] == Holiday("元旦", date(2026, 1, 1), date(2026, 1, 1))


@pytest.mark.parametrize(
    ("sound", "broken", "told"),
    [
        ("年份,2026", "年份,26", "notice.csv:1: '26' is no year"),
        ("年份,2026\n", "", "notice.csv: no row 年份"),
        ("上班,2026-05-09", "年份,2027", "notice.csv:13: 年份 stands twice"),
        ("来源,国务院", "来源,,国务院", "notice.csv:2: 来源: 1 cells are wanted after it, not 2"),
        ("来源,国务院", "来源,\x07国", "notice.csv:2: malformed encoding or a control character"),
        ("放假,元旦,", "放假,,", "notice.csv:4: a blank cell"),
        (
            "放假,元旦,2026-01-01,2026-01-03",
            "放假,元旦",
            "notice.csv:4: 放假: 2 to 3 cells are wanted after it, not 1",
        ),
        ("2026-01-03", "2026-01-33", "notice.csv:4: there is no day 2026-01-33"),
        ("2026-01-03", "1月3日", "notice.csv:4: '1月3日' is no date, e.g. 2027-01-01"),
        (
            "上班,2026-05-09",
            "补班,2026-05-09",
            "notice.csv:13: '补班' is none of 年份、来源、发布日期、放假、上班",
        ),
        (
            "上班,2026-05-09",
            '上班,"2026-05-09',
            "notice.csv:13: not CSV, line 15: unexpected end of data",
        ),
        (
            "上班,2026-05-09",
            "上班,2026-05-08",
            "notice.csv: 2026-05-08 cannot be a swapped working day: it is no weekend day",
        ),
        (
            "2026-09-25,2026-09-27",
            "2026-09-25,2026-10-01",
            "notice.csv: 2026-10-01 is a day off twice",
        ),
    ],
)
def test_a_mistyped_row_is_refused_in_one_line(
    tmp_path: Path, sound: str, broken: str, told: str
) -> None:
    assert sound in TYPED
    typed = read(tmp_path, TYPED.replace(sound, broken, 1))
    assert typed == Typed(None, (told,))


def test_every_mistyped_row_is_told(tmp_path: Path) -> None:
    broken = TYPED.replace("2026-01-03", "x").replace("2026-10-10", "y").replace("年份", "年")
    assert [told.split(": ")[0] for told in read(tmp_path, broken).refused] == [
        "notice.csv:1",
        "notice.csv:4",
        "notice.csv:15",
        "notice.csv",
    ]


def test_a_name_with_quotes_is_kept(tmp_path: Path) -> None:
    typed = read(tmp_path, TYPED.replace("元旦", '"""元""旦\\"'))
    assert typed.notice is not None
    assert r'name = "\"元\"旦\\"' in as_toml(typed.notice)


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(ContentError, match=r"none\.csv: cannot be read"):
        read_notice(tmp_path / "none.csv")
