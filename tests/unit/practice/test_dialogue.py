"""When a citizen speaks, says it again, falls silent and hangs up."""

from collections.abc import Callable

from app.practice.dialogue import Action, Dialogue, FallSilent, HangUp, Moment, Speak
from app.practice.scenario import Ending, Turn, Wait

STEP_S = 0.02
SENTENCE_S = 2.0
TURNS = (
    Turn("我家着火了", if_silent="听得见吗", patience_s=4.0),
    Turn("在三楼", patience_s=5.0),
    Turn("快来", patience_s=6.0),
)


class Line:
    """A line on which sentences take SENTENCE_S and the agent speaks when `voice(at)` is true."""

    def __init__(
        self, dialogue: Dialogue, voice: Callable[[float], bool], held: Callable[[float], bool] = lambda at: False
    ) -> None:
        self._dialogue, self._voice, self._held = dialogue, voice, held
        self.log: list[tuple[float, Action]] = []

    def run(self, seconds: float) -> list[tuple[float, Action]]:
        plays_until = 0.0
        for tick in range(round(seconds / STEP_S)):
            at = tick * STEP_S
            action = self._dialogue.step(Moment(at, self._voice(at), at < plays_until, self._held(at)))
            if isinstance(action, Speak):
                plays_until = at + SENTENCE_S
            elif action is not None:
                plays_until = at
            if action is not None:
                self.log.append((round(at, 1), action))
        return self.log


def spoken_between(*spans: tuple[float, float]) -> Callable[[float], bool]:
    return lambda at: any(start <= at < end for start, end in spans)


def test_a_citizen_who_is_not_greeted_speaks_after_two_and_a_half_seconds() -> None:
    line = Line(Dialogue(TURNS, Ending.STAYS), spoken_between())

    assert line.run(3.0) == [(2.5, Speak(0))]


def test_a_citizen_lets_a_long_greeting_end_before_speaking() -> None:
    line = Line(Dialogue(TURNS, Ending.STAYS), spoken_between((1.0, 6.0)))

    assert line.run(7.0) == [(6.0, Speak(0))]


def test_each_turn_follows_when_the_agent_has_spoken_and_stopped() -> None:
    voice = spoken_between((0.5, 2.0), (5.0, 6.0), (9.0, 10.0))
    line = Line(Dialogue(TURNS, Ending.STAYS), voice)

    assert line.run(12.5) == [(2.0, Speak(0)), (6.0, Speak(1)), (10.0, Speak(2))]


def test_a_citizen_whom_nobody_answers_says_it_again_once_and_then_goes_on() -> None:
    line = Line(Dialogue(TURNS, Ending.STAYS), spoken_between((0.0, 1.0)))

    log = line.run(22.0)

    assert log == [(1.0, Speak(0)), (7.0, Speak(0, is_reminder=True)), (13.0, Speak(1)), (20.0, Speak(2))]


def test_the_agents_words_within_a_citizens_sentence_do_not_count_as_the_answer() -> None:
    line = Line(Dialogue(TURNS, Ending.STAYS), spoken_between((0.0, 1.0), (1.5, 2.0)))

    assert line.run(6.0) == [(1.0, Speak(0))]


def test_an_agent_who_is_still_speaking_when_the_sentence_ends_has_answered() -> None:
    line = Line(Dialogue(TURNS, Ending.STAYS), spoken_between((0.0, 1.0), (2.0, 4.0)))

    assert line.run(5.0) == [(1.0, Speak(0)), (4.0, Speak(1))]


def test_a_citizen_who_yields_stops_when_interrupted_and_begins_the_sentence_again() -> None:
    line = Line(Dialogue(TURNS, Ending.STAYS, yields=True), spoken_between((0.0, 1.0), (1.5, 4.0)))

    assert line.run(5.0) == [(1.0, Speak(0)), (2.3, FallSilent()), (4.0, Speak(0))]


def test_a_citizen_who_does_not_yield_talks_on_over_the_agent() -> None:
    line = Line(Dialogue(TURNS, Ending.STAYS, yields=False), spoken_between((0.0, 1.0), (1.5, 2.8)))

    assert line.run(3.0) == [(1.0, Speak(0))]


def test_a_short_word_of_the_agent_does_not_stop_a_citizen_who_yields() -> None:
    line = Line(Dialogue(TURNS, Ending.STAYS, yields=True), spoken_between((0.0, 1.0), (1.5, 2.0)))

    assert line.run(3.0) == [(1.0, Speak(0))]


def test_on_hold_a_citizen_is_silent_and_says_the_sentence_again_when_spoken_to() -> None:
    line = Line(Dialogue(TURNS, Ending.STAYS), spoken_between((0.0, 1.0), (31.0, 32.0)), lambda at: 2.0 <= at < 30.0)

    assert line.run(33.0) == [(1.0, Speak(0)), (2.0, FallSilent()), (32.0, Speak(0))]


def test_time_on_hold_does_not_use_up_the_citizens_patience() -> None:
    line = Line(Dialogue(TURNS, Ending.STAYS), spoken_between((0.0, 1.0)), lambda at: 4.0 <= at < 40.0)

    assert line.run(45.0) == [(1.0, Speak(0)), (44.0, Speak(0, is_reminder=True))]


def test_a_turn_that_follows_a_breath_needs_no_answer() -> None:
    turns = (Turn("一", patience_s=9.0), Turn("二", wait=Wait.PAUSE, pause_s=1.0))
    line = Line(Dialogue(turns, Ending.STAYS), spoken_between((0.0, 1.0)))

    assert line.run(5.0) == [(1.0, Speak(0)), (4.0, Speak(1))]


def test_when_all_is_said_and_nobody_speaks_the_citizen_hangs_up_once() -> None:
    line = Line(Dialogue((Turn("完了"),), Ending.HANGS_UP), spoken_between((0.0, 1.0)))

    assert line.run(60.0) == [(1.0, Speak(0)), (18.0, HangUp())]


def test_as_long_as_somebody_speaks_the_citizen_stays_on_the_line() -> None:
    talk = spoken_between(*((start, start + 5.0) for start in range(0, 120, 12)))
    line = Line(Dialogue((Turn("完了"),), Ending.HANGS_UP), talk)

    assert line.run(120.0) == [(5.0, Speak(0))]


def test_a_citizen_on_hold_after_the_last_word_does_not_hang_up() -> None:
    line = Line(Dialogue((Turn("完了"),), Ending.HANGS_UP), spoken_between((0.0, 1.0)), lambda at: at > 5.0)

    assert line.run(300.0) == [(1.0, Speak(0))]


def test_a_citizen_in_danger_never_hangs_up_by_itself() -> None:
    line = Line(Dialogue(TURNS, Ending.STAYS), spoken_between((0.0, 1.0)))

    assert not any(isinstance(action, HangUp) for _, action in line.run(600.0))


def test_the_last_sentence_is_repeated_once_when_nobody_answers_it() -> None:
    line = Line(Dialogue((Turn("完了", if_silent="喂", patience_s=4.0),), Ending.STAYS), spoken_between((0.0, 1.0)))

    assert line.run(60.0) == [(1.0, Speak(0)), (7.0, Speak(0, is_reminder=True))]
