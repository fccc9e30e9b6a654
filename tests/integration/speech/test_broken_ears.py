"""An engine that hangs, dies or raises in the middle of a call: what was said then is heard by another process, or marked."""

import time
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest

from app.desk.commands import HearOut, ListenTo
from app.desk.events import EarsReady, Heard
from app.domain.call import CallId
from app.domain.transcript import Speaker, Transcript, Utterance
from app.speech.engine import RATE, Sound
from app.speech.process import HUNG
from app.taps import SLOTS
from tests.benchmarks.speech_lag import SpeechRun, speech_run

CALL = CallId("b" * 32)
NOTHING = np.zeros(0, np.int16)


@pytest.fixture
def run() -> Iterator[SpeechRun]:
    with speech_run(program=("-m", "tests.integration.speech.broken_ears")) as started:
        yield started


@pytest.fixture
def loud(spoken: Sound) -> Sound:
    """The sentence at full scale."""
    made: Sound = (spoken * (32_000 / np.abs(spoken.astype(np.int32)).max())).astype(np.int16)
    return made


@pytest.fixture
def low(spoken: Sound) -> Sound:
    made: Sound = (spoken * (8_000 / np.abs(spoken.astype(np.int32)).max())).astype(np.int16)
    return made


def silence(seconds: float) -> Sound:
    return np.zeros(int(seconds * RATE), np.int16)


def listen(run: SpeechRun, model: str, since: float) -> None:
    """What the window asks for whenever it finds a speech process."""
    with run.changed:
        run.told = [(at, event) for at, event in run.told if not isinstance(event, EarsReady)]
    run.load(model)
    run.send(ListenTo(CALL, since))
    run.wait_for(lambda event: isinstance(event, EarsReady) and event.model == model)


def transcript(run: SpeechRun) -> Transcript:
    made = Transcript()
    for _, utterance in run.heard(CALL):
        made = made.with_heard(utterance)
    return made


def a_final(wanted: Any, begin_s: float) -> Any:
    return lambda event: (
        isinstance(event, Heard) and event.utterance.final and event.utterance.end_s > begin_s and wanted(event.utterance)
    )


def is_missing(utterance: Utterance) -> bool:
    return utterance.is_missing and utterance.speaker is Speaker.CALLER


def killed_after_a_sentence(run: SpeechRun, sentence: Sound) -> float:
    """A process that wrote the sentence down and was killed then; gives when it had begun to listen."""
    since = time.time()
    listen(run, "hangs", since)
    run.play(CALL, np.concatenate([sentence, silence(1)]), NOTHING)
    run.wait_for(a_final(lambda utterance: utterance.text, 0.0))
    run.process.kill()
    run.process.wait(10)
    return since


@pytest.mark.speech("kokoro-82m")
def test_a_hanging_engine_ends_the_process_and_what_was_said_meanwhile_is_heard_by_the_next(
    run: SpeechRun, loud: Sound, low: Sound
) -> None:
    since = time.time()
    listen(run, "hangs", since)
    run.play(CALL, np.concatenate([low, silence(1), loud, silence(1)]), NOTHING)
    meanwhile = time.time() - since

    run.play(CALL, np.concatenate([low, silence(1)]), NOTHING)
    run.be_silent(CALL, 8.0)

    assert run.process.wait(20) == HUNG
    run.start_again()
    listen(run, "hangs", since)
    run.wait_for(a_final(lambda utterance: utterance.text, meanwhile), 30)
    said = transcript(run).utterances
    assert [utterance.is_missing for utterance in said] == [False, True, False], said
    assert all(utterance.final for utterance in said)


@pytest.mark.speech("kokoro-82m")
def test_a_stretch_over_which_the_process_died_twice_is_marked_and_the_third_goes_on_after_it(
    run: SpeechRun, loud: Sound, low: Sound
) -> None:
    since = time.time()
    listen(run, "dies", since)
    run.play(CALL, np.concatenate([low, silence(1), loud, silence(1)]), NOTHING)
    for _ in range(2):
        assert run.process.wait(20) != 0
        run.start_again()
        listen(run, "dies", since)
        run.be_silent(CALL, 1.0)

    run.wait_for(a_final(is_missing, 0.0), 30)
    after = time.time() - since
    run.play(CALL, np.concatenate([low, silence(1)]), NOTHING)

    run.wait_for(a_final(lambda utterance: utterance.text, after), 30)
    assert run.process.poll() is None
    assert [utterance.is_missing for utterance in transcript(run).utterances if utterance.speaker is Speaker.CALLER] == [
        False,
        True,
        False,
    ]


@pytest.mark.speech("kokoro-82m")
def test_what_the_taps_no_longer_keep_when_a_dead_process_is_followed_is_marked_as_missing(run: SpeechRun, low: Sound) -> None:
    since = killed_after_a_sentence(run, low)
    for number in range(SLOTS + 200):  # the frames of more than the taps keep, as fast as they can be written
        run.writer.put(since + 6 + number * 0.02, CALL, b"", b"")

    run.start_again()
    listen(run, "hangs", since)
    run.writer.put(since + 6 + (SLOTS + 200) * 0.02, CALL, b"", b"")

    run.wait_for(a_final(is_missing, 0.0), 30)
    first, mark = [u for u in transcript(run).utterances if u.speaker is Speaker.CALLER]
    assert first.text and mark.end_s - mark.start_s > 3


@pytest.mark.speech("kokoro-82m")
def test_the_end_of_a_call_in_which_the_process_died_is_heard_by_the_next_one(run: SpeechRun, low: Sound) -> None:
    since = killed_after_a_sentence(run, low)
    lost_at = time.time()
    run.play(CALL, np.concatenate([low, silence(0.5)]), NOTHING)
    ended_at = time.time()

    run.start_again()
    run.load("hangs")
    run.send(HearOut(CALL, since, lost_at, ended_at))

    run.wait_for(a_final(lambda utterance: utterance.text, lost_at - since), 30)
    assert [u.is_missing for u in transcript(run).utterances] == [False, False]


@pytest.mark.speech("kokoro-82m")
def test_the_end_of_a_call_that_the_taps_no_longer_keep_is_marked(run: SpeechRun, low: Sound) -> None:
    since = killed_after_a_sentence(run, low)
    ended_at = time.time() + 5
    for number in range(SLOTS + 200):  # another call takes the place of all that the taps kept
        run.writer.put(ended_at + number * 0.02, CallId("e" * 32), b"", b"")

    run.start_again()
    run.send(HearOut(CALL, since, ended_at - 5, ended_at))

    run.wait_for(a_final(is_missing, 0.0), 30)
    assert transcript(run).utterances[-1].end_s == pytest.approx(ended_at - since, abs=0.1)


@pytest.mark.speech("kokoro-82m")
def test_an_engine_that_always_raises_over_a_stretch_leaves_a_mark_and_the_next_words_are_heard(
    run: SpeechRun, loud: Sound, low: Sound
) -> None:
    listen(run, "raises", 0.0)

    run.play(CALL, np.concatenate([loud, silence(1), low, silence(1)]), NOTHING)

    run.wait_for(a_final(lambda utterance: utterance.text, len(loud) / RATE), 20)
    assert [utterance.is_missing for utterance in transcript(run).utterances] == [True, False]
    assert run.process.poll() is None


@pytest.mark.speech("kokoro-82m")
@pytest.mark.slow
def test_an_engine_that_lets_no_thread_run_any_more_ends_the_process_too(run: SpeechRun, loud: Sound) -> None:
    listen(run, "hangs-all", 0.0)

    run.play(CALL, np.concatenate([loud, silence(1)]), NOTHING)

    assert run.process.wait(60) != 0
