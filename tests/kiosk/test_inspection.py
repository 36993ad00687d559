from dataclasses import replace

from kiosk import wiring
from kiosk.inspection import inspect


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
