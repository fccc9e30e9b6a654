"""What is more than a matter of its line: marked for review, told to the lead at once; abuse only offers a notice."""

from dataclasses import replace

from app.desk.commands import AddLeg, PlaySound, SendMessage
from app.desk.line_events import MessageAnswered
from app.desk.policy import Danger
from app.domain.abuse import Abuse
from app.domain.notice import NoticeCode
from app.domain.shield import AbuseRules
from tests.fakes import Place


def hears(text: str, _is_open: bool) -> Danger | None:
    found = {
        "堵路": Danger("110", "堵路", "mass"),
        "报复": Danger("110", "报复社会", "social"),
        "吃了药": Danger("120", "吃了药", "suicide"),
        "晕倒": Danger("120", "晕倒"),
        "楼上的老人": Danger("110", "楼上的老人", is_worded=False),
    }
    return next((danger for word, danger in found.items() if word in text), None)


def hears_abuse(text: str) -> Abuse | None:
    return Abuse("threat" if "弄死" in text else "insult", text) if "你个" in text or "弄死你" in text else None


def place_with(**policy: object) -> Place:
    place = Place(**policy)
    place.desk.rules = replace(place.desk.rules, hear_danger=hears, hear_abuse=hears_abuse)
    place.talks()
    return place


def test_a_mass_incident_is_named_and_its_ticket_marked_for_review() -> None:
    place = place_with()

    place.hears("好多人堵路", final=False)

    assert (place.state.emergency.suggested, place.state.emergency.matter) == ("110", "mass")
    assert place.state.draft is not None
    assert place.state.draft.ticket.risk == "mass"


def test_a_suicide_is_named_and_stays_named_when_the_line_changes() -> None:
    place = place_with()
    place.hears("他吃了药")

    place.hears("现在晕倒了", number=1)

    assert (place.state.emergency.suggested, place.state.emergency.matter) == ("120", "suicide")
    assert place.state.draft is not None
    assert place.state.draft.ticket.risk == ""


def test_what_is_only_like_a_danger_moves_no_light_from_a_line_that_was_named() -> None:
    place = place_with()
    place.hears("有人晕倒了")

    place.hears("还有楼上的老人", number=1)

    assert (place.state.emergency.suggested, place.state.emergency.because) == ("120", "晕倒")


def test_a_line_that_was_only_guessed_gives_way_to_one_that_is_named() -> None:
    place = place_with()
    place.hears("楼上的老人")
    guessed = place.state.emergency.suggested

    place.hears("晕倒了", number=1)

    assert (guessed, place.state.emergency.suggested) == ("110", "120")


def test_the_lead_is_warned_and_nobody_is_called() -> None:
    place = place_with(lead_target="8000")
    place.hears("我要报复")

    place.desk.warn_lead()

    warning = place.store.alerts[0]
    assert (warning.is_warning, warning.matter, warning.danger) == (True, "social", "报复社会")
    assert place.state.alerts == (warning,)
    assert place.line.of(AddLeg) == []
    assert place.line.of(PlaySound) == []
    assert [message.target for message in place.line.of(SendMessage)] == ["8000"]
    assert "lead-warned" in place.store.kinds()
    assert NoticeCode.LEAD_WARNED in [notice.code for notice in place.state.notices]


def test_a_warning_leaves_the_urgency_to_the_agent() -> None:
    place = place_with()
    before = place.state.draft

    place.desk.warn_lead()

    assert place.state.draft == before


def test_a_second_press_at_once_is_the_same_warning() -> None:
    place = place_with()
    place.desk.warn_lead()

    place.desk.warn_lead()
    place.clock.now += 60
    place.desk.warn_lead()

    assert len(place.store.alerts) == 2


def test_without_a_call_nobody_is_warned() -> None:
    place = Place()

    place.desk.warn_lead()

    assert place.store.alerts == []


def test_a_message_that_does_not_reach_the_lead_is_said() -> None:
    place = place_with(lead_target="8000")
    place.desk.warn_lead()
    request = place.line.of(SendMessage)[0].request

    place.desk.handle(MessageAnswered(request, False, "404"))

    assert NoticeCode.LEAD_NOT_REACHED in [notice.code for notice in place.state.notices]


def test_abuse_offers_a_notice_and_plays_none() -> None:
    place = place_with(abuse=AbuseRules(("civility_1",)))

    place.hears("你个废物")

    assert place.state.shield.of(place.state.focus).abuse == "你个废物"
    assert place.line.of(PlaySound) == []


def test_the_offer_goes_once_the_notice_is_played() -> None:
    place = place_with(abuse=AbuseRules(("civility_1",)), announcements={"civility_1": "/sounds/civility_1.wav"})
    place.hears("你个废物")

    place.desk.civility()

    assert place.state.shield.of(place.state.focus).abuse == ""
    assert len(place.line.of(PlaySound)) == 1


def test_a_threat_to_the_agent_is_a_matter_of_the_police() -> None:
    place = place_with(abuse=AbuseRules(("civility_1",)))

    place.hears("我弄死你")

    assert place.state.shield.of(place.state.focus).threat == "我弄死你"
