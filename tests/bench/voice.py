"""The voice: how soon it is heard, how soon it is silent, and what the recordings are like.

- From `say` to the player's first bytes, for recorded wording: beside the same sound handed to a
  bare player.
- From `hush` to the player's end.
- The same for wording that the model has to render, once it is loaded; and the longest gap between
  two beats of a Qt timer while it renders. Left out where the model is not installed.
- Coverage of fixed wording, and ten recordings: loudness, peak, silence before and after.
"""

import json
import os
import select
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from statistics import median, quantiles
from threading import Thread

import numpy as np
from PySide6.QtCore import QCoreApplication

from kiosk import child, wiring
from kiosk.domain.session.manner import Manner
from kiosk.domain.words import Language
from kiosk.voicing import fixed
from kiosk.wiring.voice import VOICE, kokoro
from services.voice import bank, sound
from services.voice.bank import Recorded
from services.voice.player import Aplay
from services.voice.speaker import PyttsxSpeaker
from services.voice.spoken import bare, clauses
from services.voice.synthesizer import Chain
from services.voice.worker import Worker
from tests.bench.responsiveness import Heartbeat

FIRST_SOUND_TARGET_MS, SILENCE_TARGET_MS = 150, 50
FIRST_DYNAMIC_TARGET_MS, TIMER_GAP_TARGET_MS = 1500, 20
ROUNDS, DYNAMIC_ROUNDS = 40, 8
PATIENCE_SECONDS = 15
APLAY = "#!/bin/sh\nhead -c 1 > /dev/null\necho $$ > {heard}\nexec cat > /dev/null\n"


class Ear:
    """Hears when a player begins: one that tells its process id, and swallows the sound."""

    def __init__(self, folder: Path) -> None:
        heard = folder / "heard"
        os.mkfifo(heard)
        self._heard = os.open(heard, os.O_RDWR)
        tool = folder / "aplay"
        tool.write_text(APLAY.format(heard=heard), encoding="utf-8")
        tool.chmod(0o755)

    def after(self, begin: Callable[[], object]) -> tuple[float, int]:
        """Milliseconds until something was heard, and the id of the process that plays it."""
        began = time.perf_counter()
        begin()
        if not select.select([self._heard], [], [], PATIENCE_SECONDS)[0]:
            raise TimeoutError("nothing was heard")
        process = int(os.read(self._heard, 100))
        return (time.perf_counter() - began) * 1000, process


@contextmanager
def ear() -> Iterator[Ear]:
    """In the place of `aplay`."""
    path = os.environ["PATH"]
    with tempfile.TemporaryDirectory() as folder:
        os.environ["PATH"] = f"{folder}{os.pathsep}{path}"
        try:
            yield Ear(Path(folder))
        finally:
            os.environ["PATH"] = path


def ended(process: int) -> bool:
    """Whether it plays no more."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] in "ZX"
    except OSError:
        return True


def p95(values: list[float]) -> float:
    """The 95th percentile."""
    return round(quantiles(values, n=20)[-1], 1)


def recorded(heard: Ear) -> dict[str, object]:
    """First sound and silence of recorded wording, and a bare player's first sound."""
    voice = Recorded(VOICE)
    texts = sorted(voice.bank(Language.ZH).recordings)[:ROUNDS]
    speaker = PyttsxSpeaker(voice, Aplay())
    bare, first, silent = [], [], []
    for text in texts:
        ready = sound.wav(voice.render(text, Language.ZH))
        playing: list[subprocess.Popen[bytes]] = []

        def play(ready: bytes = ready, playing: list[subprocess.Popen[bytes]] = playing) -> None:
            process = subprocess.Popen(["aplay", "-q", "-"], stdin=subprocess.PIPE)
            playing.append(process)
            process.stdin.write(ready)

        bare.append(heard.after(play)[0])
        playing[0].communicate()

        milliseconds, process = heard.after(partial(_say, speaker, text))
        first.append(milliseconds)
        began = time.perf_counter()
        speaker.hush()
        while not ended(process):
            pass
        silent.append((time.perf_counter() - began) * 1000)
    return {
        "first_sound_p50_ms": round(median(first), 1),
        "first_sound_p95_ms": p95(first),
        "first_sound_target_ms": FIRST_SOUND_TARGET_MS,
        "ratio_p50_to_bare_player": round(median(first) / median(bare), 2),
        "silence_p95_ms": p95(silent),
        "silence_target_ms": SILENCE_TARGET_MS,
    }


def dynamic(heard: Ear) -> dict[str, object]:
    """First sound of wording that nobody recorded, and what the screen feels of it."""
    if not kokoro().available():
        return {"model": False}
    worker = Worker(child.command("voice", "worker"), child.environment(), there=True)
    began = time.perf_counter()
    worker.wake()
    worker.loaded.wait()
    loading = time.perf_counter() - began
    edition = wiring.edition()
    known = fixed()[Language.ZH]
    steps = [guide.steps[0] for guide in edition.guides.values()]
    texts = [text for text in steps if bare(next(clauses(text, Language.ZH)).text) not in known]
    speaker = PyttsxSpeaker(Chain(worker), Aplay(), worker, slow=lambda *_: True)
    first = []
    for text in texts[:: len(texts) // DYNAMIC_ROUNDS]:
        with suppress(TimeoutError):  # the machine is too busy: another voice would say it
            first.append(heard.after(partial(_say, speaker, text))[0])
        speaker.hush()
    figures = {
        "model": True,
        "loading_s": round(loading, 1),
        "dynamic_clauses": len(first),
        "first_dynamic_p50_ms": round(median(first)),
        "first_dynamic_longest_ms": round(max(first)),
        "first_dynamic_target_ms": FIRST_DYNAMIC_TARGET_MS,
        "timer_gap_idle_ms": timer_gap(lambda: time.sleep(3)),
        "timer_gap_ms": timer_gap(
            lambda: [worker.render(text, Language.ZH) for text in texts[:3]],
        ),
        "timer_gap_target_ms": TIMER_GAP_TARGET_MS,
    }
    speaker.close()
    return figures


def timer_gap(work: Callable[[], object]) -> float:
    """The longest time in which a Qt timer did not beat while a thread was at work, in ms."""
    application = QCoreApplication.instance() or QCoreApplication([])
    heart = Heartbeat()
    at_work = Thread(target=work)
    at_work.start()
    while at_work.is_alive():
        application.processEvents()
        time.sleep(0.0005)
    return round(heart.longest_ms, 1)


def recordings() -> dict[str, object]:
    """Coverage, size, and ten recordings as they are decoded."""
    figures: dict[str, object] = {}
    size = 0
    for language, wanted in fixed().items():
        found = bank.load(VOICE, language)
        size += found.file.stat().st_size if found.file.exists() else 0
        figures[f"coverage_{language}"] = round(
            len(wanted & set(found.recordings)) / len(wanted), 4
        )
        figures[f"minutes_{language}"] = round(
            sum(each.seconds for each in found.recordings.values()) / 60, 1
        )
        chosen = sorted(found.recordings)[:: max(1, len(found.recordings) // 5)][:5]
        figures[f"five_{language}"] = [clip(found, text) for text in chosen]
    return {"megabytes": round(size / 1e6, 1), **figures}


def clip(found: bank.Bank, text: str) -> dict[str, object]:
    """What a recording is like."""
    heard = found.sound(text)
    start, end = sound.audible(heard)
    return {
        "text": text,
        "seconds": round(heard.seconds, 2),
        "silence_before_ms": round(start / heard.rate * 1000),
        "silence_after_ms": round((heard.seconds - end / heard.rate) * 1000),
        "lufs": round(sound.loudness(heard), 1),
        "peak": round(float(np.abs(heard.samples).max()), 2),
    }


def _say(speaker: PyttsxSpeaker, text: str) -> None:
    speaker.say([text], Language.ZH, Manner(), lambda _: None)


def measure() -> dict[str, object]:
    """All figures."""
    with ear() as heard:
        return recorded(heard) | dynamic(heard) | recordings()


if __name__ == "__main__":
    print(json.dumps(measure(), ensure_ascii=False))
