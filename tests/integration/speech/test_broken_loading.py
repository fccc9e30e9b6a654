"""A model whose loading hangs or ends the process: it is tried once more, then the next one listens, and all of it is said."""

import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from typing import Any

import numpy as np
import pytest

from app.desk.commands import ListenTo
from app.desk.events import EarsReady, Heard, Noticed
from app.domain.call import CallId
from app.domain.notice import NoticeCode
from app.speech.engine import Sound
from app.speech.process import HUNG
from tests.benchmarks.speech_lag import SpeechRun, speech_run

CALL = CallId("d" * 32)
PROGRAM = ("-m", "tests.integration.speech.broken_loading")


def begin(load_s: float) -> AbstractContextManager[SpeechRun]:
    return speech_run({"JIESU_TEST_LOAD_S": str(load_s)}, PROGRAM)


@pytest.fixture
def run() -> Iterator[SpeechRun]:
    with begin(1.5) as started:
        yield started


def noticed(code: NoticeCode, *values: str) -> Callable[[Any], bool]:
    wanted = (code, values)
    return lambda event: isinstance(event, Noticed) and (event.notice.code, event.notice.values[: len(values)]) == wanted


def ears(model: str) -> Callable[[Any], bool]:
    return lambda event: isinstance(event, EarsReady) and event.model == model


@pytest.mark.parametrize("way", ["hangs", "hangs-all", "dies"])
def test_a_model_that_no_process_comes_back_from_is_tried_twice_and_then_the_next_one_listens(run: SpeechRun, way: str) -> None:
    codes = []
    for _ in range(2):
        run.load(way, "works")
        codes.append(run.process.wait(30))
        run.start_again()

    run.load(way, "works")

    run.wait_for(ears("works"), 30)
    assert all(code != 0 for code in codes) and run.process.poll() is None
    if way == "hangs":
        assert codes == [HUNG, HUNG]
        run.wait_for(noticed(NoticeCode.MODEL_LOADING, way))
        run.wait_for(noticed(NoticeCode.SPEECH_DOWN))


def test_where_no_other_model_is_left_the_agent_is_told_which_one_cannot_be_loaded(run: SpeechRun) -> None:
    for _ in range(2):
        run.load("hangs")
        run.process.wait(30)
        run.start_again()

    run.load("hangs")

    run.wait_for(noticed(NoticeCode.MODEL_HANGS, "hangs"), 30)
    assert run.process.poll() is None


def test_what_is_said_while_a_model_hangs_is_heard_by_the_process_that_follows(run: SpeechRun, spoken: Sound) -> None:
    low = (spoken * (8_000 / np.abs(spoken.astype(np.int32)).max())).astype(np.int16)
    since = time.time()
    for _ in range(2):
        run.load("hangs", "works")
        run.send(ListenTo(CALL, since))
        run.play(CALL, low, np.zeros(0, np.int16))
        run.process.wait(30)
        run.start_again()

    run.load("hangs", "works")
    run.send(ListenTo(CALL, since))
    run.be_silent(CALL, 1.0)

    run.wait_for(lambda event: isinstance(event, Heard) and event.utterance.text.startswith("好"), 30)


def test_what_listens_goes_on_listening_while_another_model_does_not_come_back(run: SpeechRun) -> None:
    run.load("works")
    run.wait_for(ears("works"))

    run.load("hangs")

    run.wait_for(noticed(NoticeCode.MODEL_HANGS, "hangs"), 30)
    assert run.process.poll() is None


def test_a_process_that_is_told_to_end_while_it_loads_is_not_held_against_the_model() -> None:
    with begin(60) as run:
        run.load("hangs")
        run.wait_for(noticed(NoticeCode.MODEL_LOADING, "hangs"))
        noted = run.taps.with_name("loading")
        before = noted.read_text(encoding="utf-8")

        code = run.close()

        assert '"times":1' in before
        assert code == 0 and noted.read_text(encoding="utf-8") == "[]"
