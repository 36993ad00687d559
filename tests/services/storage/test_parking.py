import stat
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from kiosk.domain.questions.model import Paper, PapersAnswer, PaperState
from kiosk.domain.questions.walk import Walk
from kiosk.domain.session.parked import Parked
from kiosk.domain.session.parking_code import new_parking_code
from kiosk.errors import BugError, NotParked, ParkedOutdated, StorageError, TooManyAttempts
from services.storage import parking
from services.storage.parking import MOST_WRONG, WINDOW_SECONDS, FileParking
from tests.faults.test_canary import CANARY, find
from tests.faults.test_full_disk import no_file_beyond
from tests.kiosk.domain.session.parked_forms import SMALL, TODAY, parked

ROOT = Path(__file__).parents[3]
TOMORROW = TODAY + timedelta(days=1)
PICTURE = b"\xff\xd8\xff" + CANARY.encode() * 50
KILLED = 9


def form(text: str = CANARY) -> Parked:
    """Left at the papers, one photographed."""
    walk = Walk.start(SMALL, {"item": text}).answered("red").answered(text)
    return parked(walk, PapersAnswer((Paper("演示材料", PaperState.PHOTOGRAPHED, (PICTURE,)),)))


class Seconds:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "kiosk" / "parked"


@pytest.fixture
def lot(folder: Path) -> FileParking:
    return FileParking(folder)


@pytest.fixture
def cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    """For tests that try many codes."""
    monkeypatch.setattr(parking, "SCRYPT_N", 2)


def names(folder: Path) -> list[str]:
    return sorted(file.name for file in folder.iterdir())


def forms_in(folder: Path) -> list[Path]:
    return [folder / name for name in names(folder) if name != "salt"]


def blocks(sealed: bytes) -> set[bytes]:
    return {sealed[start : start + 16] for start in range(0, len(sealed) - 15, 16)}


def test_a_parked_form_is_taken_back_with_its_code_after_a_restart_too(
    lot: FileParking, folder: Path
) -> None:
    code = new_parking_code()
    lot.park(form(), code, TODAY)
    assert FileParking(folder).take(code, TODAY) == form()
    assert names(folder) == ["salt"]


def test_a_form_is_taken_back_once(lot: FileParking) -> None:
    code = new_parking_code()
    lot.park(form(), code, TODAY)
    lot.take(code, TODAY)
    with pytest.raises(NotParked):
        lot.take(code, TODAY)


def test_a_form_taken_back_can_be_parked_again(lot: FileParking) -> None:
    code = new_parking_code()
    for text in ("一", "二"):
        lot.park(form(text), code, TODAY)
        assert lot.take(code, TODAY) == form(text)


def test_a_wrong_code_one_taken_and_one_of_another_day_are_not_told_apart(
    lot: FileParking,
) -> None:
    taken, kept = new_parking_code(), new_parking_code()
    lot.park(form(), taken, TODAY)
    lot.take(taken, TODAY)
    lot.park(form(), kept, TODAY)
    told = set()
    for code, day in [
        (new_parking_code(), TODAY),
        (taken, TODAY),
        (kept, TOMORROW),
        (kept, TODAY - timedelta(days=1)),
    ]:
        with pytest.raises(NotParked) as caught:
            lot.take(code, day)
        told.add((type(caught.value), caught.value.key, str(caught.value)))
    assert len(told) == 1
    assert lot.take(kept, TODAY) == form()


def test_a_form_carried_into_another_day_does_not_open(lot: FileParking, folder: Path) -> None:
    code = new_parking_code()
    lot.park(form(), code, TODAY)
    (file,) = forms_in(folder)
    file.rename(folder / file.name.replace(str(TODAY), str(TOMORROW)))
    with pytest.raises(NotParked):
        lot.take(code, TOMORROW)


def test_nothing_is_parked_where_nothing_was_parked(lot: FileParking, folder: Path) -> None:
    with pytest.raises(NotParked):
        lot.take(new_parking_code(), TODAY)
    lot.sweep(TODAY)
    assert not folder.exists()


@pytest.mark.parametrize("damage", ["first", "last", "short", "empty"])
def test_a_damaged_file_opens_for_nobody(lot: FileParking, folder: Path, damage: str) -> None:
    code = new_parking_code()
    lot.park(form(), code, TODAY)
    (file,) = forms_in(folder)
    sealed = file.read_bytes()
    flipped = {
        "first": bytes([sealed[0] ^ 1]) + sealed[1:],
        "last": sealed[:-1] + bytes([sealed[-1] ^ 1]),
        "short": sealed[:-1],
        "empty": b"",
    }
    file.write_bytes(flipped[damage])
    with pytest.raises(NotParked):
        lot.take(code, TODAY)


@pytest.mark.parametrize("left", [None, b"", b"short"])
def test_without_the_salt_what_was_parked_is_lost_and_what_comes_is_not(
    lot: FileParking, folder: Path, left: bytes | None
) -> None:
    before, after = new_parking_code(), new_parking_code()
    lot.park(form("一"), before, TODAY)
    (folder / "salt").unlink()
    if left is not None:
        (folder / "salt").write_bytes(left)
    with pytest.raises(NotParked):
        lot.take(before, TODAY)
    lot.park(form("二"), after, TODAY)
    assert len((folder / "salt").read_bytes()) == 32
    assert lot.take(after, TODAY) == form("二")
    with pytest.raises(NotParked):
        lot.take(before, TODAY)


def test_a_form_of_another_version_of_the_program_is_left_alone(
    lot: FileParking, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    code = new_parking_code()
    monkeypatch.setattr(parking, "to_text", lambda _: '{"version": 2}')
    lot.park(form(), code, TODAY)
    with pytest.raises(ParkedOutdated):
        lot.take(code, TODAY)
    assert len(forms_in(folder)) == 1


def test_a_code_that_is_in_use_is_not_used_for_another_form(lot: FileParking) -> None:
    code = new_parking_code()
    lot.park(form("一"), code, TODAY)
    with pytest.raises(BugError):
        lot.park(form("二"), code, TODAY)
    assert lot.take(code, TODAY) == form("一")


@pytest.mark.usefixtures("cheap")
def test_after_ten_wrong_codes_the_right_one_has_to_wait(folder: Path) -> None:
    clock = Seconds()
    lot, code = FileParking(folder, clock), new_parking_code()
    lot.park(form(), code, TODAY)
    for _ in range(MOST_WRONG):
        with pytest.raises(NotParked):
            lot.take(new_parking_code(), TODAY)
    with pytest.raises(TooManyAttempts):
        lot.take(code, TODAY)
    clock.now = WINDOW_SECONDS - 1
    with pytest.raises(TooManyAttempts):
        lot.take(code, TODAY)
    clock.now = WINDOW_SECONDS
    assert lot.take(code, TODAY) == form()


@pytest.mark.usefixtures("cheap")
def test_right_codes_are_not_counted(lot: FileParking) -> None:
    for _ in range(2 * MOST_WRONG):
        code = new_parking_code()
        lot.park(form(), code, TODAY)
        assert lot.take(code, TODAY) == form()


@pytest.mark.usefixtures("cheap")
def test_a_disk_that_fails_is_nobody_s_guess(lot: FileParking, folder: Path) -> None:
    code = new_parking_code()
    lot.park(form(), code, TODAY)
    salt = (folder / "salt").read_bytes()
    (folder / "salt").unlink()
    (folder / "salt").mkdir()
    for _ in range(2 * MOST_WRONG):
        with pytest.raises(StorageError):
            lot.take(code, TODAY)
    (folder / "salt").rmdir()
    (folder / "salt").write_bytes(salt)
    assert lot.take(code, TODAY) == form()


def test_a_folder_that_cannot_be_written_is_named(folder: Path) -> None:
    lot = FileParking(folder)
    folder.parent.mkdir()
    folder.write_text("a file where a folder should be")
    with pytest.raises(StorageError, match=r"/parked: "):
        lot.park(form(), new_parking_code(), TODAY)
    with pytest.raises(StorageError, match=r"/parked: "):
        lot.take(new_parking_code(), TODAY)
    with pytest.raises(StorageError, match=r"/parked: "):
        lot.sweep(TODAY)


def test_on_a_full_disk_nothing_is_parked_and_what_is_parked_stays(
    lot: FileParking, folder: Path
) -> None:
    kept, refused = new_parking_code(), new_parking_code()
    lot.park(form("一"), kept, TODAY)
    before = names(folder)
    with no_file_beyond(500), pytest.raises(StorageError, match=r"/parked: "):
        lot.park(form("二"), refused, TODAY)
    assert names(folder) == before
    lot.park(form("二"), refused, TODAY)
    assert lot.take(kept, TODAY) == form("一")
    assert lot.take(refused, TODAY) == form("二")


def test_a_full_disk_leaves_no_half_a_salt(lot: FileParking, folder: Path) -> None:
    code = new_parking_code()
    with no_file_beyond(10), pytest.raises(StorageError):
        lot.park(form(), code, TODAY)
    assert names(folder) == []
    lot.park(form(), code, TODAY)
    assert lot.take(code, TODAY) == form()


def test_a_form_that_cannot_be_removed_is_not_given_back(
    lot: FileParking, monkeypatch: pytest.MonkeyPatch
) -> None:
    code = new_parking_code()
    lot.park(form(), code, TODAY)

    def refuse(*_: object) -> None:
        raise OSError(30, "Read-only file system")

    with monkeypatch.context() as patch:
        patch.setattr(Path, "unlink", refuse)
        with pytest.raises(StorageError, match="Read-only"):
            lot.take(code, TODAY)
    assert lot.take(code, TODAY) == form()


def test_a_form_whose_name_may_not_last_is_not_parked(
    lot: FileParking, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    code = new_parking_code()
    lot.park(form(), new_parking_code(), TODAY)
    before = names(folder)

    def refuse(*_: object) -> None:
        raise OSError(5, "Input/output error")

    with monkeypatch.context() as patch:
        patch.setattr("services.files.settle", refuse)
        with pytest.raises(StorageError, match="Input/output"):
            lot.park(form(), code, TODAY)
    assert names(folder) == before
    lot.park(form(), code, TODAY)
    assert lot.take(code, TODAY) == form()


def test_only_the_kiosk_may_read_what_is_parked(lot: FileParking, folder: Path) -> None:
    lot.park(form(), new_parking_code(), TODAY)
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert {stat.S_IMODE(file.stat().st_mode) for file in folder.iterdir()} == {0o600}


def test_no_file_tells_what_the_citizen_said_or_the_code(lot: FileParking, folder: Path) -> None:
    secret = form()
    codes = [new_parking_code() for _ in range(3)]
    needles = [CANARY, "演示材料", secret.draft.number, "small", "photographed", *codes]
    needles += [code.replace("-", "") for code in codes]
    for code in codes:
        lot.park(secret, code, TODAY)
    assert find(folder.parent, *needles) == []
    assert all(needle not in name for needle in needles for name in names(folder))
    lot.take(codes[0], TODAY)
    assert find(folder.parent, *needles) == []


def test_the_same_form_parked_twice_looks_different(lot: FileParking, folder: Path) -> None:
    for _ in range(2):
        lot.park(form(), new_parking_code(), TODAY)
    one, other = (blocks(file.read_bytes()) for file in forms_in(folder))
    assert len(one) > 20
    assert not one & other


def test_a_guess_costs_work_and_bounded_memory() -> None:
    assert 16 << 20 <= 128 * parking.SCRYPT_N * parking.SCRYPT_R <= 64 << 20
    scrypt = Scrypt(
        salt=bytes(32), length=48, n=parking.SCRYPT_N, r=parking.SCRYPT_R, p=parking.SCRYPT_P
    )
    began = time.thread_time()
    scrypt.derive(new_parking_code().encode())
    assert 0.02 <= time.thread_time() - began <= 2


@pytest.mark.usefixtures("cheap")
def test_sweeping_removes_what_cannot_be_taken_back_any_more(
    lot: FileParking, folder: Path
) -> None:
    codes = {days: new_parking_code() for days in (-400, -1, 0, 1, 2, 400)}
    for days, code in codes.items():
        lot.park(form(str(days)), code, TODAY + timedelta(days=days))
    lot.sweep(TODAY)
    assert {file.name[:10] for file in forms_in(folder)} == {str(TODAY), str(TOMORROW)}
    assert lot.take(codes[0], TODAY) == form("0")
    assert lot.take(codes[1], TOMORROW) == form("1")


def test_sweeping_leaves_alone_what_it_does_not_know(lot: FileParking, folder: Path) -> None:
    lot.park(form(), new_parking_code(), TODAY)
    strange = [f"2026-13-45-{'0' * 32}", "2020-01-01", "notes.txt"]
    for name in strange:
        (folder / name).write_text("演示")
    lot.sweep(TOMORROW)
    assert names(folder) == sorted([*strange, "salt"])


_DEATH = """
import os, signal, sys
from datetime import date
from pathlib import Path
from services.storage.parking import FileParking
from tests.services.storage.test_parking import form

folder, code, step, count, work = sys.argv[1:]
real, left = getattr(Path, step), int(count)

def die(*args, **more):
    global left
    if left == 0:
        os.kill(os.getpid(), signal.SIGKILL)
    left -= 1
    return real(*args, **more)

setattr(Path, step, die)
lot = FileParking(Path(folder))
if work == "park":
    lot.park(form(), code, date(2026, 11, 22))
else:
    lot.take(code, date(2026, 11, 22))
"""


def killed(folder: Path, code: str, step: str, count: int, work: str) -> None:
    """Another process parks, or takes, and is killed when it comes to a step the nth time."""
    ended = subprocess.run(
        [sys.executable, "-c", _DEATH, str(folder), code, step, str(count), work],
        cwd=ROOT,
        capture_output=True,
        timeout=60,
        check=False,
    )
    assert ended.returncode == -KILLED, ended.stderr.decode()


def test_a_kiosk_killed_before_the_file_has_its_name_has_parked_nothing(
    lot: FileParking, folder: Path
) -> None:
    kept, lost = new_parking_code(), new_parking_code()
    lot.park(form("一"), kept, TODAY)
    killed(folder, lost, "hardlink_to", 0, "park")
    (left,) = (name for name in names(folder) if name.startswith("."))
    assert find(folder, CANARY, lost) == []
    with pytest.raises(NotParked):
        lot.take(lost, TODAY)
    lot.sweep(TODAY)
    assert left not in names(folder)
    assert lot.take(kept, TODAY) == form("一")


def test_a_kiosk_killed_once_the_file_has_its_name_has_parked_it(
    lot: FileParking, folder: Path
) -> None:
    code = new_parking_code()
    lot.park(form("一"), new_parking_code(), TODAY)
    killed(folder, code, "unlink", 0, "park")
    lot.sweep(TODAY)
    assert not [name for name in names(folder) if name.startswith(".")]
    assert lot.take(code, TODAY) == form()


def test_a_kiosk_killed_while_it_makes_its_salt_makes_another(folder: Path) -> None:
    code = new_parking_code()
    killed(folder, code, "hardlink_to", 0, "park")
    lot = FileParking(folder)
    lot.park(form(), code, TODAY)
    assert lot.take(code, TODAY) == form()


def test_a_kiosk_killed_before_a_form_is_removed_still_has_it(
    lot: FileParking, folder: Path
) -> None:
    code = new_parking_code()
    lot.park(form(), code, TODAY)
    killed(folder, code, "unlink", 0, "take")
    assert lot.take(code, TODAY) == form()


def test_many_forms_can_be_parked_at_once(lot: FileParking, folder: Path) -> None:
    codes = [new_parking_code() for _ in range(8)]
    ready = threading.Barrier(4)

    def park(number: int) -> None:
        if number < 4:
            ready.wait(10)
        lot.park(form(str(number)), codes[number], TODAY)
        lot.sweep(TODAY)

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(park, range(8)))
    assert len(forms_in(folder)) == 8
    assert [lot.take(code, TODAY) for code in codes] == [form(str(n)) for n in range(8)]


def test_of_many_that_take_one_form_at_once_one_gets_it(lot: FileParking) -> None:
    code = new_parking_code()
    lot.park(form(), code, TODAY)
    ready = threading.Barrier(4)

    def take(_: int) -> Parked | None:
        ready.wait(10)
        try:
            return lot.take(code, TODAY)
        except NotParked:
            return None

    with ThreadPoolExecutor(4) as pool:
        got = list(pool.map(take, range(4)))
    assert [each for each in got if each] == [form()]


def test_a_form_with_many_pictures_comes_back_whole(lot: FileParking) -> None:
    pictures = tuple(bytes([n]) * 500_000 for n in range(12))
    whole = replace(form(), given=PapersAnswer((Paper("演示", PaperState.PHOTOGRAPHED, pictures),)))
    code = new_parking_code()
    lot.park(whole, code, date(2026, 1, 1))
    assert lot.take(code, date(2026, 1, 1)) == whole
