"""Each of the five kinds from home to its end, online and offline, on both panels.

Every step leaves a picture in `build/journeys/`.
"""

import pytest

from kiosk import tour
from kiosk.citizen import Citizen
from kiosk.demonstration import LANDSCAPE, PORTRAIT, Layout
from tests.journeys.conftest import Hall
from tests.journeys.story import begin, follow, pictured, receipt, told_later

both_panels = pytest.mark.parametrize("layout", [PORTRAIT, LANDSCAPE], ids=lambda each: each.name)


@both_panels
def test_all_five_kinds_come_to_their_end_with_the_central_server(hall: Hall, layout: Layout):
    with hall.central() as clerk, hall.kiosk(layout) as (kiosk, visitor):
        citizen = Citizen.at(kiosk)
        folder = f"{layout.name}-online"

        begin(visitor)
        pictured(f"{folder}/guide", tour.guide(visitor))

        pictured(f"{folder}/application", tour.application(citizen))
        visitor.expect("申请已经交好")
        visitor.expect("中心已收到")
        application, _ = receipt(visitor)
        visitor.tap("我拿好了")

        begin(visitor)
        pictured(f"{folder}/query", tour.query(citizen))
        visitor.expect("查验码")
        visitor.expect("演示")
        pictured(f"{folder}/record", [("record", visitor)])
        visitor.tap("看好了，离开")

        begin(visitor)
        pictured(f"{folder}/booking", tour.booking(citizen))
        visitor.expect("这个时间已经给您留着")
        visitor.expect("中心已收到")
        pictured(f"{folder}/booked", [("receipt", visitor)])
        booking, code = receipt(visitor)
        visitor.tap("我拿好了")
        begin(visitor)
        follow(visitor, booking, code)
        visitor.expect("时间约好了")
        visitor.tap("结束离开")

        begin(visitor)
        pictured(f"{folder}/payment", tour.payment(citizen))
        visitor.expect("请用手机扫码付钱")
        pictured(f"{folder}/bill", [("bill", visitor)])
        tour.paid_by_phone(str(kiosk.application.shell.present.property("link")))
        visitor.expect("已经付好了")
        pictured(f"{folder}/paid", [("paid", visitor)])
        visitor.tap("好了，离开")

        kinds = {case["number"]: case["kind"] for case in clerk.cases()}
        assert kinds == {application: "application", booking: "booking"}


@both_panels
def test_all_five_kinds_come_to_an_end_without_it_and_arrive_later(hall: Hall, layout: Layout):
    with hall.kiosk(layout) as (kiosk, visitor):
        citizen = Citizen.at(kiosk)
        folder = f"{layout.name}-offline"
        kinds: dict[str, str] = {}

        begin(visitor)
        pictured(f"{folder}/guide", tour.guide(visitor))

        pictured(f"{folder}/application", tour.application(citizen))
        visitor.expect("已安全存在本机")
        kinds[receipt(visitor)[0]] = "application"
        visitor.tap("我拿好了")

        for name, asked in (("query", tour.query), ("payment", tour.payment)):
            begin(visitor)
            pictured(f"{folder}/{name}", asked(citizen))
            pictured(f"{folder}/{name}-later", told_later(citizen))
            kinds[receipt(visitor)[0]] = "inquiry"
            visitor.tap("我拿好了")

        begin(visitor)
        pictured(f"{folder}/booking", tour.booking(citizen))
        visitor.expect("连上中心以后确认")
        number, code = receipt(visitor)
        kinds[number] = "booking"
        visitor.tap("我拿好了")

        with hall.central() as clerk:
            kiosk.backstage.result().uplink.poke()
            outbox = kiosk.backstage.result().outbox
            for each in kinds:
                visitor.wait(lambda each=each: not outbox.is_waiting(each), "the receipt")
            assert {case["number"]: case["kind"] for case in clerk.cases()} == kinds
            begin(visitor)
            follow(visitor, number, code)
            visitor.expect("时间约好了")
