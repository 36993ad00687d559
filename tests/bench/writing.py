"""The keyboard: see `tests.bench.pinyin`."""

from tests.bench import pinyin


def measure() -> dict[str, object]:
    """All figures."""
    return {"pinyin": pinyin.measure()}
