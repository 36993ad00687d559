"""Characters of GB 18030-2022 that few keyboards have and few fonts draw, in blocks."""


def _blocks(*ranges: tuple[int, int]) -> str:
    return "".join(chr(code) for first, last in ranges for code in range(first, last + 1))


RARE = _blocks(
    (0x2F00, 0x2FD5),  # Kangxi radicals
    (0x3400, 0x4DBF),  # extension A
    (0x9FA6, 0x9FFF),  # what the unified ideographs have been given since
    (0xF900, 0xFA6D),  # compatibility ideographs
    (0x20000, 0x2A6DF),  # extension B, and so on to H
    (0x2A700, 0x2B739),
    (0x2B740, 0x2B81D),
    (0x2B820, 0x2CEA1),
    (0x2CEB0, 0x2EBE0),
    (0x30000, 0x3134A),
    (0x31350, 0x323AF),
)
OF_PRIVATE_USE = "".join(
    bytes.fromhex(code).decode("gb18030")
    for code in (
        *("A6D9", "A6DA", "A6DB", "A6DC", "A6DD", "A6DE", "A6DF", "A6EC", "A6ED", "A6F3"),
        *("FE51", "FE52", "FE53", "FE59", "FE61", "FE66", "FE67", "FE6C", "FE6D", "FE76"),
        *("FE7E", "FE90", "FE91", "FEA0"),
    )
)
"""The codes that earlier editions map to the private use area of Unicode, and old data still do."""
MINORITY_SCRIPTS = _blocks(
    (0x0621, 0x064A),  # Uyghur, Kazakh and Kirgiz are written in these
    (0x0F00, 0x0F47),  # Tibetan
    (0x1820, 0x1878),  # Mongolian, Todo, Sibe and Manchu
    (0x1950, 0x196D),  # Dehong Dai
    (0x1980, 0x19AB),  # Xishuangbanna Dai
    (0xA000, 0xA48C),  # Yi
    (0xA4D0, 0xA4FF),  # Lisu
    (0xAC00, 0xACFF),  # Korean
)
