"""What one speech process leaves to the next: how far was told, what was shown, what it died of."""

from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest

from app.desk.events import Heard
from app.domain.call import CallId
from app.domain.transcript import Speaker, Utterance
from app.speech.engine import RATE
from app.speech.jobs import Job
from app.speech.progress import Place, Progress, ProgressFile
from app.speech.segmenter import Stretch
from app.speech.telling import FRAME_SAMPLES
from app.speech.unattended import Unattended

CALL, OTHER = CallId("1" * 32), CallId("2" * 32)
FAR = Progress(CALL, 1000.0, (Place(500, 1010.0), Place(700, 1014.0)), ((0, 510),))


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Callable[[], ProgressFile]]:
    """Each call is a new process on the same file."""
    made: list[ProgressFile] = []

    def one() -> ProgressFile:
        made.append(ProgressFile(tmp_path / "told"))
        return made[-1]

    yield one
    for file in made:
        file.release()


def job(number: int) -> Job:
    blank = Utterance(Speaker.CALLER, number, "", 0.0, 0.0, False)
    return Job(Stretch(0, [np.zeros(RATE, np.int16)], RATE), blank, lambda _job, _heard: None)


def test_the_next_process_reads_how_far_the_last_one_came(start: Callable[[], ProgressFile]) -> None:
    start().keep(FAR)

    left = start().left

    assert left == FAR
    assert left is not None and left.begins == 500


def test_one_that_ended_as_it_was_told_leaves_nothing(start: Callable[[], ProgressFile]) -> None:
    kept = start()
    kept.keep(FAR)
    kept.close()

    assert start().left is None


def test_a_torn_file_is_as_none(start: Callable[[], ProgressFile], tmp_path: Path) -> None:
    start().keep(FAR)
    path = tmp_path / "told"
    path.write_bytes(path.read_bytes()[:30])

    assert start().left is None


def test_a_stretch_that_killed_two_processes_is_passed_over_by_the_third_on_its_own_channel_only(
    start: Callable[[], ProgressFile],
) -> None:
    for times in (1, 2):
        process = start()
        process.keep(FAR)
        process.attempt(job(510), 100 * FRAME_SAMPLES)
        left = start().left
        assert left is not None and left.attempt is not None and left.attempt.times == times

    assert left is not None and left.resumed() == (610, 700)


def test_a_stretch_that_the_engine_came_back_from_is_no_danger(start: Callable[[], ProgressFile]) -> None:
    process = start()
    process.keep(FAR)
    process.attempt(job(510), RATE)
    process.attempt(None, 0)

    assert start().left == FAR


def heard(call: CallId, number: int, is_final: bool = True) -> Heard:
    return Heard(call, Utterance(Speaker.CALLER, number, "好", 0.0, 1.0, is_final))


def test_finals_that_no_window_was_there_for_are_told_once_to_the_next_that_knows_the_call() -> None:
    kept = Unattended(lambda: 100.0)
    kept.note(heard(CALL, 1), is_attended=False)
    kept.note(heard(CALL, 2, is_final=False), is_attended=False)
    kept.note(heard(OTHER, 3), is_attended=False)

    assert [one.utterance.number for one in kept.of(CALL)] == [1]
    assert kept.of(CALL) == []


def test_a_window_that_was_there_all_the_time_is_told_nothing_twice() -> None:
    kept = Unattended(lambda: 100.0)
    kept.note(heard(CALL, 1), is_attended=True)

    assert kept.of(CALL) == []
