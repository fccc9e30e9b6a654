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


class _Frame(ctypes.Structure):
    """A MediaFrame as it lies in memory: asking the wrapper for its parts costs more than all that we do with them."""

    _fields_ = (("kind", ctypes.c_int), ("begin", ctypes.c_void_p), ("end", ctypes.c_void_p), ("storage", ctypes.c_void_p))


_AUDIO, _NONE = int(pj.PJMEDIA_FRAME_TYPE_AUDIO), int(pj.PJMEDIA_FRAME_TYPE_NONE)
_kept = threading.local()


def _keep_thread_state() -> None:
    """Once on each thread of the library's: else the interpreter makes and throws away a thread state for every frame."""
    if not hasattr(_kept, "is_kept"):
        ctypes.pythonapi.PyGILState_Ensure()  # not given back: the state lives as long as its thread
        _kept.is_kept = True


def read(frame: Any) -> bytes:
    """The voice of a frame, FRAME_BYTES of it, or silence; `bytes(frame.buf)` takes 365 µs."""
    raw = _Frame.from_address(int(frame.this))
    if raw.kind == _AUDIO and raw.begin and raw.end == raw.begin + FRAME_BYTES:
        return ctypes.string_at(raw.begin, FRAME_BYTES)
    return SILENCE


def write(frame: Any, data: bytes | None) -> None:
    """FRAME_BYTES of voice into a frame; anything else is silence."""
    raw = _Frame.from_address(int(frame.this))
    if data is None or len(data) != FRAME_BYTES:
        raw.kind = _NONE
        return
    if not raw.begin or raw.end != raw.begin + FRAME_BYTES:
        frame.buf.resize(FRAME_BYTES)
    if raw.begin:
        ctypes.memmove(raw.begin, data, FRAME_BYTES)
        raw.kind = _AUDIO


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
            self.push(read(frame))

    def onFrameRequested(self, frame: Any) -> None:
        _keep_thread_state()
        write(frame, self.pull() if self.pull is not None else None)


class VoicePorts:
    """The places by the names of their voices: a new voice takes the free side of an older place, in the order they came.

    Sinks have theirs at once, for they are served in that order; a source has none before it is first wanted: many never are.
    """

    def __init__(self) -> None:
        self._pulls: dict[str, Pull] = {}
        self._sources: dict[str, VoicePort] = {}
        self._sinks: dict[str, VoicePort] = {}

    def add_source(self, name: str, pull: Pull) -> None:
        self._pulls[name] = pull
        if name in self._sources:
            self._sources[name].pull = pull

    def add_sink(self, name: str, push: Push) -> None:
        if name not in self._sinks:
            self._sinks[name] = self._free_of(self._sources, self._sinks) or VoicePort(name)
        self._sinks[name].push = push

    def find(self, name: str) -> VoicePort | None:
        if name in self._pulls and name not in self._sources:
            self._sources[name] = self._free_of(self._sinks, self._sources) or VoicePort(name)
            self._sources[name].pull = self._pulls[name]
        return self._sources.get(name) or self._sinks.get(name)

    def clear(self) -> None:
        self._pulls.clear()
        self._sources.clear()
        self._sinks.clear()

    @staticmethod
    def _free_of(others: dict[str, VoicePort], taken: dict[str, VoicePort]) -> VoicePort | None:
        known = set(map(id, taken.values()))
        return next((port for port in others.values() if id(port) not in known), None)
