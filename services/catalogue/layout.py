"""What a compiled edition looks like: agreed upon by `compile`, which writes it, and `store` and
`index`, which read it."""

import hashlib

from kiosk.domain.catalogue.model import COMPANY, PERSON, KioskKind, ServiceItem
from kiosk.domain.catalogue.tokens import Token

FORMAT = 4
"""Changes whenever a compiled file must be made anew, whatever its edition."""
FILLER_WEIGHT = 0.15
UNKNOWN_RARITY = 1.0
AUDIENCES = (PERSON, COMPANY)
KINDS = tuple(KioskKind)


def phrases_of(item: ServiceItem) -> tuple[str, ...]:
    """The name first, then the nicknames and sayings."""
    return tuple(dict.fromkeys((item.name, *item.aliases, *item.said)))


def hashed(text: str) -> int:
    """64 bits that stand for a feature or a phrase."""
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest(), "little")


def named(token: Token) -> str:
    """The feature whose rarity is a token's weight."""
    return token.char or f"~{token.sounds[0]}"


def share(token: Token, idle: frozenset[int]) -> float:
    """How much of its rarity a token counts: fillers hardly."""
    return FILLER_WEIGHT if token.start in idle else 1.0
