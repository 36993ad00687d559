"""Writing: the figures of every way to write on the kiosk's own keyboard."""

from tests.bench import handwriting, pinyin


def measure() -> dict[str, object]:
    """All figures, by way."""
    return {"handwriting": handwriting.measure(), "pinyin": pinyin.measure()}
