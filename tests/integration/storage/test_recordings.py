"""Recordings in a real store: kept with the call's record, found again after a crash, played, held and destroyed."""

import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from app.desk.events import DeskEvent, RecordingReady, VoiceFound
from app.domain.call import CallId, CallRecord, Direction
from app.domain.recording import RecordingMark
from app.storage import calls
from app.storage.recordings import find
from app.storage.store import StoreThread
from app.telephony.recording_file import RecordingFile
from app.voice_file import RATE, ChunkFlag, from_alaw
from tests.waiting import wait_for

CALL = CallId("c" * 32)


class Told:
    def __init__(self) -> None:
        self.events: list[DeskEvent] = []

    def __call__(self, event: DeskEvent) -> None:
        self.events.append(event)

    def of(self, kind: type) -> list[Any]:
        return [event for event in self.events if isinstance(event, kind)]


@pytest.fixture
def told() -> Told:
    return Told()


@pytest.fixture
def store(tmp_path: Path, told: Told) -> Iterator[StoreThread]:
    store = StoreThread(tmp_path / "store", told, "8001")
    store.open()
    wait_for(lambda: told.of(RecordingReady), "recordings can be made", 20)
    yield store
    store.stop()


def tone(seconds: float = 1.0) -> bytes:
    clock = np.arange(int(RATE * seconds)) / RATE
    return (8000 * np.sin(2 * np.pi * 440 * clock)).astype("<i2").tobytes()


def record(told: Told, is_finished: bool = True, call: CallId = CALL) -> RecordingMark | None:
    """As telephony writes it: three seconds of a tone on the left."""
    ready = told.of(RecordingReady)[0]
    file = RecordingFile(Path(ready.folder), call, time.time() - 3, ready.public_key)
    for place in range(3):
        file.put(place, tone(), bytes(2 * RATE))
    if not is_finished:
        file.close()
        return None
    return file.end(3, b"", b"", ChunkFlag.NONE)


def in_store(store: StoreThread, work: Callable[[Any], Any]) -> Any:
    database = store._folder.another()
    try:
        with database.transaction(writes=False) as connection:
            return work(connection)
    finally:
        database.close()


def call_record(call: CallId = CALL) -> CallRecord:
    return CallRecord(call, "13800000001", Direction.INCOMING, 1.0, 2.0, 5.0, "8001")


def heard(store: StoreThread, told: Told, request: str = "r", call: CallId = CALL) -> VoiceFound:
    store.recordings.find_voice(call, request, 0.5, 1.5)
    found = wait_for(lambda: next((e for e in told.of(VoiceFound) if e.request == request), None), "an answer", 10)
    assert isinstance(found, VoiceFound)
    return found


def test_the_mark_comes_into_the_record_of_the_call_whichever_comes_first(store: StoreThread, told: Told) -> None:
    other = CallId("d" * 32)
    first, second = record(told), record(told, call=other)
    assert first is not None and second is not None

    store.record_call(call_record())
    store.recordings.keep(CALL, 2.0, first)
    store.recordings.keep(other, 2.0, second)
    wait_for(lambda: in_store(store, lambda c: find(c, other)), "the second is kept", 10)
    store.record_call(call_record(other))

    def last(call: CallId) -> RecordingMark | None:
        found = in_store(store, lambda connection: calls.calls(connection, call))
        return found[-1].recording if found else None

    wait_for(lambda: last(CALL) == first and last(other) == second, "both records tell of it", 10)
    sent = [bytes(op.body) for op in store.outbox.waiting(10) if op.entity == CALL]
    assert b'"sha256":"%s"' % first.sha256.encode() in sent[-1]


def test_a_sentence_is_played_from_a_call_that_is_up_and_from_one_that_is_kept(
    store: StoreThread, told: Told, tmp_path: Path
) -> None:
    record(told, is_finished=False)
    live = heard(store, told, "live")
    mark = record(told)
    assert mark is not None
    store.recordings.keep(CALL, 2.0, mark)
    wait_for(lambda: not (tmp_path / "recordings" / f"{CALL}.key").exists(), "the key is in the store alone", 10)

    kept = heard(store, told, "kept")

    for found in (live, kept):
        voice = from_alaw(found.voice)
        assert not found.reason and len(voice) == RATE and np.abs(voice).max() > 6000


def test_what_was_not_recorded_says_so(store: StoreThread, told: Told) -> None:
    assert heard(store, told).reason == "none"


def test_a_recording_whose_telephony_died_is_kept_at_the_next_start_but_not_one_that_runs(
    store: StoreThread, told: Told, tmp_path: Path
) -> None:
    running = CallId("e" * 32)
    record(told, is_finished=False)
    record(told, is_finished=False, call=running)
    part = tmp_path / "recordings" / f"{CALL}.part"
    with part.open("ab") as file:
        file.write(b"half a second")
    for call in (CALL, running):
        os.utime(tmp_path / "recordings" / f"{call}.part", (1.0, 1.0))

    store.recordings.adopt((running,))

    kept = wait_for(lambda: in_store(store, lambda connection: find(connection, CALL)), "it is kept", 10)
    assert (kept.mark.seconds, kept.mark.is_whole) == (3.0, False)
    assert kept.mark.size == (tmp_path / "recordings" / f"{CALL}.rec").stat().st_size
    assert (tmp_path / "recordings" / f"{running}.part").exists()
    assert not heard(store, told).reason


def test_rule_destroys_what_the_centre_has_and_nobody_holds(store: StoreThread, told: Told, tmp_path: Path) -> None:
    held = CallId("f" * 32)
    for call in (CALL, held):
        mark = record(told, call=call)
        assert mark is not None
        store.recordings.keep(call, 2.0, mark)
    store.recordings.hold(held, "evidence")
    wait_for(lambda: in_store(store, lambda c: (kept := find(c, held)) and kept.held_for), "it is held", 10)
    store.recordings.purge(0)
    assert (tmp_path / "recordings" / f"{CALL}.rec").exists()  # the centre has it not yet
    shelf = store.recordings.another()
    for call in (CALL, held):
        shelf.sent(call)
    shelf.close()

    store.recordings.purge(0)

    wait_for(lambda: not (tmp_path / "recordings" / f"{CALL}.rec").exists(), "the file is gone", 10)
    assert heard(store, told, "gone").reason == "destroyed"
    assert not heard(store, told, "held", held).reason
