"""Where stretches of speech begin, pause and end; the chance of speech is told by the loudness of the made sound."""

from itertools import pairwise

import numpy as np

from app.speech.engine import RATE, Sound
from app.speech.segmenter import END_S, MOST_S, TAIL_S, Segmenter, Stretch
from app.speech.voice_activity import WINDOW


def chances(sound: Sound) -> list[float]:
    return [float(abs(int(window[0]))) / 100 for window in sound.reshape(-1, WINDOW)] if len(sound) else []


def speech(seconds: float, chance: float = 0.9) -> Sound:
    return np.full(int(seconds * RATE), int(chance * 100), np.int16)


def silence(seconds: float) -> Sound:
    return np.zeros(int(seconds * RATE), np.int16)


def hear(*parts: Sound, frame: int = 320) -> list[Stretch]:
    """All stretches in the order they began."""
    segmenter = Segmenter(chances)
    sound = np.concatenate(parts)
    found: dict[int, Stretch] = {}
    for at in range(0, len(sound), frame):
        for stretch in segmenter.hear(sound[at : at + frame]):
            found[id(stretch)] = stretch
    return list(found.values())


def test_a_sentence_is_one_stretch_with_a_little_before_and_after_it() -> None:
    (stretch,) = hear(silence(2), speech(3), silence(1))

    assert stretch.has_ended
    assert 1.5 < stretch.start / RATE < 2.0
    assert abs((stretch.start + stretch.voiced_to) / RATE - 5.0) < 0.1
    assert len(stretch.sound()) - stretch.voiced_to <= TAIL_S * RATE


def test_a_short_pause_keeps_a_sentence_together_and_is_seen_as_a_pause() -> None:
    (stretch,) = hear(silence(1), speech(1), silence(END_S - 0.15), speech(1))

    assert not stretch.has_ended and not stretch.is_paused
    (paused,) = hear(silence(1), speech(1), silence(END_S - 0.15))
    assert paused.is_paused and not paused.has_ended


def test_a_long_pause_makes_two_stretches() -> None:
    first, second = hear(silence(1), speech(1), silence(END_S + 0.1), speech(1), silence(1))

    assert first.start + first.length <= second.start + RATE * 0.5
    assert first.has_ended and second.has_ended


def test_a_click_is_no_speech() -> None:
    assert hear(silence(1), speech(0.05), silence(1), speech(0.05), silence(1)) == []


def test_somebody_who_never_pauses_is_cut_at_the_weakest_place_and_nothing_is_lost_or_said_twice() -> None:
    stretches = hear(silence(0.5), speech(18), speech(0.1, 0.4), speech(25), silence(1))

    assert len(stretches) == 3
    assert abs((stretches[0].start + stretches[0].length) / RATE - 18.6) < 0.1
    for one, next_one in pairwise(stretches):
        assert one.start + one.length == next_one.start
        assert one.length <= MOST_S * RATE + WINDOW


def test_the_size_of_the_frames_changes_nothing() -> None:
    parts = (silence(1), speech(2), silence(1), speech(1.5), silence(1))

    small, large = hear(*parts, frame=320), hear(*parts, frame=16_000)

    assert [(s.start, s.length, s.voiced_to) for s in small] == [(s.start, s.length, s.voiced_to) for s in large]


def test_finishing_ends_what_is_open_and_the_next_speech_is_new() -> None:
    segmenter = Segmenter(chances)
    segmenter.hear(speech(1))

    ended = segmenter.finish()
    after = segmenter.hear(speech(1))

    assert ended is not None and ended.has_ended
    assert after and after[0] is not ended
