"""How far from home a matter can be done (归属地): here, there, or only where it belongs.

The three promises of the province-wide hall: 就近能办 (near you), 异地可办 (handed in here, handled
there), 跨区通办 (done here for another place), after 国办发〔2020〕35号's three ways: 全程网办,
异地代收代办, 多地联办.
"""

from enum import StrEnum

from kiosk.domain.catalogue.model import Division, KioskKind, ServiceItem
from kiosk.domain.catalogue.places import lies_in


class Mode(StrEnum):
    """How an item crosses regions (跨域模式), as the catalogue writes it."""

    ONLINE = "全程网办（全省任一终端办结）"
    COLLECTED = "异地收件、属地办理"
    LOCAL = "属地查询或预约"
    GUIDE = "指南可查"


class Reach(StrEnum):
    """What a citizen whose matter belongs to one place can do at a terminal in another or the same.

    `NEARBY`: it belongs here; the terminal, or this hall's window, does. `ACROSS`: it belongs
    elsewhere and is finished here all the same. `COLLECTED`: taken in here, handled there.
    `ONLY_THERE`: the hall of that place must be visited.
    """

    NEARBY = "nearby"
    ACROSS = "across"
    COLLECTED = "collected"
    ONLY_THERE = "only_there"


class Delta(StrEnum):
    """What can be done here for a matter that belongs to Shanghai, Jiangsu or Zhejiang
    (长三角通办). `NONE`: the item is not on the delta's list."""

    ONLINE = "online"
    COLLECTED = "collected"
    LOOK_UP = "look_up"
    NONE = "none"


def delta(item: ServiceItem) -> Delta:
    """What the Yangtze delta's list (长三角“一网通办”) lets a terminal do for an item."""
    if not item.yangtze_delta:
        return Delta.NONE
    if item.cross_region == Mode.ONLINE and item.kind is not KioskKind.GUIDE:
        return Delta.ONLINE
    return Delta.COLLECTED if item.cross_region == Mode.COLLECTED else Delta.LOOK_UP


def reach(item: ServiceItem, home: Division, here: Division) -> Reach:
    """What can be done at a terminal standing in `here` for a matter that belongs to `home`. The
    province's own hall stands for the province, not for all its cities.
    """
    if lies_in(here, home) or (here.parent and lies_in(home, here)):
        return Reach.NEARBY
    if item.cross_region == Mode.ONLINE and item.kind is not KioskKind.GUIDE:
        return Reach.ACROSS
    if item.cross_region == Mode.COLLECTED:
        return Reach.COLLECTED
    return Reach.ONLY_THERE
