from pathlib import Path

from kiosk.domain.writing import Field
from services.writing.hand.bigrams import codes_of
from services.writing.hand.context import FILE, Context
from services.writing.hand.context_compile import compile_context

SURNAMES = {"王": 7.0, "李": 7.0}


def test_a_dictionary_is_counted(tmp_path: Path) -> None:
    dictionary = tmp_path / "dict.txt"
    dictionary.write_text(
        "B超 3 n\n房产 9 n\n房國 9 n\n芜湖 9 ns\n人民路 9 n\n王小明 3 nr\n的确 9 nr\n", "utf-8"
    )
    compile_context(dictionary, SURNAMES, tmp_path / FILE)
    context = Context(tmp_path, lambda _: (), SURNAMES)

    def likely(character: str, field: Field, before: str) -> float:
        return float(context.likely(codes_of(character), field, before)[0])

    assert likely("产", Field.TEXT, "房") == 1
    assert likely("國", Field.TEXT, "房") == 0
    assert likely("湖", Field.ADDRESS, "芜") == 1
    assert likely("明", Field.NAME, "王小") == 1
    assert likely("确", Field.NAME, "王") == 0
