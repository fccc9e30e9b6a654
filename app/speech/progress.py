"""How far a call was told, kept in a file beside the taps: a speech process that died is followed by one that goes on there.

The taps keep 20 s, so that most of what was said in between is heard late instead of never; what is older is marked as missing.
"""

import contextlib
import struct
import threading
import zlib
from dataclasses import dataclass
from pathlib import Path

import msgspec

from app.domain.call import CallId
from app.domain.transcript import Speaker
from app.speech.jobs import Job
from app.speech.telling import FRAME_SAMPLES

SPEAKERS = (Speaker.CALLER, Speaker.AGENT)
"""The channels in their order."""
_HEAD = struct.Struct("<II")  # length, checksum
_SIZE = 2048
_MOST_OPEN = 16
HOPELESS = 2
"""A stretch over which the process died so often is not heard again."""


class Attempt(msgspec.Struct, frozen=True):
    """What the engine was given last: samples from this tap frame up to that one, of this channel."""

    channel: int
    begin: int
    end: int
    times: int


@dataclass(frozen=True, slots=True)
class Place:
    """A tap frame, and the Unix time it was written at."""

    number: int = 0
    at: float = 0.0


class Progress(msgspec.Struct, frozen=True):
    """`told`: for each channel, up to where all that was said has been told.

    `shown`: partials (channel, number) that wait for their final. `origin`: the Unix time that word times count from."""

    call: CallId
    origin: float
    told: tuple[Place, Place]
    shown: tuple[tuple[int, int], ...] = ()
    attempt: Attempt | None = None

    @property
    def begins(self) -> int:
        """The first frame that is worth reading."""
        return min(self.resumed())

    def resumed(self) -> tuple[int, int]:
        """For each channel the frame to go on with: after what was told, and after what no process survived."""
        first, second = (place.number for place in self.told)
        hopeless = self.attempt if self.attempt is not None and self.attempt.times >= HOPELESS else None
        if hopeless is None:
            return first, second
        return (max(first, hopeless.end), second) if hopeless.channel == 0 else (first, max(second, hopeless.end))


class ProgressFile:
    """`left` is what a process that died before this one left behind. Any thread; a full disk costs the memory only."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = threading.Lock()
        self.left = _read(path)
        self._now = self.left  # still true: it may die before it has come any further
        self._attempt: Attempt | None = None
        self._file = None
        with contextlib.suppress(OSError):
            self._file = path.open("r+b" if path.exists() else "w+b", buffering=0)

    def keep(self, progress: Progress | None) -> None:
        """What is true now; None = nothing is listened to."""
        with self._lock:
            if progress is not None:
                progress = msgspec.structs.replace(progress, shown=progress.shown[-_MOST_OPEN:], attempt=self._attempt)
            self._now = progress
            self._write()

    def attempt(self, job: Job | None, samples: int) -> None:
        """The engine is given this sound now: if the process dies, it died of that. None: it has come back."""
        if job is None:
            self._set(None)
            return
        channel, begin = SPEAKERS.index(job.blank.speaker), job.blank.number
        end = begin + samples // FRAME_SAMPLES
        before = self.left.attempt if self.left is not None else None
        times = before.times if before is not None and _overlap(before, channel, begin, end) else 0
        self._set(Attempt(channel, begin, end, times + 1))

    def close(self) -> None:
        """Nothing is left to go on with."""
        self.release()
        with contextlib.suppress(OSError):
            self._path.unlink(missing_ok=True)

    def release(self) -> None:
        """Lets go of the file; what stands in it stays."""
        with self._lock:
            if self._file is not None:
                self._file.close()
                self._file = None

    def _set(self, attempt: Attempt | None) -> None:
        with self._lock:
            self._attempt = attempt
            if self._now is not None:
                self._now = msgspec.structs.replace(self._now, attempt=attempt)
                self._write()

    def _write(self) -> None:
        if self._file is None:
            return
        body = msgspec.msgpack.encode(self._now)
        with contextlib.suppress(OSError):
            self._file.seek(0)
            self._file.write(_HEAD.pack(len(body), zlib.crc32(body)) + body)


def _read(path: Path) -> Progress | None:
    """None where there is nothing, or where it was torn while it was written."""
    try:
        data = path.read_bytes()[:_SIZE]
        length, checksum = _HEAD.unpack_from(data)
        body = data[_HEAD.size : _HEAD.size + length]
        return msgspec.msgpack.decode(body, type=Progress | None) if zlib.crc32(body) == checksum else None
    except (OSError, struct.error, msgspec.MsgspecError):
        return None


def _overlap(attempt: Attempt, channel: int, begin: int, end: int) -> bool:
    return attempt.channel == channel and begin < attempt.end and attempt.begin < end
