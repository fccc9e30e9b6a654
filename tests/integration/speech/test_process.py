"""The speech process as the console meets it: over its link, with real taps and real models."""

import os
import shutil
import subprocess
import sys
import time
import wave
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import psutil
import pytest

from app.desk.commands import ListenTo, Say, StopListening
from app.desk.events import DeskEvent, EarsReady, NoticeCleared, Noticed, SpeechMade, VoiceReady
from app.domain.call import CallId
from app.domain.notice import NoticeCode
from app.domain.transcript import Speaker
from app.link import SteadyLink
from app.speech.engine import Sound
from app.taps import make_taps
from tests.benchmarks.speech_lag import (
    Measured,
    SpeechRun,
    distance,
    lay_out,
    measure,
    over_the_telephone,
    plain,
    speech_run,
)
from tests.habits.needs import MODELS
from tests.integration.speech.conftest import SENTENCE
from tests.waiting import wait_for

CALL = CallId("c" * 32)
NOTHING = np.zeros(0, np.int16)


@pytest.fixture
def run() -> Iterator[SpeechRun]:
    with speech_run({"JIESU_MODELS": str(MODELS)}) as started:
        yield started


def noticed(code: NoticeCode) -> Any:
    return lambda event: isinstance(event, Noticed) and event.notice.code == code


def ears(model: str) -> Any:
    return lambda event: isinstance(event, EarsReady) and event.model == model


def speech_made(event: Any) -> bool:
    return isinstance(event, SpeechMade)


def final_of(speaker: Speaker) -> Any:
    return lambda event: getattr(event, "call", "") == CALL and event.utterance.final and event.utterance.speaker == speaker


@pytest.mark.speech("whisper-base", "kokoro-82m")
def test_two_voices_at_once_are_written_down_apart_with_partials_before_finals(run: SpeechRun, spoken: Sound) -> None:
    run.load("vosk-model-small-cn-0.22", "whisper-base", folder=MODELS)
    run.wait_for(ears("whisper-base"))
    run.send(ListenTo(CALL))
    sound = over_the_telephone(spoken)

    run.play(CALL, sound, np.concatenate([np.zeros(16_000, np.int16), sound]))
    run.be_silent(CALL, 1.5)

    for speaker in Speaker:
        final = run.wait_for(final_of(speaker)).utterance
        ours = [u for _, u in run.heard(CALL) if u.speaker == speaker]
        text = "".join(u.text for u in ours if u.final)
        assert distance(plain(SENTENCE), plain(text)) <= len(plain(SENTENCE)) * 0.35, text
        assert not ours[0].final and ours[0].number == final.number
        assert final.words[0].start_s >= final.start_s and final.words[-1].end_s <= final.end_s + 0.5


@pytest.mark.speech("whisper-base", "kokoro-82m")
def test_words_begun_when_the_call_is_left_still_come(run: SpeechRun, spoken: Sound) -> None:
    run.load("whisper-base", folder=MODELS)
    run.wait_for(ears("whisper-base"))
    run.send(ListenTo(CALL))

    run.play(CALL, spoken[: 3 * 16_000], NOTHING)
    run.send(StopListening(CALL))

    assert run.wait_for(final_of(Speaker.CALLER), 30).utterance.text


@pytest.mark.speech("whisper-base")
def test_a_window_that_attaches_anew_is_told_what_listens_and_which_voices_there_are(run: SpeechRun) -> None:
    run.load("whisper-base", folder=MODELS)
    run.wait_for(ears("whisper-base"))
    run.wait_for(lambda event: isinstance(event, VoiceReady))

    run.attach_anew()

    run.wait_for(ears("whisper-base"), 10)
    run.wait_for(lambda event: isinstance(event, VoiceReady), 10)


@pytest.mark.speech("whisper-base")
def test_a_missing_model_is_said_stands_for_a_new_window_and_is_cleared_when_one_listens(
    run: SpeechRun, tmp_path: Path
) -> None:
    run.load("whisper-base", folder=tmp_path)
    run.wait_for(noticed(NoticeCode.MODEL_MISSING))
    run.attach_anew()
    run.wait_for(noticed(NoticeCode.MODEL_MISSING), 10)

    run.load("whisper-base", folder=MODELS)

    run.wait_for(ears("whisper-base"))
    run.wait_for(lambda event: isinstance(event, NoticeCleared) and event.code == NoticeCode.MODEL_MISSING, 10)


@pytest.mark.programs("espeak-ng")
def test_a_sentence_is_spoken_into_a_file_and_a_voice_nobody_has_is_said(run: SpeechRun) -> None:
    run.wait_for(lambda event: isinstance(event, VoiceReady))

    run.send(Say("one", "您好", voice="pyttsx3:sit/cmn"))
    run.send(Say("two", "您好", voice="pyttsx3:nobody"))

    made = run.wait_for(speech_made)
    run.wait_for(noticed(NoticeCode.VOICE_FAILED))
    assert made.request == "one"
    with wave.open(made.path) as file:
        assert abs(file.getnframes() / file.getframerate() - made.seconds) < 0.05


@pytest.mark.speech("kokoro-82m")
@pytest.mark.programs("espeak-ng")
def test_broken_neural_voices_are_said_until_they_are_put_right_and_the_systems_voice_speaks(
    run: SpeechRun, tmp_path: Path
) -> None:
    shutil.copytree(MODELS / "kokoro-82m", tmp_path / "kokoro-82m")
    os.truncate(tmp_path / "kokoro-82m" / "model.onnx", 1_000_000)
    run.load(folder=tmp_path)
    said = run.wait_for(noticed(NoticeCode.VOICE_MODEL_WRONG)).notice
    run.send(Say("one", "您好"))
    run.wait_for(speech_made)
    run.attach_anew()
    run.wait_for(noticed(NoticeCode.VOICE_MODEL_WRONG), 10)

    run.load(folder=MODELS)

    run.wait_for(lambda event: isinstance(event, NoticeCleared) and event.code == NoticeCode.VOICE_MODEL_WRONG, 30)
    assert said.values == ("kokoro-82m", "model.onnx") and said.standing


def test_taps_that_are_not_there_are_said_and_found_when_they_come(run: SpeechRun) -> None:
    with speech_run({"JIESU_TAPS": str(run.folder / "later")}) as late:
        late.wait_for(noticed(NoticeCode.SPEECH_DOWN))

        make_taps(run.folder / "later")

        late.wait_for(lambda event: isinstance(event, NoticeCleared) and event.code == NoticeCode.SPEECH_DOWN, 20)


def test_the_process_ends_when_it_is_told_and_leaves_no_child(run: SpeechRun) -> None:
    run.wait_for(lambda event: isinstance(event, VoiceReady))
    children = psutil.Process(run.process.pid).children(recursive=True)

    code = run.close()

    assert code == 0
    assert not any(child.is_running() for child in children)


def test_it_ends_by_itself_when_its_standard_input_closes(tmp_path: Path) -> None:
    make_taps(tmp_path / "taps")
    places = {"JIESU_SPEECH_LINK": str(tmp_path / "s"), "JIESU_LINK_KEY": "00" * 32, "JIESU_TAPS": str(tmp_path / "taps")}
    process = subprocess.Popen([sys.executable, "-m", "app.speech"], env={**os.environ, **places}, stdin=subprocess.PIPE)
    link = SteadyLink(places["JIESU_SPEECH_LINK"], bytes(32), DeskEvent, lambda _event: None)
    wait_for(lambda: link.send(StopListening(CALL)), "the process", 30)
    link.close()

    assert process.stdin is not None
    process.stdin.close()

    assert process.wait(15) == 0


def test_without_its_environment_the_process_says_what_is_missing() -> None:
    ended = subprocess.run([sys.executable, "-m", "app.speech"], capture_output=True, text=True, timeout=60, env={"PATH": ""})

    assert ended.returncode == 2
    assert "JIESU_SPEECH_LINK" in ended.stderr and "Traceback" not in ended.stderr


@pytest.mark.speech("whisper-base")
@pytest.mark.shared
def test_a_scripted_call_is_understood_and_its_last_words_stand_within_two_seconds(run: SpeechRun, shared: Path) -> None:
    turns, voices = lay_out(shared / "speech" / "calls" / "noise_complaint")
    run.load("whisper-base", folder=MODELS)
    run.wait_for(ears("whisper-base"))
    run.send(ListenTo(CALL))

    began = run.play(CALL, voices[Speaker.CALLER], voices[Speaker.AGENT])
    run.be_silent(CALL, 2.0)

    measured = Measured()
    measure(measured, turns, run.heard(CALL), began)
    figures = measured.figures()
    assert figures["turns_without_words"] == 0
    assert figures["cer"] < 0.3, figures
    assert figures["final_lag_p50_s"] < 2.0, figures


def test_a_killed_process_leaves_the_voice_child_to_end_by_itself(run: SpeechRun) -> None:
    run.wait_for(lambda event: isinstance(event, VoiceReady))
    children = psutil.Process(run.process.pid).children(recursive=True)
    assert children

    run.process.kill()

    until = time.monotonic() + 15
    while any(child.is_running() and child.status() != psutil.STATUS_ZOMBIE for child in children):
        assert time.monotonic() < until, "a voice child outlived its process"
        time.sleep(0.05)


@pytest.mark.speech("whisper-base")
@pytest.mark.parametrize("after_s", [0.2, 0.6, 1.0, 1.4])
def test_an_end_in_the_middle_of_loading_a_model_is_an_end_and_no_crash(after_s: float) -> None:
    with speech_run({"JIESU_MODELS": str(MODELS)}) as run:
        run.load("whisper-base", folder=MODELS)
        time.sleep(after_s)  # wherever the engine's native code is then

        code = run.close()

    assert code == 0
