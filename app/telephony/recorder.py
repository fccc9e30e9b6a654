"""Records calls from the media clock, which never waits: 20 ms frames in, seconds out, a thread of its own writes them."""

import logging
import queue
import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path

from app.desk.commands import PauseRecording, SetUpRecording, StartRecording
from app.desk.events import DeskEvent, NoticeCleared, Noticed, RecordingChanged
from app.domain.call import CallId
from app.domain.notice import Gravity, Notice, NoticeCode
from app.domain.recording import RecordingMark, RecordingStage
from app.taps import FRAME_MS, SILENCE
from app.telephony.recording_file import RecordingFile
from app.telephony.wiring import EAR, HOLD_TONE, RINGBACK
from app.voice_file import ChunkFlag

log = logging.getLogger(__name__)

Pairs = set[tuple[str, str]]
RecordingCommand = SetUpRecording | StartRecording | PauseRecording

_CHUNK_TICKS = 1000 // FRAME_MS
_TONES = frozenset({RINGBACK, HOLD_TONE})
"""Nobody says anything with them: the caller's wait is silence in the recording."""
_PARTY_LETTERS = 32
"""A name of the bridge that is a call's id is a party; microphone, announcer and tones have short names."""
_BEHIND = 64
"""Seconds of all recordings that may wait for a slow disk; what comes then is left out and marked as a gap."""
_PARTING_S = 4.0


@dataclass(slots=True, eq=False)
class _Recording:
    """One call's. The media clock appends, the writing thread takes whole seconds; `place` is the second being filled."""

    call: CallId
    file: RecordingFile
    place: int = 0
    left: list[bytes] = field(default_factory=list)
    right: list[bytes] = field(default_factory=list)
    is_paused: bool = False
    flags: ChunkFlag = ChunkFlag.NONE
    stage: RecordingStage = RecordingStage.RUNNING
    has_failed: bool = False


class _Slot:
    """Two places of the bridge that belong to one recording at a time: the library takes none of them back."""

    def __init__(self, number: int, full: Callable[["_Recording"], None]) -> None:
        self.left_name, self.right_name = f"record-left-{number}", f"record-right-{number}"
        self.recording: _Recording | None = None
        self._full = full
        self._left = SILENCE

    def hear_left(self, frame: bytes) -> None:
        self._left = frame

    def hear_right(self, frame: bytes) -> None:
        """Once each tick of the media clock, after `hear_left`."""
        recording = self.recording
        if recording is None:
            return
        if recording.is_paused:
            recording.flags |= ChunkFlag.PAUSED
        recording.left.append(SILENCE if recording.is_paused else self._left)
        recording.right.append(SILENCE if recording.is_paused else frame)
        self._left = SILENCE
        if len(recording.right) >= _CHUNK_TICKS:
            self._full(recording)


class Recorder:
    """Belongs to the SIP thread; `close` comes when that has ended.

    Left of a recording: the caller and further parties; right: the agent and what is announced to them. Second 0 is the
    answer, as for the words; a call on hold is silent but for what is played to it.
    """

    def __init__(self, emit: Callable[[DeskEvent], None]) -> None:
        self._emit = emit
        self._set_up: SetUpRecording | None = None
        self._up: dict[CallId, Callable[[], int]] = {}
        self._began_at: dict[CallId, float] = {}
        self._wanted: set[CallId] = set()
        self._private: set[CallId] = set()
        self._slots: list[_Slot] = []
        self._live: dict[CallId, _Slot] = {}
        self._focus = CallId("")
        self.add_sink: Callable[[str, Callable[[bytes], None]], None] = lambda _name, _push: None
        self._jobs: queue.SimpleQueue[Callable[[], None] | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._run, name="recorder", daemon=True)
        self._thread.start()

    # --- what the desk asks ---

    def obey(self, command: RecordingCommand) -> None:
        match command:
            case SetUpRecording():
                self._set_up = command
                for call in self._up.keys() - self._private if command.is_automatic else ():
                    self._start(call)
            case StartRecording(call):
                self._wanted.add(call)
                self._start(call)
            case PauseRecording(call, is_paused):
                self._pause(call, is_paused)

    def tell_again(self) -> None:
        """Says how every recording stands: a new window wants to know."""
        for slot in self._live.values():
            if slot.recording is not None:
                self._tell(slot.recording)

    def close(self) -> None:
        """Ends every recording; returns when all is on the disk, or after a few seconds."""
        for call in list(self._live):
            self.ended(call)
        self._jobs.put(None)
        self._thread.join(_PARTING_S)

    # --- calls come and go ---

    def began(self, call: CallId, answered_at: float, ticks: Callable[[], int], is_automatic: bool = True) -> None:
        """The call was answered; `ticks()` counts the media clock's ticks since then. `is_automatic`: it is recorded without
        being asked for, where the site says so."""
        self._up[call], self._began_at[call] = ticks, answered_at
        if not is_automatic:
            self._private.add(call)
        if call in self._wanted or (is_automatic and self._set_up is not None and self._set_up.is_automatic):
            self._start(call)

    def follow(self, call: CallId) -> None:
        self._focus = call

    def ended(self, call: CallId) -> None:
        self._up.pop(call, None)
        self._began_at.pop(call, None)
        self._wanted.discard(call)
        self._private.discard(call)
        slot = self._live.pop(call, None)
        if slot is None or slot.recording is None:
            return
        recording, slot.recording = slot.recording, None
        self._jobs.put(lambda: self._finish(recording))

    def wires(self, pairs: Pairs) -> Pairs:
        """The connections that recordings need beside `pairs`, those by which people hear each other."""
        added: Pairs = set()
        pairs = {pair for pair in pairs if pair[0] not in _TONES}
        for call, slot in self._live.items():
            if call == self._focus:
                spoken = {one for one, other in pairs if _is_party(one) and other == EAR}
                added |= {(one, slot.left_name) for one in spoken}
                added |= {(one, slot.right_name) for one, other in pairs if not _is_party(one) and _is_party(other)}
            else:
                near = {one for one, other in pairs if other == call}
                apart = {one for one in near if _is_party(one)}
                added |= {(one, slot.left_name) for one in apart | ({call} if apart else set())}
                added |= {(one, slot.right_name) for one in near - apart}
        return added

    # --- starting and pausing ---

    def _start(self, call: CallId) -> None:
        ticks, set_up = self._up.get(call), self._set_up
        if call in self._live or ticks is None or set_up is None or not set_up.folder:
            return
        slot = self._free_slot()
        file = RecordingFile(Path(set_up.folder), call, self._began_at[call], set_up.public_key)
        gone = ticks()
        recording = _Recording(call, file, gone // _CHUNK_TICKS)
        if late := gone % _CHUNK_TICKS:
            recording.left, recording.right, recording.flags = [SILENCE] * late, [SILENCE] * late, ChunkFlag.GAP
        slot.recording = recording
        self._live[call] = slot
        self._tell(recording)

    def _free_slot(self) -> _Slot:
        free = next((slot for slot in self._slots if slot.recording is None), None)
        if free is None:
            free = _Slot(len(self._slots), self._full)
            self._slots.append(free)
            self.add_sink(free.left_name, free.hear_left)
            self.add_sink(free.right_name, free.hear_right)
        return free

    def _pause(self, call: CallId, is_paused: bool) -> None:
        slot = self._live.get(call)
        if slot is not None and slot.recording is not None:
            slot.recording.is_paused = is_paused
            if not slot.recording.has_failed:
                slot.recording.stage = RecordingStage.PAUSED if is_paused else RecordingStage.RUNNING
            self._tell(slot.recording)

    def _tell(self, recording: _Recording, mark: RecordingMark | None = None) -> None:
        self._emit(RecordingChanged(recording.call, recording.stage, time.time(), recording.file.began_at, mark))

    # --- the media clock ---

    def _full(self, recording: _Recording) -> None:
        """A second is whole: hands it over, or leaves it out where the disk is too far behind. Never waits."""
        place, left, right, flags = recording.place, recording.left, recording.right, recording.flags
        recording.place, recording.left, recording.right = place + 1, [], []
        recording.flags = ChunkFlag.NONE
        if self._jobs.qsize() < _BEHIND:
            self._jobs.put(lambda: self._keep(recording, place, left, right, flags))

    # --- the writing thread ---

    def _run(self) -> None:
        while (job := self._jobs.get()) is not None:
            try:
                job()
            except Exception:
                log.exception("a step of the recorder failed")

    def _keep(self, recording: _Recording, place: int, left: Iterable[bytes], right: Iterable[bytes], flags: ChunkFlag) -> None:
        try:
            recording.file.put(place, b"".join(left), b"".join(right), flags)
        except OSError as wrong:
            self._fail(recording, wrong)
        else:
            self._recover(recording)

    def _finish(self, recording: _Recording) -> None:
        mark = None
        recording.stage = RecordingStage.ENDED
        try:
            whole = min(len(recording.left), len(recording.right))  # the media clock may have been between the two
            left, right = b"".join(recording.left[:whole]), b"".join(recording.right[:whole])
            mark = recording.file.end(recording.place, left, right, recording.flags)
            self._clear_notice()
        except OSError as wrong:
            recording.file.close()
            self._fail(recording, wrong)
            recording.stage = RecordingStage.FAILED
        self._tell(recording, mark)

    def _fail(self, recording: _Recording, wrong: OSError) -> None:
        """Said once; every further second tries again."""
        if recording.has_failed:
            return
        recording.has_failed, recording.stage = True, RecordingStage.FAILED
        log.error("call %s cannot be recorded: %s", recording.call, wrong.strerror)
        self._emit(Noticed(Notice(NoticeCode.RECORDING_FAILED, (wrong.strerror or type(wrong).__name__,), Gravity.ERROR)))
        self._tell(recording)

    def _recover(self, recording: _Recording) -> None:
        if recording.has_failed:
            recording.has_failed = False
            recording.stage = RecordingStage.PAUSED if recording.is_paused else RecordingStage.RUNNING
            self._clear_notice()
            self._tell(recording)

    def _clear_notice(self) -> None:
        is_any_failing = any(slot.recording is not None and slot.recording.has_failed for slot in list(self._slots))
        if not is_any_failing:
            self._emit(NoticeCleared(NoticeCode.RECORDING_FAILED))


def _is_party(name: str) -> bool:
    return len(name) == _PARTY_LETTERS
