"""Whether somebody speaks: Silero's model over one channel, kept going from frame to frame."""

from functools import cache
from pathlib import Path
from typing import Any

import faster_whisper.utils
import numpy as np
import onnxruntime

from app.speech.engine import RATE, Sound

WINDOW = 512
"""Samples the model looks at in one step: 32 ms."""
WINDOW_S = WINDOW / RATE
_CONTEXT = 64


class VoiceActivity:
    """The chance of speech, window by window. One channel, one thread."""

    def __init__(self) -> None:
        self._session = _session()
        self.reset()

    def reset(self) -> None:
        """Forget what was heard."""
        self._h = np.zeros((1, 1, 128), np.float32)
        self._c = np.zeros((1, 1, 128), np.float32)
        self._context = np.zeros(_CONTEXT, np.float32)

    def chances(self, sound: Sound) -> list[float]:
        """One chance for each WINDOW samples of `sound`, whose length is a multiple of it."""
        windows = (sound.astype(np.float32) / 32768.0).reshape(-1, WINDOW)
        if not len(windows):
            return []
        before = np.vstack([self._context, windows[:-1, -_CONTEXT:]])
        self._context = windows[-1, -_CONTEXT:]
        given = {"input": np.hstack([before, windows]), "h": self._h, "c": self._c}
        found, self._h, self._c = self._session.run(None, given)
        return [float(chance) for chance in np.asarray(found).ravel()]


@cache
def _session() -> Any:
    options = onnxruntime.SessionOptions()
    options.inter_op_num_threads = options.intra_op_num_threads = 1
    options.log_severity_level = 4
    path = Path(faster_whisper.utils.get_assets_path()) / "silero_vad_v6.onnx"
    return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
