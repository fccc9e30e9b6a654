"""Who is this caller: silent ones are asked and never ended by rule, repeated ones are counted, a lead's word is shown."""

from app.desk.commands import HangUp, PlaySound, Say
from app.desk.events import DigitHeard, SpeechMade, VoiceReady
from app.desk.queue_state import QueuePolicy
from app.desk.shield_events import CallerKnown, CallerSpoke, ShieldTold
from app.desk.shield_wishes import AskCaller, KeepMark, KeepSeen
from app.domain.announcement import Announcement
from app.domain.call import CallId
from app.domain.callers import NumberMark, PastCall
from app.domain.notice import NoticeCode
from app.domain.shield import ShieldStep, ShieldWhy, StepKind
from tests.fakes import FIRST, SECOND, Place
from tests.unit.desk.test_shield import RULES, shielded, tick, why


def test_a_caller_who_says_nothing_for_eight_seconds_is_shown_as_silent() -> None:
    place = shielded()

    tick(place, 8)

    assert place.state.shield.of(FIRST).silent_for == 8


def test_a_caller_who_was_heard_is_not_silent_though_no_word_was_understood() -> None:
    place = shielded()
    place.desk.handle(CallerSpoke(FIRST, place.clock.now + 2))

    tick(place, 60)

    assert place.state.shield.of(FIRST).silent_for == 0


def test_a_silent_caller_is_asked_to_press_a_key_instead_of_being_warned() -> None:
    place = shielded()
    tick(place, 9)

    place.desk.civility()

    assert place.line.of(PlaySound) == [PlaySound(FIRST, "/sounds/silent_help.wav", True)]
    assert place.state.shield.of(FIRST).shield.grade == 0


def test_a_silent_caller_who_presses_the_key_needs_help_and_rests_the_shield() -> None:
    place = shielded()
    tick(place, 9)
    place.desk.civility()

    place.desk.handle(DigitHeard(FIRST, "1"))

    assert place.state.shield.of(FIRST).shield.suspended_by == "1"
    assert any(notice.code is NoticeCode.SILENT_CALLER_ANSWERED for notice in place.state.notices)


def test_a_key_that_nobody_asked_for_means_nothing() -> None:
    place = shielded()
    tick(place, 9)

    place.desk.handle(DigitHeard(FIRST, "1"))

    assert place.state.shield.of(FIRST).pressed == ""


def test_no_rule_ends_the_call_of_somebody_who_never_said_a_word() -> None:
    place = shielded()
    tick(place, 1)
    for _ in range(2):
        place.desk.civility()
        place.clock.now += 11
    tick(place, 1)

    place.desk.end_by_policy()
    refused = why(place)
    tick(place, 30)

    assert (refused, place.line.of(HangUp)) == (ShieldWhy.SILENT_CALLER, [])


def test_the_number_is_asked_after_when_it_rings_and_its_past_is_shown() -> None:
    place = Place(abuse=RULES)
    place.clock.now = 1_750_000_000.0
    place.rings()
    asked = [wish for wish in place.store.shield_wishes if isinstance(wish, AskCaller)]
    past = tuple(PastCall(CallId(f"{n:032x}"), place.clock.now - 600 * n, is_silent=n == 2) for n in range(1, 5))

    place.desk.handle(CallerKnown(FIRST, "13800000001", past, (), ()))

    seen = place.state.shield.of(FIRST).repeats
    assert asked == [AskCaller(FIRST, "13800000001", place.clock.now - 7 * 86_400)]
    assert (seen.window, seen.silent, seen.is_many) == (5, 1, True)


def test_a_leads_mark_is_shown_and_blocks_nothing() -> None:
    place = Place(abuse=RULES)
    place.rings()
    now = place.clock.now

    place.desk.handle(
        CallerKnown(FIRST, "13800000001", (), (NumberMark("13800000001", "只记录", "9001", now - 1, now + 9),), ())
    )
    place.desk.take()

    mark = place.state.shield.of(FIRST).mark
    assert mark is not None and mark.advice == "只记录"
    assert len(place.line.sent) == 1


def test_an_agent_who_is_no_lead_marks_no_number() -> None:
    place = shielded()

    place.desk.mark_number("13800000001", "x", 30)

    assert place.state.shield.of(FIRST).mark is None


def test_the_end_of_a_call_tells_the_team_that_the_number_rang_and_was_silent() -> None:
    place = shielded()
    tick(place, 20)

    place.ends()

    seen = next(wish for wish in place.store.shield_wishes if isinstance(wish, KeepSeen))
    assert (seen.number, seen.seen.is_silent, seen.seen.notices) == ("13800000001", True, 0)


def test_a_lead_is_told_of_a_colleagues_notice_and_nobody_else_is() -> None:
    place = Place(abuse=RULES)

    place.desk.handle(ShieldTold("8002", SECOND, ShieldStep(StepKind.NOTICE, place.clock.now, "8002", "civility_1", 1)))

    assert not any(notice.code is NoticeCode.SHIELD_TOLD for notice in place.state.notices)
    assert [told.agent for told in place.state.shield.told] == ["8002"]


def test_the_leads_own_desk_says_who_is_being_abused() -> None:
    place = Place(abuse=RULES, queue=QueuePolicy(is_lead=True))

    place.desk.handle(ShieldTold("8002", SECOND, ShieldStep(StepKind.NOTICE, place.clock.now, "8002", "civility_1", 1)))

    said = next(notice for notice in place.state.notices if notice.code is NoticeCode.SHIELD_TOLD)
    assert said.values == ("8002", "notice", "1")


def test_a_step_of_long_ago_is_no_news() -> None:
    place = Place(abuse=RULES, queue=QueuePolicy(is_lead=True))

    place.desk.handle(ShieldTold("8002", SECOND, ShieldStep(StepKind.NOTICE, place.clock.now - 1_000, "8002", "civility_1", 1)))

    assert (place.state.shield.told, place.state.notices) == ((), ())


def test_a_lead_marks_a_number_and_every_agent_is_told() -> None:
    place = shielded(queue=QueuePolicy(is_lead=True))

    place.desk.mark_number("138 0000 0001", "只记录", 30)

    kept = next(wish.mark for wish in place.store.shield_wishes if isinstance(wish, KeepMark))
    assert (kept.number, kept.advice, kept.by, kept.until - kept.at) == ("13800000001", "只记录", "8001", 30 * 86_400)
    assert place.state.shield.of(FIRST).mark == kept


def test_a_lead_takes_a_mark_away() -> None:
    place = shielded(queue=QueuePolicy(is_lead=True))
    place.desk.mark_number("13800000001", "只记录", 30)
    place.clock.now += 1

    place.desk.mark_number("13800000001", "", 0)

    assert place.state.shield.of(FIRST).mark is None


def test_words_that_were_changed_are_made_by_the_voice_and_said_to_be_silent_until_then() -> None:
    hold = Announcement("hold", "请稍候", "请稍候", "kokoro:zf_xiaoxiao")
    place = Place(unspoken=(hold,))
    place.desk.handle(VoiceReady(("kokoro:zf_xiaoxiao",)))
    asked = place.ears.of(Say)[-1]
    place.desk.handle(SpeechMade(asked.request, "/cache/hold.wav", 2.0))

    assert (asked.text, asked.is_announcement) == ("请稍候", True)
    assert place.desk.policy.announcements["hold"] == "/cache/hold.wav"
    assert place.line.of(PlaySound) == []
