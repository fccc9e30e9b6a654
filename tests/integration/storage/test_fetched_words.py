"""Words that came from the centre in a real store: kept beside what was corrected here, and told on whole."""

import msgspec

from app.desk.events import TicketKept
from app.desk.heard_lines import line_of
from app.desk.transcript_events import WordsFound
from app.desk.transcript_wishes import KeepWords
from app.domain.transcript import Speaker, Utterance
from app.wire import TRANSCRIPT_KEPT, Operation, TranscriptKept
from tests.integration.storage.conftest import CALL, Desk, a_ticket
from tests.integration.storage.test_transcripts import CASE, RIGHT, SAID, corrected, heard, words

LATER = Utterance(Speaker.AGENT, 9, "请问几号楼", 5.0, 6.0, True)
FAR_AHEAD = 9e9
"""A time of the other console after every correction made here."""


def fetch(desk: Desk, *said: Utterance, at: float = 100.0) -> WordsFound:
    """What the store says after it was given these words of another console."""
    count = len(desk.told.all(WordsFound))
    lines = tuple(msgspec.Raw(msgspec.json.encode(line_of(one))) for one in said)
    desk.store.serve_words(KeepWords(CASE, CALL, "8002", at, lines))
    return desk.told.wait(WordsFound, count + 1)


def tellings(desk: Desk) -> list[Operation]:
    return [op for op in desk.store.outbox.waiting(50) if op.kind == TRANSCRIPT_KEPT]


def test_words_of_another_console_are_found_here_after_a_restart(desk: Desk) -> None:
    found = fetch(desk, SAID, LATER)
    desk.again()

    assert (found.is_fetched, found.kept_at) == (True, 100.0)
    assert words(desk).utterances == (SAID, LATER)


def test_what_was_corrected_here_since_stays_and_the_rest_is_taken(desk: Desk) -> None:
    heard(desk, SAID)
    corrected(desk, RIGHT)

    assert fetch(desk, SAID, LATER).utterances == (RIGHT, LATER)


def test_a_later_correction_of_the_other_console_takes_the_place_of_ours(desk: Desk) -> None:
    heard(desk, SAID)
    corrected(desk, RIGHT)
    theirs = SAID.corrected("我住锦绣花园")

    assert fetch(desk, theirs, at=FAR_AHEAD).utterances == (theirs,)


def test_older_words_than_those_that_lie_here_change_nothing(desk: Desk) -> None:
    fetch(desk, RIGHT, at=200.0)

    assert fetch(desk, SAID, at=150.0).utterances == (RIGHT,)


def test_a_line_that_holds_no_utterance_is_left_out_and_hides_no_other(desk: Desk) -> None:
    bad = tuple(map(msgspec.Raw, (b'{"speaker":"nobody"}', b"{", b'"text"')))
    good = msgspec.Raw(msgspec.json.encode(line_of(SAID)))
    desk.store.serve_words(KeepWords(CASE, CALL, "8002", 100.0, (*bad, good)))

    assert desk.told.wait(WordsFound).utterances == (SAID,)


def test_words_that_only_came_from_there_are_not_told_back(desk: Desk) -> None:
    fetch(desk, SAID, LATER)

    desk.store.save(a_ticket())
    desk.told.wait(TicketKept)
    words(desk)

    assert tellings(desk) == []


def test_after_a_correction_here_all_sentences_are_told_and_later_than_theirs(desk: Desk) -> None:
    fetch(desk, SAID, LATER, at=FAR_AHEAD)
    corrected(desk, RIGHT)

    desk.store.save(a_ticket())
    desk.told.wait(TicketKept)
    words(desk)

    told = msgspec.json.decode(tellings(desk)[0].body, type=TranscriptKept)
    assert [msgspec.json.decode(line)["text"] for line in told.lines] == [RIGHT.text, LATER.text]
    assert told.at > FAR_AHEAD
