"""Lines, headset and settings: what is said when they go wrong, and when it is taken back."""

from app.desk.commands import AudioChoice, LineAccount
from app.desk.events import HeadsetChanged, LineChanged, Noticed, ProcessFound
from app.domain.agent import AgentState
from app.domain.notice import Gravity, Notice, NoticeCode
from tests.fakes import FIRST, SECOND, Place

PBX = LineAccount("pbx", "10.0.0.1:5060", "1001", "secret")
GATEWAY = LineAccount("gateway", "10.0.0.2:5060")
PRACTICE = LineAccount("practice", "127.0.0.1:5070")
MICROPHONES, EARPIECES = ("headset mic", "webcam"), ("headset", "loudspeaker")


def codes(place: Place) -> list[NoticeCode]:
    return [notice.code for notice in place.state.notices]


def wears(microphone: str, earpiece: str, ways_out: tuple[str, ...] = EARPIECES) -> HeadsetChanged:
    return HeadsetChanged(microphone, earpiece, bool(microphone and earpiece), MICROPHONES, ways_out)


def test_an_exchange_that_is_away_is_said_until_it_is_back() -> None:
    place = Place(accounts=(PBX,))
    place.desk.handle(LineChanged("pbx", False, 503, "Connection refused"))
    assert place.state.notices[0].values == ("pbx", "Connection refused")

    place.desk.handle(LineChanged("pbx", True, 200, ""))

    assert codes(place) == []


def test_a_wrong_password_takes_the_place_of_an_exchange_that_was_away() -> None:
    place = Place(accounts=(PBX,))
    place.desk.handle(LineChanged("pbx", False, 503, ""))

    place.desk.handle(LineChanged("pbx", False, 403, "Forbidden"))

    assert codes(place) == [NoticeCode.PBX_WRONG_PASSWORD]


def test_a_line_that_the_settings_took_away_is_not_said_to_be_down() -> None:
    place = Place(accounts=(PBX, PRACTICE))
    place.desk.handle(LineChanged("pbx", False, 503, ""))
    place.desk.follow(Place(accounts=(PRACTICE,)).desk.policy)

    place.desk.handle(LineChanged("pbx", False, 0, "not set up"))

    assert "pbx" not in place.state.lines and codes(place) == [NoticeCode.PBX_NOT_SET]


def test_with_neither_exchange_nor_practice_the_desk_says_that_no_call_can_come() -> None:
    place = Place()

    place.desk.handle(ProcessFound("telephony"))

    assert (codes(place), place.state.notices[0].standing) == ([NoticeCode.PBX_NOT_SET], True)


def test_at_practice_the_missing_exchange_is_a_note_that_fades() -> None:
    place = Place(accounts=(PRACTICE,))

    place.desk.handle(ProcessFound("telephony"))

    notice = place.state.notices[0]
    assert (notice.code, notice.gravity, notice.standing) == (NoticeCode.PBX_NOT_SET, Gravity.INFO, False)


def test_a_gateway_that_answers_again_takes_back_that_it_was_unreachable() -> None:
    place = Place(accounts=(PBX, GATEWAY))
    place.desk.handle(Noticed(Notice(NoticeCode.GATEWAY_UNREACHABLE, ("119", "503"))))

    place.desk.handle(LineChanged("gateway", True, 200, ""))

    assert codes(place) == []


def test_a_call_that_the_network_took_is_said_until_the_agent_goes_on() -> None:
    place = Place(accounts=(PBX,))
    place.talks(FIRST)
    place.ends(FIRST, "network")
    place.desk.handle(LineChanged("pbx", True, 200, ""))
    assert codes(place) == [NoticeCode.PBX_LOST_IN_CALL]

    place.desk.become(AgentState.READY)

    assert codes(place) == []


def test_the_next_call_takes_back_what_was_said_of_the_one_that_was_lost() -> None:
    place = Place(accounts=(PBX,))
    place.talks(FIRST)
    place.ends(FIRST, "network")

    place.talks(SECOND)

    assert NoticeCode.PBX_LOST_IN_CALL not in codes(place)


def test_a_pulled_headset_is_said_although_the_loudspeaker_took_its_place() -> None:
    place = Place()
    place.desk.handle(wears("headset mic", "headset"))
    place.desk.handle(wears("headset mic", ""))

    place.desk.handle(wears("headset mic", "loudspeaker"))

    assert [(notice.code, notice.values) for notice in place.state.notices] == [(NoticeCode.HEADSET_PULLED, ("headset",))]


def test_the_same_headset_plugged_in_again_is_enough() -> None:
    place = Place()
    for change in (("headset mic", "headset"), ("headset mic", ""), ("headset mic", "loudspeaker")):
        place.desk.handle(wears(*change))

    place.desk.handle(wears("headset mic", "headset"))

    assert codes(place) == []


def test_the_headset_is_back_although_its_stopgap_went_too_meanwhile() -> None:
    place = Place()
    for earpiece in ("headset", "", "loudspeaker", ""):
        place.desk.handle(wears("headset mic", earpiece))
    said = [notice.values for notice in place.state.notices]

    place.desk.handle(wears("headset mic", "headset"))

    assert said == [("headset",)]
    assert codes(place) == []


def test_another_headset_plugged_in_is_enough() -> None:
    place = Place()
    place.desk.handle(wears("headset mic", "headset"))
    place.desk.handle(wears("headset mic", ""))

    place.desk.handle(wears("headset mic", "new headset", (*EARPIECES, "new headset")))

    assert codes(place) == []


def test_the_agents_own_choice_of_another_device_is_enough() -> None:
    place = Place()
    place.desk.handle(wears("headset mic", "headset"))
    place.desk.handle(wears("headset mic", ""))

    place.desk.choose_headset(AudioChoice("headset mic", "loudspeaker"))
    place.desk.handle(wears("headset mic", "loudspeaker"))

    assert codes(place) == []


def test_several_wrong_lines_of_the_settings_stand_beside_each_other() -> None:
    place = Place()
    for line in ("2", "5", "5"):
        place.desk.handle(Noticed(Notice(NoticeCode.SETTINGS_WRONG, ("settings.toml", line, "x", "y"))))

    assert [notice.values[1] for notice in place.state.notices] == ["2", "5"]
