"""The agent's place in the queue: states chosen in a call, calls not taken, codes, and a team lead's supervision."""

from app.desk.commands import AnswerCall, RejectCall, StandInQueue
from app.desk.events import (
    BeatAnswered,
    Bonds,
    CallAnswered,
    CallEnded,
    CallRang,
    CallsBound,
    LegChanged,
    ProcessFound,
    QueueCodeDialled,
    StoreOpened,
    SupervisionRefused,
    Ticked,
)
from app.desk.queue_state import QueuePolicy
from app.domain.agent import NO_ANSWER, AgentState, QueueStanding, SupervisionMode
from app.domain.call import CallId, LegPurpose, LegStage
from app.domain.notice import NoticeCode
from app.wire import Supervised
from tests.fakes import FIRST, SECOND, Place

CODES = QueuePolicy("codes", "1001", "*45", "*46", "*47", "*48")
CENTRE = QueuePolicy("centre", "1001")
LEAD = QueuePolicy("centre", "1009", is_lead=True)


def codes(place: Place) -> list[NoticeCode]:
    return [notice.code for notice in place.state.notices]


def ready(queue: QueuePolicy = CENTRE) -> Place:
    place = Place(queue=queue)
    place.desk.become(AgentState.READY)
    place.clock.now += 10
    return place


def test_a_break_chosen_in_a_call_begins_when_the_call_ends_and_is_not_replaced_by_wrap_up() -> None:
    place = ready()
    place.talks()
    place.clock.now += 60
    place.desk.become(AgentState.ON_BREAK)
    place.clock.now += 30

    place.ends()

    assert (place.state.agent_state, place.state.state_since) == (AgentState.ON_BREAK, place.clock.now)
    assert place.store.states[-1] is AgentState.ON_BREAK


def test_a_state_chosen_during_the_first_of_two_calls_holds_to_the_end_of_the_second() -> None:
    place = ready()
    place.talks(FIRST)
    place.clock.now += 5
    place.desk.become(AgentState.BUSY, "会议")
    place.clock.now += 5
    place.talks(SECOND, "13800000002")
    place.clock.now += 5
    place.ends(FIRST)

    place.ends(SECOND)

    assert (place.state.agent_state, place.state.state_reason) == (AgentState.BUSY, "会议")


def test_a_state_chosen_before_the_call_gives_way_to_wrap_up_which_no_clock_ends() -> None:
    place = ready()
    place.talks()
    place.clock.now += 5
    place.ends()

    place.desk.handle(Ticked(place.clock.now + 86_400))

    assert place.state.agent_state is AgentState.WRAP_UP


def test_the_reason_of_being_busy_is_told_and_is_there_again_after_a_restart() -> None:
    place = ready()

    place.desk.become(AgentState.BUSY, "培训")
    again = Place(queue=CENTRE)
    again.desk.handle(StoreOpened("8001", AgentState.BUSY, 900.0, 5, (), (), state_reason="培训"))

    assert (place.courier.seats[-1].reason, place.courier.seats[-1].extension) == ("培训", "1001")
    assert (again.state.state_reason, again.courier.seats[-1].reason) == ("培训", "培训")


def test_a_call_not_taken_changes_no_state_by_default_and_is_said_and_told() -> None:
    place = ready()
    place.rings()
    place.clock.now += 15

    place.ends()

    assert place.state.agent_state is AgentState.READY
    assert codes(place) == [NoticeCode.NOT_TAKEN]
    assert place.courier.seats[-1].unanswered == 1


def test_a_caller_who_gives_up_at_once_and_a_call_the_agent_refused_are_not_counted() -> None:
    place = ready()
    place.rings(FIRST)
    place.clock.now += 2
    place.ends(FIRST)
    place.rings(SECOND)
    place.clock.now += 15

    place.ends(SECOND, by="agent")

    assert place.state.queue.unanswered == 0


def test_taking_a_call_or_saying_a_state_ends_the_count() -> None:
    place = ready()
    place.rings(FIRST)
    place.clock.now += 15
    place.ends(FIRST)

    place.talks(SECOND, "13800000002")

    assert place.state.queue.unanswered == 0 and NoticeCode.NOT_TAKEN not in codes(place)


def test_where_the_site_chose_it_an_untaken_call_makes_busy_goes_back_and_one_key_leads_back() -> None:
    place = ready(QueuePolicy("centre", "1001", no_answer_is_busy=True, no_answer_s=20))
    place.rings()
    place.desk.handle(Ticked(place.clock.now + 19))
    before = place.state.agent_state

    place.clock.now += 20
    place.desk.handle(Ticked(place.clock.now))
    place.ends(by="agent")

    assert before is AgentState.READY
    assert (place.state.agent_state, place.state.state_reason) == (AgentState.BUSY, NO_ANSWER)
    assert [(one.call, one.code) for one in place.line.of(RejectCall)] == [(FIRST, 480)]
    assert codes(place) == [NoticeCode.BUSY_FOR_NO_ANSWER]
    place.desk.become(AgentState.READY)
    assert (place.state.agent_state, codes(place)) == (AgentState.READY, [])


def test_a_second_call_that_rings_while_the_agent_talks_makes_nobody_busy() -> None:
    place = ready(QueuePolicy("centre", "1001", no_answer_is_busy=True, no_answer_s=20))
    place.talks(FIRST)
    place.rings(SECOND, "13800000002")

    place.desk.handle(Ticked(place.clock.now + 60))

    assert place.state.agent_state is AgentState.READY and not place.line.of(RejectCall)


def test_by_codes_each_state_is_asked_for_once_and_again_when_telephony_was_started_anew() -> None:
    place = ready(CODES)
    place.desk.become(AgentState.BUSY, "会议")
    place.desk.become(AgentState.ON_BREAK)
    asked = [one.standing for one in place.line.of(StandInQueue)]

    place.desk.handle(ProcessFound("telephony"))

    assert asked == [QueueStanding.IN, QueueStanding.PAUSED]
    assert [one.standing for one in place.line.of(StandInQueue)][2:] == [QueueStanding.PAUSED]
    assert place.courier.seats[-1].extension == "" and place.courier.seats[-1].phone == "1001"


def test_a_code_that_fails_is_said_until_it_is_taken() -> None:
    place = ready(CODES)
    place.desk.handle(QueueCodeDialled(QueueStanding.FAILED, "*45", "404 Not Found"))
    said = place.state.notices[0]

    place.desk.handle(QueueCodeDialled(QueueStanding.IN, "*45"))

    assert (said.code, said.values, said.standing) == (NoticeCode.QUEUE_CODE_FAILED, ("*45", "404 Not Found"), True)
    assert (codes(place), place.state.queue.standing) == ([], QueueStanding.IN)


def test_the_agent_sees_a_standing_notice_as_long_as_a_lead_takes_part() -> None:
    place = ready()
    place.talks()
    place.desk.handle(BeatAnswered((Supervised(SupervisionMode.LISTEN, "王班长", 1.0),), QueueStanding.PAUSED))
    first = codes(place)
    place.desk.handle(BeatAnswered((Supervised(SupervisionMode.BARGE, "王班长", 2.0),), QueueStanding.PAUSED))
    second = codes(place)

    place.desk.handle(BeatAnswered((), QueueStanding.PAUSED))

    assert (first, second, codes(place)) == ([NoticeCode.LEAD_LISTENS], [NoticeCode.LEAD_BARGES], [])


# --- the lead's desk ---


def comes(place: Place, id: str) -> None:
    place.desk.handle(CallRang(FIRST, "1001", "listen", {"X-Supervision": id}, place.clock.now))


def test_the_leads_phone_answers_the_call_it_asked_for_and_its_end_is_neither_wrap_up_nor_a_call_of_the_day() -> None:
    place = ready(LEAD)
    place.desk.supervise("console", SupervisionMode.LISTEN)
    id = place.courier.supervised[0][0]
    comes(place, id)
    place.desk.handle(CallAnswered(FIRST, place.clock.now))
    in_call = place.courier.presence[-1][2]
    place.clock.now += 30

    place.desk.handle(CallEnded(FIRST, 200, "", "caller", place.clock.now))

    assert [one.call for one in place.line.of(AnswerCall)] == [FIRST]
    assert place.state.agent_state is AgentState.READY and not in_call
    assert place.store.calls == [] and place.state.queue.supervising is None


def test_a_call_with_any_other_id_is_never_answered_by_itself() -> None:
    place = ready(LEAD)
    comes(place, "f" * 32)
    place.desk.supervise("console", SupervisionMode.LISTEN)

    place.desk.handle(CallRang(SECOND, "1001", "", {"X-Supervision": "0" * 32}, place.clock.now))

    assert not place.line.of(AnswerCall)


def test_the_same_asked_again_ends_it_and_another_mode_goes_over_to_it() -> None:
    place = ready(LEAD)
    place.desk.supervise("console", SupervisionMode.LISTEN)
    place.desk.supervise("console", SupervisionMode.WHISPER)

    place.desk.supervise("console", SupervisionMode.WHISPER)

    assert [mode for _, _, mode in place.courier.supervised] == [SupervisionMode.LISTEN, SupervisionMode.WHISPER, None]
    assert place.state.queue.supervising is None


def test_a_lead_who_talks_with_a_citizen_is_not_torn_out_of_the_call() -> None:
    place = ready(LEAD)
    place.talks()

    place.desk.supervise("console", SupervisionMode.BARGE)

    assert place.courier.supervised == [] and codes(place) == [NoticeCode.SUPERVISION_BUSY]


def test_what_the_centre_refuses_and_what_never_comes_is_said() -> None:
    place = ready(LEAD)
    place.desk.supervise("console", SupervisionMode.LISTEN)
    place.desk.handle(SupervisionRefused(place.courier.supervised[-1][0], "no-lead", "…"))
    refused = codes(place)
    place.desk.supervise("console", SupervisionMode.LISTEN)

    place.desk.handle(Ticked(place.clock.now + 21))

    assert refused == [NoticeCode.SUPERVISION_NO_RIGHT]
    assert place.state.queue.supervising is None and NoticeCode.SUPERVISION_FAILED in codes(place)


def further_party(stage: LegStage) -> LegChanged:
    return LegChanged(FIRST, CallId("a" * 32), LegPurpose.THREE_WAY, "9603", "9603", "pbx", stage, "", 1005.0, 0.0)


def test_the_centre_is_told_at_once_that_a_further_party_is_called_and_that_it_has_gone() -> None:
    place = ready()
    place.talks()
    told = []
    for stage in (LegStage.DIALLING, LegStage.TALKING, LegStage.ENDED):
        before = len(place.courier.seats)
        place.desk.handle(further_party(stage))
        told.append([seat.is_joined for seat in place.courier.seats[before:]])

    assert told == [[True], [], [False]]


def test_a_press_of_an_emergency_line_is_told_before_anybody_answers() -> None:
    place = ready()
    place.talks()

    place.desk.press_emergency("119")

    assert place.courier.seats[-1].is_joined


def test_calls_that_were_joined_are_told_as_well() -> None:
    place = ready()
    place.talks(FIRST)
    place.talks(SECOND, "13800000002")
    alone = place.courier.seats[-1].is_joined

    place.desk.handle(CallsBound(Bonds(rooms=((FIRST, SECOND),))))

    assert (alone, place.courier.seats[-1].is_joined) == (False, True)


def test_a_lead_is_told_once_that_a_whisper_is_refused_or_was_ended_for_others_would_hear_it() -> None:
    place = ready(LEAD)
    place.desk.supervise("console", SupervisionMode.WHISPER)
    id = place.courier.supervised[-1][0]
    place.desk.handle(BeatAnswered((), QueueStanding.IN, (id,)))
    ended, supervising = codes(place), place.state.queue.supervising
    place.desk.handle(Ticked(place.clock.now + 9))
    place.desk.handle(BeatAnswered((), QueueStanding.PAUSED, (id,)))
    again = codes(place)
    place.desk.supervise("console", SupervisionMode.WHISPER)

    place.desk.handle(SupervisionRefused(place.courier.supervised[-1][0], "joined", "…"))

    assert (ended, supervising, again) == ([NoticeCode.SUPERVISION_JOINED], None, [])
    assert codes(place) == [NoticeCode.SUPERVISION_JOINED]
