"""Recognition and synthesis open no network socket: nothing of a call can leave the computer by them."""

import subprocess
import sys
import threading
import wave
from pathlib import Path

import numpy as np
import psutil
import pytest

from app.desk.commands import Say
from app.desk.events import SpeechMade
from app.domain.announcement import seconds_of
from app.speech.engine import Engine, Sound, text_of
from app.speech.levelling import rms
from app.speech.saying import Sayer
from app.speech.voice import VoiceMaker
from tests.end_to_end.sealed_room import SealedRoom, why_not
from tests.habits.needs import MODELS
from tests.integration.speech.conftest import need
from tests.waiting import wait_for


def inet_sockets() -> list[str]:
    """Of this process and of all its children."""
    here = psutil.Process()
    return [str(open_one) for one in (here, *here.children(recursive=True)) for open_one in one.net_connections("inet")]


class Watch:
    """Looks all the time: a socket that is opened for a moment is seen too, if it lasts 10 ms."""

    def __init__(self) -> None:
        self.seen: list[str] = []
        self.looks = 0
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)

    def __enter__(self) -> "Watch":
        self._before = set(inet_sockets())
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ended.set()
        self._thread.join()

    def _run(self) -> None:
        while not self._ended.wait(0.01):
            self.looks += 1
            self.seen += [one for one in inet_sockets() if one not in self._before]


def test_neither_the_recogniser_nor_the_voices_open_a_network_socket(
    whisper: Engine, spoken: Sound, voice: VoiceMaker, tmp_path: Path
) -> None:
    with Watch() as watch:
        heard = text_of(whisper.open_ear().listen(spoken, is_final=True))
        voice.make("您反映的问题已经记录", "kokoro:zf_xiaoni", tmp_path / "a.wav")

    assert heard and watch.looks > 3 and watch.seen == []


@pytest.mark.programs("espeak-ng")
def test_volume_is_of_the_common_loudness_for_either_engine(voice: VoiceMaker, tmp_path: Path) -> None:
    loud: dict[str, float] = {}
    for name in ("kokoro:zf_xiaoni", "pyttsx3:sit/cmn-latn-pinyin"):
        for volume in (1.0, 0.25):
            path = tmp_path / f"{volume}.wav"
            voice.make("您好，请稍候", name, path, 1.0, volume)
            with wave.open(str(path)) as file:
                samples = np.frombuffer(file.readframes(file.getnframes()), "<i2").astype(np.float32) / np.float32(32768)
            loud[f"{name} {volume}"] = 20 * float(np.log10(rms(samples)))

    for name in ("kokoro:zf_xiaoni", "pyttsx3:sit/cmn-latn-pinyin"):
        assert loud[f"{name} 1.0"] - loud[f"{name} 0.25"] == pytest.approx(12.0, abs=1.0), loud
    assert abs(loud["kokoro:zf_xiaoni 1.0"] - loud["pyttsx3:sit/cmn-latn-pinyin 1.0"]) < 4.0, loud


@pytest.mark.programs("espeak-ng")
def test_a_faster_voice_takes_less_time_with_either_engine(voice: VoiceMaker, tmp_path: Path) -> None:
    for name in ("kokoro:zf_xiaoni", "pyttsx3:sit/cmn-latn-pinyin"):
        seconds = [voice.make("您反映的问题我们已经记录", name, tmp_path / "a.wav", speed) for speed in (0.7, 1.0, 1.8)]

        assert seconds == sorted(seconds, reverse=True) and seconds[0] > 1.5 * seconds[2]


@pytest.mark.programs("espeak-ng")
def test_voices_are_told_with_language_engine_and_gender_mandarin_first(voice: VoiceMaker) -> None:
    details = voice.details()
    by_voice = {detail.voice: detail for detail in details}

    assert (by_voice["kokoro:zm_yunxi"].gender, by_voice["kokoro:zf_xiaoni"].gender) == ("male", "female")
    assert {detail.language for detail in details[:9]} == {"zh-CN"} and "en-US" in {detail.language for detail in details}
    assert voice.fastest() == "pyttsx3:sit/cmn-latn-pinyin", "the one that reads pinyin as Mandarin and not as English"


def spoken_of(told: list[object]) -> list[SpeechMade]:
    return [event for event in told if isinstance(event, SpeechMade)]


@pytest.mark.programs("espeak-ng")
def test_spoken_files_are_their_owners_alone_and_gone_at_the_end(tmp_path: Path) -> None:
    need("kokoro-82m")
    (tmp_path / "said").mkdir()
    (tmp_path / "said/left.wav").write_bytes(b"of a process that was killed")
    told: list[object] = []
    sayer = Sayer(tmp_path / "said", told.append, tmp_path / "kept")
    sayer.use(MODELS)
    sayer.say(Say("one", "您的电话是，幺三八", "pyttsx3:sit/cmn-latn-pinyin"))
    sayer.say(Say("two", "联系电话", "pyttsx3:sit/cmn-latn-pinyin", is_for_ear=True))
    wait_for(lambda: len(spoken_of(told)) == 2, "both sentences", 120)
    made = sorted((path.is_dir(), oct(path.stat().st_mode & 0o777)) for path in (tmp_path / "said").rglob("*"))
    folder = oct((tmp_path / "said").stat().st_mode & 0o777)
    left = (tmp_path / "said/left.wav").exists()

    sayer.close()

    assert not left and folder == "0o700" and made == [(False, "0o600"), (False, "0o600"), (True, "0o700")]
    assert not (tmp_path / "said").exists() and not (tmp_path / "kept").exists()


@pytest.mark.programs("espeak-ng")
def test_the_ear_never_waits_behind_a_long_sentence_and_hears_only_the_newest(tmp_path: Path) -> None:
    need("kokoro-82m")
    told: list[object] = []
    sayer = Sayer(tmp_path / "said", told.append, tmp_path / "kept")
    sayer.use(MODELS)
    wait_for(lambda: told, "the voices", 60)
    sayer.say(Say("long", "您反映的问题我们已经记录，" * 6, "kokoro:zf_xiaoni"))
    for place in range(12):
        sayer.say(Say(f"field {place}", f"第{place}栏", is_for_ear=True))
    wait_for(lambda: any(event.request == "field 11" for event in spoken_of(told)), "the newest", 30)
    made = [event.request for event in spoken_of(told)]
    sayer.say(Say("again", "第11栏", is_for_ear=True))
    again = wait_for(lambda: [event for event in spoken_of(told) if event.request == "again"], "the kept one", 30)[0]
    newest = next(event for event in spoken_of(told) if event.request == "field 11")
    seconds = seconds_of(Path(again.path))
    sayer.close()

    assert "long" not in made and len(made) < 12, made
    assert again.path == newest.path and seconds > 0.2


BY_ITSELF = """
import sys, time
from pathlib import Path
from app.speech.voice_activity import VoiceActivity
from app.speech.voice_child import _Kokoro
import numpy as np
_Kokoro(Path(sys.argv[1])).speak("您好", "zf_xiaoni", 1.0)
VoiceActivity().chances(np.zeros(16 * 512, np.int16))
print("loaded", flush=True)
sys.stdin.read()
"""
REPORTS_AFTER_S = 14.0
"""The runtime's own reporter first looks up its maker's address about ten seconds after a model was loaded."""


def test_the_runtime_below_them_does_not_report_to_its_maker() -> None:
    need("kokoro-82m")
    if lacking := why_not():
        pytest.skip(lacking)
    with SealedRoom() as room:
        line = [sys.executable, "-c", BY_ITSELF, str(MODELS / "kokoro-82m")]
        with subprocess.Popen(line, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as models:
            assert models.stdout is not None and models.stdout.readline().strip() == "loaded"
            threading.Event().wait(REPORTS_AFTER_S)
            tried = room.tried_in_vain
            models.kill()

    assert tried == 0
