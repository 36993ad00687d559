"""PP-OCRv6 (small), run by ONNX Runtime: what characters are in a picture of one line."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from kiosk.errors import ContentError
from services.writing.hand.drawing import HEIGHT, Image

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from services.writing.hand.decoding import Readings

_BLANK = "\0"


class Recogniser:
    """Safe to use from any thread; keeps nothing of what it has read. `characters` are those it
    tells, the first of them no character."""

    characters: str

    def __init__(self, model: Path, wanted: Callable[[str], bool]) -> None:
        """Tells `wanted` characters only. Raises `ContentError`. Takes a tenth of a second."""
        import onnxruntime

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        # An arena is never freed, and what is not freed is not written over (`kiosk.erasure`).
        options.enable_cpu_mem_arena = False
        try:
            self._session = onnxruntime.InferenceSession(
                model, options, providers=["CPUExecutionProvider"]
            )
            lines = self._session.get_modelmeta().custom_metadata_map["character"]
        except Exception as error:  # its own exceptions have no base of their own
            raise ContentError(f"{model}: cannot be used: {error}") from error
        known = [_BLANK, *lines.split("\n")]
        self._columns = np.array([at for at, each in enumerate(known) if at == 0 or wanted(each)])
        self.characters = "".join(known[at] for at in self._columns)

    def read(self, image: Image) -> Readings:
        """What is written in a picture of any width."""
        # White paper is 1, black ink -1, in three equal channels.
        grey = np.broadcast_to(1 - 2 * image, (1, 3, HEIGHT, image.shape[1]))
        (readings,) = self._session.run(None, {"x": np.ascontiguousarray(grey)})
        found: Readings = readings[0][:, self._columns]
        return found
