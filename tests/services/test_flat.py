from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kiosk.errors import ContentError
from services.flat import Parts, write

PARTS = st.dictionaries(st.text(max_size=8), st.binary(max_size=300), max_size=6)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(PARTS)
def test_what_is_written_is_read(tmp_path: Path, parts: dict[str, bytes]) -> None:
    file = tmp_path / "parts"
    write(file, parts)
    opened = Parts(file)
    assert {name: bytes(opened.raw(name)) for name in parts} == parts


def test_numbers_are_read_where_they_lie(tmp_path: Path) -> None:
    numbers = np.arange(1000, dtype=np.uint32)
    write(tmp_path / "parts", {"odd": b"x", "numbers": numbers.tobytes()})
    assert np.array_equal(Parts(tmp_path / "parts").numbers("numbers", np.uint32), numbers)


@pytest.mark.parametrize("content", [b"", b"something else entirely", b"budayang parts 1\n"])
def test_a_foreign_or_empty_file_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "parts").write_bytes(content)
    with pytest.raises(ContentError):
        Parts(tmp_path / "parts")


def test_a_missing_or_shortened_file_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "parts"
    with pytest.raises(ContentError):
        Parts(file)
    write(file, {"a": bytes(100), "b": bytes(100)})
    file.write_bytes(file.read_bytes()[:-1])
    with pytest.raises(ContentError):
        Parts(file)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(PARTS, st.data())
def test_a_file_cut_off_or_added_to_anywhere_is_refused(
    tmp_path: Path, parts: dict[str, bytes], data: st.DataObject
) -> None:
    file = tmp_path / "parts"
    write(file, parts)
    whole = file.read_bytes()
    cut = whole[: data.draw(st.integers(0, len(whole) - 1))]
    file.write_bytes(data.draw(st.sampled_from([cut, whole + b"x"])))
    with pytest.raises(ContentError):
        Parts(file)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=200))
def test_any_other_bytes_are_refused(tmp_path: Path, content: bytes) -> None:
    for start in (b"", b"budayang parts 1\n"):
        (tmp_path / "parts").write_bytes(start + content)
        with pytest.raises(ContentError):
            Parts(tmp_path / "parts")


def test_a_part_that_is_not_there_is_a_key_error(tmp_path: Path) -> None:
    write(tmp_path / "parts", {"a": b"x"})
    with pytest.raises(KeyError):
        Parts(tmp_path / "parts").raw("b")


def test_a_file_may_be_replaced_while_it_is_open(tmp_path: Path) -> None:
    file = tmp_path / "parts"
    write(file, {"a": b"old"})
    opened = Parts(file)
    write(tmp_path / "new", {"a": b"new"})
    (tmp_path / "new").replace(file)
    assert bytes(opened.raw("a")) == b"old"
    assert bytes(Parts(file).raw("a")) == b"new"
