"""The made-up cases a demonstration begins with."""

from contextlib import closing
from pathlib import Path

from kiosk import settings as settings_file
from kiosk.demonstration import CentralProcess, Clerk, free_port, hand_token
from kiosk.made_up import fill
from services.uplink.enrolment import TOKEN_FILE


def test_a_demonstration_begins_with_made_up_cases_one_of_them_answered(tmp_path: Path):
    config = tmp_path / "kiosk.toml"
    config.write_text(f"[central]\nport = {free_port()}\n", encoding="utf-8")
    settings = settings_file.load(config)
    central = CentralProcess(config)
    try:
        hand_token(settings)
        with closing(Clerk(settings)) as clerk:
            answered = fill(settings, clerk)
            states = {case["number"]: case["state"] for case in clerk.cases()}
            assert sorted(states.values()) == ["closed", "received", "registered"]
            assert answered is not None
            assert states[answered.number] == "closed"
            assert fill(settings, clerk) is None
            assert len(clerk.cases()) == 3
        assert not (settings.kiosk_folder / TOKEN_FILE).exists()
    finally:
        central.stop()
