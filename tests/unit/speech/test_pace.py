"""How well can be heard in the time there is, on fast and slow machines."""

import itertools

from app.domain.transcript import Speaker, Utterance
from app.speech.budget import BEHIND_S, Budget
from app.speech.engine import RATE
from app.speech.jobs import Job
from app.speech.pace import Effort, Pace
from app.speech.segmenter import Stretch


def slow_pace(times: float) -> Pace:
    pace = Pace()
    plan = pace.expected_s(Effort.BEST, 4.0)
    for _ in range(40):
        pace.learn(Effort.BEST, 4.0, plan * times)
    return pace


def job(ended_at: float = 0.0) -> Job:
    stretch = Stretch(0, length=4 * RATE, voiced_to=4 * RATE, voiced=100)
    made = Job(stretch, Utterance(Speaker.CALLER, 1, "", 0.0, 0.0, False), lambda _job, _heard: None)
    made.ended_at = ended_at
    return made


def test_a_machine_as_fast_as_planned_hears_its_best() -> None:
    assert Pace().best_within(4.0, 0.7) is Effort.BEST


def test_the_slower_the_machine_the_less_effort() -> None:
    efforts = [slow_pace(times).best_within(4.0, 0.7) for times in (1, 2, 4, 10)]

    assert all(one >= two for one, two in itertools.pairwise(efforts))
    assert efforts[0] is Effort.BEST and efforts[-1] is Effort.HASTY


def test_a_machine_that_becomes_free_hears_its_best_again() -> None:
    pace = slow_pace(10)
    for _ in range(40):
        pace.learn(Effort.QUICK, 4.0, Pace().expected_s(Effort.QUICK, 4.0))

    assert pace.best_within(4.0, 0.7) is Effort.BEST


def test_finals_come_in_their_order_while_that_is_soon_and_newest_first_when_it_is_not() -> None:
    now = [10.0]
    budget = Budget(lambda: now[0])
    old, new = job(ended_at=10.0), job(ended_at=10.5)

    assert budget.next_final([new, old]) is old
    now[0] = 10.0 + BEHIND_S
    assert budget.next_final([new, old]) is new


def test_partials_leave_time_for_finals_and_come_the_rarer_the_longer_one_takes() -> None:
    now = [100.0]
    budget = Budget(lambda: now[0])
    assert budget.may_hear_partials()

    budget.note(Effort.QUICK, is_final=False, sound_s=4.0, took_s=3.0)

    assert not budget.may_hear_partials()
    now[0] += 2.1
    assert budget.may_hear_partials()


def test_pauses_are_not_heard_while_nearly_all_the_time_is_spent() -> None:
    now = [100.0]
    budget = Budget(lambda: now[0])
    for _ in range(9):
        now[0] += 1.0
        budget.note(Effort.QUICK, is_final=True, sound_s=4.0, took_s=1.0)

    assert not budget.may_hear_pauses()
    now[0] += 5.0
    assert budget.may_hear_pauses()


def in_pause(silent_s: float, speech_s: float = 3.0) -> Job:
    made = job()
    made.stretch.voiced_to = int(speech_s * RATE)
    made.stretch.length = int((speech_s + silent_s) * RATE)
    made.stretch.is_paused = True
    return made


def test_a_pause_that_was_noticed_late_is_heard_the_quicker() -> None:
    budget = Budget(lambda: 0.0)

    assert budget.pause_effort(in_pause(0.2)) is Effort.BEST
    assert budget.pause_effort(in_pause(0.4)) is Effort.FAIR
    assert budget.pause_effort(in_pause(0.6)) is Effort.QUICK, "and never hastily, for that alone"


def test_a_slow_machine_hears_a_pause_no_better_than_an_end() -> None:
    budget = Budget(lambda: 0.0)
    budget.pace = slow_pace(10)

    assert budget.pause_effort(in_pause(0.2)) is budget.effort_for(in_pause(0.2), 1) is Effort.HASTY


def test_a_stretch_is_heard_anew_only_when_there_is_more_of_it() -> None:
    budget = Budget(lambda: 0.0)
    growing = job()
    assert budget.wants_partial(growing)

    growing.heard_to = growing.stretch.voiced_to - RATE // 10

    assert not budget.wants_partial(growing)
