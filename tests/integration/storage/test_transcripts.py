"""Words of calls in a real store: corrections outlive the window, come back with their ticket, and are exported as files."""

import os
import stat
from pathlib import Path

import msgspec
import pytest

from app.centre.intake import checked
from app.desk.events import StoreOpened, TicketKept
from app.desk.heard_lines import CORRECTED, HEARD, line_of, rebuilt, utterance_of
from app.desk.transcript_events import WordsExported, WordsFound, WordsNotExported
from app.desk.transcript_wishes import ExportWords, FindWords, KeepUndoneRepairs, TellWords
from app.domain.call import CallId
from app.domain.transcript import Repair, Speaker, Transcript, Utterance, Word
from app.storage.transcript_store import write_file
from app.wire import TRANSCRIPT_KEPT, TranscriptKept
from tests.integration.storage.conftest import CALL, Desk, OpenDesk, a_ticket
from tests.waiting import wait_for

CASE, EARLIER = CallId("ticket-1"), CallId("e" * 32)
SAID = Utterance(
    Speaker.CALLER,
    7,
    "我住紧修家园",
    1.5,
    4.0,
    True,
    (Word("我住", 1.5, 2.0, 0.9), Word("紧修", 2.0, 3.0, 0.4), Word("家园", 3.0, 4.0, 0.8)),
    confidence=0.7,
    heard_as="我住紧修佳园",
    repairs=(Repair(4, 6, "佳园"),),
)
RIGHT = SAID.corrected("我住锦绣家园")


def heard(desk: Desk, said: Utterance, call: CallId = CALL) -> None:
    desk.store.note(call, HEARD, line_of(said))


def corrected(desk: Desk, said: Utterance, call: CallId = CALL) -> None:
    desk.store.note(call, CORRECTED, {"by": "1001", "before": "", "after": said.text, "utterance": line_of(said)})


def words(desk: Desk, call: CallId = CALL) -> WordsFound:
    count = len(desk.told.all(WordsFound))
    desk.store.serve_words(FindWords(CASE, call))
    return desk.told.wait(WordsFound, count + 1)


def test_a_window_that_was_killed_comes_back_with_the_corrections(desk: Desk, open_desk: OpenDesk, tmp_path: Path) -> None:
    heard(desk, SAID)
    corrected(desk, RIGHT)
    desk.store.keep_draft(a_ticket(), ())

    opened = desk.again()

    assert opened.drafts[0].transcript == (RIGHT,)
    assert opened.drafts[0].transcript[0].restored() == SAID


def test_the_words_of_a_saved_ticket_are_found_again_as_the_agent_left_them(desk: Desk) -> None:
    heard(desk, SAID)
    corrected(desk, RIGHT)
    desk.store.save(a_ticket())
    desk.told.wait(TicketKept)
    desk.again()

    found = words(desk)

    assert (found.case, found.utterances) == (CASE, (RIGHT,))


def test_a_correction_that_was_told_a_moment_ago_is_among_them(desk: Desk) -> None:
    heard(desk, SAID)
    corrected(desk, RIGHT)

    assert words(desk).utterances == (RIGHT,)


def test_the_words_of_a_case_over_two_calls_come_together(desk: Desk) -> None:
    later = Utterance(Speaker.CALLER, 9, "又断了", 100.0, 101.0, True)
    heard(desk, SAID, EARLIER)
    desk.store.note(CALL, "continues", {"calls": [[EARLIER, 50.0]]})
    heard(desk, later)
    corrected(desk, RIGHT)  # it is corrected in the case that goes on

    found = words(desk)

    assert found.utterances == (RIGHT, later)
    assert [call for call, _ in found.calls] == [EARLIER, CALL]


@pytest.mark.expects_log("2 lines of the journal")
def test_a_line_that_holds_no_utterance_hides_no_other(desk: Desk) -> None:
    desk.store.note(CALL, HEARD, {"speaker": "nobody", "number": 1})
    desk.store.note(CALL, CORRECTED, {"by": "1001"})
    heard(desk, SAID)

    assert words(desk).utterances == (SAID,)


def test_lines_of_an_older_program_are_read(desk: Desk) -> None:
    desk.store.note(CALL, HEARD, {"speaker": "caller", "number": 0, "text": "停水", "start_s": 1.5, "end_s": 3.0})

    assert words(desk).utterances == (Utterance(Speaker.CALLER, 0, "停水", 1.5, 3.0, True),)


# --- exported ------------------------------------------------------------------------------------------------------------


def export(desk: Desk, target: Path, may_replace: bool = False) -> None:
    transcript = Transcript((RIGHT,))
    calls = ((CALL, 1_750_000_000.0),)
    desk.store.serve_words(
        ExportWords(a_ticket(), frozenset({"matter"}), transcript, calls, str(target), "1001", 1_750_000_500.0, may_replace)
    )


@pytest.mark.parametrize("ending", [".txt", ".json", ".vtt", ".JSON"])
def test_each_form_is_written_for_this_user_only(desk: Desk, tmp_path: Path, ending: str) -> None:
    target = tmp_path / f"26{ending}"

    export(desk, target)

    assert desk.told.wait(WordsExported).target == str(target)
    assert "锦绣家园" in target.read_text(encoding="utf-8-sig")
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    assert list(tmp_path.glob("*.part")) == list(tmp_path.glob(".*.part")) == []


def test_the_json_file_gives_the_transcript_back(desk: Desk, tmp_path: Path) -> None:
    export(desk, tmp_path / "26.json")
    desk.told.wait(WordsExported)

    whole = msgspec.json.decode((tmp_path / "26.json").read_bytes())

    assert utterance_of(whole["transcript"][0]) == RIGHT


@pytest.mark.expects_log("a transcript could not be exported")
def test_a_file_that_is_there_is_left_as_it_is_unless_the_agent_said_otherwise(desk: Desk, tmp_path: Path) -> None:
    target = tmp_path / "26.txt"
    target.write_text("mine")
    export(desk, target)
    refused = desk.told.wait(WordsNotExported)
    before = target.read_text()

    export(desk, target, may_replace=True)
    desk.told.wait(WordsExported)

    assert (refused.reason, before) == ("exists", "mine")
    assert "锦绣家园" in target.read_text(encoding="utf-8-sig")


@pytest.mark.expects_log("a transcript could not be exported")
def test_a_folder_that_is_not_there_is_named_as_the_reason(desk: Desk, tmp_path: Path) -> None:
    export(desk, tmp_path / "nowhere" / "26.txt")

    assert desk.told.wait(WordsNotExported).reason == "gone"


@pytest.mark.expects_log("a transcript could not be exported")
def test_an_ending_that_names_no_form_is_refused(desk: Desk, tmp_path: Path) -> None:
    export(desk, tmp_path / "26.docx")

    assert desk.told.wait(WordsNotExported).reason == "ending"
    assert list(tmp_path.glob("26*")) == []


@pytest.mark.expects_log("a transcript could not be exported")
@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full here")
def test_a_disk_that_is_full_is_named_and_the_store_goes_on(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_, full = os.open, os.open("/dev/full", os.O_WRONLY)
    monkeypatch.setattr(os, "open", lambda path, *how: full if str(path).endswith(".part") else open_(path, *how))

    export(desk, tmp_path / "26.txt")

    assert desk.told.wait(WordsNotExported).reason == "full"
    assert not (tmp_path / "26.txt").exists()
    heard(desk, SAID)
    assert words(desk).utterances == (SAID,)


def test_what_was_asked_for_is_written_before_the_store_closes(desk: Desk, tmp_path: Path) -> None:
    export(desk, tmp_path / "26.txt")
    desk.again()

    assert (tmp_path / "26.txt").exists()
    wait_for(lambda: desk.told.all(StoreOpened), "the store", 10)


def test_a_file_is_whole_or_not_there(tmp_path: Path) -> None:
    target = tmp_path / "26.txt"
    target.write_bytes(b"before")

    with pytest.raises(FileExistsError):
        write_file(target, b"after", may_replace=False)
    write_file(target, b"after", may_replace=True)

    assert target.read_bytes() == b"after"


# --- told to the centre --------------------------------------------------------------------------------------------------


def told_parts(desk: Desk) -> list[TranscriptKept]:
    """What waits for the centre, each part read as the centre reads it."""
    ops = [op for op in desk.store.outbox.waiting(1000) if op.kind == TRANSCRIPT_KEPT]
    found = [checked(op) for op in ops]
    assert [item.reason for item in found] == [""] * len(ops)
    return [item.subject for item in found if isinstance(item.subject, TranscriptKept)]


def transcript_in(parts: list[TranscriptKept]) -> Transcript:
    lines = [msgspec.json.decode(line) for part in sorted(parts, key=lambda part: part.part) for line in part.lines]
    return rebuilt((HEARD, line) for line in lines)[0]


def save(desk: Desk) -> None:
    count = len(desk.told.all(TicketKept))
    desk.store.save(a_ticket())
    desk.told.wait(TicketKept, count + 1)
    words(desk)  # all that was told before is on the disk


def test_the_centre_is_told_the_words_of_a_saved_ticket_with_their_originals(desk: Desk) -> None:
    heard(desk, SAID)
    corrected(desk, RIGHT)

    save(desk)

    (part,) = told_parts(desk)
    assert (part.call, part.ticket, part.part, part.parts) == (CALL, a_ticket().id, 0, 1)
    assert transcript_in([part]) == Transcript((RIGHT,))


def test_words_are_told_again_only_when_they_changed(desk: Desk) -> None:
    heard(desk, SAID)
    save(desk)
    save(desk)
    once = len(told_parts(desk))

    corrected(desk, RIGHT)
    desk.store.serve_words(TellWords(a_ticket().id, CALL, "1001"))
    words(desk)

    assert once == 1
    assert transcript_in(told_parts(desk)[1:]) == Transcript((RIGHT,))


def test_a_call_of_two_hours_goes_in_parts_that_the_centre_takes(desk: Desk) -> None:
    text = "我是青河区锦绣家园七号楼的，我们楼从昨天晚上八点开始停水，到现在也没来。"
    for number in range(3000):
        at = number * 2.4
        said = tuple(Word(text[place : place + 2], at, at + 0.2, 0.9) for place in range(0, len(text), 2))
        heard(desk, Utterance(Speaker.CALLER, number, text, at, at + 2, True, said))

    save(desk)

    parts = told_parts(desk)
    assert len(parts) > 1 and {part.parts for part in parts} == {len(parts)}
    assert len(transcript_in(parts).utterances) == 3000


def test_a_ticket_without_words_tells_none(desk: Desk) -> None:
    save(desk)

    assert told_parts(desk) == []


def test_repairs_that_were_taken_back_are_told_to_the_next_window_until_they_are_forgotten(desk: Desk) -> None:
    pairs = (("攻击金", "公积金"), ("紧修", "锦绣"))
    desk.store.serve_words(KeepUndoneRepairs(pairs))
    kept = desk.again().undone_repairs

    desk.store.serve_words(KeepUndoneRepairs(()))

    assert kept == pairs and desk.again().undone_repairs == ()
