import json
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
import pytest

from kiosk.domain.words import Language
from kiosk.errors import VoiceTrouble
from services.voice.kokoro import SPEEDS, VOICES, Kokoro
from services.voice.pinyin import Pinyin


class RunOptions:
    terminate = False


class InferenceSession:
    """A model whose sound is as long as what it is given to say; it counts what it got."""

    def __init__(self, file: Path, options: object, providers: list[str]) -> None:
        if not file.read_bytes():
            raise RuntimeError("no model")
        self.fed: list[dict[str, Any]] = []

    def run(self, _: None, feeds: dict[str, Any], options: RunOptions | None) -> list[Any]:
        if options is not None and options.terminate:
            raise RuntimeError("terminated")
        self.fed.append(feeds)
        return [np.full((1, 100 * feeds["tokens"].shape[1]), 0.5, np.float32)]


@pytest.fixture(autouse=True)
def runtime(monkeypatch: pytest.MonkeyPatch) -> None:
    """In the place of ONNX Runtime."""
    module = ModuleType("onnxruntime")
    module.InferenceSession = InferenceSession
    module.RunOptions = RunOptions
    module.SessionOptions = type("SessionOptions", (), {})
    monkeypatch.setitem(sys.modules, "onnxruntime", module)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(sys, "path", [*sys.path, str(tmp_path / "packages")])
    (tmp_path / "kokoro.onnx").write_bytes(b"model")
    (tmp_path / "vocab.json").write_text(
        json.dumps({"vocab": {each: place for place, each in enumerate("ʃɪpˈ", 1)}}),
        encoding="utf-8",
    )
    (tmp_path / "voices").mkdir()
    style = np.arange(510, dtype=np.float32).repeat(256)
    for voice in VOICES.values():
        style.tofile(tmp_path / "voices" / f"{voice}.bin")
    return tmp_path


def kokoro(folder: Path) -> Kokoro:
    return Kokoro(folder, Pinyin(folder / "lexicon.tsv"))


def test_the_model_is_given_what_it_was_trained_with(folder: Path) -> None:
    voice = kokoro(folder)
    assert voice.available()
    assert voice.phonemes("Ship!", Language.EN) == "ʃˈɪp"
    said = voice.sound("ʃˈɪp", Language.EN)
    assert (len(said.samples), said.rate) == (600, 24_000)
    (fed,) = voice._session.fed
    assert fed["tokens"].tolist() == [[0, 1, 4, 2, 3, 0]]
    assert fed["style"].tolist() == [[3.0] * 256]
    assert fed["speed"] == pytest.approx(SPEEDS[Language.EN])


def test_what_is_stopped_before_anything_is_said_harms_nothing(folder: Path) -> None:
    voice = kokoro(folder)
    voice.stop()
    assert voice.sound("p", Language.EN).samples.any()


def test_what_was_begun_can_be_stopped_before_it_is_said(folder: Path) -> None:
    voice = kokoro(folder)
    voice.begin()
    voice.stop()
    with pytest.raises(VoiceTrouble):
        voice.sound("p", Language.EN)
    voice.begin()
    assert voice.sound("p", Language.EN).samples.any()


@pytest.mark.parametrize("file", ["kokoro.onnx", "vocab.json", "voices/af_heart.bin"])
def test_a_model_that_lacks_a_file_is_a_trouble(folder: Path, file: str) -> None:
    (folder / file).unlink()
    with pytest.raises(VoiceTrouble):
        kokoro(folder).sound("p", Language.EN)


@pytest.mark.parametrize("file", ["kokoro.onnx", "voices/af_heart.bin"])
def test_a_truncated_model_is_a_trouble(folder: Path, file: str) -> None:
    (folder / file).write_bytes(b"" if file == "kokoro.onnx" else bytes(100))
    with pytest.raises(VoiceTrouble):
        kokoro(folder).sound("p", Language.EN)


def test_a_model_without_its_packages_is_a_trouble_that_names_them(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "jieba", None)
    with pytest.raises(VoiceTrouble, match="jieba"):
        kokoro(folder).phonemes("请看", Language.ZH)


def test_where_there_is_no_model_it_says_so(tmp_path: Path) -> None:
    assert not kokoro(tmp_path).available()
