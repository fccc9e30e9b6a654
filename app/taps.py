"""The two voices of a call as aligned 20 ms frames in shared memory, silence included.

One process writes (telephony), any number read (speech). The memory is a file of the user's own in the session's folder,
mapped by each side: unlike `multiprocessing.shared_memory` it survives the death of either side and needs no tracker.

Layout: header of 64 bytes (magic, next frame number as u64), then SLOTS slots of
frame number u64 | time f64 (Unix seconds) | call id 32 bytes ASCII | caller s16le[320] | agent s16le[320].
"""

import mmap
import os
import struct
from dataclasses import dataclass
from pathlib import Path

from app.domain.call import CallId

RATE = 16_000
FRAME_MS = 20
FRAME_BYTES = RATE * FRAME_MS // 1000 * 2
SILENCE = bytes(FRAME_BYTES)
SLOTS = 1024
"""Frames kept: 20 s; a reader that is later than that loses the oldest."""

_MAGIC = b"JIESUTAP"
_HEADER = 64
_HEAD = struct.Struct("<Qd32s")
_SLOT = _HEAD.size + 2 * FRAME_BYTES
_COUNT = struct.Struct("<Q")


@dataclass(frozen=True, slots=True)
class TapFrame:
    number: int
    at: float
    call: CallId
    caller: bytes
    agent: bytes


def first_number(now: float) -> int:
    """The number that frames are counted from by a program that starts at this Unix time: after those of the starts before it,
    for 248 days. Utterances are numbered by frames, and a case may go on over a new start of the program."""
    return int(now * 1000 / FRAME_MS) % 2**30


def make_taps(path: Path, first: int = 0) -> None:
    """Creates the memory, readable by the user only. Whoever starts the processes calls this once."""
    handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0), 0o600)
    try:
        os.ftruncate(handle, _HEADER + SLOTS * _SLOT) if hasattr(os, "ftruncate") else None
        os.lseek(handle, 0, os.SEEK_SET)
        os.write(handle, _MAGIC + _COUNT.pack(first))
    finally:
        os.close(handle)


class _Mapped:
    def __init__(self, path: Path) -> None:
        with path.open("r+b") as file:
            self._map = mmap.mmap(file.fileno(), _HEADER + SLOTS * _SLOT)

    def _next(self) -> int:
        number: int = _COUNT.unpack_from(self._map, 8)[0]
        return number

    def close(self) -> None:
        self._map.close()


def _whole(voice: bytes) -> bytes:
    return voice if len(voice) == FRAME_BYTES else (voice + SILENCE)[:FRAME_BYTES]


class TapWriter(_Mapped):
    """Written by one thread only. A new writer goes on counting where the last one stopped."""

    def put(self, at: float, call: CallId, caller: bytes, agent: bytes) -> None:
        """Writes one aligned frame; either voice may be shorter than FRAME_BYTES and is then filled with silence."""
        number = self._next()
        place = _HEADER + number % SLOTS * _SLOT
        slot = memoryview(self._map)[place : place + _SLOT]
        try:
            _HEAD.pack_into(slot, 0, number, at, call.encode())
            body = _HEAD.size
            slot[body : body + FRAME_BYTES] = _whole(caller)
            slot[body + FRAME_BYTES :] = _whole(agent)
        finally:
            slot.release()
        _COUNT.pack_into(self._map, 8, number + 1)


class TapReader(_Mapped):
    """Reads frames in order from the moment it is opened."""

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self._at = self._next()
        self.lost = 0

    def go_back_to(self, number: int) -> None:
        """Read from this frame on, or from the oldest that is still kept; for one who goes on where another stopped."""
        upto = self._next()
        if number <= upto:
            self._at = max(0, number, upto - SLOTS + 8)

    def read(self) -> list[TapFrame]:
        """The frames written since the last read; never waits."""
        upto = self._next()
        if upto < self._at:  # the memory was made anew
            self._at = 0
        oldest = upto - SLOTS + 8  # keep clear of the slot being written
        if self._at < oldest:
            self.lost += oldest - self._at
            self._at = oldest
        frames = []
        while self._at < upto:
            place = _HEADER + self._at % SLOTS * _SLOT
            number, at, call = _HEAD.unpack_from(self._map, place)
            body = place + _HEAD.size
            caller = self._map[body : body + FRAME_BYTES]
            agent = self._map[body + FRAME_BYTES : body + 2 * FRAME_BYTES]
            if number == self._at:
                frames.append(TapFrame(number, at, CallId(call.rstrip(b"\0").decode()), caller, agent))
            else:
                self.lost += 1
            self._at += 1
        return frames
