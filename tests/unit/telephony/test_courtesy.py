"""Nothing that is said into the call, or into the agent's ear, talks over the caller."""

from dataclasses import dataclass

import numpy as np
import pytest

from app.domain.announcement import SoundEnd
from app.telephony.announcer import Announcer
from app.telephony.courtesy import EAR_PAUSE_S, PAUSE_S, CallerVoice, Turn, level_of
from app.telephony.ear_voice import EarVoice, beside
from app.telephony.ports import FRAME_BYTES, RATE, SILENCE

TICK_S = 0.02
SOUND = [bytes([place % 250 + 1, 0] * (FRAME_BYTES // 2)) for place in range(100)]  # 2 s


def noise(dbfs: float, seed: int = 0) -> bytes:
    samples = np.random.default_rng(seed).normal(0, 10 ** (dbfs / 20) * 32768, FRAME_BYTES // 2)
    return bytes(np.clip(samples, -32768, 32767).astype("<i2").tobytes())


@dataclass
class Ticks:
    now: float = 100.0

    def __call__(self) -> float:
        return self.now


class Line:
    """The media clock: the announcer is pulled, then the caller's side is heard."""

    def __init__(self) -> None:
        self.clock = Ticks()
        self.ends: list[tuple[str, SoundEnd]] = []
        self.heard: list[bytes | None] = []
        self.caller = CallerVoice(self.clock)
        self.announcer = Announcer(self.caller, self.tell)
        self.announcer._manners._clock = self.clock

    def tell(self, request: str, how: SoundEnd) -> None:
        self.ends.append((request, how))

    def goes_on(self, seconds: float, caller: float | None = None, echo_db: float | None = None) -> None:
        """`caller`: how loud he speaks; `echo_db`: how much quieter our own sound comes back."""
        for tick in range(round(seconds / TICK_S)):
            played = self.announcer.pull()
            self.heard.append(played)
            frame = noise(caller, tick) if caller is not None else noise(-65.0, tick)
            if played is not None and echo_db is not None:
                frame = noise(level_of(played) - echo_db, tick)
            self.caller.hear(frame)
            self.clock.now += TICK_S

    @property
    def sounded_s(self) -> float:
        return sum(frame is not None for frame in self.heard) * TICK_S


def polite(request: str = "one", tries: int = 1, frames: list[bytes] | None = None) -> Turn:
    return Turn(request, list(frames or SOUND), 8.0, tries)


def test_a_sentence_waits_until_the_caller_has_been_silent_for_a_moment() -> None:
    line = Line()
    line.goes_on(1.0, caller=-25.0)
    line.announcer.play_politely(polite())

    line.goes_on(2.0, caller=-25.0)
    during = line.sounded_s
    line.goes_on(PAUSE_S - 0.1)
    before_the_pause_is_over = line.sounded_s
    line.goes_on(3.0)

    assert during == before_the_pause_is_over == 0
    assert line.sounded_s == pytest.approx(2.0) and line.ends == [("one", SoundEnd.HEARD)]


def test_with_nobody_speaking_it_begins_at_once() -> None:
    line = Line()
    line.announcer.play_politely(polite())

    line.goes_on(0.1)

    assert line.sounded_s == pytest.approx(0.1)


def test_a_caller_who_never_pauses_is_not_talked_over_and_it_is_said() -> None:
    line = Line()
    line.goes_on(0.5, caller=-25.0)
    line.announcer.play_politely(polite())

    line.goes_on(8.2, caller=-25.0)

    assert line.sounded_s == 0 and line.ends == [("one", SoundEnd.WAITED)] and not line.announcer.is_playing


@pytest.mark.parametrize("loudness", [-20.0, -30.0, -38.0])
def test_a_caller_who_begins_to_speak_is_given_way_within_half_a_second(loudness: float) -> None:
    line = Line()
    line.goes_on(1.0)
    quiet = [noise(-26.0, seed) for seed in range(100)]
    line.announcer.play_politely(polite(frames=quiet))
    line.goes_on(0.5)
    before = line.sounded_s

    line.goes_on(1.0, caller=loudness)

    assert line.sounded_s - before <= 0.5 and line.ends == [("one", SoundEnd.CUT)]


def test_a_notice_that_was_talked_into_begins_anew_in_the_next_pause() -> None:
    line = Line()
    line.announcer.play_politely(polite(tries=3))
    line.goes_on(0.5)
    line.goes_on(1.0, caller=-25.0)

    line.goes_on(4.0)

    assert line.ends == [("one", SoundEnd.HEARD)] and line.heard[-1] is None
    assert SOUND[0] in line.heard[50:], "from its beginning"


def test_its_own_echo_from_the_line_does_not_cut_a_sentence_off() -> None:
    line = Line()
    loud = [noise(-18.0, seed) for seed in range(100)]
    line.announcer.play_politely(polite(frames=loud))

    line.goes_on(2.5, echo_db=22.0)

    assert line.ends == [("one", SoundEnd.HEARD)]


@pytest.mark.parametrize("dbfs", [-60.0, -50.0, -42.0])
def test_the_noise_of_a_street_is_no_voice_once_it_has_lasted(dbfs: float) -> None:
    line = Line()
    line.goes_on(2.5, caller=dbfs)
    line.announcer.play_politely(polite())

    line.goes_on(3.0, caller=dbfs)

    assert line.ends == [("one", SoundEnd.HEARD)]


def test_a_click_is_no_voice() -> None:
    line = Line()
    line.goes_on(1.0)
    line.announcer.play_politely(polite())
    line.goes_on(0.5)

    line.goes_on(0.06, caller=-10.0)
    line.goes_on(2.0)

    assert line.ends == [("one", SoundEnd.HEARD)]


def test_somebody_who_shouts_without_a_break_is_still_speaking() -> None:
    line = Line()
    line.goes_on(5.0, caller=-14.0)

    assert line.caller.is_speaking


def test_what_is_to_be_heard_at_once_asks_nobody() -> None:
    line = Line()
    line.goes_on(1.0, caller=-20.0)
    line.announcer.play_politely(polite())
    line.announcer.play(SOUND)

    line.goes_on(2.5, caller=-20.0)

    assert line.sounded_s == pytest.approx(2.0) and line.ends == [("one", SoundEnd.STOPPED)]


def test_two_sentences_are_said_one_after_the_other() -> None:
    line = Line()
    line.announcer.play_politely(polite("one"))
    line.announcer.play_politely(polite("two"))

    line.goes_on(4.5)

    assert line.ends == [("one", SoundEnd.HEARD), ("two", SoundEnd.HEARD)]


def test_a_stop_ends_what_waits_too() -> None:
    line = Line()
    line.announcer.play_politely(polite("one"))
    line.announcer.play_politely(polite("two"))
    line.goes_on(0.5)

    line.announcer.stop()

    assert line.ends == [("one", SoundEnd.STOPPED), ("two", SoundEnd.STOPPED)] and line.announcer.pull() is None


def test_the_ear_hears_whole_blocks_of_whatever_length_and_only_in_a_short_pause() -> None:
    line = Line()
    ear = EarVoice(line.caller, line.tell)
    ear._manners._clock = line.clock
    line.goes_on(0.5, caller=-25.0)
    ear.play(Turn("field", list(SOUND[:10]), 4.0, pause_s=EAR_PAUSE_S))

    at_once = ear.pull(1000)
    line.goes_on(EAR_PAUSE_S + 0.1)
    blocks = []
    while (block := ear.pull(1000)) is not None:
        blocks.append(block)

    assert at_once is None and {len(block) for block in blocks} == {1000}
    assert b"".join(blocks).rstrip(b"\0") == b"".join(SOUND[:10]).rstrip(b"\0")
    assert line.ends == [("field", SoundEnd.HEARD)]


def test_danger_is_said_in_the_ear_over_everything() -> None:
    line = Line()
    ear = EarVoice(line.caller, line.tell)
    line.goes_on(1.0, caller=-20.0)

    ear.play(Turn("danger", list(SOUND), 0.0))

    assert ear.pull(FRAME_BYTES) == SOUND[0]


def test_the_newest_takes_the_place_of_what_the_ear_hears() -> None:
    line = Line()
    ear = EarVoice(line.caller, line.tell)
    ear.play(Turn("first", list(SOUND), 0.0))
    ear.pull(FRAME_BYTES + 100)

    ear.play(Turn("second", list(SOUND[50:]), 0.0))

    assert ear.pull(FRAME_BYTES) == SOUND[50] and line.ends == [("first", SoundEnd.STOPPED)]


def test_two_sounds_in_the_ear_are_heard_beside_each_other() -> None:
    one, other = bytes([10, 0]) * 4, bytes([5, 0]) * 4

    assert beside(one, other) == bytes([15, 0]) * 4
    assert beside(one, None) == one and beside(None, None) is None


def test_silence_and_noise_have_levels() -> None:
    assert level_of(SILENCE) == -90.0 and level_of(noise(-30.0)) == pytest.approx(-30.0, abs=1.0)
    assert RATE * TICK_S * 2 == FRAME_BYTES
