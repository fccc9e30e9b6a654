"""The shield plays notices one after another, ends a call only by the city's rule, and rests when somebody may be in danger."""

from typing import Any

from app.desk.commands import AddLeg, HangUp, PlaySound, StopSound
from app.desk.events import CallHeld, LegChanged, Ticked
from app.desk.shield_events import CallerKnown
from app.desk.shield_wishes import KeepStep, SealEvidence
from app.domain.call import CallId, LegPurpose, LegStage
from app.domain.notice import NoticeCode
from app.domain.shield import AbuseRules, ShieldStep, ShieldWhy, StepKind
from tests.fakes import FIRST, SECOND, Place

SOUNDS = {key: f"/sounds/{key}.wav" for key in ("civility_1", "civility_2", "farewell", "silent_help")}
RULES = AbuseRules(("civility_1", "civility_2"), pause_s=10, may_end=True, threats=("打死你",), to_police="110")


def shielded(**changes: Any) -> Place:
    place = Place(**{"abuse": RULES, "announcements": SOUNDS, "sound_s": {"farewell": 5.0, "civility_1": 4.0}, **changes})
    place.talks()
    return place


def warned(**changes: Any) -> Place:
    """A call that has heard both notices, long enough ago."""
    place = shielded(**changes)
    place.hears("随便说说")
    for _ in range(2):
        place.desk.civility()
        place.clock.now += 11
    return place


def steps(place: Place) -> list[StepKind]:
    return [wish.step.kind for wish in place.store.shield_wishes if isinstance(wish, KeepStep)]


def why(place: Place) -> str:
    said = [notice for notice in place.state.notices if notice.code is NoticeCode.SHIELD_REFUSED]
    return said[-1].values[0] if said else ""


def tick(place: Place, seconds: float) -> None:
    place.clock.now += seconds
    place.desk.handle(Ticked(place.clock.now))


def leg(place: Place, purpose: LegPurpose, stage: LegStage) -> None:
    place.desk.handle(LegChanged(FIRST, CallId("9" * 32), purpose, "119", "119", "pbx", stage, "", place.clock.now))


def test_the_first_press_plays_the_first_notice_to_the_caller_and_stamps_its_time() -> None:
    place = shielded()

    place.desk.civility()

    assert place.line.of(PlaySound) == [PlaySound(FIRST, "/sounds/civility_1.wav", True)]
    kept = next(wish for wish in place.store.shield_wishes if isinstance(wish, KeepStep))
    assert kept == KeepStep(FIRST, ShieldStep(StepKind.NOTICE, place.clock.now, "8001", "civility_1", 1), True)


def test_the_second_press_waits_for_the_pause_and_then_plays_the_graver_notice() -> None:
    place = shielded()
    place.desk.civility()
    place.clock.now += 5
    place.desk.civility()
    refused = why(place)
    place.clock.now += 6

    place.desk.civility()

    assert refused == ShieldWhy.TOO_SOON
    assert [sound.path for sound in place.line.of(PlaySound)] == [SOUNDS["civility_1"], SOUNDS["civility_2"]]


def test_after_the_last_notice_there_is_none_to_play() -> None:
    place = warned()

    place.desk.civility()

    assert why(place) == ShieldWhy.LAST_PLAYED
    assert len(place.line.of(PlaySound)) == 2


def test_a_notice_that_has_no_sound_is_not_counted() -> None:
    place = shielded(announcements={})

    place.desk.civility()

    assert (why(place), steps(place)) == (ShieldWhy.NO_SOUND, [])


def test_a_notice_that_telephony_never_got_is_not_counted() -> None:
    place = shielded()
    place.line.is_there = False

    place.desk.civility()

    assert steps(place) == []


def test_a_caller_on_hold_gets_no_notice() -> None:
    place = shielded()
    place.desk.handle(CallHeld(FIRST, True))

    place.desk.civility()

    assert (why(place), place.line.of(PlaySound)) == (ShieldWhy.HELD, [])


def test_without_a_call_nothing_is_played_and_the_reason_is_said() -> None:
    place = Place(abuse=RULES, announcements=SOUNDS)

    place.desk.civility()

    assert (why(place), place.line.sent) == (ShieldWhy.NO_CALL, [])


def test_a_call_is_not_ended_before_all_notices_were_heard() -> None:
    place = shielded()
    place.hears("喂")
    place.desk.civility()
    place.clock.now += 20

    place.desk.end_by_policy()
    refused = why(place)
    tick(place, 30)

    assert refused == ShieldWhy.STEPS_WANTED
    assert place.line.of(HangUp) == []


def test_a_city_that_does_not_end_calls_ends_none() -> None:
    place = warned(abuse=AbuseRules(("civility_1", "civility_2"), pause_s=10, may_end=False))

    place.desk.end_by_policy()
    refused = why(place)
    tick(place, 30)

    assert (refused, place.line.of(HangUp)) == (ShieldWhy.MAY_NOT_END, [])


def test_the_call_ends_when_the_farewell_was_heard_and_the_record_says_by_policy() -> None:
    place = warned()
    place.desk.end_by_policy()
    tick(place, 4)
    before = list(place.line.of(HangUp))
    tick(place, 2)

    place.ends(by="agent")

    assert before == []
    assert place.line.of(HangUp) == [HangUp(FIRST)]
    assert place.store.calls[-1].ended_by == "policy"
    assert steps(place) == [StepKind.NOTICE, StepKind.NOTICE, StepKind.ENDING, StepKind.ENDED]


def test_pressed_again_during_the_farewell_the_call_goes_on() -> None:
    place = warned()
    place.desk.end_by_policy()
    tick(place, 1)

    place.desk.end_by_policy()
    tick(place, 30)

    assert place.line.of(HangUp) == []
    assert isinstance(place.line.sent[-1], StopSound)
    assert steps(place)[-1] is StepKind.STAYED


def test_a_caller_who_hangs_up_during_the_farewell_ended_the_call_himself() -> None:
    place = warned()
    place.desk.end_by_policy()

    place.ends(by="caller")
    tick(place, 30)

    assert place.store.calls[-1].ended_by == "caller"
    assert place.line.of(HangUp) == []


def test_emergency_words_stop_the_notice_that_is_being_played() -> None:
    place = shielded()
    place.desk.civility()
    place.clock.now += 1

    place.hears("家里着火了")

    assert isinstance(place.line.sent[-1], StopSound)
    assert place.state.shield.of(FIRST).shield.suspended_by == "着火"
    assert any(notice.code is NoticeCode.SHIELD_SUSPENDED for notice in place.state.notices)


def test_half_heard_emergency_words_count_as_well() -> None:
    place = shielded()
    place.desk.civility()

    place.hears("着火", final=False)

    assert place.state.shield.of(FIRST).shield.suspended_by == "着火"


def test_emergency_words_call_off_the_ending() -> None:
    place = warned()
    place.desk.end_by_policy()
    tick(place, 2)

    place.hears("着火了", number=5)
    tick(place, 30)

    assert place.line.of(HangUp) == []
    assert steps(place)[-1] is StepKind.SUSPENDED


def test_a_suspended_shield_refuses_and_says_which_words_did_it() -> None:
    place = shielded()
    place.hears("着火了")

    place.desk.civility()
    place.desk.end_by_policy()

    assert (why(place), place.line.of(PlaySound)) == (ShieldWhy.SUSPENDED, [])


def test_the_agent_alone_resumes_it_and_the_next_emergency_words_suspend_it_again() -> None:
    place = shielded()
    place.hears("着火了")
    place.clock.now += 5
    place.desk.resume_shield()
    place.desk.civility()
    played = len(place.line.of(PlaySound))

    place.hears("真的着火了", number=30)

    assert played == 1
    assert steps(place) == [StepKind.RESUMED, StepKind.NOTICE, StepKind.SUSPENDED]
    assert place.state.shield.of(FIRST).shield.suspended_by == "着火"


def test_words_said_before_the_agent_resumed_do_not_suspend_again() -> None:
    place = shielded()
    place.hears("着火了")
    place.clock.now += 60
    place.desk.resume_shield()

    place.hears("没有的事", number=70)

    assert place.state.shield.of(FIRST).shield.suspended_by == ""


def test_with_an_emergency_line_on_the_call_nobody_can_resume_it() -> None:
    place = shielded()
    leg(place, LegPurpose.EMERGENCY, LegStage.DIALLING)

    place.desk.resume_shield()
    place.desk.civility()

    assert why(place) == ShieldWhy.EMERGENCY
    assert place.line.of(PlaySound) == []


def test_pressing_an_emergency_line_dials_first_and_then_hushes_the_notice() -> None:
    place = shielded()
    place.desk.civility()

    place.desk.press_emergency("119")

    kinds = [type(command) for command in place.line.sent]
    assert kinds.index(AddLeg) < kinds.index(StopSound)
    assert place.state.shield.of(FIRST).shield.suspended_by == "119"


def test_a_third_party_forbids_the_ending_but_not_the_notice() -> None:
    place = warned()
    leg(place, LegPurpose.THREE_WAY, LegStage.TALKING)

    place.desk.end_by_policy()

    assert (why(place), place.line.of(HangUp)) == (ShieldWhy.THREE_WAY, [])


def test_a_party_that_joins_during_the_farewell_calls_the_ending_off() -> None:
    place = warned()
    place.desk.end_by_policy()

    leg(place, LegPurpose.THREE_WAY, LegStage.DIALLING)
    tick(place, 30)

    assert place.line.of(HangUp) == []


def test_threats_hint_at_the_police_and_end_nothing() -> None:
    place = shielded()

    place.hears("我要打死你")

    assert place.state.shield.of(FIRST).threat == "打死你"
    assert "threat-heard" in place.store.kinds()
    assert place.line.of(HangUp) == []


def test_a_call_with_notices_is_sealed_when_it_ends() -> None:
    place = warned()

    place.ends()

    sealed = [wish for wish in place.store.shield_wishes if isinstance(wish, SealEvidence)]
    assert [(wish.call, wish.by, wish.number) for wish in sealed] == [(FIRST, "8001", "13800000001")]


def test_a_call_without_notices_is_not_sealed_by_itself() -> None:
    place = shielded()

    place.ends()

    assert not any(isinstance(wish, SealEvidence) for wish in place.store.shield_wishes)


def test_a_new_window_goes_on_where_the_last_one_was() -> None:
    place = shielded()
    done = (ShieldStep(StepKind.NOTICE, place.clock.now - 60, "8001", "civility_1", 1),)
    place.desk.handle(CallerKnown(FIRST, "13800000001", (), (), done))

    place.desk.civility()

    assert [sound.path for sound in place.line.of(PlaySound)] == [SOUNDS["civility_2"]]


def test_two_calls_have_two_shields() -> None:
    place = shielded()
    place.desk.civility()
    place.talks(SECOND, "13900000002")

    assert place.state.shield.of(FIRST).shield.grade == 1
    assert place.state.shield.of(SECOND).shield.grade == 0
