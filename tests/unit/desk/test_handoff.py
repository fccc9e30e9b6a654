"""One key leaves a caller to a line that answered; a card tells the operator what must be known; every step is written down."""

from dataclasses import replace

from app.announcing import RESOURCES
from app.desk.card_voice import PATIENCE_S
from app.desk.commands import AddLeg, HandOver, HangUp, PlaySound, Say, StopSound, TakeBack
from app.desk.events import CallFocused, LegChanged, LegTried, SpeechMade, Ticked, TicketKept
from app.desk.help_events import CardPushed
from app.desk.line_events import HandOverChanged
from app.domain.call import NO_CALL, CallId, HandOverStep, LegPurpose, LegStage
from app.domain.handoff import OPENING, sentences
from app.domain.notice import NoticeCode
from app.domain.ticket import TicketNumber
from app.storage.announcements import read_announcements
from tests.fakes import FIRST, SECOND, Place


def leg_changed(leg: CallId, stage: LegStage, route: str = "pbx", reason: str = "") -> LegChanged:
    return LegChanged(FIRST, leg, LegPurpose.EMERGENCY, "119", "119", route, stage, reason, 1001.0)


def step(leg: CallId, wanted: HandOverStep, at: float = 1001.0, reason: str = "") -> HandOverChanged:
    return HandOverChanged(FIRST, leg, "119", wanted, reason, at)


def pressed(place: Place, hands_over: bool = False) -> CallId:
    place.talks()
    (place.desk.hand_over if hands_over else place.desk.press_emergency)("119")
    return CallId(place.line.of(AddLeg)[0].leg)


def handed(place: Place) -> CallId:
    leg = pressed(place, hands_over=True)
    place.desk.handle(leg_changed(leg, LegStage.TALKING))
    place.desk.handle(CallFocused(NO_CALL))
    place.desk.handle(step(leg, HandOverStep.TOGETHER))
    return leg


def outcomes(place: Place) -> list[str]:
    return [record.outcome for record in place.store.emergencies]


# --- handing over ---


def test_one_key_asks_for_the_line_and_for_the_hand_over() -> None:
    place = Place()

    pressed(place, hands_over=True)

    asked = place.line.of(AddLeg)[0]
    assert asked.hands_over and asked.undo_s == 3.0 and asked.targets == (("pbx", "119"), ("gateway", "119"))


def test_three_way_stays_the_default() -> None:
    place = Place()

    pressed(place)

    assert not place.line.of(AddLeg)[0].hands_over


def test_a_line_that_talks_already_gets_the_caller_at_once() -> None:
    place = Place()
    leg = pressed(place)
    place.desk.handle(leg_changed(leg, LegStage.TALKING))

    place.desk.hand_over("119")

    assert place.line.of(HandOver) == [HandOver(FIRST, leg, 3.0)]
    assert len(place.line.of(AddLeg)) == 1


def test_the_hand_over_is_written_down_and_leaves_the_agent_free() -> None:
    place = Place()

    handed(place)

    assert outcomes(place)[-1] == "handed over"
    assert place.desk.active is None
    assert place.state.call(FIRST).legs[0].handed_at == 1001.0  # type: ignore[union-attr]


def test_undo_within_three_seconds_of_the_press_takes_the_whole_press_back() -> None:
    place = Place()
    leg = handed(place)

    place.desk.undo_emergency()

    assert place.line.of(HangUp) == [HangUp(leg)]
    assert outcomes(place)[-1] == "undone"


def test_undo_of_a_late_hand_over_brings_the_agent_back_and_leaves_the_line_on() -> None:
    place = Place()
    leg = pressed(place, hands_over=True)
    place.clock.now = 1008.0
    place.desk.handle(leg_changed(leg, LegStage.TALKING))
    place.desk.handle(CallFocused(NO_CALL))
    place.desk.handle(step(leg, HandOverStep.TOGETHER, at=1008.0))

    place.clock.now = 1010.0
    place.desk.undo_emergency()

    assert place.line.of(TakeBack) == [TakeBack(FIRST)]


def test_the_same_key_again_brings_the_agent_back_but_not_a_finger_that_bounced() -> None:
    place = Place()
    handed(place)
    place.clock.now = 1001.4
    place.desk.hand_over("119")
    bounced = list(place.line.of(TakeBack))

    place.clock.now = 1009.0
    place.desk.hand_over("119")

    assert (bounced, place.line.of(TakeBack)) == ([], [TakeBack(FIRST)])


def test_hanging_up_while_the_two_talk_is_asked_twice() -> None:
    place = Place()
    handed(place)

    place.desk.hang_up()

    assert place.line.of(HangUp) == []
    assert NoticeCode.EMERGENCY_STILL_ON in [notice.code for notice in place.state.notices]


def test_a_line_that_left_gives_the_caller_back_and_says_so() -> None:
    place = Place()
    leg = handed(place)
    place.desk.handle(leg_changed(leg, LegStage.ENDED, reason="200 OK"))

    place.desk.handle(step(leg, HandOverStep.RETURNED))

    assert NoticeCode.CALLER_RETURNED in [notice.code for notice in place.state.notices]
    assert not place.state.call(FIRST).is_handed  # type: ignore[union-attr]


def test_an_exchange_that_will_not_join_them_is_said_and_written_down() -> None:
    place = Place()
    leg = handed(place)

    place.desk.handle(step(leg, HandOverStep.REFUSED, reason="603 Declined"))

    assert outcomes(place)[-1] == "handed over: through this console"
    assert NoticeCode.HAND_OVER_HERE in [notice.code for notice in place.state.notices]


# --- next ways ---


def test_the_next_way_is_said_in_words_and_written_down() -> None:
    place = Place()
    leg = pressed(place)

    place.desk.handle(LegTried(FIRST, leg, "119", "gateway", "119", 1, "486 Busy Here", 0.0, 1001.0))

    notice = next(notice for notice in place.state.notices if notice.code is NoticeCode.EMERGENCY_NEXT_ROUTE)
    assert notice.values == ("119", "gateway", "486 Busy Here")
    assert (place.store.emergencies[-1].route, outcomes(place)[-1]) == ("gateway", "dialling: next route, 486 Busy Here")


def test_all_ways_in_vain_is_said_until_one_answers() -> None:
    place = Place()
    leg = pressed(place)
    place.desk.handle(LegTried(FIRST, leg, "119", "", "", 1, "486 Busy Here", 2.0, 1001.0))
    said = [notice.values for notice in place.state.notices if notice.code is NoticeCode.EMERGENCY_AGAIN]

    place.desk.handle(leg_changed(leg, LegStage.TALKING, "gateway"))

    assert said == [("119", "486 Busy Here", "2", "1")]
    assert NoticeCode.EMERGENCY_AGAIN not in [notice.code for notice in place.state.notices]


# --- the card ---


def test_the_card_is_there_with_the_press_and_grows_with_what_is_heard() -> None:
    place = Place()
    place.talks()
    place.hears("厨房着火了")
    place.desk.press_emergency("119")
    first = place.state.emergency.card

    place.hears("我在长安路五号", number=1)

    card = place.state.emergency.card
    assert first is not None and card is not None
    assert (first.danger, first.ring_back, first.place) == ("着火", "13800000001", "")
    assert card.place == "我在长安路" and [said.text for said in card.words] == ["厨房着火了", "我在长安路五号"]


def test_the_ticket_gets_its_number_at_the_press_and_what_is_typed_stays() -> None:
    place = Place()
    place.talks()
    place.desk.edit("content", "厨房")
    place.desk.press_emergency("119")
    saved = place.store.saved[0]
    place.desk.edit("content", "厨房着火，有老")

    place.desk.handle(TicketKept(replace(saved, number=TicketNumber("260000000019"), version=1)))

    card, draft = place.state.emergency.card, place.state.draft
    assert card is not None and card.ticket == "260000000019"
    assert draft is not None and draft.ticket.content == "厨房着火，有老" and draft.ticket.number == "260000000019"
    assert place.store.drafts[draft.ticket.id].content == "厨房着火，有老", "the draft is not kept for a restart"


def test_a_frozen_copy_of_the_card_is_kept_with_every_step() -> None:
    place = Place()
    leg = pressed(place)
    place.desk.handle(leg_changed(leg, LegStage.TALKING))
    place.desk.card_shown(True)

    kept = [(kind, body["copy"]["step"]) for _, kind, body in place.store.notes if kind.startswith("card-") and "copy" in body]

    assert kept == [("card-made", "calling"), ("card-step", "answered"), ("card-shown", "answered")]


def test_the_card_is_read_into_the_call_and_the_same_key_stops_it() -> None:
    place = Place()
    pressed(place)
    place.desk.speak_card()
    for sentence in place.ears.of(Say):
        place.desk.handle(SpeechMade(sentence.request, sentence.text, 2.0))
    played = place.line.of(PlaySound)
    card = place.state.emergency.card

    place.desk.speak_card()

    assert card is not None
    text = "".join(sentences(card))
    assert "幺二三四五" in text and "幺三八零，零零零零，零零幺" in text
    assert played == [PlaySound(FIRST, said, True, number > 0) for number, said in enumerate(sentences(card))]
    assert place.line.of(StopSound) and not place.state.emergency.is_spoken


def test_the_operator_hears_the_first_sentence_while_the_next_are_being_made() -> None:
    place = Place()
    pressed(place)
    opening = place.ears.of(Say)[0]
    place.desk.handle(SpeechMade(opening.request, "/tmp/opening.wav", 3.0))

    place.desk.speak_card()

    assert place.line.of(PlaySound) == [PlaySound(FIRST, "/tmp/opening.wav", True)]
    assert opening.text not in [sentence.text for sentence in place.ears.of(Say)[1:]]


def test_the_opening_lies_there_and_is_heard_before_any_voice_is_loaded() -> None:
    place = Place(announcements={"handoff": "/sounds/handoff.wav"}, sound_s={"handoff": 3.2})
    pressed(place)

    place.desk.speak_card()

    assert place.line.of(PlaySound) == [PlaySound(FIRST, "/sounds/handoff.wav", True)]
    assert OPENING not in [sentence.text for sentence in place.ears.of(Say)]


def test_the_words_of_the_opening_are_those_of_its_announcement() -> None:
    announcement = next(one for one in read_announcements(RESOURCES / "announcements.toml") if one.key == "handoff")

    assert announcement.spoken == OPENING


def test_a_sentence_that_could_not_be_spoken_is_left_out_and_the_rest_is_heard() -> None:
    place = Place()
    pressed(place)
    place.desk.speak_card()
    first, _failed, third, *others = place.ears.of(Say)

    for sentence in (first, third, *others):
        place.desk.handle(SpeechMade(sentence.request, sentence.text, 1.0))
    place.clock.now += 1.0 * (2 + len(others)) + 0.1
    place.desk.handle(Ticked(place.clock.now))

    assert [played.path for played in place.line.of(PlaySound)] == [first.text, third.text, *(one.text for one in others)]
    assert not place.state.emergency.is_spoken


def test_a_voice_that_does_not_come_is_said_and_the_next_key_asks_anew() -> None:
    place = Place()
    pressed(place)
    place.desk.speak_card()
    asked = len(place.ears.of(Say))
    place.clock.now += PATIENCE_S + 1
    place.desk.handle(Ticked(place.clock.now))
    codes = [notice.code for notice in place.state.notices]

    place.desk.speak_card()

    assert NoticeCode.VOICE_FAILED in codes and place.state.emergency.is_spoken
    assert len(place.ears.of(Say)) == 2 * asked


def test_a_card_stopped_before_its_voice_was_made_is_not_read_any_more() -> None:
    place = Place()
    pressed(place)
    place.desk.speak_card()
    place.desk.speak_card()

    place.desk.handle(SpeechMade(place.ears.of(Say)[0].request, "/tmp/card.wav", 9.0))

    assert place.line.of(PlaySound) == []


def test_the_card_goes_to_the_emergency_desk_and_news_follow_but_not_every_word() -> None:
    place = Place(has_emergency_desk=True)
    pressed(place)
    place.hears("快点", number=0)
    place.clock.now += 5
    place.desk.handle(Ticked(place.clock.now))
    after_words = len(place.messenger.cards)
    place.hears("长安路五号", number=1)

    place.clock.now += 5
    place.desk.handle(Ticked(place.clock.now))

    assert after_words == 1
    assert [(card.revision, card.place) for card in place.messenger.cards] == [(1, ""), (2, "长安路")]


def test_without_an_emergency_desk_nothing_is_pushed() -> None:
    place = Place()

    pressed(place)

    assert place.messenger.cards == []


def test_an_undone_press_is_told_to_the_emergency_desk() -> None:
    place = Place(has_emergency_desk=True)
    leg = pressed(place)
    place.desk.undo_emergency()

    place.desk.handle(leg_changed(leg, LegStage.ENDED, reason="agent"))

    assert place.messenger.cards[-1].step == "undone"


def test_their_case_number_goes_onto_the_ticket_and_to_the_centre() -> None:
    place = Place(has_emergency_desk=True)
    pressed(place)
    kept = replace(place.store.saved[0], number=TicketNumber("260000000019"), version=1)
    place.desk.handle(TicketKept(kept))
    card = place.messenger.cards[-1]

    place.desk.handle(CardPushed(card.card, card.revision, True, True, "JQ-7", "", 1001.0))

    assert place.state.draft is not None and place.state.draft.ticket.police_case == "JQ-7"
    assert (place.store.saved[-1].police_case, place.store.saved[-1].number) == ("JQ-7", "260000000019")
    assert place.state.emergency.pushed == "sent"


def test_a_card_that_did_not_arrive_is_said_and_never_holds_up_the_call() -> None:
    place = Place(has_emergency_desk=True)
    leg = pressed(place)
    card = place.messenger.cards[-1]

    place.desk.handle(CardPushed(card.card, card.revision, False, False, "", "ConnectError", 1001.0))

    assert NoticeCode.CARD_NOT_SENT in [notice.code for notice in place.state.notices]
    assert place.line.of(AddLeg)[0].leg == leg


def test_another_call_has_another_card() -> None:
    place = Place()
    pressed(place)
    place.rings(SECOND, "13900000002")
    place.desk.take(SECOND)

    place.desk.handle(Ticked(place.clock.now))

    assert place.state.focus == SECOND and place.state.emergency.card is None
