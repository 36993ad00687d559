"""Divisions as tiles: cities first, then the counties of one."""

from kiosk.ports import Catalogue

PROVINCE = "340000"


def place_options(catalogue: Catalogue, city: str, given: object) -> list[dict[str, object]]:
    """Without `city`: the province itself and its cities (whose ids open them, `in:<code>`). With
    one: the city itself and its counties and districts.
    """
    above = city or PROVINCE
    rows = [(catalogue.divisions[above].code, catalogue.divisions[above].name)]
    rows += [
        (division.code if city else f"in:{division.code}", division.name)
        for division in catalogue.divisions.values()
        if division.parent == above
    ]
    chosen = given if isinstance(given, str) else ""
    return [
        {
            "id": id,
            "label": label,
            "chosen": id.removeprefix("in:")[:4] == chosen[:4] != "3400"
            if id.startswith("in:")
            else id == chosen,
        }
        for id, label in rows
    ]
