import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_kiosk_and_server_killed_at_any_moment_lose_nothing_and_take_nothing_twice() -> None:
    """In processes of their own: forking is for processes without threads."""
    command = [sys.executable, "-m", "tests.faults.kill_rounds", "--workers", "2"]
    ended = subprocess.run(
        [*command, "--rounds", "200", "--seed", "7"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert ended.returncode == 0, ended.stdout + ended.stderr
    score = json.loads(ended.stdout)
    assert score["rounds"] == 200
    assert score["killed"] > 200
    assert score["promised"] > 200
    assert score["registered"] >= score["promised"]
    assert sum(score["kills"].values()) == 200
    assert len(score["kills"]) > 20
    assert (score["lost"], score["duplicates"], score["damaged"]) == ([], [], [])
