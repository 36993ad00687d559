"""What the demonstration's authority says is made up, and is the same whenever it is asked."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services import wire
from services.central.demo_authority import ISSUER, MONTHS, DemoAuthority
from tests.services.catalogue.made_up import item
from tests.services.central.conftest import NOON

AUTHORITY = DemoAuthority()
ITEM = item(1, "演示查询")
ANSWERS = st.dictionaries(
    st.sampled_from(["name", "company_name", "document", "credit_code", "account_no"]),
    st.text(st.characters(codec="utf-8"), max_size=30),
)


def query(**answers: str) -> wire.CounterQuery:
    return wire.CounterQuery(item_id=ITEM.id, division="340000", answers=answers)


@given(ANSWERS)
def test_the_same_question_has_the_same_answer_however_it_is_put(answers: dict[str, str]) -> None:
    turned = dict(reversed(answers.items()))
    first, second = query(**answers), query(**turned)
    later = NOON + timedelta(hours=3)
    assert AUTHORITY.record(ITEM, first, NOON) == AUTHORITY.record(ITEM, second, later)
    assert AUTHORITY.claim(ITEM, first, NOON) == AUTHORITY.claim(ITEM, second, later)


@given(ANSWERS)
def test_everything_it_says_is_marked_as_made_up(answers: dict[str, str]) -> None:
    record = AUTHORITY.record(ITEM, query(**answers), NOON)
    claim = AUTHORITY.claim(ITEM, query(**answers), NOON)
    assert record.issuer == ISSUER
    assert "演示" in record.watermark
    assert "无效" in record.watermark
    assert all("演示" in "".join(row) for row in record.rows)
    assert "演示" in claim.title
    assert 0 <= claim.amount < 500_00


@pytest.mark.parametrize("name", ["document", "credit_code"])
def test_a_number_is_shown_masked(name: str) -> None:
    record = AUTHORITY.record(ITEM, query(**{name: "999999190001010015"}), NOON)
    assert dict(record.lines)["证件号码"] == "999*************15"


def test_a_payer_is_shown_by_the_first_character_only() -> None:
    assert AUTHORITY.claim(ITEM, query(name="演示人"), NOON).for_whom == "演**"


def test_a_table_has_the_months_before_this_one() -> None:
    record = AUTHORITY.record(ITEM, query(), NOON)
    months = [row[0] for row in record.rows]
    assert months[0] == "2026年8月"
    assert len(set(months)) == MONTHS
    assert {len(row) for row in record.rows} == {len(record.columns)}


def test_other_people_owe_other_sums_and_some_nothing() -> None:
    sums = [AUTHORITY.claim(ITEM, query(account_no=str(n)), NOON).amount for n in range(100)]
    assert len(set(sums)) > 50
    assert 0 < sums.count(0) < 50
