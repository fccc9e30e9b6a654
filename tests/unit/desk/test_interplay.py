"""Where the parts of the desk meet: ring-backs, hand-overs, recordings, supervision and a window that was started anew."""

import pytest

from app.desk.commands import (
    AddLeg,
    Dial,
    DoNotDisturb,
    ForgetEnded,
    HangUp,
    JoinCalls,
    LineAccount,
    ListenTo,
    PlaySound,
    StartRecording,
    StopSound,
)
from app.desk.events import (
    CallAnswered,
    CallDialled,
    CallEnded,
    CallEndedUnseen,
    CallFocused,
    CallKept,
    CallRang,
    CallRefused,
    DisturbChanged,
    LegChanged,
    LineAttached,
    RecordingReady,
    Ticked,
)
from app.desk.line_events import HandOverChanged
from app.desk.queue_state import QueuePolicy
from app.desk.voice_events import SoundOver
from app.domain.agent import AgentState, SupervisionMode
from app.domain.announcement import SoundEnd
from app.domain.call import NO_CALL, CallId, CallStage, Direction, HandOverStep, LegPurpose, LegStage
from tests.fakes import FIRST, SECOND, Place

THIRD = CallId("3" * 32)
NUMBER = "13800000001"
LEAD = QueuePolicy("codes", "8001", is_lead=True)
SUPERVISED = {"X-Supervision": "0" * 32}


def leg_changed(leg: CallId, stage: LegStage, call: CallId = FIRST, reason: str = "") -> LegChanged:
    return LegChanged(call, leg, LegPurpose.EMERGENCY, "119", "119", "gateway", stage, reason, 1001.0)


def in_emergency() -> tuple[Place, CallId]:
    place = Place(
        ring_back_lines=("pbx", "gateway"),
        accounts=tuple(LineAccount(line, "127.0.0.1:5060") for line in ("pbx", "gateway")),
        announcements={"recording": "/sounds/recording.wav"},
    )
    place.desk.handle(RecordingReady("/recordings", b"public"))
    place.talks()
    place.desk.press_emergency("119")
    leg = CallId(place.line.of(AddLeg)[0].leg)
    place.desk.handle(leg_changed(leg, LegStage.TALKING))
    return place, leg


def dialled(place: Place) -> CallId:
    dial = place.line.of(Dial)[-1]
    place.desk.handle(CallDialled(dial.call, dial.number, place.clock.now))
    return CallId(dial.call)


def pass_time(place: Place, seconds: int) -> None:
    for _ in range(seconds):
        place.clock.now += 1
        place.desk.handle(Ticked(place.clock.now))


def kept(call: CallId, answered_at: float = 990.0, is_held: bool = False, headers: dict[str, str] | None = None) -> CallKept:
    return CallKept(call, NUMBER, "", headers or {}, Direction.INCOMING, 980.0, answered_at, is_held)


# --- one citizen, several ways back to him ---


def test_a_citizen_who_rings_us_himself_is_not_dialled_meanwhile() -> None:
    place, _ = in_emergency()
    place.ends(by="network")
    back = dialled(place)
    place.desk.handle(CallEnded(back, 486, "Busy Here", "caller", place.clock.now))

    place.rings(SECOND)
    pass_time(place, 15)

    assert len(place.line.of(Dial)) == 1


def test_a_citizen_who_was_quicker_than_our_ring_back_is_never_dialled_again_and_his_case_goes_on() -> None:
    place, _ = in_emergency()
    place.desk.edit("place", "长安路五号")
    place.ends(by="network")
    back = dialled(place)
    place.talks(SECOND)
    place.desk.handle(CallEnded(back, 487, "", "agent", place.clock.now))

    pass_time(place, 30)

    assert len(place.line.of(Dial)) == 1
    assert place.state.focus == SECOND and place.state.draft is not None
    assert place.state.draft.ticket.place == "长安路五号"


def test_the_operator_who_stayed_on_does_not_make_a_reached_citizen_ring_once_more() -> None:
    place, leg = in_emergency()
    place.ends(by="network")
    back = dialled(place)
    place.desk.handle(leg_changed(leg, LegStage.TALKING, back))
    place.desk.handle(CallEnded(back, 486, "Busy Here", "caller", place.clock.now))
    place.talks(SECOND)
    place.desk.handle(leg_changed(leg, LegStage.TALKING, SECOND))

    pass_time(place, 30)

    assert len(place.line.of(Dial)) == 1


def test_a_key_for_ringing_back_and_the_ring_back_that_goes_by_itself_are_one_call() -> None:
    place, leg = in_emergency()
    place.ends(by="network")
    back = dialled(place)
    place.desk.handle(leg_changed(leg, LegStage.TALKING, back))
    place.desk.handle(CallEnded(back, 486, "Busy Here", "caller", place.clock.now))
    place.desk.ring_back()
    dialled(place)

    pass_time(place, 15)

    assert len(place.line.of(Dial)) == 2


def test_whoever_is_being_dialled_is_not_dialled_from_the_list_of_missed_calls_too() -> None:
    place, _ = in_emergency()
    place.ends(by="network")
    dialled(place)

    place.desk.ring_back_missed(NUMBER)

    assert len(place.line.of(Dial)) == 1


# --- announcements ---


def test_a_line_that_calls_back_hears_no_announcement() -> None:
    place, _ = in_emergency()
    before = len(place.line.of(PlaySound))

    place.talks(SECOND, "119")

    assert len(place.line.of(PlaySound)) == before


def test_a_supervision_is_not_told_that_it_is_recorded() -> None:
    place = Place(queue=LEAD, announcements={"recording": "/sounds/recording.wav"})
    place.desk.handle(RecordingReady("/recordings", b"public"))
    place.desk.supervise("console", SupervisionMode.BARGE)
    asked = place.courier.supervised[0][0]
    place.desk.handle(CallRang(FIRST, "1001", "", {"X-Supervision": asked}, place.clock.now))

    place.desk.handle(CallAnswered(FIRST, place.clock.now))

    assert place.line.of(PlaySound) == []


@pytest.mark.parametrize("key", ["press_emergency", "hand_over"])
def test_the_announcement_of_the_recording_stops_when_help_is_called(key: str) -> None:
    place = Place(announcements={"recording": "/sounds/recording.wav"}, sound_s={"recording": 6.0})
    place.desk.handle(RecordingReady("/recordings", b"public"))
    place.talks()

    getattr(place.desk, key)("119")

    assert [type(sent) for sent in place.line.sent[-2:]] == [AddLeg, StopSound]


def test_what_is_played_later_in_the_call_is_not_stopped_by_the_press() -> None:
    place = Place(announcements={"recording": "/sounds/recording.wav"}, sound_s={"recording": 6.0})
    place.desk.handle(RecordingReady("/recordings", b"public"))
    place.talks()
    place.desk.handle(SoundOver(place.line.of(PlaySound)[0].request, SoundEnd.HEARD))

    place.desk.press_emergency("119")

    assert place.line.of(StopSound) == []


def test_a_recording_begun_while_an_operator_is_on_the_line_is_not_announced_into_it() -> None:
    place, _ = in_emergency()
    before = len(place.line.of(PlaySound))

    place.desk.toggle_recording()

    assert len(place.line.of(StartRecording)) == 1 and len(place.line.of(PlaySound)) == before
    assert "recording-not-announced" in place.store.kinds()


def test_a_caller_who_was_cut_off_may_ring_again_though_the_agent_is_not_to_be_disturbed() -> None:
    place = Place()
    place.talks()
    place.desk.handle(DisturbChanged(True))

    place.ends(by="network")

    assert NUMBER in place.line.of(DoNotDisturb)[-1].let_through


# --- a window that was started anew ---


def test_a_new_window_knows_that_a_caller_was_handed_over_though_the_exchange_refused() -> None:
    place = Place()
    leg = CallId("f" * 32)
    talking = leg_changed(leg, LegStage.TALKING)
    place.desk.handle(LineAttached((kept(FIRST),), (talking,), NO_CALL, False))

    place.desk.handle(HandOverChanged(FIRST, leg, "119", HandOverStep.REFUSED, "603", 1001.0))

    view = place.state.call(FIRST)
    assert view is not None and view.is_handed and place.desk.active is None


def test_a_new_window_listens_to_the_call_that_is_talked_with() -> None:
    place = Place()

    place.desk.handle(LineAttached((kept(FIRST), kept(SECOND, is_held=True)), (), FIRST, False))

    assert place.ears.of(ListenTo)[-1].call == FIRST


def test_a_new_window_of_a_lead_knows_a_supervision_for_what_it_is() -> None:
    place = Place(queue=LEAD)
    place.desk.handle(LineAttached((kept(FIRST, headers=SUPERVISED),), (), FIRST, False))

    place.ends()

    assert place.store.calls == [] and AgentState.WRAP_UP not in place.store.states
    assert ForgetEnded((FIRST,)) in place.line.sent


def test_a_supervision_that_ended_without_a_window_is_no_call_and_no_missed_one() -> None:
    place = Place(queue=LEAD)

    place.desk.handle(CallEndedUnseen(kept(FIRST, headers=SUPERVISED), CallEnded(FIRST, 200, "", "caller", 999.0)))

    assert place.store.calls == [] and place.state.call(FIRST) is None
    assert ForgetEnded((FIRST,)) in place.line.sent


def test_a_supervision_that_nobody_can_ring_through_to_is_not_a_missed_call() -> None:
    place = Place(queue=LEAD)

    place.desk.handle(CallRefused(FIRST, "1001", "", SUPERVISED, place.clock.now))

    assert place.store.calls == []


def test_a_citizen_with_such_a_header_is_a_caller_like_any_other_at_an_agents_desk() -> None:
    place = Place()
    place.desk.handle(LineAttached((kept(FIRST, headers=SUPERVISED),), (), FIRST, False))

    place.ends()

    assert [record.call for record in place.store.calls] == [FIRST]


def test_the_end_of_a_supervision_is_acknowledged_so_that_no_later_window_counts_it() -> None:
    place = Place(queue=LEAD)
    place.desk.supervise("console", SupervisionMode.LISTEN)
    asked = place.courier.supervised[0][0]
    place.desk.handle(CallRang(FIRST, "1001", "", {"X-Supervision": asked}, place.clock.now))
    place.desk.handle(CallAnswered(FIRST, place.clock.now))

    place.ends(by="network")

    view = place.state.call(FIRST)
    assert ForgetEnded((FIRST,)) in place.line.sent
    assert view is None or not view.is_lost


# --- keys ---


def test_joining_all_leaves_a_caller_alone_who_was_handed_over() -> None:
    place, leg = in_emergency()
    place.desk.handle(CallFocused(NO_CALL))
    place.desk.handle(HandOverChanged(FIRST, leg, "119", HandOverStep.TOGETHER, "", 1001.0))
    for call, number in ((SECOND, "13900000002"), (THIRD, "13900000003")):
        place.talks(call, number)
    place.desk.handle(CallFocused(THIRD))

    place.desk.join_all()

    assert [set((asked.call, *asked.others)) for asked in place.line.of(JoinCalls)] == [{SECOND, THIRD}]


def test_a_hang_up_that_was_asked_about_one_caller_does_not_end_another() -> None:
    place, _ = in_emergency()
    place.talks(SECOND, "13900000002")
    other = CallId("e" * 32)
    place.desk.handle(leg_changed(other, LegStage.TALKING, SECOND))
    place.desk.handle(CallFocused(FIRST))
    place.desk.hang_up()
    place.desk.handle(CallFocused(SECOND))

    place.desk.hang_up()

    assert place.line.of(HangUp) == []


def test_a_short_loss_of_the_link_does_not_forget_which_call_goes_on() -> None:
    place, _ = in_emergency()
    place.ends(by="network")
    back = dialled(place)

    place.desk.handle(
        LineAttached((CallKept(back, NUMBER, "", {}, Direction.OUTGOING, place.clock.now, 0.0, False),), (), back, False)
    )

    view = place.state.call(back)
    assert view is not None and view.stage is CallStage.DIALLING and view.continues == FIRST
