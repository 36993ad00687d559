from kiosk import wiring
from kiosk.domain.slip.model import Large, Slip
from kiosk.domain.slip.receipt import receipt_slip
from kiosk.domain.words import Language
from services.content.words import load_words
from tests.kiosk.domain.slip.paper import said

WORDS = load_words(wiring.RESOURCES / "text", Language.ZH)
LINK = "http://127.0.0.1:8471/track?number=BBC-2222-2222-2"


def slip(appointment: str = "") -> Slip:
    return receipt_slip(
        WORDS,
        title="申请已经交好",
        number="BBC-2222-2222-2",
        code="123455",
        matter="您申请的是：演示事项",
        told=filter(None, [appointment]),
        steps=(("登记", "明天"), ("办理", "后天")),
        link=LINK,
    )


def test_number_and_query_code_are_large_enough_to_copy() -> None:
    large = [block.value for block in slip().blocks if isinstance(block, Large)]
    assert large == ["BBC-2222-2222-2", "123455"]


def test_it_says_the_matter_and_what_happens_next() -> None:
    told = said(slip())
    assert {"申请已经交好", "您申请的是：演示事项", "登记：明天", "办理：后天"} <= set(told)
    assert "演示数据" in told


def test_an_appointment_is_told_where_there_is_one() -> None:
    booked = slip("12月1日9点")
    assert "12月1日9点" in said(booked)
    assert len(slip().blocks) == len(booked.blocks) - 1


def test_it_leads_to_the_tracking_page() -> None:
    assert slip().link == LINK


def test_number_and_code_stay_out_of_its_text_form() -> None:
    assert "123455" not in repr(slip())
