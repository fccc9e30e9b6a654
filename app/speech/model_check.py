"""Whether an installed model is, byte for byte, what the catalogue names; and the stamp that spares reading it all each time.

The stamp notes size, time and hash of each file. It only shortens looks (`fast`); what is loaded is hashed each time (`held`).
"""

import contextlib
import hashlib
import os
from collections.abc import Iterator
from pathlib import Path

import msgspec

from app.errors import ModelCorrupt, ModelError, ModelStranger, ModelUnreadable
from app.speech.catalogue import Model

STAMP = "installed.json"
_ARCHIVE = "<archive>"
"""The stamp's entry for the archive that the files came from."""
_OTHERS = ("thumbs.db", "desktop.ini")
_OTHER_SUFFIXES = (".md", ".part", ".wav", ".log")
"""Files that lie about in folders and that no engine reads."""

_Mark = tuple[int, int, int, int]
"""Size, times of content and entry, and number of a file."""


class Seen(msgspec.Struct, frozen=True):
    size: int
    mtime_ns: int
    sha256: str


Stamp = dict[str, Seen]


class Check:
    """One look at one model's folder."""

    def __init__(self, home: Path, model: Model) -> None:
        self._home, self._model = home, model

    def fast(self) -> Path:
        """Hashes what changed since the stamp. Raises ModelError, ModelCorrupt."""
        stamp = _read_stamp(self._home)
        self._settle({path: self._see(path, sha256, stamp.get(path)) for path, sha256 in self._wanted(stamp).items()}, stamp)
        return self._home

    def full(self) -> Path:
        """Hashes everything. Raises ModelError, ModelCorrupt."""
        stamp = _read_stamp(self._home)
        self._settle({path: self._see(path, sha256, None) for path, sha256 in self._wanted(stamp).items()}, stamp)
        return self._home

    @contextlib.contextmanager
    def held(self) -> Iterator[Path]:
        """Hashes everything, and looks again after the block whether the files are still those."""
        stamp = _read_stamp(self._home)
        wanted = self._wanted(stamp)
        self._refuse_strangers(wanted)
        before = {path: self._mark(path) for path in wanted}
        self._settle({path: self._see(path, sha256, None) for path, sha256 in wanted.items()}, stamp)
        yield self._home
        for path, mark in before.items():
            if self._mark(path) != mark:
                raise ModelCorrupt(self._model.name, path, "was changed while it was loaded")

    def _wanted(self, stamp: Stamp) -> dict[str, str]:
        """Path and hash of each file; of an archive's files the stamp knows them, if it is of this very archive."""
        if self._model.files:
            return {file.path: file.sha256 for file in self._model.files}
        archive = self._model.archive
        told = {path: seen.sha256 for path, seen in stamp.items() if path != _ARCHIVE}
        if not told:
            raise ModelError(self._model.name, "is not installed")
        if archive and _ARCHIVE in stamp and stamp[_ARCHIVE].sha256 == archive.sha256:
            return told
        raise ModelError(self._model.name, "is another version, or was not installed by this program")

    def _settle(self, fresh: Stamp, stamp: Stamp) -> None:
        if _ARCHIVE in stamp:
            fresh = {_ARCHIVE: stamp[_ARCHIVE], **fresh}
        if fresh != stamp:
            with contextlib.suppress(OSError):  # a folder that may only be read is checked anew each time
                _write(self._home / STAMP, msgspec.json.encode(fresh))

    def _see(self, path: str, sha256: str, before: Seen | None) -> Seen:
        model = self._model.name
        size, mtime_ns, *_ = self._mark(path)
        if before and (before.size, before.mtime_ns, before.sha256) == (size, mtime_ns, sha256):
            return before
        for file in self._model.files:
            if file.path == path and size < file.size:
                raise ModelCorrupt(model, path, f"has {size} of {file.size} bytes: copying it was broken off")
        try:
            actual = hash_of(self._home / path)
        except OSError as unreadable:
            raise ModelUnreadable(model, path, unreadable.strerror or "") from unreadable
        if actual != sha256:
            raise ModelCorrupt(model, path)
        return Seen(size, mtime_ns, sha256)

    def _mark(self, path: str) -> _Mark:
        try:
            found = (self._home / path).stat()
        except (FileNotFoundError, NotADirectoryError):
            if not self._home.is_dir():
                raise ModelError(self._model.name, "is not installed") from None
            raise ModelError(self._model.name, f"{path} is missing") from None
        except OSError as unreadable:
            raise ModelUnreadable(self._model.name, path, unreadable.strerror or "") from unreadable
        return found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino

    def _refuse_strangers(self, wanted: dict[str, str]) -> None:
        """An engine reads what it finds: a file that nobody has hashed must not lie there."""
        try:
            paths = sorted(path for path in self._home.rglob("*") if not path.is_dir())
        except OSError as unreadable:
            raise ModelUnreadable(self._model.name, self._home.name, unreadable.strerror or "") from unreadable
        for path in paths:
            name = path.relative_to(self._home).as_posix()
            if name not in wanted and not is_harmless(path.name):
                raise ModelStranger(self._model.name, name)


def hash_of(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def write_stamp(home: Path, model: Model) -> None:
    """Notes size, time and hash of every file; only called after all hashes were found right."""
    known = {file.path: file.sha256 for file in model.files}
    seen: Stamp = {}
    if model.archive:
        seen[_ARCHIVE] = Seen(model.archive.size, 0, model.archive.sha256)
    for path in sorted(path for path in home.rglob("*") if path.is_file() and path.name != STAMP):
        name = path.relative_to(home).as_posix()
        if known and name not in known:
            continue
        found = path.stat()
        seen[name] = Seen(found.st_size, found.st_mtime_ns, known.get(name) or hash_of(path))
    _write(home / STAMP, msgspec.json.encode(seen))


def _read_stamp(home: Path) -> Stamp:
    """Empty where there is none, or none that can be used; raises ModelUnreadable where the system refuses."""
    try:
        return msgspec.json.decode((home / STAMP).read_bytes(), type=Stamp)
    except PermissionError as refused:
        raise ModelUnreadable(home.name, STAMP, refused.strerror or "") from refused
    except (OSError, msgspec.MsgspecError):
        return {}


def is_harmless(name: str) -> bool:
    small = name.lower()
    return (
        small.startswith((".", STAMP.partition(".")[0], "readme", "license", "licence"))
        or small in _OTHERS
        or small.endswith(_OTHER_SUFFIXES)
    )


def _write(path: Path, data: bytes) -> None:
    part = path.with_suffix(f".{os.getpid()}.part")
    part.write_bytes(data)
    part.replace(path)
