"""The words of an edition that people write."""

from kiosk import wiring
from kiosk.domain.catalogue.vocabulary import matters, places, spoken
from services.catalogue.store import CompiledCatalogue


def test_names_are_there_whole_and_in_parts(catalogue: CompiledCatalogue) -> None:
    found = matters(catalogue.items.values())
    assert {"社会保障卡", "公安机关", "住房公积金"} <= set(found)
    assert len(set(found)) == len(found)
    assert all(len(each) > 1 and "（" not in each for each in found)


def test_places_are_there_with_and_without_their_level(catalogue: CompiledCatalogue) -> None:
    found = set(places(catalogue.divisions.values(), catalogue.directory))
    assert {"合肥市", "合肥", "合肥市蜀山区", "安徽省合肥市蜀山区", "肥东县政务服务中心"} <= found


def test_what_matters_are_spoken_of_in_is_there(catalogue: CompiledCatalogue) -> None:
    assert {"遗失", "讨薪"} <= set(spoken(catalogue.routes.values(), wiring.lexicon()))
