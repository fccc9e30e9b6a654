"""The two voices of the call that is talked with, written as aligned frames for the speech process, and recorded."""

import threading
from collections.abc import Callable
from pathlib import Path

from app.domain.call import CallId
from app.taps import FRAME_MS, SILENCE, TapWriter, make_taps
from app.telephony.first_voice import FirstVoice
from app.telephony.ports import Pull
from app.telephony.recorder import Pairs, Recorder


class CallTap:
    """Fed by the media clock: what the bridge takes from the microphone (nothing while nobody may hear the agent), then the
    caller's sink, once each tick, silence included.

    `at` of a frame is the answer's time plus 20 ms for every tick since: so it counts the call's own audio time, also over
    a hold or another call in between, and a word's span is `at` less the answer's time. Recordings count the same ticks.
    """

    def __init__(self, path: Path, recorder: Recorder | None = None, first_voice: FirstVoice | None = None) -> None:
        if not path.exists():
            make_taps(path)
        self._writer = TapWriter(path)
        self._recorder = recorder
        self._first_voice = first_voice
        self._lock = threading.Lock()
        self._agent = SILENCE
        self._ticks = 0
        self._began: dict[CallId, tuple[float, int]] = {}
        self._call = CallId("")

    def began(self, call: CallId, answered_at: float, is_recorded: bool = True) -> None:
        """`is_recorded`: by itself, where the site records; an agent may ask for any call."""
        with self._lock:
            self._began[call] = (answered_at, self._ticks)
        if self._recorder is not None:
            self._recorder.began(call, answered_at, self._counter(self._ticks), is_recorded)

    def ended(self, call: CallId) -> None:
        with self._lock:
            self._began.pop(call, None)
        if self._first_voice is not None:
            self._first_voice.forget(call)
        if self._recorder is not None:
            self._recorder.ended(call)

    def follow(self, call: CallId) -> None:
        """Writes the frames of this call from now on; "" or a call not answered yet writes none."""
        with self._lock:
            self._call = call
        if self._recorder is not None:
            self._recorder.follow(call)

    def wires(self, pairs: Pairs) -> Pairs:
        """What is to be connected beside `pairs`, so that recordings hear what people hear."""
        return self._recorder.wires(pairs) if self._recorder is not None else set()

    def hearing(self, pull: Pull) -> Pull:
        """The microphone's `pull`, heard by the agent's tap: the bridge takes all voices of a tick before it gives any."""

        def heard() -> bytes | None:
            frame = pull()
            self._agent = frame or SILENCE
            return frame

        return heard

    def hear_caller(self, frame: bytes) -> None:
        with self._lock:
            began = self._began.get(self._call)
            if began is not None:
                answered_at, first = began
                at = answered_at + (self._ticks - first) * FRAME_MS / 1000
                self._writer.put(at, self._call, frame, self._agent)
                if self._first_voice is not None:
                    self._first_voice.hear(self._call, frame)
            self._ticks += 1
        self._agent = SILENCE

    def close(self) -> None:
        self._writer.close()

    def _counter(self, first: int) -> Callable[[], int]:
        return lambda: self._ticks - first
