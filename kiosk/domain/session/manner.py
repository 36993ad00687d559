"""How a citizen has the screens read to them."""

from dataclasses import dataclass, replace

RATES = (0.7, 0.85, 1.0, 1.2, 1.4)
VOLUMES = (0.25, 0.5, 0.75, 1.0)


@dataclass(frozen=True, slots=True)
class Manner:
    """`rate` is how fast, as a multiple of the voice's own speed, at its own pitch (one of
    `RATES`); `volume` how loud, as a part of the loudest (one of `VOLUMES`)."""

    rate: float = 1.0
    volume: float = 0.75

    def faster(self, steps: int) -> "Manner":
        """So many steps faster (or, if negative, slower), as far as there are any."""
        return replace(self, rate=_moved(RATES, self.rate, steps))

    def louder(self, steps: int) -> "Manner":
        """So many steps louder (or, if negative, softer), as far as there are any."""
        return replace(self, volume=_moved(VOLUMES, self.volume, steps))


def _moved(scale: tuple[float, ...], value: float, steps: int) -> float:
    return scale[min(max(0, scale.index(value) + steps), len(scale) - 1)]
