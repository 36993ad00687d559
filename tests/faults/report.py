"""The long forms of all fault tests, and a table of what came of them.

`python -m tests.faults.report [--scale F] [--seed N] [--walks N]` writes `REPORT.md`. At scale
1 it plays 10,000 kill rounds, looks at 10,000 states after power cuts, sends 10,000 requests
through bad weather and walks 10,000 × 100 steps of the queue against a model; a smaller scale does
less of each, and says so. The walks take the longest, and go beside the rest: `--walks` says how
many. Sick disks and 1,000 planted strings are the same at every scale. Exit status 1 if anything
was lost, doubled, damaged or readable.
"""

import argparse
import datetime as dt
import json
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, NamedTuple

from hypothesis import HealthCheck, settings
from hypothesis import seed as seeded
from hypothesis.stateful import run_state_machine_as_test

REPORT = Path(__file__).parent / "REPORT.md"
ROOT = Path(__file__).parents[2]
WHOLE = 10_000
STEPS = 100
STORMS = 250
"""Of 40 exchanges and more each."""


class Row(NamedTuple):
    """One kind of fault: how much was done, what came of it, whether that is as it must be."""

    what: str
    done: str
    found: str
    good: bool
    seconds: float


def kill_rounds(scale: float, seed: int) -> Row:
    """Kiosk and central server killed, at random and at named points."""
    rounds = max(1, round(WHOLE * scale))
    score, seconds = _score("kill_rounds", "--workers", "2", "--rounds", rounds, "--seed", seed)
    faults = {name: len(score[name]) for name in ("lost", "duplicates", "damaged")}
    done = f"{score['rounds']:,} rounds, {score['killed']:,} processes killed"
    points = f"{len(score['kills'])} kinds of moment"
    promised = f"{score['promised']:,} promised, {score['registered']:,} registered"
    return Row(
        "`kill -9` of kiosk and server",
        f"{done}, {points}",
        f"{promised}; {_told(faults)}",
        not any(faults.values()),
        seconds,
    )


def power_cuts(scale: float, seed: int) -> Row:
    """What a kiosk wrote, with writes that were not synced dropped or torn."""
    states = max(1, round(WHOLE * scale))
    score, seconds = _score("power_cut", "--states", states, "--seed", seed)
    faults = {name: len(score[name]) for name in ("lost", "damaged")}
    return Row(
        "power cut",
        f"{score['states']:,} different states, {score['syncs']:,} syncs recorded",
        f"{score['promised']:,} promised; {_told(faults)}",
        not any(faults.values()),
        seconds,
    )


def model(scale: float, seed: int) -> Row:
    """The queue and its uplink against a dictionary."""
    from tests.services.uplink.test_drain import NothingIsLost

    examples = max(1, round(scale * WHOLE))
    begun = time.monotonic()
    found = "as the model says"
    try:
        run_state_machine_as_test(
            seeded(seed)(NothingIsLost),
            settings=settings(
                max_examples=examples,
                stateful_step_count=STEPS,
                deadline=None,
                database=None,
                suppress_health_check=list(HealthCheck),
            ),
        )
    except AssertionError as error:
        found = f"differs: {error}"
    return Row(
        "queue against a model",
        f"{examples:,} walks of up to {STEPS} steps",
        found,
        found.startswith("as"),
        time.monotonic() - begun,
    )


def bad_weather(scale: float, seed: int) -> Row:
    """A proxy between queue and server."""
    storms = max(1, round(scale * STORMS))
    score, seconds = _score("weather", "--storms", storms, "--seed", seed)
    faults = {name: len(score[name]) for name in ("lost", "duplicates", "damaged")}
    return Row(
        "network through a proxy",
        f"{score['storms']:,} storms, {score['exchanges']:,} exchanges, "
        f"{len(score['met']) - 1} kinds of weather",
        f"{score['promised']:,} promised, {score['registered']:,} registered; {_told(faults)}",
        not any(faults.values()),
        seconds,
    )


def sick_disks(_: float, seed: int) -> Row:
    """ENOSPC, EIO, read-only."""
    score, seconds = _score("sick_disk", "--seed", seed)
    promised = sum(case.get("promised", 0) for case in score.values())
    refused = sum(case.get("refused", 0) for case in score.values())
    bad = [name for name, case in score.items() if not case["holds"]]
    return Row(
        "disk full, failing, read-only",
        f"{len(score)} cases, {sum(case.get('injected', 0) for case in score.values())} errors",
        f"{promised} promised, {refused} refused; "
        + (f"not well: {', '.join(bad)}" if bad else "all well"),
        not bad,
        seconds,
    )


def planted_strings(_: float, seed: int) -> Row:
    """On disks and in logs, and in the memory of the kiosk as it runs."""
    score, seconds = _score("canary", "--strings", 1000, "--seed", seed)
    files, left = sum(score["files"].values()), sum(score["memory"]["after"].values())
    return Row(
        "planted strings",
        f"{score['strings']:,} in databases, logs and exports; the same and three that were typed"
        " in a core dump after the turn",
        f"{files} readable in files and logs, {left:,} in the core dump",
        not files and not left,
        seconds,
    )


KINDS: tuple[Callable[[float, int], Row], ...] = (
    model,
    kill_rounds,
    power_cuts,
    bad_weather,
    sick_disks,
    planted_strings,
)


def _score(module: str, *words: object) -> tuple[dict[str, Any], float]:
    begun = time.monotonic()
    command = [sys.executable, "-m", f"tests.faults.{module}", *map(str, words)]
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    try:
        return json.loads(ended.stdout), time.monotonic() - begun
    except json.JSONDecodeError:
        raise SystemExit(f"{module} ended with {ended.returncode}:\n{ended.stderr}") from None


def _told(faults: dict[str, int]) -> str:
    return ", ".join(f"{n} {name}" for name, n in faults.items())


def written(rows: list[Row], scale: float, seed: int) -> str:
    """The report."""
    commit = subprocess.run(
        ["git", "describe", "--always", "--dirty", "--exclude", "*"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    ).stdout.strip()
    head = (
        "# What faults did\n\n"
        f"Written by `python -m tests.faults.report --scale {scale:g} --seed {seed}` on "
        f"{dt.date.today()}, at commit {commit}. Scale 1 is 10,000 of each.\n\n"
        "| fault | how much | what came of it | verdict | seconds |\n|---|---|---|---|---|\n"
    )
    lines = (
        f"| {row.what} | {row.done} | {row.found} | {'good' if row.good else '**BAD**'} |"
        f" {row.seconds:.0f} |\n"
        for row in rows
    )
    return head + "".join(lines)


def main() -> int:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--scale", type=float, default=1.0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--walks", type=int)
    arguments = parser.parse_args()
    walks = arguments.scale if arguments.walks is None else arguments.walks / WHOLE
    rows = []
    with ThreadPoolExecutor(2) as beside:
        for row in beside.map(
            lambda kind: kind(walks if kind is model else arguments.scale, arguments.seed), KINDS
        ):
            rows.append(row)
            print(row, flush=True)
    REPORT.write_text(written(rows, arguments.scale, arguments.seed), encoding="utf-8")
    return 0 if all(row.good for row in rows) else 1


if __name__ == "__main__":
    raise SystemExit(main())
