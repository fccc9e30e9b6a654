"""A recording on its way to the disk: one file a call, every second whole or not at all, whatever the disk does."""

import hashlib
import os
import secrets
from pathlib import Path

from app.domain.call import CallId
from app.domain.recording import RecordingMark
from app.voice_file import KEY_BYTES, RATE, ChunkCipher, ChunkFlag, Header, seal, to_alaw

RUNNING, WHOLE, KEY = ".part", ".rec", ".key"
"""Endings of a file's name: being written; finished; the sealed key beside either."""

_SYNC_CHUNKS = 5
"""Seconds that a power cut may take; kill -9 takes none that was written."""


class RecordingFile:
    """Belongs to one thread. `put` and `end` raise OSError where the disk takes nothing, and may be called again then:
    what was half-written is taken back, and the seconds that were missed are filled with silence marked as a gap."""

    def __init__(self, folder: Path, call: CallId, began_at: float, public: bytes) -> None:
        self.call, self.began_at = call, began_at
        self._folder, self._public = folder, public
        self._header = Header(call, began_at)
        self._handle = -1
        self._cipher: ChunkCipher | None = None
        self._digest = hashlib.sha256()
        self._size = self._next = self._unsynced = self._samples = 0

    @property
    def is_begun(self) -> bool:
        return self._handle >= 0

    def put(self, place: int, left: bytes, right: bytes, flags: ChunkFlag = ChunkFlag.NONE) -> None:
        """Writes the second `place`: 16 bit samples of both sides, of one length."""
        if not self.is_begun:
            self._begin()
        silence = to_alaw(bytes(2 * RATE))
        while self._next < place:
            self._write(self._next, silence, silence, ChunkFlag.GAP)
        if place == self._next:
            self._write(place, to_alaw(left), to_alaw(right), flags)

    def end(self, place: int, left: bytes, right: bytes, flags: ChunkFlag) -> RecordingMark:
        """Writes what is left of the last second, closes the file and gives it its lasting name."""
        self.put(place, left, right, flags | ChunkFlag.END)
        os.fsync(self._handle)
        mark = RecordingMark(self._digest.hexdigest(), self._samples / RATE, self._size)
        self.close()
        self._path(RUNNING).replace(self._path(WHOLE))
        return mark

    def close(self) -> None:
        if self.is_begun:
            os.close(self._handle)
            self._handle = -1

    def _begin(self) -> None:
        """The key is on the disk before the first second is: without it nothing could be heard again."""
        key = secrets.token_bytes(KEY_BYTES)
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        handle = os.open(self._path(KEY), os.O_WRONLY | os.O_CREAT | os.O_TRUNC | _BINARY, 0o600)
        try:
            os.write(handle, seal(key, self._public, self.call))
            os.fsync(handle)
        finally:
            os.close(handle)
        self._cipher = ChunkCipher(key, self._header)
        handle = os.open(self._path(RUNNING), os.O_WRONLY | os.O_CREAT | os.O_TRUNC | _BINARY, 0o600)
        try:
            _write_all(handle, self._cipher.start)
            os.fsync(handle)
        except OSError:
            os.close(handle)
            raise
        self._handle, self._size = handle, len(self._cipher.start)
        self._digest = hashlib.sha256(self._cipher.start)

    def _write(self, place: int, left: bytes, right: bytes, flags: ChunkFlag) -> None:
        assert self._cipher is not None
        data = self._cipher.chunk(place, left, right, flags)
        try:
            _write_all(self._handle, data)
        except OSError:
            os.ftruncate(self._handle, self._size)
            os.lseek(self._handle, self._size, os.SEEK_SET)
            raise
        self._digest.update(data)
        self._size, self._next, self._samples = self._size + len(data), place + 1, self._samples + len(left)
        self._unsynced += 1
        if self._unsynced >= _SYNC_CHUNKS:
            self._unsynced = 0
            os.fsync(self._handle)

    def _path(self, ending: str) -> Path:
        return self._folder / f"{self.call}{ending}"


_BINARY = getattr(os, "O_BINARY", 0)


def _write_all(handle: int, data: bytes) -> None:
    left = memoryview(data)
    while left:
        left = left[os.write(handle, left) :]
