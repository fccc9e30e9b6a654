"""Where voices enter and leave the conference bridge of pjsua2: 20 ms frames of 16 kHz, 16 bit, mono.

`pull` and `push` are called on the library's media clock thread every 20 ms: they must never wait, raise or log.
"""

import ctypes
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


class Sink(pj.AudioMediaPort):  # type: ignore[misc]
    """Bridge → Python."""

    def __init__(self, name: str, push: Push) -> None:
        pj.AudioMediaPort.__init__(self)
        self.push = push
        self.createPort(name, _format())

    def onFrameReceived(self, frame: Any) -> None:
        data = _read(frame.buf) if frame.type == pj.PJMEDIA_FRAME_TYPE_AUDIO else b""
        self.push(data if len(data) == FRAME_BYTES else SILENCE)

    def onFrameRequested(self, frame: Any) -> None:
        frame.type = pj.PJMEDIA_FRAME_TYPE_NONE


class Source(pj.AudioMediaPort):  # type: ignore[misc]
    """Python → bridge."""

    def __init__(self, name: str, pull: Pull) -> None:
        pj.AudioMediaPort.__init__(self)
        self.pull = pull
        self.createPort(name, _format())

    def onFrameRequested(self, frame: Any) -> None:
        data = self.pull()
        if data is not None and len(data) == FRAME_BYTES:
            _write(frame.buf, data)
            frame.type = pj.PJMEDIA_FRAME_TYPE_AUDIO
        else:
            frame.type = pj.PJMEDIA_FRAME_TYPE_NONE

    def onFrameReceived(self, frame: Any) -> None:  # noqa: ARG002  the library's signature
        return
