"""One model in a process of its own, for the comparison: its memory is its own, and its crash or hang ends nothing else.

Told on standard input in one line of JSON: model, engine, folder, language, sounds (raw 16 kHz int16 files). Tells on
standard output in lines of JSON: {"loaded_s", "rss_mb"}, then for each sound {"text", "lag_s", "busy_s"}, then {"peak_mb"}.
"""

import json
import os
import sys
import time
from pathlib import Path
from typing import Any

import numpy as np
import psutil

from app.errors import ModelError
from app.speech.engine import RATE, Engine, Sound, load_engine, text_of
from app.speech.models import ModelFolder
from app.speech.segmenter import Segmenter
from app.speech.voice_activity import VoiceActivity

_STEP_S = 0.4
"""How often a stream is heard while somebody speaks, as in a call."""
_WHOLE_S = 20.0
"""A longer sound is cut at its pauses, as a call is."""


def main() -> int:
    asked = json.loads(sys.stdin.readline())
    out = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)  # what libraries print is no answer
    process, began = psutil.Process(), time.perf_counter()
    before = process.memory_info().rss
    try:
        with ModelFolder(Path(asked["folder"])).opened(asked["model"], asked["language"]) as home:
            engine = load_engine(asked["model"], asked["engine"], home, asked["language"])
    except ModelError as wrong:
        _say(out, {"error": ": ".join(wrong.values)})
        return 1
    except Exception as unreadable:
        _say(out, {"error": f"the engine cannot load it: {unreadable or type(unreadable).__name__}"[:300]})
        return 1
    _say(out, {"loaded_s": time.perf_counter() - began, "rss_mb": (process.memory_info().rss - before) >> 20})
    for path in asked["sounds"]:
        try:
            _say(out, _measured(engine, np.fromfile(path, np.int16)))
        except Exception as broken:
            _say(out, {"error": f"{type(broken).__name__}: {broken}"[:300]})
    _say(out, {"peak_mb": _peak_mb(process)})
    return 0


def _measured(engine: Engine, sound: Sound) -> dict[str, Any]:
    """Words of the whole, the worst wait for final words after a stretch ended, and the time of all that had to be heard."""
    texts, lag_s, busy_s = [], 0.0, 0.0
    for stretch in _stretches(sound):
        ear = engine.open_ear()
        if engine.is_stream:
            for end in range(int(_STEP_S * RATE), len(stretch), int(_STEP_S * RATE)):
                began = time.perf_counter()
                ear.listen(stretch[:end], is_final=False)
                busy_s += time.perf_counter() - began
        began = time.perf_counter()
        texts.append(text_of(ear.listen(stretch, is_final=True)))
        waited = time.perf_counter() - began
        lag_s, busy_s = max(lag_s, waited), busy_s + waited
    return {"text": " ".join(texts), "lag_s": lag_s, "busy_s": busy_s}


def _stretches(sound: Sound) -> list[Sound]:
    if len(sound) <= _WHOLE_S * RATE:
        return [sound]
    segmenter = Segmenter(VoiceActivity().chances)
    found: list[Sound] = []
    for at in range(0, len(sound), RATE):
        found += [stretch.sound() for stretch in segmenter.hear(sound[at : at + RATE]) if stretch.has_ended]
    last = segmenter.finish()
    return [*found, *([last.sound()] if last is not None else [])]


def _peak_mb(process: psutil.Process) -> int:
    """The most memory the process ever had, where the system tells."""
    try:
        import resource

        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10
    except ImportError:
        info = process.memory_info()
        return int(getattr(info, "peak_wset", info.rss)) >> 20


def _say(out: Any, told: dict[str, Any]) -> None:
    print(json.dumps(told, ensure_ascii=False), file=out, flush=True)


if __name__ == "__main__":
    sys.exit(main())
