"""Evidence in a real store: sealed packs hold what happened, and any change to them is found."""

import hashlib
import time
import wave
import zipfile
from io import BytesIO
from pathlib import Path

import msgspec
import numpy as np
import pytest

from app.desk.events import RecordingReady
from app.desk.shield_events import (
    CallerKnown,
    EvidenceChecked,
    EvidenceExported,
    EvidenceFailed,
    EvidenceListed,
    EvidenceSealed,
    EvidenceWaits,
    NumberMarked,
    ShieldTold,
)
from app.desk.shield_wishes import (
    AskCaller,
    AskEvidence,
    CheckEvidence,
    CompleteEvidence,
    ExportEvidence,
    KeepMark,
    KeepSeen,
    KeepStep,
    ResumeEvidence,
    SealEvidence,
)
from app.domain.call import CallId
from app.domain.callers import NumberMark, PastCall
from app.domain.evidence import PackFacts
from app.domain.shield import ShieldStep, StepKind
from app.storage.__main__ import main
from app.storage.recordings import find
from app.telephony.recording_file import RecordingFile
from app.voice_file import RATE, ChunkFlag
from app.wire import CALLER_SEEN, NUMBER_MARKED, SHIELD_STEPPED, CallerSeen, Change, ShieldStepped
from tests.integration.storage.conftest import CALL, Desk, OpenDesk
from tests.waiting import wait_for

STEP = ShieldStep(StepKind.NOTICE, 1_750_000_010.0, "1001", "civility_1", 1)
NUMBER = "13800138000"


def sealed(desk: Desk, call: CallId = CALL) -> PackFacts:
    """A call with a step and words, sealed."""
    count = len(desk.told.all(EvidenceSealed))
    desk.store.note(call, "heard", {"speaker": "caller", "number": 0, "text": "我要投诉", "start_s": 1.5, "end_s": 3.0})
    desk.store.serve_shield(KeepStep(call, STEP, True))
    desk.store.serve_shield(SealEvidence(call, "1001", time.time(), NUMBER, "2026-000001", 1_750_000_000.0))
    return desk.told.wait(EvidenceSealed, count + 1).facts


def pack_of(desk: Desk, facts: PackFacts, folder: Path) -> zipfile.ZipFile:
    target = folder / "open.zip"
    desk.store.serve_shield(ExportEvidence(facts.name, str(target), "1001", time.time()))
    desk.told.wait(EvidenceExported)
    return zipfile.ZipFile(target)


def flaws(desk: Desk, name: str) -> tuple[str, ...]:
    count = len(desk.told.all(EvidenceChecked))
    desk.store.serve_shield(CheckEvidence(name))
    return desk.told.wait(EvidenceChecked, count + 1).flaws


def recorded(desk: Desk, call: CallId, seconds: int) -> None:
    """A recording of this call as telephony leaves it, kept by the store: 300 Hz left, 800 Hz right."""
    desk.store.recordings.begin()
    ready = desk.told.wait(RecordingReady)
    Path(ready.folder).mkdir(parents=True, exist_ok=True)
    file = RecordingFile(Path(ready.folder), call, 1_750_000_000.0, ready.public_key)
    clock = np.arange(RATE) / RATE
    left, right = ((8000 * np.sin(2 * np.pi * pitch * clock)).astype("<i2").tobytes() for pitch in (300, 800))
    for place in range(seconds - 1):
        file.put(place, left, right)
    mark = file.end(seconds - 1, left, right, ChunkFlag.NONE)
    desk.store.recordings.keep(call, 1_750_000_000.0, mark)
    wait_for(lambda: _is_kept(desk, call), "the recording's row", 10)


def _is_kept(desk: Desk, call: CallId) -> bool:
    with desk.store.outbox._database.transaction(writes=False) as connection:
        return find(connection, call) is not None


def test_a_pack_holds_the_words_with_their_times_the_journal_the_steps_and_who_rang(desk: Desk, tmp_path: Path) -> None:
    facts = sealed(desk)

    pack = pack_of(desk, facts, tmp_path)

    assert "+0001.50 s 来电人：我要投诉" in pack.read("transcript.txt").decode()
    about = msgspec.json.decode(pack.read("call.json"))
    assert (about["caller_number"], about["ticket"]) == (NUMBER, "2026-000001")
    assert msgspec.json.decode(pack.read("shield.json"))[0]["what"] == "civility_1"
    assert [line["kind"] for line in msgspec.json.decode(pack.read("journal.json"))][:2] == ["heard", "shield"]


def test_nothing_of_it_can_be_read_on_the_disk(desk: Desk) -> None:
    facts = sealed(desk)

    data = (desk.folder / "evidence" / facts.name).read_bytes()

    assert "我要投诉".encode() not in data
    assert b"manifest" not in data and b"PK\x03\x04" not in data


def test_a_pack_without_its_recording_says_so_and_the_recording_follows(desk: Desk, tmp_path: Path) -> None:
    first = sealed(desk)
    recorded(desk, CALL, 3)
    desk.store.serve_shield(CompleteEvidence(CALL))
    second = desk.told.wait(EvidenceSealed, 2).facts

    pack = pack_of(desk, second, tmp_path)

    assert (first.lacks, second.lacks, second.completes) == (("audio",), (), first.name)
    with wave.open(BytesIO(pack.read("audio.wav"))) as sound:
        assert (sound.getnchannels(), sound.getframerate(), sound.getnframes()) == (2, RATE, 3 * RATE)
        left = np.frombuffer(sound.readframes(RATE), "<i2")[::2]
    assert int(np.abs(np.fft.rfft(left)).argmax()) == 300
    assert flaws(desk, second.name) == ()


def test_a_recording_that_is_sealed_once_is_not_sealed_again_and_is_held(desk: Desk) -> None:
    first = sealed(desk)
    recorded(desk, CALL, 1)
    desk.store.serve_shield(CompleteEvidence(CALL))
    second = desk.told.wait(EvidenceSealed, 2).facts

    desk.store.serve_shield(CompleteEvidence(CALL))
    desk.store.serve_shield(AskEvidence())
    listed = desk.told.wait(EvidenceListed).packs

    assert [pack.name for pack in listed] == [second.name, first.name]
    with desk.store.outbox._database.transaction(writes=False) as connection:
        kept = find(connection, CALL)
    assert kept is not None and kept.held_for.startswith("evidence ")


def test_a_recorded_call_is_sealed_whole_at_once(desk: Desk) -> None:
    recorded(desk, CALL, 2)

    facts = sealed(desk)

    assert facts.lacks == ()


def test_an_untouched_pack_is_whole(desk: Desk) -> None:
    facts = sealed(desk)

    assert flaws(desk, facts.name) == ()


@pytest.mark.parametrize("place", [0, 20, 60, -40, -1])
def test_one_changed_byte_is_found_wherever_it_is(desk: Desk, place: int) -> None:
    facts = sealed(desk)
    path = desk.folder / "evidence" / facts.name
    data = bytearray(path.read_bytes())
    data[place] ^= 1
    path.write_bytes(data)

    assert flaws(desk, facts.name) == ("unreadable",)


def test_a_pack_that_was_cut_short_is_found(desk: Desk) -> None:
    facts = sealed(desk)
    path = desk.folder / "evidence" / facts.name
    path.write_bytes(path.read_bytes()[:-100])

    assert flaws(desk, facts.name) == ("unreadable",)


def test_another_pack_under_its_name_breaks_the_chain(desk: Desk) -> None:
    first = sealed(desk)
    second = sealed(desk, CallId("d" * 32))
    room = desk.folder / "evidence"
    (room / second.name).write_bytes((room / first.name).read_bytes())

    assert flaws(desk, second.name) == ("chain_broken",)


def test_an_open_copy_that_was_changed_is_found_without_the_store(
    desk: Desk, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    facts = sealed(desk)
    with pack_of(desk, facts, tmp_path) as pack, zipfile.ZipFile(tmp_path / "forged.zip", "w") as forged:
        for name in pack.namelist():
            forged.writestr(name, pack.read(name).replace("投诉".encode(), "表扬".encode()))

    codes = [main(["evidence", "verify", str(tmp_path / name)]) for name in ("open.zip", "forged.zip")]

    assert codes == [0, 1]
    assert "part_changed: transcript.json" in capsys.readouterr().out


def test_the_command_line_checks_every_pack_while_the_console_is_open(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    first, second = sealed(desk), sealed(desk, CallId("d" * 32))
    (desk.folder / "evidence" / first.name).write_bytes(b"gone")

    code = main(["evidence", "verify", "--store", str(desk.folder)])

    said = capsys.readouterr().out
    assert code == 1
    assert f"{first.name}: unreadable" in said and f"{second.name}: whole" in said


@pytest.mark.expects_log("evidence: FileNotFoundError")
def test_an_export_is_written_down_before_the_copy_exists(desk: Desk, tmp_path: Path) -> None:
    facts = sealed(desk)
    desk.store.serve_shield(ExportEvidence(facts.name, str(tmp_path / "no" / "folder.zip"), "1001", time.time()))
    desk.told.wait(EvidenceFailed)

    desk.store.serve_shield(AskCaller(CALL, NUMBER, 0.0))
    steps = desk.told.wait(CallerKnown).steps

    assert steps[-1].kind is StepKind.EXPORTED
    assert steps[-1].by == "1001" and facts.name in steps[-1].what


def test_steps_marks_and_calls_of_a_number_wait_for_the_centre(desk: Desk) -> None:
    desk.store.serve_shield(KeepStep(CALL, STEP, True))
    desk.store.serve_shield(KeepSeen(NUMBER, PastCall(CALL, time.time(), is_silent=True)))
    desk.store.serve_shield(KeepMark(NumberMark(NUMBER, "只记录", "9001", time.time(), time.time() + 86_400)))

    kinds = wait_for(
        lambda: [k for k in [[op.kind for op in desk.store.outbox.waiting(10)]] if len(k) == 3], "three operations", 10
    )[0]

    assert kinds == [SHIELD_STEPPED, CALLER_SEEN, NUMBER_MARKED]


def test_what_colleagues_saw_of_a_number_is_known_here_however_it_is_spelt(desk: Desk) -> None:
    now = time.time()
    mark = NumberMark("+86" + NUMBER, "只记录", "9001", now, now + 86_400)
    bodies = (
        (CALLER_SEEN, CallerSeen("0" + NUMBER, PastCall(CallId("e" * 32), now - 60, is_silent=True))),
        (NUMBER_MARKED, mark),
        (SHIELD_STEPPED, ShieldStepped("1002", CALL, STEP)),
    )
    changes = [
        Change("other", str(n), kind, "x", now, msgspec.Raw(msgspec.json.encode(body))) for n, (kind, body) in enumerate(bodies)
    ]
    desk.store.outbox.apply(changes)
    desk.store.outbox.apply(changes)

    desk.store.serve_shield(AskCaller(CALL, NUMBER, 0.0))
    known = desk.told.wait(CallerKnown)

    assert [call.is_silent for call in known.past] == [True]
    assert known.marks == (mark,)
    assert len(desk.told.all(NumberMarked)) == 1
    assert desk.told.wait(ShieldTold).agent == "1002"


def test_an_older_mark_never_takes_the_place_of_a_newer_one(desk: Desk) -> None:
    new, old = (NumberMark(NUMBER, advice, "9001", at, at + 86_400) for advice, at in (("新", 2_000.0), ("旧", 1_000.0)))
    desk.store.serve_shield(KeepMark(new))
    desk.store.serve_shield(KeepMark(old))

    desk.store.serve_shield(AskCaller(CALL, NUMBER, 0.0))

    assert [mark.advice for mark in desk.told.wait(CallerKnown).marks] == ["新"]


def test_the_steps_of_a_call_are_known_after_a_restart(open_desk: OpenDesk) -> None:
    desk = open_desk()
    desk.store.serve_shield(KeepStep(CALL, STEP, True))
    desk.again()

    desk.store.serve_shield(AskCaller(CALL, "", 0.0))

    assert desk.told.wait(CallerKnown).steps == (STEP,)


def test_a_pack_that_was_begun_before_a_restart_gets_the_recording_that_came_since(desk: Desk, tmp_path: Path) -> None:
    first = sealed(desk)
    recorded(desk, CALL, 2)
    desk.again()

    desk.store.serve_shield(ResumeEvidence())
    second = desk.told.wait(EvidenceSealed).facts

    pack = pack_of(desk, second, tmp_path)
    manifest = msgspec.json.decode(pack.read("manifest.json"))
    assert (second.completes, second.lacks, manifest["previous"]) == (first.name, (), first.name)
    assert flaws(desk, first.name) == flaws(desk, second.name) == ()
    assert hashlib.sha256((desk.folder / "evidence" / second.name).read_bytes()).hexdigest() == second.sha256
    with wave.open(BytesIO(pack.read("audio.wav"))) as sound:
        assert sound.getnframes() == 2 * RATE
    assert not desk.told.all(EvidenceWaits)


def test_a_recording_that_comes_after_the_restart_is_waited_for(desk: Desk) -> None:
    first = sealed(desk)
    desk.again()
    desk.store.serve_shield(ResumeEvidence())
    waits = desk.told.wait(EvidenceWaits)
    recorded(desk, CALL, 1)

    desk.store.serve_shield(CompleteEvidence(CALL))

    assert waits.calls == (CALL,)
    assert desk.told.wait(EvidenceSealed).facts.completes == first.name


def test_a_recording_that_never_came_is_stated_once_and_still_sealed_when_it_comes_after_all(
    desk: Desk, tmp_path: Path
) -> None:
    first = sealed(desk)
    for _ in range(2):
        desk.store.serve_shield(CompleteEvidence(CALL, is_final=True))
    desk.store.serve_shield(ResumeEvidence())
    desk.store.serve_shield(AskEvidence())
    packs = desk.told.wait(EvidenceListed).packs
    recorded(desk, CALL, 1)

    desk.store.serve_shield(ResumeEvidence())
    whole = desk.told.wait(EvidenceSealed, 3).facts

    stated = packs[0]
    text = pack_of(desk, stated, tmp_path).read("audio-missing.txt").decode()
    assert [pack.name for pack in packs] == [stated.name, first.name] and stated.is_missing
    assert "录音缺失：本机没有这次通话的录音" in text and first.name in text
    assert (whole.completes, whole.lacks) == (first.name, ())
    assert not desk.told.all(EvidenceWaits)
    assert flaws(desk, stated.name) == flaws(desk, whole.name) == ()


def test_a_recording_that_is_still_being_written_is_not_stated_to_be_missing(desk: Desk) -> None:
    sealed(desk)
    desk.store.recordings.begin()
    ready = desk.told.wait(RecordingReady)
    Path(ready.folder).mkdir(parents=True, exist_ok=True)
    (Path(ready.folder) / f"{CALL}.part").write_bytes(b"begun")

    desk.store.serve_shield(CompleteEvidence(CALL, is_final=True))
    desk.store.serve_shield(AskEvidence())

    assert len(desk.told.wait(EvidenceListed).packs) == 1
