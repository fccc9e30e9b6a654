"""Which call is heard, from when on, and what time and number its words get."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from app.desk.speech_commands import HearOut
from app.domain.call import CallId
from app.domain.transcript import Speaker, Utterance, Word
from app.speech import listening
from app.speech.engine import Ear, Sound
from app.speech.hearing import Decoder
from app.speech.listening import Listening
from app.speech.progress import Place, Progress, ProgressFile
from app.speech.voice_activity import WINDOW
from app.taps import FRAME_BYTES, SILENCE, TapFrame

FIRST, SECOND = CallId("1" * 32), CallId("2" * 32)
LOUD = np.full(FRAME_BYTES // 2, 90, np.int16).tobytes()


class Ready:
    """An engine that hears one word in everything."""

    name = "ready"
    is_stream = False

    def open_ear(self) -> Ear:
        return self

    def listen(self, sound: Sound, is_final: bool) -> tuple[Word, ...]:
        return (Word("好", 0.0, 0.2),)


class ByLoudness:
    def chances(self, sound: Sound) -> list[float]:
        return [abs(int(window[-1])) / 100 for window in sound.reshape(-1, WINDOW)] if len(sound) else []


class Desk:
    def __init__(self) -> None:
        self.told: list[tuple[CallId, Utterance]] = []

    def heed(self, call: CallId, utterance: Utterance) -> None:
        self.told.append((call, utterance))

    def finals(self, call: CallId) -> list[Utterance]:
        return [u for c, u in self.told if c == call and u.final]


@pytest.fixture
def decoder() -> Iterator[Decoder]:
    made = Decoder(lambda: None, lambda _: None)
    made.use(Ready())
    yield made
    made.close()


@pytest.fixture(autouse=True)
def loudness(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listening, "VoiceActivity", ByLoudness)
    monkeypatch.setattr(listening._Channel, "__init__", _channel_by_loudness)


def _channel_by_loudness(self: listening._Channel, speaker: Speaker) -> None:
    self.speaker, self.activity = speaker, ByLoudness()  # type: ignore[assignment]
    self.__post_init__()


def frames(call: CallId, begin: int, caller: str, at: float | None = None, agent: str = "") -> list[TapFrame]:
    """One frame of 20 ms for each sign: "#" is loud, "." silent."""
    agent = agent or "." * len(caller)
    zero = begin * 0.02 if at is None else at
    sounds = {"#": LOUD, ".": SILENCE}
    return [
        TapFrame(begin + n, zero + n * 0.02, call, sounds[c], sounds[a])
        for n, (c, a) in enumerate(zip(caller, agent, strict=True))
    ]


SAID = "." * 50 + "#" * 50 + "." * 50  # speech from 1.0 s to 2.0 s


def test_times_count_from_the_first_frame_of_the_call_and_numbers_from_the_taps(decoder: Decoder) -> None:
    desk = Desk()
    heard = Listening(decoder, desk.heed)
    heard.listen_to(FIRST)

    heard.hear(frames(FIRST, 5000, SAID))

    assert decoder.wait_idle(5)
    (final,) = desk.finals(FIRST)
    assert 0.4 < final.start_s < 1.0 and abs(final.end_s - 2.0) < 0.1
    assert 5020 < final.number < 5050


def test_times_count_from_the_answer_where_the_desk_says_it(decoder: Decoder) -> None:
    desk = Desk()
    heard = Listening(decoder, desk.heed)
    heard.listen_to(FIRST, since=1000.0)

    heard.hear(frames(FIRST, 5000, SAID, at=1030.0))

    assert decoder.wait_idle(5)
    assert abs(desk.finals(FIRST)[0].end_s - 32.0) < 0.1


def test_words_said_before_the_desk_asked_to_listen_are_not_lost(decoder: Decoder) -> None:
    desk = Desk()
    heard = Listening(decoder, desk.heed)
    heard.hear(frames(FIRST, 0, SAID))

    heard.listen_to(FIRST)

    assert decoder.wait_idle(5)
    assert len(desk.finals(FIRST)) == 1


def test_two_voices_at_once_are_two_utterances(decoder: Decoder) -> None:
    desk = Desk()
    heard = Listening(decoder, desk.heed)
    heard.listen_to(FIRST)

    heard.hear(frames(FIRST, 0, SAID, agent=SAID))

    assert decoder.wait_idle(5)
    assert {final.speaker for final in desk.finals(FIRST)} == {Speaker.CALLER, Speaker.AGENT}


def test_what_was_being_said_is_finished_when_another_call_is_listened_to_and_no_word_changes_call(
    decoder: Decoder,
) -> None:
    desk = Desk()
    heard = Listening(decoder, desk.heed)
    heard.listen_to(FIRST)
    heard.hear(frames(FIRST, 0, "." * 50 + "#" * 40))

    heard.listen_to(SECOND)
    heard.hear(frames(SECOND, 90, SAID))

    assert decoder.wait_idle(5)
    assert len(desk.finals(FIRST)) == 1 and len(desk.finals(SECOND)) == 1


def test_a_call_come_back_from_hold_goes_on_with_its_own_clock(decoder: Decoder) -> None:
    desk = Desk()
    heard = Listening(decoder, desk.heed)
    heard.listen_to(FIRST)
    heard.hear(frames(FIRST, 0, SAID))

    heard.hear(frames(FIRST, 150, SAID, at=60.0))

    assert decoder.wait_idle(5)
    first, second = desk.finals(FIRST)
    assert abs(first.end_s - 2.0) < 0.1 and abs(second.end_s - 62.0) < 0.1
    assert second.number > first.number


def test_after_stopping_the_begun_words_still_come_and_later_ones_do_not(decoder: Decoder) -> None:
    desk = Desk()
    heard = Listening(decoder, desk.heed)
    heard.listen_to(FIRST)
    heard.hear(frames(FIRST, 0, "." * 50 + "#" * 40))

    heard.stop(FIRST)
    heard.hear(frames(FIRST, 90, SAID))

    assert decoder.wait_idle(5)
    assert len(desk.finals(FIRST)) == 1


def listening_after(left: Progress, decoder: Decoder, desk: Desk, path: Path) -> Listening:
    """Of the process that follows one that died having come so far."""
    before = ProgressFile(path)
    before.keep(left)
    before.release()
    after = ProgressFile(path)
    after.release()
    return Listening(decoder, desk.heed, after)


def test_the_next_process_goes_on_where_the_last_one_had_come_to(decoder: Decoder, tmp_path: Path) -> None:
    desk = Desk()
    left = Progress(FIRST, 0.0, (Place(5120, 102.4), Place(5000, 100.0)), ((0, 5024),))
    heard = listening_after(left, decoder, desk, tmp_path / "told")
    heard.hear(frames(FIRST, 5000, SAID + SAID, agent=SAID + "." * 150))

    heard.listen_to(FIRST)

    assert decoder.wait_idle(5)
    spoken = [(final.speaker, round(final.end_s)) for final in desk.finals(FIRST) if final.text]
    assert sorted(spoken) == [(Speaker.AGENT, 102), (Speaker.CALLER, 105)]  # the caller's first words were told already
    taken_back = [final for final in desk.finals(FIRST) if not final.text and not final.is_missing]
    assert [(final.speaker, final.number) for final in taken_back] == [(Speaker.CALLER, 5024)]
    assert not any(final.is_missing for final in desk.finals(FIRST))


def test_what_the_taps_had_lost_before_the_next_process_came_is_marked_for_both_voices(
    decoder: Decoder, tmp_path: Path
) -> None:
    desk = Desk()
    left = Progress(FIRST, 90.0, (Place(5000, 100.0), Place(5010, 100.2)))
    heard = listening_after(left, decoder, desk, tmp_path / "told")
    heard.hear(frames(FIRST, 5500, SAID))

    heard.listen_to(FIRST)

    assert decoder.wait_idle(5)
    marks = [final for final in desk.finals(FIRST) if final.is_missing]
    assert [(mark.speaker, mark.number, mark.start_s, mark.end_s) for mark in marks] == [
        (Speaker.CALLER, 5000, 10.0, 20.0),
        (Speaker.AGENT, 5010, 10.2, 20.0),
    ]
    assert any(final.text for final in desk.finals(FIRST))


def test_a_new_process_that_hears_of_another_call_leaves_the_old_one_alone(decoder: Decoder, tmp_path: Path) -> None:
    desk = Desk()
    left = Progress(FIRST, 0.0, (Place(10, 0.2), Place(10, 0.2)))
    heard = listening_after(left, decoder, desk, tmp_path / "told")
    heard.hear(frames(SECOND, 5000, SAID))

    heard.listen_to(SECOND)

    assert decoder.wait_idle(5)
    assert [final.text for final in desk.finals(SECOND)] == ["好"] and desk.finals(FIRST) == []


def test_frames_that_were_lost_before_they_could_be_read_are_marked_as_missing(decoder: Decoder) -> None:
    desk = Desk()
    heard = Listening(decoder, desk.heed)
    heard.listen_to(FIRST)
    heard.hear(frames(FIRST, 0, SAID))

    heard.hear(frames(FIRST, 1150, SAID))

    assert decoder.wait_idle(5)
    marks = [final for final in desk.finals(FIRST) if final.is_missing]
    assert [(mark.speaker, mark.start_s, mark.end_s) for mark in marks] == [
        (Speaker.CALLER, 3.0, 23.0),
        (Speaker.AGENT, 3.0, 23.0),
    ]


def test_a_caller_who_agrees_only_now_is_heard_from_now_on(decoder: Decoder, tmp_path: Path) -> None:
    desk = Desk()
    heard = listening_after(Progress(FIRST, 0.0, (Place(0, 0.0), Place(0, 0.0))), decoder, desk, tmp_path / "told")
    heard.hear(frames(FIRST, 0, SAID))

    heard.listen_to(FIRST, is_from_now=True)
    heard.hear(frames(FIRST, 150, SAID))

    assert decoder.wait_idle(5)
    (final,) = desk.finals(FIRST)
    assert 4.9 < final.end_s < 5.1


def left_by_another(tmp_path: Path, *told: Place, shown: tuple[tuple[int, int], ...] = ()) -> ProgressFile:
    before = ProgressFile(tmp_path / "told")
    before.keep(Progress(FIRST, 0.0, (told[0], told[-1]), shown))
    before.release()
    return ProgressFile(tmp_path / "told")


def test_a_call_that_ended_while_no_process_was_there_is_heard_from_the_taps_and_another_goes_on(
    decoder: Decoder, tmp_path: Path
) -> None:
    desk = Desk()
    progress = left_by_another(tmp_path, Place(10, 0.2))
    listening = Listening(decoder, desk.heed, progress)
    listening.hear(frames(FIRST, 0, SAID))
    listening.hear(frames(SECOND, 150, SAID))
    listening.listen_to(SECOND)

    listening.hear_out(HearOut(FIRST, 0.0, 1.0, 3.0))

    listening.finish()
    assert decoder.wait_idle(5)
    assert [(u.text, u.is_missing) for u in desk.finals(FIRST)] == [("好", False)]
    assert [u.text for u in desk.finals(SECOND)] == ["好"]
    progress.release()


def test_of_a_call_that_ended_unheard_and_is_in_the_taps_no_more_all_after_the_last_words_is_marked(
    decoder: Decoder, tmp_path: Path
) -> None:
    desk = Desk()
    progress = left_by_another(tmp_path, Place(500, 10.0), Place(600, 12.0), shown=((0, 520),))
    listening = Listening(decoder, desk.heed, progress)
    listening.hear(frames(SECOND, 5000, "." * 50))

    listening.hear_out(HearOut(FIRST, 0.0, 13.0, 15.0))

    progress.release()
    told = [(u.speaker, u.number, u.start_s, u.end_s, u.is_missing) for u in desk.finals(FIRST)]
    assert told == [
        (Speaker.CALLER, 520, 0.0, 0.0, False),
        (Speaker.CALLER, 500, 10.0, 15.0, True),
        (Speaker.AGENT, 600, 12.0, 15.0, True),
    ]


def test_of_a_call_that_no_process_ever_heard_what_the_desk_names_is_marked(decoder: Decoder) -> None:
    desk = Desk()

    Listening(decoder, desk.heed).hear_out(HearOut(FIRST, 100.0, 104.0, 110.0))

    assert [(u.start_s, u.end_s, u.is_missing) for u in desk.finals(FIRST)] == [(4.0, 10.0, True)] * 2


def test_a_call_that_was_heard_all_along_is_only_finished(decoder: Decoder) -> None:
    desk = Desk()
    listening = Listening(decoder, desk.heed)
    listening.listen_to(FIRST)
    listening.hear(frames(FIRST, 0, "." * 50 + "#" * 50))

    listening.hear_out(HearOut(FIRST, 0.0, 1.0, 2.0))

    assert decoder.wait_idle(5)
    assert [(u.text, u.is_missing) for u in desk.finals(FIRST)] == [("好", False)]
