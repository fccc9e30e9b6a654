"""Where voices enter and leave the conference bridge of pjsua2: 20 ms frames of 16 kHz, 16 bit, mono.

`pull` and `push` are called on the library's media clock thread every 20 ms: they must never wait, raise or log.
"""

import ctypes
import threading
from collections.abc import Callable
from typing import Any

import pjsua2 as pj

RATE = 16_000
FRAME_MS = 20
FRAME_BYTES = RATE * FRAME_MS // 1000 * 2
SILENCE = bytes(FRAME_BYTES)

Pull = Callable[[], bytes | None]
"""Gives the next FRAME_BYTES bytes, or None for silence."""
Push = Callable[[bytes], None]
"""Takes FRAME_BYTES bytes; silence is given as zeros, so that two sinks stay aligned."""

_Vector = ctypes.c_void_p * 3  # begin, end, end of storage of a std::vector


_kept = threading.local()


def _keep_thread_state() -> None:
    """Once on each thread of the library's: else the interpreter makes and throws away a thread state for every frame."""
    if not hasattr(_kept, "is_kept"):
        ctypes.pythonapi.PyGILState_Ensure()  # not given back: the state lives as long as its thread
        _kept.is_kept = True


def _read(vector: Any) -> bytes:
    """The bytes of a std::vector in 1.3 µs; `bytes(vector)` takes 365 µs a frame."""
    begin, end, _ = _Vector.from_address(int(vector.this))
    return ctypes.string_at(begin, end - begin) if begin and end and end > begin else b""


def _write(vector: Any, data: bytes) -> None:
    if vector.size() != len(data):
        vector.resize(len(data))
    begin = _Vector.from_address(int(vector.this))[0]
    if begin:
        ctypes.memmove(begin, data, len(data))


def _format() -> Any:
    form = pj.MediaFormatAudio()
    form.type = pj.PJMEDIA_TYPE_AUDIO
    form.clockRate = RATE
    form.channelCount = 1
    form.bitsPerSample = 16
    form.frameTimeUsec = FRAME_MS * 1000
    form.avgBps = form.maxBps = RATE * 16
    return form


class VoicePort(pj.AudioMediaPort):  # type: ignore[misc]
    """A place of the bridge with two sides, as a rule of different voices: what Python pulls in and what is pushed to Python.

    The library calls each place twice every 20 ms, wanted or not: half as many places cost half as much.
    """

    def __init__(self, name: str, pull: Pull | None = None, push: Push | None = None) -> None:
        pj.AudioMediaPort.__init__(self)
        self.pull, self.push = pull, push
        self.createPort(name, _format())

    def onFrameReceived(self, frame: Any) -> None:
        _keep_thread_state()
        if self.push is not None:
            data = _read(frame.buf) if frame.type == pj.PJMEDIA_FRAME_TYPE_AUDIO else b""
            self.push(data if len(data) == FRAME_BYTES else SILENCE)

    def onFrameRequested(self, frame: Any) -> None:
        _keep_thread_state()
        data = self.pull() if self.pull is not None else None
        if data is not None and len(data) == FRAME_BYTES:
            _write(frame.buf, data)
            frame.type = pj.PJMEDIA_FRAME_TYPE_AUDIO
        else:
            frame.type = pj.PJMEDIA_FRAME_TYPE_NONE


class VoicePorts:
    """The places by the names of their voices: a new voice takes the free side of an older place, in the order they came."""

    def __init__(self) -> None:
        self._sources: dict[str, VoicePort] = {}
        self._sinks: dict[str, VoicePort] = {}

    def add_source(self, name: str, pull: Pull) -> None:
        if name not in self._sources:
            self._sources[name] = self._free_of(self._sinks, self._sources) or VoicePort(name)
        self._sources[name].pull = pull

    def add_sink(self, name: str, push: Push) -> None:
        if name not in self._sinks:
            self._sinks[name] = self._free_of(self._sources, self._sinks) or VoicePort(name)
        self._sinks[name].push = push

    def find(self, name: str) -> VoicePort | None:
        return self._sources.get(name) or self._sinks.get(name)

    def clear(self) -> None:
        self._sources.clear()
        self._sinks.clear()

    @staticmethod
    def _free_of(others: dict[str, VoicePort], taken: dict[str, VoicePort]) -> VoicePort | None:
        known = set(map(id, taken.values()))
        return next((port for port in others.values() if id(port) not in known), None)
