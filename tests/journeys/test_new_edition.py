"""A published change of the catalogue reaches a running kiosk while a citizen is in a form."""

from dataclasses import replace

from kiosk import tour, wiring
from kiosk.citizen import Citizen
from kiosk.domain.catalogue.model import Edition
from kiosk.domain.catalogue.places import directory
from services.central.publish import publish_catalogue
from tests.journeys.conftest import Hall
from tests.journeys.story import begin, receipt

RENAMED, NEW_NAME = "DEMO-SK-007", "社会保障卡补换领（演示新名）"
WITHDRAWN = "DEMO-SK-008"
MOVED_TO = "演示新窗口 99号"


def changed(edition: Edition) -> Edition:
    """One item renamed, one withdrawn, and the province's windows for one field moved."""
    items = dict(edition.items)
    items[RENAMED] = replace(items[RENAMED], name=NEW_NAME)
    del items[WITHDRAWN]
    guides = {item: guide for item, guide in edition.guides.items() if item in items}
    domain = items[RENAMED].domain
    places = edition.directory
    hall = places.halls["340000"][0]
    windows = [
        replace(window, place=MOVED_TO)
        if (window.hall, window.domain) == (hall.id, domain)
        else window
        for some in places.windows.values()
        for window in some
    ]
    halls = [hall for some in places.halls.values() for hall in some]
    moved = directory(halls, windows, places.contacts)
    return replace(edition, items=items, guides=guides, directory=moved)


def test_the_form_ends_on_the_old_edition_and_the_next_turn_sees_the_new_one(hall: Hall):
    with hall.central(), hall.kiosk() as (kiosk, visitor):
        citizen, shell = Citizen.at(kiosk), kiosk.application.shell
        old_name = kiosk.first.catalogue.result().items[RENAMED].name
        begin(visitor)
        steps = tour.application(citizen)
        for name, _ in steps:
            if name == "phone":
                break

        number = publish_catalogue(hall.settings, changed(wiring.edition()))
        kiosk.backstage.result().updates.poke()
        visitor.wait(lambda: shell.next_edition == number, "the new edition")
        assert shell.edition < number

        for _ in steps:
            assert visitor.sees(old_name) or shell.screen == "review"
        visitor.expect(f"您申请的是：{old_name}")
        visitor.expect("中心已收到")
        receipt(visitor)
        visitor.tap("我拿好了")

        begin(visitor)
        assert shell.edition == number
        visitor.tap("用您自己的话写")
        visitor.type("shebaokabuhuan")
        visitor.choose(NEW_NAME)
        visitor.expect("要带什么")
        visitor.expect(NEW_NAME)
        guide = shell.present
        assert guide.property("place")["window"] == MOVED_TO
        assert WITHDRAWN not in shell.desk.catalogue.items


def test_a_kiosk_starts_with_the_newest_edition_it_has_fetched(hall: Hall):
    with hall.central(), hall.kiosk() as (kiosk, visitor):
        number = publish_catalogue(hall.settings, changed(wiring.edition()))
        kiosk.backstage.result().updates.poke()
        visitor.wait(lambda: kiosk.application.shell.edition == number, "the new edition")
    with hall.kiosk() as (kiosk, _):
        assert kiosk.first.catalogue.result().number == number
