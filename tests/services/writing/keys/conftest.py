import pytest

from kiosk import wiring
from kiosk.ports import Typing
from kiosk.settings import Settings, Writing
from kiosk.wiring import writing
from services.catalogue.store import CompiledCatalogue
from services.writing.keys.lexicon import Lexicon


@pytest.fixture(scope="session")
def pinyin(catalogue: CompiledCatalogue) -> Typing:
    return writing.pinyin(Settings(), lambda: catalogue)


@pytest.fixture(scope="session")
def strict_pinyin(catalogue: CompiledCatalogue) -> Typing:
    """For whoever tells n from l and zh from z."""
    return writing.pinyin(Settings(writing=Writing(slurred=False)), lambda: catalogue)


@pytest.fixture(scope="session")
def strokes() -> Typing:
    return writing.five_strokes()


@pytest.fixture(scope="session")
def lexicon() -> Lexicon:
    return Lexicon(wiring.RESOURCES / "writing" / "pinyin.bin")
