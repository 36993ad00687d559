from kiosk import wiring
from ui.viewmodels.places import place_options

CATALOGUE = wiring.edition()


def test_first_come_the_province_and_its_sixteen_cities() -> None:
    options = place_options(CATALOGUE, "", None)
    assert options[0] == {"id": "340000", "label": "安徽省", "chosen": False}
    assert len(options) == 17
    assert all(str(option["id"]).startswith("in:") for option in options[1:])


def test_a_city_shows_itself_and_its_counties_to_choose() -> None:
    options = place_options(CATALOGUE, "340100", "340103")
    assert options[0]["label"] == "合肥市"
    assert [option["label"] for option in options if option["chosen"]] == ["庐阳区"]
    assert not any(str(option["id"]).startswith("in:") for option in options)


def test_the_city_of_the_chosen_county_is_marked() -> None:
    options = place_options(CATALOGUE, "", "340103")
    assert [option["label"] for option in options if option["chosen"]] == ["合肥市"]


def test_the_province_itself_can_be_chosen() -> None:
    options = place_options(CATALOGUE, "", "340000")
    assert [option["label"] for option in options if option["chosen"]] == ["安徽省"]
