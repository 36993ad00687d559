from tests.faults.power_cut import cut_in, recording
from tests.faults.recorded import strace


def test_a_power_cut_at_any_moment_loses_no_promise_and_one_without_syncs_would() -> None:
    assert strace()
    recorded = recording(seed=7)
    score = cut_in(recorded, states=300, seed=7)
    assert score.states == 300
    assert score.syncs > 50
    assert score.promised > 50
    assert score.answered > 10
    assert set(score.ways) == {"nothing", "all", "the first", "any", "torn"}
    assert (score.lost, score.damaged) == ([], [])
    for file in ("outbox.sqlite-wal", "outbox.sqlite"):
        careless = cut_in(recorded.without_syncs(file), states=60, seed=7)
        assert not careless.clean, file
