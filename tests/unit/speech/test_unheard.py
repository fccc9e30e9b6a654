"""What is told when the engine fails, hangs or is missing: the words there were, and the mark where somebody spoke unheard."""

import threading
from collections.abc import Iterator

import pytest

from app.domain.transcript import Repair, Word
from app.speech.engine import RATE, Ear, Sound
from app.speech.hearing import HUNG_S, Decoder
from app.speech.telling import AsHeard, Written
from tests.unit.speech.told import Told, grow, offer, speaking


class Faulty:
    """Hears the seconds of the sound; raises while `breaks` is above 0, and waits where `hangs`."""

    name = "faulty"
    is_stream = False

    def __init__(self, breaks: int = 0) -> None:
        self.breaks = breaks
        self.goes = threading.Event()
        self.goes.set()
        self.began = threading.Event()

    def open_ear(self) -> Ear:
        return self

    def listen(self, sound: Sound, is_final: bool) -> tuple[Word, ...]:
        self.began.set()
        assert self.goes.wait(20)
        if self.breaks:
            self.breaks -= 1
            raise RuntimeError("broken")
        return (Word(f"{len(sound) // RATE}秒", 0.0, 0.5, 0.8),)


@pytest.fixture
def told() -> Told:
    return Told()


@pytest.fixture
def ahead() -> list[float]:
    """Seconds that the decoder's clock is put forward by."""
    return [0.0]


@pytest.fixture
def decoder(ahead: list[float]) -> Iterator[Decoder]:
    made = Decoder(lambda: None, lambda _: None, lambda: 100.0 + ahead[0])
    yield made
    made.close()


@pytest.mark.expects_log("the speech engine failed on an utterance")
def test_an_engine_that_fails_once_is_asked_again_and_no_word_is_lost(decoder: Decoder, told: Told) -> None:
    decoder.use(Faulty(breaks=1))

    offer(decoder, told, speaking(2.0), 500, has_ended=True)

    told.wait(lambda: bool(told.finals))
    assert [(u.text, u.is_missing) for u in told.finals] == [("2秒", False)]


@pytest.mark.expects_log("the speech engine failed on an utterance")
def test_speech_over_which_the_engine_always_fails_is_marked_as_missing(decoder: Decoder, told: Told) -> None:
    decoder.use(Faulty(breaks=2))

    offer(decoder, told, speaking(2.0), 500, has_ended=True)

    told.wait(lambda: bool(told.finals))
    (mark,) = told.finals
    assert mark.is_missing and mark.text == ""
    assert (mark.number, mark.start_s, mark.end_s) == (500, 10.0, 12.0)


@pytest.mark.expects_log("the speech engine failed on an utterance")
def test_words_heard_before_the_failure_stay_and_only_the_rest_is_marked(decoder: Decoder, told: Told) -> None:
    engine = Faulty()
    decoder.use(engine)
    stretch = speaking(2.0)
    offer(decoder, told, stretch, 500)
    told.wait(lambda: len(told.told) == 1)
    engine.breaks = 9
    with decoder.guard:
        grow(stretch, 3.0)

    offer(decoder, told, stretch, 500, has_ended=True)

    told.wait(lambda: len(told.finals) == 2)
    words, mark = told.finals
    assert (words.text, words.number, words.end_s) == ("2秒", 500, 12.0)
    assert (mark.is_missing, mark.number, mark.start_s, mark.end_s) == (True, 600, 12.0, 15.0)


def test_an_engine_that_does_not_come_back_is_seen_and_what_it_was_given_is_marked(
    decoder: Decoder, told: Told, ahead: list[float]
) -> None:
    engine = Faulty()
    engine.goes.clear()
    decoder.use(engine)
    stretch = speaking(2.0)
    offer(decoder, told, stretch, 500)
    assert engine.began.wait(10)
    with decoder.guard:
        grow(stretch, 3.0)
    assert not decoder.hangs

    ahead[0] = HUNG_S + 0.1
    hung = decoder.hangs
    left = decoder.abandon()
    engine.goes.set()

    assert hung and left is not None and left.left_at == 2 * RATE
    assert [(u.is_missing, u.start_s, u.end_s) for u in told.finals] == [(True, 10.0, 12.0)]


def test_an_engine_that_only_takes_long_is_not_taken_for_hung(decoder: Decoder, told: Told, ahead: list[float]) -> None:
    engine = Faulty()
    engine.goes.clear()
    decoder.use(engine)
    offer(decoder, told, speaking(2.0), 500, has_ended=True)
    assert engine.began.wait(10)

    ahead[0] = HUNG_S - 1
    hung = decoder.hangs
    engine.goes.set()

    assert not hung
    told.wait(lambda: bool(told.finals))
    assert not decoder.hangs


def test_sound_too_short_for_a_word_leaves_no_mark(decoder: Decoder, told: Told) -> None:
    offer(decoder, told, speaking(0.07), 500, has_ended=True)

    assert decoder.wait_idle(5)
    assert told.told == []


def test_words_are_told_in_the_form_they_are_written_in_with_what_was_heard_beside(told: Told) -> None:
    def write(words: tuple[Word, ...], is_final: bool) -> Written:
        assert words[0].start_s == 10.0
        return AsHeard((Word("二秒。", 10.0, 10.5, 0.6),), "2秒", (Repair(0, 1, "2"),)) if is_final else AsHeard(words)

    decoder = Decoder(lambda: None, lambda _: None, write=write)
    decoder.use(Faulty())
    offer(decoder, told, speaking(2.0), 500, has_ended=True)
    told.wait(lambda: bool(told.finals))
    decoder.close()

    (final,) = told.finals
    assert (final.text, final.heard_as, final.repairs, final.confidence) == ("二秒。", "2秒", (Repair(0, 1, "2"),), 0.6)


def test_a_partial_of_one_voice_waits_the_moment_in_which_the_other_falls_silent(decoder: Decoder, told: Told) -> None:
    engine = Faulty()
    ending, other = speaking(2.0), speaking(2.0)
    ending.is_falling_silent = True
    offer(decoder, told, ending, 500)
    offer(decoder, told, other, 500)

    decoder.use(engine)

    assert not engine.began.wait(0.3)
    with decoder.guard:
        ending.is_falling_silent, ending.is_paused = False, True
    offer(decoder, told, ending, 500)
    assert engine.began.wait(10)
