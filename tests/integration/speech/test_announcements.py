"""Announcements whose words were changed are spoken once by the speech process, evenly loud, and kept."""

import wave
from pathlib import Path

import numpy as np

from app.desk.commands import Say
from app.desk.events import SpeechMade
from app.speech.levelling import LOUDNESS_DBFS, rms, spoken_frames
from app.speech.saying import Sayer
from tests.habits.needs import MODELS
from tests.integration.speech.conftest import need
from tests.waiting import wait_for

WISH = Say("announcement hold 01234567", "请稍候。", "kokoro:zf_xiaoxiao", is_announcement=True)


def test_an_announcement_is_made_once_evenly_loud_and_kept_for_the_next_start(tmp_path: Path) -> None:
    need("kokoro-82m")
    told: list[object] = []
    sayer = Sayer(tmp_path / "said", told.append, tmp_path / "kept")
    sayer.use(MODELS)
    sayer.say(WISH)
    first = wait_for(lambda: [event for event in told if isinstance(event, SpeechMade)], "spoken", 120)[0]
    made_at = Path(first.path).stat().st_mtime_ns

    sayer.say(WISH)
    second = wait_for(lambda: [event for event in told if isinstance(event, SpeechMade)][1:], "told again", 30)[0]
    sayer.close()

    with wave.open(first.path) as file:
        samples = (np.frombuffer(file.readframes(file.getnframes()), "<i2") / 32768).astype(np.float32)
    loud = samples[: len(samples) // 320 * 320].reshape(-1, 320)[spoken_frames(samples)]
    assert Path(first.path).parent == tmp_path / "kept"
    assert (second.path, Path(second.path).stat().st_mtime_ns) == (first.path, made_at)
    assert abs(20 * np.log10(rms(loud)) - LOUDNESS_DBFS) < 1.0
