"""A citizen hears frames and speaks frames."""

from app.practice.citizen import Citizen, Playback
from app.practice.dialogue import Speak
from app.practice.scenario import Ending, Scenario, Turn
from app.practice.sounds import FRAME_BYTES, level_db, tone

SILENCE = bytes(FRAME_BYTES)
STEP_S = 0.02
SCENARIO = Scenario("a", "a", "a", "1", "zf_xiaoni", (Turn("一", patience_s=3.0), Turn("二")), ending=Ending.HANGS_UP)
SOUNDS = {Speak(0): tone(400, 1.0), Speak(1): tone(800, 0.5)}


class Call:
    """A line that is stepped by hand: what the agent says goes in, what the citizen says comes out."""

    def __init__(self) -> None:
        self.citizen = Citizen(SCENARIO, SOUNDS)
        self.at = 0.0
        self.is_on = True

    def run(self, agent: bytes, seconds: float, is_held: bool = False) -> float:
        """Seconds in which the citizen was audible."""
        audible = 0
        for tick in range(round(seconds / STEP_S)):
            self.citizen.push(agent[tick * FRAME_BYTES : (tick + 1) * FRAME_BYTES].ljust(FRAME_BYTES, b"\0"))
            self.is_on = self.is_on and self.citizen.live(self.at, is_held)
            audible += level_db(self.citizen.pull() or SILENCE) > -40
            self.at += STEP_S
        return audible * STEP_S


def test_a_greeted_citizen_says_the_first_sentence_and_waits() -> None:
    call = Call()

    during = call.run(tone(300, 1.5), 1.5)
    after = call.run(b"", 3.0)

    assert during == 0
    assert 0.9 < after <= 1.0


def test_a_citizen_put_on_hold_stops_within_a_step() -> None:
    call = Call()
    call.run(tone(300, 1.0), 2.0)

    assert call.run(b"", 5.0, is_held=True) == 0


def test_a_citizen_who_has_said_all_hangs_up_on_silence() -> None:
    call = Call()

    call.run(tone(300, 1.0), 30.0)

    assert not call.is_on


def test_the_last_frame_of_a_sound_is_filled_with_silence() -> None:
    playback = Playback(b"\1" * (FRAME_BYTES + 10))

    frames = [playback.pull(), playback.pull(), playback.pull()]

    assert frames == [b"\1" * FRAME_BYTES, b"\1" * 10 + bytes(FRAME_BYTES - 10), None]
    assert playback.is_done
