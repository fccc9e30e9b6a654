"""Words that another console kept with a ticket: asked for when it is opened here, and told by those who heard them."""

from dataclasses import replace

from app.desk.events import SyncChanged
from app.desk.transcript_events import Sought, WordsFetched, WordsFound
from app.desk.transcript_wishes import AskWords, KeepWords, TellWords
from tests.fakes import FIRST, SECOND, Place
from tests.unit.desk.heard_call import HEARD, heard, talking, ticket_of
from tests.unit.desk.test_transcript import OLD, opened_again, saved

KEPT = replace(OLD, version=1)


def test_a_kept_ticket_asks_the_centre_for_what_is_newer_than_what_lies_here() -> None:
    place = Place()
    opened_again(place, KEPT)

    place.desk.handle(WordsFound(place.state.focus, (HEARD,), ((SECOND, 500.0),), 77.0))

    assert place.courier.words_asked == [AskWords(place.state.focus, "old", SECOND, 77.0)]


def test_words_that_come_for_a_ticket_that_is_closed_are_not_kept_here() -> None:
    place = Place()
    opened_again(place, KEPT)
    case = place.state.focus
    place.desk.handle(WordsFound(case, ()))
    place.desk.new_ticket()
    wishes = len(place.store.word_wishes)

    place.desk.handle(WordsFetched(case, SECOND, "8002", 9.0, ()))

    assert len(place.store.word_wishes) == wishes
    assert not place.state.words_sought


def test_words_of_another_call_than_the_tickets_are_not_kept_under_it() -> None:
    place = Place()
    opened_again(place, KEPT)
    place.desk.handle(WordsFound(place.state.focus, ()))

    place.desk.handle(WordsFetched(place.state.focus, FIRST, "8002", 9.0, ()))

    assert not [wish for wish in place.store.word_wishes if isinstance(wish, KeepWords)]


def test_newer_words_take_the_place_of_those_that_lay_here() -> None:
    place = Place()
    opened_again(place, KEPT)
    place.desk.handle(WordsFound(place.state.focus, (HEARD,)))
    right = HEARD.corrected("幸福路有噪音")

    place.desk.handle(WordsFound(place.state.focus, (right,), is_fetched=True))

    assert place.state.transcript.utterances == (right,)


def test_a_call_that_is_up_asks_for_nobody_elses_words() -> None:
    place = talking()

    place.desk.handle(WordsFound(FIRST, ()))

    assert place.courier.words_asked == []


def test_at_the_end_of_a_call_whose_ticket_was_saved_its_last_words_are_told() -> None:
    place = talking()
    place.desk.edit("matter", "噪音")
    saved(place)
    heard(place, replace(HEARD, number=1, start_s=5.0, end_s=8.0))
    place.store.word_wishes.clear()

    place.ends()

    assert place.store.word_wishes == [TellWords(ticket_of(place).id, FIRST, "8001")]


def test_while_the_centre_is_asked_that_is_known_and_no_longer_when_the_words_are_here() -> None:
    place = Place()
    place.desk.handle(SyncChanged(True, 0, 1.0, "seat"))
    opened_again(place, KEPT)
    case = place.state.focus

    place.desk.handle(WordsFound(case, ()))
    asked = dict(place.state.words_sought)
    place.desk.handle(WordsFound(case, (HEARD,), is_fetched=True))

    assert asked == {case: Sought.ASKED}
    assert not place.state.words_sought
