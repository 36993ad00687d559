"""What a hall's “办不成事” window takes, and where everything else goes: policy, kept as data."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from kiosk.domain.catalogue.model import Route, ServiceItem
from kiosk.domain.questions.model import END, Fact, Facts, Flow, Kind, Option

TO_VERIFY = "待核实"
"""A level or a place nobody knows yet. It is registered and looked into, never refused."""
OF_NOBODY = "垂管或公用"
"""Tax offices and utilities have no level of the general government."""
LEVELS: Mapping[str, str] = {
    "省级": "省级",
    "市级": "市级",
    "县级": "县级",
    "乡镇（街道）级": "乡级",
    "垂直管理（税务）": OF_NOBODY,
    "公用企业": OF_NOBODY,
}
"""The level a matter is handled at, by the catalogue's `use_level`. What several levels handle is
not here: the citizen is asked."""
EMERGENCY, CHANNELS = f"{END}emergency", f"{END}channels"


@dataclass(frozen=True, slots=True)
class Scope:
    """One hall's policy. `below`, `elsewhere`, `fields` (by field of the catalogue) and `otherwise`
    are routes: to another level's own centre, to who looks after what happened in another place, to
    a field's own authority, and for what has none of these."""

    accepted_levels: tuple[str, ...]
    place_required: bool
    below: str
    elsewhere: str
    fields: Mapping[str, str]
    otherwise: str
    emergency: frozenset[str]
    channels: frozenset[str]

    def takes(self, level: str) -> bool:
        """Whether a matter of this level is the window's own."""
        return level == TO_VERIFY or level in self.accepted_levels

    def outside(self, level: str, field: str = "") -> Facts:
        """The facts that follow from a matter's level: none where the window takes it."""
        if self.takes(level):
            return {}
        other = self.fields.get(field, self.otherwise)
        return {"outside": True, "route": other if level == OF_NOBODY else self.below}


def item_facts(item: ServiceItem, scope: Scope) -> Facts:
    """What the catalogue tells of a matter that could not be done, and need not be asked."""
    known: dict[str, Fact] = {"department": item.department, "item_type": item.item_type}
    if item.promise_days is not None:
        known["promise_days"] = item.promise_days
    if level := LEVELS.get(item.level):
        known |= {"level": level, **scope.outside(level, item.domain)}
    return known


def scoped(flow: Flow, scope: Scope, routes: Mapping[str, Route]) -> Flow:
    """The flow as one hall asks it: answers that tell a level tell whether it is the hall's, and
    the routes are the options of questions for a topic."""
    questions = {
        id: replace(
            question,
            options=tuple(_topics(scope, routes))
            if question.kind is Kind.TOPIC
            else tuple(_levelled(option, scope) for option in question.options),
        )
        for id, question in flow.questions.items()
    }
    return replace(flow, questions=questions)


def _levelled(option: Option, scope: Scope) -> Option:
    level = option.set.get("level")
    if level is None:
        return option
    return replace(option, set={**option.set, **scope.outside(str(level))})


def _topics(scope: Scope, routes: Mapping[str, Route]) -> list[Option]:
    return [
        Option(
            id,
            next=EMERGENCY if id in scope.emergency else CHANNELS if id in scope.channels else "",
            set={"route": id, "outside": True},
            label=route.topic,
        )
        for id, route in routes.items()
    ]
