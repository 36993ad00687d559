import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_a_kiosk_killed_at_any_moment_loses_nothing_it_had_kept() -> None:
    """In a process of its own: forking is for processes without threads."""
    ended = subprocess.run(
        [sys.executable, "-m", "tests.faults.kill_rounds", "--rounds", "25", "--seed", "7"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert ended.returncode == 0, ended.stdout + ended.stderr
    score = json.loads(ended.stdout)
    assert score["rounds"] == 25
    assert score["committed"] > 25
    assert score["delivered"] > 0
    assert (score["lost"], score["damaged"]) == (0, [])
