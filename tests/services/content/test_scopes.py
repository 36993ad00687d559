from pathlib import Path

import pytest

from kiosk import wiring
from kiosk.errors import ContentError
from services.content.scopes import load_scopes, scope_of

FILE = wiring.RESOURCES / "flows" / "scope.toml"
DIVISIONS = wiring.edition().divisions


@pytest.mark.parametrize(
    ("division", "levels"),
    [("340000", ("省级",)), ("340100", ("市级",)), ("340103", ("市级",)), ("341003", ("省级",))],
)
def test_a_hall_has_its_own_scope_or_that_of_the_division_above(
    division: str, levels: tuple[str, ...]
) -> None:
    assert scope_of(load_scopes(FILE), DIVISIONS, division).accepted_levels == levels


def test_a_hall_nowhere_has_none() -> None:
    with pytest.raises(ContentError, match="110000"):
        scope_of(load_scopes(FILE), DIVISIONS, "110000")


def test_a_division_with_two_scopes_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "scope.toml"
    file.write_text(FILE.read_text(encoding="utf-8").replace('"340100"', '"340000"'), "utf-8")
    with pytest.raises(ContentError, match="340000 has two scopes"):
        load_scopes(file)


def test_every_route_named_is_one_of_the_catalogue() -> None:
    routes = wiring.edition().routes.keys()
    for scope in load_scopes(FILE).values():
        named = {scope.below, scope.elsewhere, scope.otherwise, *scope.fields.values()}
        assert named | scope.emergency | scope.channels <= routes
