"""Announcements whose words were changed are spoken once by the speech process, evenly loud, and kept."""

import json
import subprocess
import wave
from pathlib import Path

import numpy as np
import psutil

from app.desk.commands import Say
from app.desk.events import SpeechMade
from app.speech.levelling import LOUDNESS_DBFS, rms, spoken_frames
from app.speech.saying import Sayer
from app.speech.voice import child_command
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


def test_an_end_in_the_middle_of_a_long_sentence_leaves_no_child_and_takes_no_time(tmp_path: Path) -> None:
    need("kokoro-82m")
    told: list[object] = []
    before = psutil.Process().children(recursive=True)
    sayer = Sayer(tmp_path / "said", told.append, tmp_path / "kept")
    sayer.use(MODELS)
    wait_for(lambda: told, "the voices", 60)
    sayer.say(Say("long", "您反映的问题我们已经记录，" * 30, "kokoro:zf_xiaoni"))
    sayer.say(Say("next", "请稍候。", "kokoro:zf_xiaoni"))
    children = wait_for(
        lambda: [child for child in psutil.Process().children(recursive=True) if child not in before],
        "the child that speaks",
        30,
    )

    sayer.close()

    assert not any(isinstance(event, SpeechMade) for event in told)
    assert psutil.wait_procs(children, 5)[1] == []


def test_a_voice_whose_master_was_killed_ends_in_the_middle_of_its_sentence(tmp_path: Path) -> None:
    need("kokoro-82m")
    with subprocess.Popen([*child_command(), str(MODELS)], stdin=subprocess.PIPE, text=True) as child:
        assert child.stdin is not None
        asked = {"do": "say", "text": "您反映的问题，" * 90, "voice": "kokoro:zf_xiaoni", "speed": 1.0, "volume": 1.0}
        child.stdin.write(json.dumps({**asked, "path": str(tmp_path / "a.wav")}) + "\n")
        child.stdin.flush()
        wait_for(lambda: psutil.Process(child.pid).cpu_times().user > 1.5, "a child that speaks", 60)

        child.stdin.close()

        assert child.wait(5) == 0
    assert not (tmp_path / "a.wav").exists()
