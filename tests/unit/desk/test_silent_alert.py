"""Help is called in silence: team lead, wallboards, and a line by the first channel that works."""

from app.desk.commands import AddLeg, PlaySound, SendMessage
from app.desk.events import LegChanged, Ticked
from app.desk.help_events import AlertArrived, TextSent
from app.desk.line_events import MessageAnswered
from app.domain.alert import Alert
from app.domain.call import CallId, LegPurpose, LegStage
from app.domain.notice import NoticeCode
from app.domain.ticket import NOTE_LIMIT
from tests.fakes import FIRST, Place


def place_with(**policy: object) -> Place:
    targets = {line: (("pbx", line), ("gateway", line)) for line in ("110", "119")}
    place = Place(emergency_targets=targets, **policy)
    place.talks()
    return place


def silent(leg: CallId, stage: LegStage, reason: str = "") -> LegChanged:
    return LegChanged(FIRST, leg, LegPurpose.SILENT, "110", "110", "pbx", stage, reason, 1001.0)


def test_a_second_leg_that_only_listens_is_asked_for_and_no_sound_is_made() -> None:
    place = place_with()

    place.desk.silent_alert()

    asked = place.line.of(AddLeg)[0]
    assert (asked.purpose, asked.line, asked.comfort, asked.hands_over) == (LegPurpose.SILENT, "110", "", False)
    assert place.line.of(PlaySound) == []


def test_the_words_choose_the_line() -> None:
    place = place_with()
    place.hears("着火了")

    place.desk.silent_alert()

    assert place.line.of(AddLeg)[0].line == "119"


def test_the_team_is_told_by_the_centre_and_the_lead_by_a_text() -> None:
    place = place_with(lead_target="8000")

    place.desk.silent_alert()

    assert [alert.line for alert in place.store.alerts] == ["110"]
    assert place.state.alerts == tuple(place.store.alerts)
    assert [message.target for message in place.line.of(SendMessage)] == ["8000"]


def test_what_came_of_it_is_shown_and_written_down() -> None:
    place = place_with()
    place.desk.silent_alert()

    place.desk.handle(silent(place.line.of(AddLeg)[0].leg, LegStage.TALKING))

    assert place.state.emergency.silent is not None and place.state.emergency.silent.step == "done"
    assert place.store.emergencies[-1].outcome == "silent: call reached"
    assert "silent-alert" in place.store.kinds()


def test_a_channel_that_fails_gives_way_to_the_next() -> None:
    place = place_with(has_text_gateway=True, silent_channels=("call", "text"))
    place.desk.silent_alert()

    place.desk.handle(silent(place.line.of(AddLeg)[0].leg, LegStage.FAILED, "486 Busy Here"))

    assert place.messenger.texts[0][1] == "110" and "12345转110" in place.messenger.texts[0][2]
    outcomes = [record.outcome for record in place.store.emergencies]
    assert outcomes == ["silent: call", "silent: call failed, 486 Busy Here", "silent: text"]


def test_with_no_channel_left_the_agent_is_told_on_the_screen() -> None:
    place = place_with(has_text_gateway=True, silent_channels=("text",))
    place.desk.silent_alert()

    place.desk.handle(TextSent(place.messenger.texts[0][0], False, "status 500"))

    assert NoticeCode.SILENT_ALERT in [notice.code for notice in place.state.notices]
    assert place.state.emergency.silent is not None and place.state.emergency.silent.step == "failed"


def test_a_message_that_nobody_answers_gives_way_to_the_next_channel() -> None:
    place = place_with(lead_target="8000", silent_channels=("message", "call"))
    place.desk.silent_alert()
    place.clock.now += 13

    place.desk.handle(Ticked(place.clock.now))

    assert [asked.purpose for asked in place.line.of(AddLeg)] == [LegPurpose.SILENT]


def test_a_message_that_is_taken_is_enough() -> None:
    place = place_with(lead_target="8000", silent_channels=("message", "call"))
    place.desk.silent_alert()

    place.desk.handle(MessageAnswered(place.line.of(SendMessage)[0].request, True, ""))

    assert place.line.of(AddLeg) == [] and place.store.emergencies[-1].outcome == "silent: message reached"


def test_a_second_press_at_once_is_the_same_alert() -> None:
    place = place_with()
    place.desk.silent_alert()

    place.desk.silent_alert()

    assert len(place.line.of(AddLeg)) == 1 and len(place.store.alerts) == 1


def test_the_alert_of_a_colleague_is_shown_and_goes_after_ten_minutes() -> None:
    place = Place()
    place.desk.handle(AlertArrived(Alert(CallId("9" * 32), "110", "8002", 1000.0)))
    shown = len(place.state.alerts)

    place.clock.now = 1601.0
    place.desk.handle(Ticked(1601.0))

    assert (shown, place.state.alerts) == (1, ())


def test_an_alert_that_comes_twice_is_one() -> None:
    place = Place()
    alert = Alert(CallId("9" * 32), "110", "8002", 1000.0)
    place.desk.handle(AlertArrived(alert))

    place.desk.handle(AlertArrived(alert))

    assert place.state.alerts == (alert,)


def test_an_alert_is_never_refused_for_a_long_address() -> None:
    place = Place()
    place.talks()
    for name in ("district", "street", "place"):
        place.desk.edit(name, name[0] * NOTE_LIMIT)

    place.desk.silent_alert()

    assert [len(alert.place) for alert in place.store.alerts] == [NOTE_LIMIT]
