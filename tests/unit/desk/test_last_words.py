"""The last words of a caller whose ticket was saved before he hung up: they are recognised a second later."""

from dataclasses import replace

from app.desk.events import CallRang, Heard, TicketKept
from app.desk.heard_lines import rebuilt
from app.domain.ticket import Stage
from tests.fakes import FIRST, SECOND, Place
from tests.unit.desk.heard_call import HEARD, heard, talking, ticket_of


def with_the_next_call_on_the_screen() -> Place:
    """The ticket was saved, the caller hung up, and the next call came at once."""
    place = talking()
    place.desk.edit("content", "噪音")
    place.desk.handle(TicketKept(replace(ticket_of(place), stage=Stage.TAKEN, version=1)))
    place.ends()
    place.desk.handle(CallRang(SECOND, "13900000002", "", {}, place.clock.now))
    return place


def test_words_that_were_still_being_recognised_come_into_the_journal_of_their_call() -> None:
    place = with_the_next_call_on_the_screen()
    last = replace(HEARD, number=1, text="我要跳楼", words=(), repairs=(), start_s=20.0, end_s=22.0)

    place.desk.handle(Heard(FIRST, last))

    told, _ = rebuilt((kind, body) for call, kind, body in place.store.notes if call == FIRST)
    assert [said.text for said in told.utterances] == [HEARD.text, "我要跳楼"]


def test_they_come_into_no_other_case_and_partials_into_none() -> None:
    place = with_the_next_call_on_the_screen()
    notes = len(place.store.notes)

    heard(place, replace(HEARD, number=1, final=False))

    assert place.state.transcript.utterances == () and len(place.store.notes) == notes
