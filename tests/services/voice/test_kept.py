from kiosk.domain.words import Language
from services.voice.kept import Kept
from services.voice.spoken import clauses, in_two
from tests.services.voice.voices import Voice

BYTES = 4
"""Of each sound."""
LONG = "到原登记的民政窗口交资格申请书。"


def test_public_wording_is_made_once() -> None:
    model = Voice()
    kept = Kept(model, lambda: ["请带身份证，到窗口来。"])
    assert not kept.knows("到窗口来")
    first = kept.render("到窗口来。", Language.ZH)
    assert kept.knows("到窗口来")
    assert kept.render("到窗口来", Language.ZH) is first
    assert model.said == ["到窗口来。"]


def test_so_are_the_parts_of_what_is_cut() -> None:
    kept = Kept(Voice(), lambda: [LONG])
    (clause,) = clauses(LONG, Language.ZH)
    for part in in_two(clause):
        kept.render(*part)
        assert kept.knows(part.text)


def test_what_a_citizen_wrote_is_never_kept() -> None:
    model = Voice()
    kept = Kept(model, lambda: ["请带身份证，到窗口来。"])
    for clause, language in (
        ("张三", Language.ZH),
        ("窗口", Language.ZH),
        ("到窗口来", Language.EN),
    ):
        for _ in range(2):
            kept.render(clause, language)
            assert not kept.knows(clause)
    assert len(model.said) == 6


def test_when_it_is_full_what_was_longest_unheard_goes() -> None:
    kept = Kept(Voice(), lambda: ["一。二。三。"], most_bytes=2 * BYTES)
    for clause in ("一", "二", "一", "三"):
        kept.render(clause, Language.ZH)
    assert [kept.knows(clause) for clause in ("一", "二", "三")] == [True, False, True]


def test_what_is_larger_than_all_room_is_said_and_not_kept() -> None:
    kept = Kept(Voice(), lambda: ["一。"], most_bytes=BYTES - 1)
    assert kept.render("一", Language.ZH).samples.nbytes == BYTES
    assert not kept.knows("一")
