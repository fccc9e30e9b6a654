"""A citizen in danger whom the network lost is called back without a key, again and again, and the line waits for him."""

from app.desk.commands import AddLeg, Dial, HangUp, LineAccount
from app.desk.events import CallAnswered, CallDialled, CallEnded, LegChanged, LineChanged, Ticked
from app.domain.call import CallId, LegPurpose, LegStage
from app.domain.notice import NoticeCode
from tests.fakes import FIRST, Place

WAYS = ("pbx", "gateway")


def place_in_emergency() -> tuple[Place, CallId]:
    place = Place(ring_back_lines=WAYS, accounts=tuple(LineAccount(line, f"127.0.0.1:{5060}") for line in WAYS))
    place.talks()
    place.desk.press_emergency("119")
    leg = CallId(place.line.of(AddLeg)[0].leg)
    place.desk.handle(leg_changed(leg, LegStage.TALKING))
    return place, leg


def leg_changed(leg: CallId, stage: LegStage, reason: str = "", call: CallId = FIRST) -> LegChanged:
    return LegChanged(call, leg, LegPurpose.EMERGENCY, "119", "119", "gateway", stage, reason, 1001.0)


def dialled(place: Place) -> CallId:
    dial = place.line.of(Dial)[-1]
    place.desk.handle(CallDialled(dial.call, dial.number, place.clock.now))
    return CallId(dial.call)


def test_the_citizen_is_dialled_at_once_through_the_gateway_and_the_line_goes_over() -> None:
    place, _ = place_in_emergency()

    place.ends(by="network")

    dial = place.line.of(Dial)[0]
    assert (dial.number, dial.line, dial.takes_over) == ("13800000001", "gateway", FIRST)
    assert NoticeCode.CALLING_BACK in [notice.code for notice in place.state.notices]
    assert "calling-back" in place.store.kinds()


def test_a_citizen_who_hung_up_is_not_called_back() -> None:
    place, _ = place_in_emergency()

    place.ends(by="caller")

    assert place.line.of(Dial) == []


def test_a_loss_without_an_emergency_is_left_to_the_agent() -> None:
    place = Place(ring_back_lines=WAYS)
    place.talks()

    place.ends(by="network")

    assert place.line.of(Dial) == []


def test_a_press_within_a_minute_of_the_loss_calls_back_too() -> None:
    place = Place(ring_back_lines=WAYS)
    place.talks()
    place.ends(by="network")
    place.clock.now += 30

    place.desk.press_emergency("119")

    assert [dial.takes_over for dial in place.line.of(Dial)] == [FIRST]


def test_a_press_long_after_the_loss_does_not() -> None:
    place = Place(ring_back_lines=WAYS)
    place.talks()
    place.ends(by="network")
    place.clock.now += 61

    place.desk.press_emergency("119")

    assert place.line.of(Dial) == []


def test_a_try_that_fails_is_followed_by_another_after_a_pause() -> None:
    place, _ = place_in_emergency()
    place.ends(by="network")
    back = dialled(place)
    place.desk.handle(CallEnded(back, 486, "Busy Here", "caller", place.clock.now))
    place.desk.handle(Ticked(place.clock.now + 1.0))
    at_once = len(place.line.of(Dial))
    place.clock.now += 2.1

    place.desk.handle(Ticked(place.clock.now))

    assert at_once == 1
    assert [dial.takes_over for dial in place.line.of(Dial)] == [FIRST, back]
    assert place.line.of(Dial)[1].number == "13800000001"


def test_the_draft_goes_on_with_the_call_that_reaches_him() -> None:
    place, _ = place_in_emergency()
    place.desk.edit("place", "长安路五号")
    place.ends(by="network")
    back = dialled(place)

    place.desk.handle(CallAnswered(back, place.clock.now))

    assert place.state.focus == back and place.state.draft is not None
    assert place.state.draft.ticket.place == "长安路五号"
    assert NoticeCode.CALLING_BACK not in [notice.code for notice in place.state.notices]
    assert "calling-back-reached" in place.store.kinds()


def test_undo_within_three_seconds_ends_it_for_good() -> None:
    place, _ = place_in_emergency()
    place.ends(by="network")
    back = dialled(place)

    place.desk.undo_emergency()
    place.desk.handle(CallEnded(back, 487, "", "agent", place.clock.now))
    place.clock.now += 30
    place.desk.handle(Ticked(place.clock.now))

    assert HangUp(back) in place.line.of(HangUp) and len(place.line.of(Dial)) == 1


def test_after_ten_tries_the_agent_is_told_to_do_it_himself() -> None:
    place, _ = place_in_emergency()
    place.ends(by="network")
    for _ in range(10):
        back = dialled(place)
        place.desk.handle(CallEnded(back, 480, "", "caller", place.clock.now))
        place.clock.now += 11
        place.desk.handle(Ticked(place.clock.now))

    assert len(place.line.of(Dial)) == 10
    assert NoticeCode.CALLING_BACK_FAILED in [notice.code for notice in place.state.notices]


def test_a_line_that_the_network_took_is_called_again_by_itself() -> None:
    place, leg = place_in_emergency()

    place.desk.handle(leg_changed(leg, LegStage.ENDED, "network"))

    assert [asked.line for asked in place.line.of(AddLeg)] == ["119", "119"]
    assert "emergency-line-lost" in place.store.kinds()


def test_a_line_that_hung_up_is_not_called_again() -> None:
    place, leg = place_in_emergency()

    place.desk.handle(leg_changed(leg, LegStage.ENDED, "200 OK"))

    assert len(place.line.of(AddLeg)) == 1


def test_nobody_is_called_back_through_the_trainer() -> None:
    place = Place(ring_back_lines=("pbx",), accounts=(LineAccount("gateway", "127.0.0.1:1"), LineAccount("pbx", "127.0.0.1:2")))
    place.desk.handle(LineChanged("pbx", True, 200, "OK"))
    place.talks()
    place.desk.press_emergency("119")
    place.desk.handle(leg_changed(CallId(place.line.of(AddLeg)[0].leg), LegStage.TALKING))

    place.ends(by="network")

    assert place.line.of(Dial)[0].line == "pbx"
