import os
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from kiosk.errors import CameraTrouble
from services.devices.camera import FIRST_PICTURE_SECONDS, FileCamera, V4l2Camera

ONE, TWO = (b"\xff\xd8\xff" + bytes([n]) * 5000 + b"\xff\xd9" for n in (1, 2))


@pytest.fixture
def device(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A device, and a `v4l2-ctl` that shows two pictures and then waits."""
    (tmp_path / "pictures").write_bytes(b"noise" + ONE + TWO)
    (tmp_path / "video").write_bytes(b"")
    tool = tmp_path / "v4l2-ctl"
    tool.write_text(f"#!/bin/sh\ncat {tmp_path}/pictures\nexec sleep 60\n", encoding="utf-8")
    tool.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    return tmp_path / "video"


def test_the_newest_picture_is_shown(device: Path) -> None:
    camera = V4l2Camera(str(device))
    assert camera.available()
    camera.open()
    try:
        assert camera.look() in (ONE, TWO)
    finally:
        camera.close()


def test_a_camera_that_ends_gives_no_picture(device: Path) -> None:
    (device.parent / "v4l2-ctl").write_text("#!/bin/sh\nexit 1\n", encoding="utf-8")
    camera = V4l2Camera(str(device))
    camera.open()
    with pytest.raises(CameraTrouble):
        camera.look()
    camera.close()


def test_a_camera_that_is_unplugged_shows_its_last_picture_no_more(device: Path) -> None:
    go = device.parent / "go"
    os.mkfifo(go)
    (device.parent / "v4l2-ctl").write_text(
        f"#!/bin/sh\ncat {device.parent}/pictures\nread gone < {go}\n", encoding="utf-8"
    )
    camera = V4l2Camera(str(device))
    camera.open()
    assert camera.look() in (ONE, TWO)
    reader = next(each for each in threading.enumerate() if each.name == "camera")
    go.write_text("gone\n", encoding="utf-8")
    reader.join(10)
    with pytest.raises(CameraTrouble):
        camera.look()
    camera.close()


def test_a_closed_camera_shows_nothing_and_can_be_opened_again(device: Path) -> None:
    camera = V4l2Camera(str(device))
    for _ in range(20):
        camera.open()
        assert camera.look() in (ONE, TWO)
        camera.close()
        with pytest.raises(CameraTrouble):
            camera.look()


def test_who_waits_for_a_picture_is_told_when_the_camera_is_closed(device: Path) -> None:
    (device.parent / "pictures").write_bytes(b"")
    camera = V4l2Camera(str(device))
    camera.open()
    with ThreadPoolExecutor(1) as beside:
        waiting = beside.submit(camera.look)
        camera.close()
        with pytest.raises(CameraTrouble):
            waiting.result(FIRST_PICTURE_SECONDS / 2)


def test_without_a_device_there_is_no_camera(tmp_path: Path) -> None:
    assert not V4l2Camera(str(tmp_path / "none")).available()


def test_without_its_tool_a_camera_cannot_be_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    with pytest.raises(CameraTrouble):
        V4l2Camera().open()


def test_closing_twice_is_closing_once(device: Path) -> None:
    camera = V4l2Camera(str(device))
    camera.open()
    camera.close()
    camera.close()


def test_files_are_shown_one_after_another_over_and_over() -> None:
    camera = FileCamera([ONE, TWO])
    camera.open()
    assert [camera.look() for _ in range(3)] == [ONE, TWO, ONE]
    camera.close()
    assert camera.look() == ONE


def test_without_files_there_is_no_camera() -> None:
    assert not FileCamera([]).available()
    with pytest.raises(CameraTrouble):
        FileCamera([]).open()
