"""The card: what is known, the last minute, and how it is read out."""

from dataclasses import replace

from app.domain.call import CallId
from app.domain.handoff import WORDS_LIMIT, HandOffCard, SaidWords, filled, lately_said, sentences, short_text
from app.domain.ticket import Ticket, TicketId, TicketNumber
from app.domain.transcript import Speaker, Transcript, Utterance

BARE = HandOffCard("c", 1, CallId("a"), "119", "calling")


def said(*texts: tuple[Speaker, str, float]) -> Transcript:
    return Transcript(tuple(Utterance(who, n, text, at, at + 2, True) for n, (who, text, at) in enumerate(texts)))


def test_both_voices_of_the_last_minute_go_along_and_nothing_older() -> None:
    transcript = said((Speaker.CALLER, "很久以前", 0.0), (Speaker.AGENT, "您在哪里", 70.0), (Speaker.CALLER, "长安路", 100.0))

    assert lately_said(transcript) == (SaidWords(Speaker.AGENT, "您在哪里"), SaidWords(Speaker.CALLER, "长安路"))


def test_a_flood_of_words_is_cut_at_its_beginning() -> None:
    transcript = said((Speaker.CALLER, "早" * 500, 0.0), (Speaker.CALLER, "晚" * 500, 10.0))

    kept = lately_said(transcript)

    assert sum(len(word.text) for word in kept) == WORDS_LIMIT
    assert kept[-1].text == "晚" * 500 and set(kept[0].text) == {"早"}


def test_the_number_that_the_citizen_named_stands_above_the_one_he_rings_from() -> None:
    ticket = Ticket(TicketId("t"), TicketNumber("260000000019"), place="长安路五号", contact="13900000002")

    card = filled(BARE, ticket, "13800000001", Transcript(), "着火")

    assert (card.ring_back, card.place, card.danger, card.ticket) == ("13900000002", "长安路五号", "着火", "260000000019")


def test_it_is_read_digit_by_digit_and_says_what_is_not_known() -> None:
    known = "".join(sentences(replace(BARE, place="长安路五号", ring_back="13800138000", ticket="260000000019")))

    assert "地点，长安路五号" in known and "幺三八零，零幺三八，零零零" in known and "二六零零，零零零零，零零幺九" in known
    bare = "".join(sentences(BARE))
    assert "地点还不清楚" in bare and "没有来电号码" in bare


def test_a_text_message_says_place_and_danger_first_and_forbids_ringing_back() -> None:
    text = short_text(replace(BARE, line="110", place="长安路五号", danger="他有刀", ring_back="13800138000"))

    assert text.startswith("12345转110；长安路五号；他有刀") and text.endswith("请勿回拨。")


def test_words_alone_are_no_news_for_the_emergency_desk() -> None:
    talked = replace(BARE, words=(SaidWords(Speaker.CALLER, "快"),), revision=2)

    assert not talked.says_more_than(BARE)
    assert replace(talked, place="长安路").says_more_than(BARE)


def test_the_address_is_said_whole_from_district_to_door() -> None:
    ticket = Ticket(TicketId("t"), district="海淀区", street="学院路街道", place="志新小区23号楼")

    card = filled(BARE, ticket, "13800000001", Transcript(), "着火")

    assert card.place == "海淀区学院路街道志新小区23号楼"


def test_a_district_that_the_place_names_is_not_said_twice() -> None:
    place = Ticket(TicketId("t"), district="海淀区", street="学院路街道", place="海淀区学院路街道志新小区").address

    assert place == "海淀区学院路街道志新小区"


def test_who_is_hurt_stands_with_the_danger() -> None:
    ticket = Ticket(TicketId("t"), matter="楼上着火", hurt="两人烧伤")

    cards = [filled(BARE, ticket, "", Transcript(), danger) for danger in ("着火", "", "着火，两人烧伤")]

    assert [card.danger for card in cards] == ["着火；伤亡：两人烧伤", "楼上着火；伤亡：两人烧伤", "着火，两人烧伤"]
