"""Bytes of voice between two clocks: a standing depth takes the jitter, a slip takes the drift."""

import threading

from app.telephony.ports import FRAME_BYTES

_WINDOW = 50 * FRAME_BYTES


class VoiceRing:
    """Pushed by one thread, pulled by another. Silence is given until `frames` frames stand, and after running dry again.

    Clocks of a sound card and of the bridge differ: what stands too long is pure delay, so one frame is dropped a second
    while a surplus stands; what comes too fast at once is cut back to the standing depth.
    """

    def __init__(self, frames: int = 2) -> None:
        self._lock = threading.Lock()
        self._bytes = bytearray()
        self._standing = FRAME_BYTES * frames
        self._most = FRAME_BYTES * (frames + 6)
        self._lowest = self._most
        self._pulled = 0
        self._is_primed = False
        self.ran_dry = self.overran = self.slipped = 0

    def push(self, data: bytes) -> None:
        with self._lock:
            self._bytes += data
            if len(self._bytes) > self._most:
                del self._bytes[: (len(self._bytes) - self._standing) & ~1]
                self.overran += 1

    def pull(self, count: int = FRAME_BYTES) -> bytes | None:
        """`count` bytes, or None while there is too little."""
        with self._lock:
            if not self._is_primed and len(self._bytes) < max(self._standing, count):
                return None
            self._is_primed = True
            self._slip(count)
            if len(self._bytes) < count:
                self.ran_dry += 1
                self._is_primed = False
                return None
            data = bytes(self._bytes[:count])
            del self._bytes[:count]
            return data

    def clear(self) -> None:
        with self._lock:
            self._bytes.clear()
            self._is_primed = False

    def _slip(self, count: int) -> None:
        self._lowest = min(self._lowest, len(self._bytes) - count)
        self._pulled += count
        if self._pulled >= _WINDOW:
            if self._lowest >= self._standing:
                del self._bytes[:FRAME_BYTES]
                self.slipped += 1
            self._pulled, self._lowest = 0, self._most
