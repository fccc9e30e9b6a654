"""What is counted of heard speech: stages, turns and their finals, lags."""

import numpy as np

from app.domain.transcript import Repair, Speaker, Utterance
from tests.benchmarks.speech_live import Measured, Played, add, stage_of
from tests.benchmarks.speech_sounds import Scene, Turn


def final(text: str, start_s: float, end_s: float, heard_as: str = "", repairs: tuple[Repair, ...] = ()) -> Utterance:
    return Utterance(Speaker.CALLER, int(start_s * 50), text, start_s, end_s, True, heard_as=heard_as, repairs=repairs)


def played(turns: tuple[Turn, ...], *heard: tuple[float, Utterance]) -> Played:
    silence = {speaker: np.zeros(0, np.int16) for speaker in Speaker}
    return Played(Scene("made", turns, silence), 100.0, list(heard))


def test_each_stage_has_its_own_text() -> None:
    utterance = final("建设路26号，着火了。", 0, 2, heard_as="建社路二十六号找火了", repairs=(Repair(0, 3, "建社路"),))

    assert stage_of(utterance, "raw") == "建社路二十六号找火了"
    assert stage_of(utterance, "repaired") == "建设路二十六号找火了"
    assert stage_of(utterance, "written") == "建设路26号，着火了。"


def test_an_utterance_that_nothing_was_done_to_is_the_same_in_all_stages() -> None:
    assert {stage_of(final("您好", 0, 1), stage) for stage in ("raw", "repaired", "written")} == {"您好"}


def test_finals_are_counted_for_the_turn_they_lie_in_and_lags_from_where_its_speech_stops() -> None:
    turns = (Turn(Speaker.CALLER, "您好", 1.0, 2.0), Turn(Speaker.CALLER, "再见", 3.0, 4.0))
    measured = Measured()

    add(measured, played(turns, (102.7, final("您好", 0.9, 2.1)), (104.9, final("再贱", 2.9, 4.1))))

    assert (measured.turns, measured.missed, measured.signs, measured.wrong["written"]) == (2, 0, 4, 1)
    assert [round(lag, 2) for lag in measured.final_lags] == [0.7, 0.9]


def test_a_turn_that_nothing_was_heard_of_is_wholly_wrong() -> None:
    measured = Measured()

    add(measured, played((Turn(Speaker.CALLER, "您好", 1.0, 2.0),)))

    assert (measured.missed, measured.wrong["raw"], measured.final_lags) == (1, 2, [])


def test_numbers_may_be_read_out_as_they_are_spoken() -> None:
    measured = Measured()

    add(measured, played((Turn(Speaker.CALLER, "三百块", 1.0, 2.0),), (102.7, final("300块", 0.9, 2.1))))

    assert measured.wrong["written"] > 0 and measured.wrong_as_said["written"] == 0
