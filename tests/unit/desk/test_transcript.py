"""The transcript in the agent's hand: corrected, searched, played word by word, exported; its record is never lost."""

from dataclasses import replace

from app.desk.events import TicketKept, TicketsFound
from app.desk.heard_lines import line_of, rebuilt, utterance_of
from app.desk.transcript_events import WordsExported, WordsFound, WordsNotExported
from app.desk.transcript_wishes import ExportWords, FindWords, TellWords
from app.domain.call import NO_CALL, CallId
from app.domain.notice import Gravity, NoticeCode
from app.domain.ticket import Stage, Ticket, TicketId
from app.domain.transcript import Evidence, Speaker, Transcript, Utterance
from tests.fakes import FIRST, SECOND, Place
from tests.unit.desk.heard_call import CALLER, HEARD, heard, talking, ticket_of


def told(place: Place, call: CallId = FIRST) -> Transcript:
    """The transcript as the journal would bring it back."""
    transcript, unread = rebuilt((kind, body) for noted, kind, body in place.store.notes if noted == call)
    assert unread == 0
    return transcript


def shown(place: Place) -> Transcript:
    """What is on the screen, with times as the journal keeps them: in milliseconds."""
    return Transcript(tuple(utterance_of(line_of(said)) for said in place.state.transcript.utterances))


def test_a_correction_stands_in_the_words_and_what_was_heard_stays_beside_it() -> None:
    place = talking()

    place.desk.correct_words(CALLER, 0, "幸福路有噪音")

    said = place.state.transcript.utterances[0]
    assert (said.text, said.original, said.first) == ("幸福路有噪音", "兴福路有噪音", HEARD)


def test_who_corrected_what_and_how_it_stood_before_is_in_the_journal() -> None:
    place = talking()

    place.desk.correct_words(CALLER, 0, "幸福路有噪音")

    call, kind, body = place.store.notes[-1]
    assert (call, kind) == (FIRST, "corrected")
    assert (body["by"], body["before"], body["after"]) == ("8001", "兴福路有噪音", "幸福路有噪音")


def test_the_journal_alone_brings_the_transcript_back_with_times_originals_and_repairs() -> None:
    place = talking()
    heard(place, replace(HEARD, number=1, start_s=5.0, end_s=8.0, confidence=0.7, heard_as="幸福录有噪音"))
    heard(place, Utterance(CALLER, 2, "", 9.0, 12.0, True, is_missing=True))
    place.desk.correct_words(CALLER, 0, "幸福路晚上有噪音")
    place.desk.correct_words(CALLER, 0, "幸福路半夜有噪音")
    place.desk.undo_repair(CALLER, 1)

    assert told(place) == shown(place)


def test_fields_are_read_again_from_the_corrected_words() -> None:
    place = talking()

    place.desk.correct_words(CALLER, 0, "解放路有噪音")

    assert ticket_of(place).place == "解放路"
    assert ticket_of(place).evidence["place"][0].text == "解放路"


def test_a_correction_never_overwrites_what_the_agent_typed_or_confirmed() -> None:
    place = talking()
    place.desk.edit("place", "人民路 3 号")

    place.desk.correct_words(CALLER, 0, "解放路有噪音")

    assert ticket_of(place).place == "人民路 3 号"


def test_a_field_whose_words_are_gone_is_unsure_again_and_loses_its_evidence() -> None:
    place = talking()
    assert place.state.draft is not None

    place.desk.correct_words(CALLER, 0, "有噪音")

    assert "place" in place.state.draft.unsure
    assert not ticket_of(place).evidence.get("place")


def test_a_confirmed_field_stays_the_agents_own_when_its_words_are_put_right() -> None:
    place = talking()
    place.desk.confirm("place")

    place.desk.correct_words(CALLER, 0, "幸福路有噪音")

    assert place.state.draft is not None and "place" not in place.state.draft.unsure
    assert ticket_of(place).evidence["place"][0].text == "幸福路"


def test_evidence_behind_words_that_were_put_in_moves_along() -> None:
    place = talking()
    place.desk.confirm("place")

    place.desk.correct_words(CALLER, 0, "你好，兴福路有噪音")

    part = ticket_of(place).evidence["place"][0]
    assert (part.start, part.end, part.text) == (3, 6, "兴福路")


def test_a_danger_in_corrected_words_lights_its_button_however_long_ago_they_were_said() -> None:
    place = talking()
    for number in range(1, 6):
        place.hears("还有别的事", number=number)

    place.desk.correct_words(CALLER, 0, "兴福路着火了")

    assert place.state.emergency.suggested == "119"


def test_a_button_that_is_lit_stays_lit_when_its_words_are_corrected() -> None:
    place = Place()
    place.talks()
    place.hears("着火了")

    place.desk.correct_words(CALLER, 0, "找货了")

    assert place.state.emergency.suggested == "119"


def test_the_words_of_a_correction_are_asked_of_the_knowledge_base() -> None:
    place = talking()

    place.desk.correct_words(CALLER, 0, "居住证怎么办")

    assert place.adviser.asked[-1] == ("居住证怎么办", True)


def test_the_agents_own_words_can_be_corrected_and_fill_no_field() -> None:
    place = Place()
    place.talks()
    heard(place, Utterance(Speaker.AGENT, 4, "您住兴福录吗", 0, 1, True))

    place.desk.correct_words(Speaker.AGENT, 4, "您住兴福路吗")

    assert place.state.transcript.utterances[0].text == "您住兴福路吗"
    assert ticket_of(place).place == ""


def test_a_correction_that_changes_nothing_is_no_line_of_the_journal() -> None:
    place = talking()

    place.desk.correct_words(CALLER, 0, " 兴福路有噪音 ")
    place.desk.correct_words(CALLER, 99, "谁")

    assert "corrected" not in place.store.kinds()


def test_a_correction_that_is_too_long_is_refused_with_a_notice_and_nothing_changes() -> None:
    place = talking()

    place.desk.correct_words(CALLER, 0, "长" * 2000)

    assert place.state.transcript.utterances[0] == HEARD
    assert [notice.code for notice in place.state.notices] == [NoticeCode.RULE_BROKEN]


def test_an_undone_repair_shows_what_was_heard_and_can_be_brought_back() -> None:
    place = talking()

    place.desk.undo_repair(CALLER, 0)
    undone = place.state.transcript.utterances[0]
    place.desk.restore_words(CALLER, 0)

    assert (undone.text, undone.repairs) == ("幸福路有噪音", ())
    assert place.state.transcript.utterances[0] == HEARD
    assert told(place) == shown(place)


def test_a_repair_is_undone_where_it_begins() -> None:
    place = talking()

    place.desk.undo_repair(CALLER, 0, 3)

    assert place.state.transcript.utterances[0] == HEARD


def test_words_heard_again_do_not_undo_a_correction_neither_here_nor_in_the_journal() -> None:
    place = talking()
    place.desk.correct_words(CALLER, 0, "解放路有噪音")

    heard(place)

    assert place.state.transcript.utterances[0].text == "解放路有噪音"
    assert told(place) == shown(place)


def test_a_stretch_that_nothing_listened_to_is_in_the_record() -> None:
    place = talking()

    heard(place, Utterance(CALLER, 7, "", 20.0, 25.0, True, is_missing=True))

    assert told(place).utterances[-1].is_missing


# --- searching -----------------------------------------------------------------------------------------------------------


def test_what_is_searched_goes_on_being_found_as_the_call_goes_on() -> None:
    place = talking()
    place.desk.find_words("噪音")

    place.hears("噪音很大", number=5)
    found = [(one.number, one.start) for one in place.state.words_found]
    place.desk.find_words("")

    assert found == [(0, 4), (5, 0)]
    assert place.state.words_found == ()


def test_another_case_is_searched_for_its_own_words() -> None:
    place = talking()
    place.desk.find_words("噪音")

    place.talks(SECOND)
    place.desk.focus_call(SECOND)

    assert place.state.words_found == ()


# --- with the ticket -----------------------------------------------------------------------------------------------------


def saved(place: Place) -> Ticket:
    ticket = replace(ticket_of(place), stage=Stage.TAKEN, version=1)
    place.desk.handle(TicketKept(ticket))
    return ticket


def opened_again(place: Place, ticket: Ticket) -> None:
    place.desk.find_tickets("")
    place.desk.handle(TicketsFound("", (ticket,)))
    place.desk.open_ticket(ticket.id)


OLD = Ticket(TicketId("old"), stage=Stage.TAKEN, matter="噪音", call=SECOND, caller="13800000002", place="兴福路")


def test_a_ticket_that_is_opened_again_asks_for_its_words_and_shows_them() -> None:
    place = Place()
    opened_again(place, OLD)
    wish = place.store.word_wishes[-1]
    assert isinstance(wish, FindWords) and wish.call == SECOND

    place.desk.handle(WordsFound(wish.case, (HEARD,), ((SECOND, 500.0),)))

    assert place.state.transcript.utterances == (HEARD,)


def test_words_of_a_ticket_that_was_opened_again_are_corrected_in_the_journal_of_its_own_call() -> None:
    place = Place()
    opened_again(place, OLD)
    place.desk.handle(WordsFound(place.state.focus, (HEARD,), ((SECOND, 500.0),)))

    place.desk.correct_words(CALLER, 0, "幸福路有噪音")

    assert place.store.notes[-1][:2] == (SECOND, "corrected")


def test_the_words_of_a_ticket_over_two_calls_are_played_from_the_right_recording() -> None:
    place = Place()
    opened_again(place, OLD)
    later = replace(HEARD, number=1, start_s=103.0, end_s=106.0, words=())
    place.desk.handle(WordsFound(place.state.focus, (HEARD, later), ((FIRST, 500.0), (SECOND, 600.0))))

    place.desk.play_words((Evidence(CALLER, 0, 0, 3, "兴福路"), Evidence(CALLER, 1, 0, 6, HEARD.text)))

    asked = [(call, round(start_s, 1), round(end_s, 1)) for call, _, start_s, end_s in place.store.voices_asked]
    assert asked == [(FIRST, 0.7, 2.3), (SECOND, 2.7, 6.3)]


def test_words_that_were_found_late_never_come_into_a_call_that_has_words_of_its_own() -> None:
    place = talking()

    place.desk.handle(WordsFound(FIRST, (replace(HEARD, text="别的话"),)))
    place.desk.handle(WordsFound(NO_CALL, (HEARD,)))

    assert place.state.transcript.utterances == (HEARD,)


def test_the_transcript_is_exported_with_ticket_calls_and_originals_and_that_is_written_down() -> None:
    place = talking()
    place.desk.correct_words(CALLER, 0, "幸福路有噪音")

    place.desk.export_transcript("/tmp/x.txt")

    wish = place.store.word_wishes[-1]
    assert isinstance(wish, ExportWords)
    assert (wish.transcript, wish.calls, wish.may_replace) == (place.state.transcript, ((FIRST, 1000.0),), False)
    assert place.store.notes[-1] == (FIRST, "transcript-exported", {"by": "8001", "target": "/tmp/x.txt"})


def test_what_became_of_the_export_is_said() -> None:
    place = talking()

    place.desk.handle(WordsExported("/tmp/x.txt"))
    place.desk.handle(WordsNotExported("/tmp/y.txt", "full"))

    assert [(notice.code, notice.gravity) for notice in place.state.notices] == [
        (NoticeCode.TRANSCRIPT_EXPORTED, Gravity.INFO),
        (NoticeCode.TRANSCRIPT_UNWRITTEN, Gravity.ERROR),
    ]


def test_a_correction_after_the_ticket_was_saved_is_kept_all_the_same() -> None:
    place = talking()
    place.desk.edit("content", "噪音")
    saved(place)

    place.desk.correct_words(CALLER, 0, "幸福路有噪音")

    assert told(place).utterances[0].text == "幸福路有噪音"
    assert place.store.word_wishes == [TellWords(ticket_of(place).id, FIRST, "8001")]


def test_where_no_repair_is_left_to_undo_that_is_said() -> None:
    place = talking()
    place.desk.undo_repair(CALLER, 0)

    place.desk.undo_repair(CALLER, 0)

    assert [notice.code for notice in place.state.notices] == [NoticeCode.NOTHING_REPAIRED]
