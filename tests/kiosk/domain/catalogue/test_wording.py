from dataclasses import replace
from pathlib import Path

import pytest

from kiosk.domain.catalogue.guide import DayUnit, Exemption, Material, MaterialForm, Need
from kiosk.domain.catalogue.wording import legal, material_note, promised, spared
from kiosk.domain.words import Language, Words
from services.content.words import load_words
from tests.services.catalogue.made_up import guide, item

TEXT = Path(__file__).parents[4] / "resources" / "text"
ZH = load_words(TEXT, Language.ZH)
MATERIAL = Material("演示材料", MaterialForm.COPY, 2, "演示部门")


def test_how_long_it_takes_is_told_for_days_on_the_spot_and_by_rule() -> None:
    told = [promised(replace(item(1, "演示"), promise_days=days), ZH) for days in (None, 0, 5)]
    assert told == ["按规定时间办", "当场办好", "5个工作日办好"]


def test_the_statutory_period_is_told_in_its_own_unit() -> None:
    assert legal(guide(1), ZH) == "当场办好"
    assert legal(replace(guide(1), legal_days=20), ZH) == "规定不超过20个工作日"
    days = replace(guide(1), legal_days=20, legal_unit=DayUnit.DAY)
    assert legal(days, ZH) == "规定不超过20天"


def test_a_note_leaves_out_what_need_not_be_said() -> None:
    assert material_note(MATERIAL, ZH) == "复印件2份 · 演示部门"
    special = replace(MATERIAL, situation="代办时", need=Need.OPTIONAL)
    assert material_note(special, ZH) == "复印件2份 · 演示部门 · 代办时 · 没有也能办"


@pytest.mark.parametrize("language", Language)
def test_every_form_need_and_exemption_has_words_in_every_language(language: Language) -> None:
    words: Words = load_words(TEXT, language)
    notes = {material_note(replace(MATERIAL, form=form), words) for form in MaterialForm}
    notes |= {material_note(replace(MATERIAL, need=need), words) for need in Need}
    assert len(notes) == len(MaterialForm) + len(Need) - 1
    told = [spared(replace(MATERIAL, exempt_by=by), words) for by in Exemption]
    assert [bool(each) for each in told] == [by is not Exemption.NONE for by in Exemption]
    assert len(set(told)) == len(Exemption)
