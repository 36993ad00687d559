from dataclasses import replace

from kiosk import wiring
from kiosk.domain.catalogue.complete import THIN
from kiosk.inspection import inspect
from tests.services.catalogue.made_up import ITEMS, edition


def test_the_shipped_catalogue_is_sound_and_counted() -> None:
    report = inspect(wiring.edition(), frozenset(wiring.forms().library))
    assert report.sound
    told = report.as_json()
    assert told["items"] == 727
    assert sum(report.by_domain.values()) == sum(report.by_kind.values()) == 727
    assert len(report.by_domain) == 28
    assert told["thin"] == {}
    assert "727 items" in str(report)


def test_what_is_missing_is_told_by_item_and_field() -> None:
    whole = wiring.edition()
    guide = replace(whole.guides["DEMO-SK-007"], fee="")
    report = inspect(
        replace(whole, guides={**whole.guides, "DEMO-SK-007": guide}),
        frozenset(wiring.forms().library),
    )
    assert not report.sound
    assert "DEMO-SK-007: fee: empty" in str(report)


def test_a_small_catalogue_is_counted_by_hand() -> None:
    report = inspect(edition(3), frozenset())
    assert (report.number, report.by_group) == (3, {"其他": len(ITEMS)})
    assert report.by_domain == {"综合便民": len(ITEMS)}
    assert report.sayings == sum(1 + len(each.aliases) + len(each.said) for each in ITEMS)
    assert [str(each) for each in report.defects] == report.as_json()["defects"]


def test_thin_guides_are_told_the_thinnest_first() -> None:
    whole = edition()
    thinnest = replace(whole.guides["DEMO-XX-003"], conditions=(), materials=())
    report = inspect(replace(whole, guides={**whole.guides, "DEMO-XX-003": thinnest}), frozenset())
    assert list(report.thin)[0] == "DEMO-XX-003"
    assert list(report.thin.values()) == sorted(report.thin.values())
    assert all(share < THIN for share in report.thin.values())
    assert "DEMO-XX-003  0%" in str(report)


def test_an_empty_catalogue_can_be_looked_over() -> None:
    report = inspect(edition(items=()), frozenset())
    assert report.sound
    assert report.as_json()["items"] == 0
    assert "0 items" in str(report)
