"""The loading of a model under watch: how long it may take, and which models no process survived loading.

A thread in an engine's native code cannot be stopped, and an engine may also take the process down: so what is being loaded is
noted in a file beside the taps, where the process that follows finds it. The file lives as long as the program runs.
"""

import contextlib
import threading
import time
import zlib
from collections.abc import Callable
from pathlib import Path

import msgspec

LOAD_S = 60.0
"""Any model may take so long to be hashed and loaded, on a slow computer that is busy with a call too."""
_BYTES_PER_S = 4_000_000
"""And this much longer by its size: an old disk, read while everything else is."""
HOPELESS = 2
"""A model over which so many processes ended is not loaded again, unless its files change."""
SAY_AFTER_S = 5.0
SAY_EVERY_S = 5.0


class Trial(msgspec.Struct, frozen=True):
    """How often no process came back from loading this model, as its files lay on the disk then (`look`)."""

    model: str
    look: int
    times: int


def limit_s(size: int) -> float:
    """Seconds that a model of so many bytes may take."""
    return LOAD_S + size / _BYTES_PER_S


class LoadWatch:
    """Any thread. Beginning and end are told by the loader, the rest is asked by whoever watches."""

    def __init__(self, path: Path | None = None, clock: Callable[[], float] = time.monotonic) -> None:
        """`path` None: nothing outlives this process."""
        self._path, self._clock = path, clock
        self._lock = threading.Lock()
        self._trials = {trial.model: trial for trial in _read(path)}
        self._now: tuple[str, float, float] | None = None  # the model, since when, how long it may take
        self._said_at = 0.0

    def is_hopeless(self, model: str, look: int) -> bool:
        with self._lock:
            trial = self._trials.get(model)
            return trial is not None and trial.look == look and trial.times >= HOPELESS

    def begin(self, model: str, look: int, allowed_s: float) -> None:
        """From here to `end` the process may hang or die of this model."""
        with self._lock:
            before = self._trials.get(model)
            times = before.times if before is not None and before.look == look else 0
            self._trials[model] = Trial(model, look, times + 1)
            self._now, self._said_at = (model, self._clock(), allowed_s), 0.0
            self._write()

    def end(self) -> None:
        """The engine came back, with the model or without."""
        with self._lock:
            if self._now is not None:
                self._trials.pop(self._now[0], None)
                self._now = None
                self._write()

    @property
    def hangs(self) -> bool:
        with self._lock:
            return self._now is not None and self._clock() - self._now[1] > self._now[2]

    @property
    def model(self) -> str:
        """What is being loaded; "" = nothing."""
        with self._lock:
            return self._now[0] if self._now is not None else ""

    @property
    def rest_s(self) -> float:
        """Seconds that what is being loaded may still take; 0 = nothing is being loaded."""
        with self._lock:
            return 0.0 if self._now is None else max(0.0, self._now[1] + self._now[2] - self._clock())

    def progress(self) -> tuple[str, int] | None:
        """The model and for how many seconds it has been loading, said now and then where that takes long."""
        with self._lock:
            if self._now is None:
                return None
            model, since, _ = self._now
            spent = self._clock() - since
            if spent < SAY_AFTER_S or (self._said_at and spent - self._said_at < SAY_EVERY_S):
                return None
            self._said_at = spent
            return model, int(spent)

    def close(self) -> None:
        """The process ends because it was told to: that is nobody's fault."""
        with self._lock:
            now, self._now = self._now, None
            if now is not None and (trial := self._trials[now[0]]).times > 1:
                self._trials[now[0]] = msgspec.structs.replace(trial, times=trial.times - 1)
            elif now is not None:
                del self._trials[now[0]]
            self._write()

    def _write(self) -> None:
        if self._path is None:
            return
        with contextlib.suppress(OSError):  # a full disk: a model that hangs is tried again, and nothing else is lost
            part = self._path.with_suffix(".part")
            part.write_bytes(msgspec.json.encode(list(self._trials.values())))
            part.replace(self._path)


def look_of(home: Path) -> int:
    """A number that changes with the files of a model; nothing is read."""
    total = 0
    for path in home.rglob("*"):
        with contextlib.suppress(OSError):
            if path.is_file() and not path.name.startswith("installed"):
                found = path.stat()
                total ^= zlib.crc32(f"{path.name} {found.st_size} {found.st_mtime_ns}".encode())
    return total


def _read(path: Path | None) -> list[Trial]:
    if path is None:
        return []
    try:
        return msgspec.json.decode(path.read_bytes(), type=list[Trial])
    except (OSError, msgspec.MsgspecError):
        return []
