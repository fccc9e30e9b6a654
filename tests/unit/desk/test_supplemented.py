"""A kept ticket that a caller supplements: his words stay those of his own call, whatever ticket they are written into."""

from app.desk.events import TicketsFound
from app.desk.transcript_wishes import ExportWords, TellWords
from app.domain.ticket import Stage, Ticket, TicketId
from tests.fakes import FIRST, SECOND, Place
from tests.unit.desk.heard_call import CALLER, heard

KEPT = Ticket(TicketId("old"), stage=Stage.TAKEN, version=1, matter="噪音", call=SECOND, caller="13800000001")


def supplementing() -> Place:
    """The caller of today talks; his ticket of another day lies open before the agent."""
    place = Place()
    place.talks()
    place.desk.find_tickets("")
    place.desk.handle(TicketsFound("", (KEPT,)))
    place.desk.open_ticket(KEPT.id)
    heard(place)
    return place


def test_words_of_the_call_that_is_up_are_corrected_in_its_own_journal() -> None:
    place = supplementing()

    place.desk.correct_words(CALLER, 0, "幸福路有噪音")

    assert place.state.draft is not None and place.state.draft.ticket.id == KEPT.id
    assert [call for call, kind, _ in place.store.notes if kind == "corrected"] == [FIRST]
    assert [wish.call for wish in place.store.word_wishes if isinstance(wish, TellWords)] == [FIRST]


def test_words_of_the_call_that_is_up_are_played_from_its_own_recording() -> None:
    place = supplementing()

    place.desk.play_sentence(CALLER, 0)

    assert [asked[0] for asked in place.store.voices_asked] == [FIRST]


def test_words_of_the_call_that_is_up_are_exported_under_its_own_name() -> None:
    place = supplementing()

    place.desk.export_transcript("/tmp/x.txt")

    wish = place.store.word_wishes[-1]
    assert isinstance(wish, ExportWords) and wish.calls == ((FIRST, place.clock.now),)
