"""What is heard first, what is told, and what happens when the machine is too slow or the engine breaks."""

import threading
import time
from collections.abc import Iterator

import pytest

from app.domain.transcript import Word
from app.speech.engine import RATE, Ear, Sound
from app.speech.hearing import LOST_S, Decoder
from app.speech.telling import Written
from tests.unit.speech.told import Told, grow, offer, speaking


class SlowEngine:
    """Hears the length of the sound in tenths of a second; waits until it is let go."""

    name = "slow"
    is_stream = False

    def __init__(self) -> None:
        self.free = threading.Event()
        self.free.set()
        self.began = threading.Event()
        self.asked: list[tuple[int, bool]] = []
        self.breaks = 0

    def open_ear(self) -> Ear:
        return self

    def listen(self, sound: Sound, is_final: bool) -> tuple[Word, ...]:
        self.asked.append((len(sound), is_final))
        self.began.set()
        assert self.free.wait(10)
        if self.breaks:
            self.breaks -= 1
            raise RuntimeError("broken")
        return (Word(f"{len(sound) * 10 // RATE}", 0.0, 0.5),)


@pytest.fixture
def heard() -> Told:
    return Told()


@pytest.fixture
def decoder(heard: Told) -> Iterator[Decoder]:
    made = Decoder(heard.was_slow, heard.has_failed)
    yield made
    made.close()


def test_words_come_while_somebody_speaks_and_a_final_when_they_end(decoder: Decoder, heard: Told) -> None:
    decoder.use(SlowEngine())
    stretch = speaking(1.0)

    offer(decoder, heard, stretch)
    heard.wait(lambda: len(heard.told) == 1)
    with decoder.guard:
        stretch.has_ended = True
        offer(decoder, heard, stretch)

    heard.wait(lambda: bool(heard.finals))
    assert [(u.text, u.final, u.number) for u in heard.told] == [("10", False, 1), ("10", True, 1)]
    assert heard.told[-1].words == (Word("10", 10.0, 10.5),)


def test_words_heard_well_in_a_pause_are_final_at_once_when_nothing_more_comes(decoder: Decoder, heard: Told) -> None:
    engine = SlowEngine()
    decoder.use(engine)
    stretch = speaking(1.0)
    with decoder.guard:
        stretch.is_paused = True
        offer(decoder, heard, stretch)
    heard.wait(lambda: len(heard.told) == 1)

    engine.free.clear()  # it could hear nothing more now
    with decoder.guard:
        stretch.has_ended = True
        offer(decoder, heard, stretch)

    assert len(heard.finals) == 1
    assert engine.asked == [(RATE, True)]
    engine.free.set()


def test_a_final_goes_before_the_partial_of_the_other_voice(decoder: Decoder, heard: Told) -> None:
    engine = SlowEngine()
    engine.free.clear()
    decoder.use(engine)
    first, other, ended = speaking(1.0), speaking(2.0), speaking(3.0)
    offer(decoder, heard, first, 1)
    assert engine.began.wait(10)

    offer(decoder, heard, other, 2)
    with decoder.guard:
        ended.has_ended = True
        offer(decoder, heard, ended, 3)
    engine.free.set()

    heard.wait(lambda: len(heard.told) >= 3)
    assert [length // RATE for length, _ in engine.asked[:3]] == [1, 3, 2]


def test_partials_never_pile_up_they_hear_the_newest_sound(decoder: Decoder, heard: Told) -> None:
    engine = SlowEngine()
    engine.free.clear()
    decoder.use(engine)
    stretch = speaking(1.0)
    offer(decoder, heard, stretch)
    assert engine.began.wait(10)

    for _ in range(20):
        with decoder.guard:
            grow(stretch, 0.5)
            offer(decoder, heard, stretch)
    engine.free.set()

    heard.wait(lambda: any(u.text == "110" for u in heard.told))
    assert len(engine.asked) == 2


def test_a_stretch_too_short_for_a_word_is_not_given_to_the_engine(decoder: Decoder, heard: Told) -> None:
    engine = SlowEngine()
    decoder.use(engine)
    stretch = speaking(0.07)
    with decoder.guard:
        stretch.has_ended = True
        offer(decoder, heard, stretch)

    assert decoder.wait_idle(5)
    assert engine.asked == [] and heard.told == []


@pytest.mark.expects_log("the speech engine failed on an utterance")
def test_an_engine_that_breaks_is_reported_and_the_utterance_still_gets_its_final(decoder: Decoder, heard: Told) -> None:
    engine = SlowEngine()
    decoder.use(engine)
    stretch = speaking(1.0)
    offer(decoder, heard, stretch)
    heard.wait(lambda: len(heard.told) == 1)
    engine.breaks = 1
    with decoder.guard:
        stretch.has_ended = True
        offer(decoder, heard, stretch)

    heard.wait(lambda: bool(heard.finals) and heard.failed == 1)
    assert heard.finals[0].text == "10"


def test_sound_that_waited_for_an_engine_is_heard_when_one_comes(decoder: Decoder, heard: Told) -> None:
    stretch = speaking(1.0)
    with decoder.guard:
        stretch.has_ended = True
        offer(decoder, heard, stretch)

    decoder.use(SlowEngine())

    heard.wait(lambda: bool(heard.finals))


def test_a_final_that_waited_far_too_long_is_given_up_and_that_is_told(heard: Told) -> None:
    ahead = [0.0]
    decoder = Decoder(heard.was_slow, heard.has_failed, lambda: time.monotonic() + ahead[0])
    stretch = speaking(1.0)
    with decoder.guard:
        stretch.has_ended = True
        offer(decoder, heard, stretch)

    ahead[0] = LOST_S + 1

    assert decoder.wait_idle(5)
    decoder.close()
    assert heard.slow == 1
    assert [(u.text, u.is_missing) for u in heard.finals] == [("", True)]


@pytest.mark.expects_log("words stay as they were heard")
def test_words_whose_written_form_fails_are_told_as_they_were_heard(heard: Told) -> None:
    def broken(words: tuple[Word, ...], is_final: bool) -> Written:
        raise KeyError((len(words), is_final))

    decoder = Decoder(heard.was_slow, heard.has_failed, write=broken)
    decoder.use(SlowEngine())
    stretch = speaking(1.0)
    with decoder.guard:
        stretch.has_ended = True
        offer(decoder, heard, stretch)

    heard.wait(lambda: bool(heard.finals))
    decoder.close()
    assert (heard.finals[0].text, heard.failed) == ("10", 0)
