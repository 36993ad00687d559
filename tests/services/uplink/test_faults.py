from datetime import UTC, datetime
from uuid import UUID

import pytest

from kiosk.domain.submission.delivery import Acknowledged, Buried, RetryLater
from kiosk.domain.submission.retry import MOST_FAULTS
from services import wire
from services.uplink.faults import BUSY, REFUSED, UNREACHABLE, Faults
from services.uplink.judge import MISSING, UNVERIFIED

ONE, OTHER = UUID(int=1), UUID(int=2)
NOON = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)


def later(code: str, id: UUID = ONE) -> RetryLater:
    return RetryLater(id, NOON, code)


@pytest.mark.parametrize("code", [MISSING, REFUSED, "retry", "retry:odd"])
def test_what_keeps_failing_by_itself_is_buried_with_its_code(code: str) -> None:
    faults = Faults()
    for _ in range(MOST_FAULTS - 1):
        assert faults.weighed(later(code)) == later(code)
    assert faults.weighed(later(code)) == Buried(ONE, code)


@pytest.mark.parametrize(
    "code",
    [UNREACHABLE, BUSY, UNVERIFIED, *(f"retry:{reason}" for reason in sorted(wire.RETRY_REASONS))],
)
def test_the_world_s_failures_kill_nothing(code: str) -> None:
    faults = Faults()
    for _ in range(3 * MOST_FAULTS):
        assert faults.weighed(later(code)) == later(code)
    assert faults.weighed(later(MISSING)) == later(MISSING)


def test_every_submission_has_failures_of_its_own() -> None:
    faults = Faults()
    for _ in range(MOST_FAULTS - 1):
        faults.weighed(later(MISSING))
    assert faults.weighed(later(MISSING, OTHER)) == later(MISSING, OTHER)
    assert isinstance(faults.weighed(later(MISSING)), Buried)


@pytest.mark.parametrize(
    "end", [Acknowledged(ONE, NOON, "key", bytes(64)), Buried(ONE, "rejected")]
)
def test_what_an_operator_sends_once_more_begins_anew(end: Acknowledged | Buried) -> None:
    faults = Faults()
    for _ in range(MOST_FAULTS - 1):
        faults.weighed(later(MISSING))
    assert faults.weighed(end) == end
    assert faults.weighed(later(MISSING)) == later(MISSING)
