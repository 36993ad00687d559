import json
import subprocess
import sys
from pathlib import Path

from tests.faults.sick_disk import ERRORS, SMALL

ROOT = Path(__file__).parents[2]


def test_on_a_disk_that_fills_up_or_fails_nothing_promised_is_lost() -> None:
    """In a process of its own, with a mount namespace of its own."""
    ended = subprocess.run(
        [sys.executable, "-m", "tests.faults.sick_disk", "--seed", "7"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=180,
        check=False,
    )
    assert ended.returncode == 0, ended.stdout + ended.stderr
    found = json.loads(ended.stdout)
    assert found.keys() == SMALL.keys() | ERRORS.keys()
    for name, case in found.items():
        assert case["holds"], (name, case)
        assert case["promised"] > 0, name
    assert all(found[name]["injected"] > 0 for name in ERRORS)
    assert sum(found[name]["refused"] for name in found) > 50
