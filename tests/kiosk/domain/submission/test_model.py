from kiosk.domain.submission.model import QueueStatus, State


def test_everything_but_the_acknowledged_is_waiting_dead_ones_too() -> None:
    counts = {State.SEALED: 1, State.LEASED: 2, State.RETRY_WAIT: 4, State.ACKED: 8, State.DEAD: 16}
    assert QueueStatus(counts=counts, oldest_waiting=None).waiting == 23
