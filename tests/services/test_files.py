import os
import stat
from pathlib import Path

import pytest

from services.files import create, replace


def test_a_file_that_is_there_is_left_as_it_is(tmp_path: Path) -> None:
    file = tmp_path / "folder" / "file"
    assert create(file, b"first")
    assert not create(file, b"second")
    assert file.read_bytes() == b"first"
    assert list(file.parent.iterdir()) == [file]


def test_the_content_lasts_before_the_name_does(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "file"
    lasting: list[tuple[bool, bool]] = []

    def note(handle: int) -> None:
        is_folder = os.path.samestat(os.fstat(handle), tmp_path.stat())
        lasting.append((is_folder, file.exists()))

    monkeypatch.setattr(os, "fsync", note)
    create(file, b"content")
    assert lasting == [(False, False), (True, True)]


@pytest.mark.parametrize("failing", [1, 2])
def test_what_may_not_last_is_not_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, failing: int
) -> None:
    calls: list[int] = []

    def refuse(handle: int) -> None:
        calls.append(handle)
        if len(calls) == failing:
            raise OSError(5, "Input/output error")

    monkeypatch.setattr(os, "fsync", refuse)
    with pytest.raises(OSError, match="Input/output error"):
        create(tmp_path / "file", b"content")
    assert list(tmp_path.iterdir()) == []


def test_a_file_is_replaced_whole_and_for_whom_it_is_for(tmp_path: Path) -> None:
    file = tmp_path / "file"
    for content, mode in ((b"first", 0o600), ("第二", 0o644)):
        replace(file, content, mode)
        assert stat.S_IMODE(file.stat().st_mode) == mode
    assert file.read_text() == "第二"
    assert list(tmp_path.iterdir()) == [file]


def test_what_cannot_be_replaced_is_there_still(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "file"
    replace(file, b"first", 0o600)

    def refuse(handle: int) -> None:
        raise OSError("no space left")

    monkeypatch.setattr(os, "fsync", refuse)
    with pytest.raises(OSError, match="no space left"):
        replace(file, b"second", 0o600)
    assert file.read_bytes() == b"first"
    assert list(tmp_path.iterdir()) == [file]
