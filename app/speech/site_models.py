"""Models that a site brought itself: copied to the others, hashed, and noted in models.site.toml."""

import re
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec
import tomlkit
from filelock import FileLock, Timeout

from app.errors import ModelError
from app.speech.catalogue import SITE_CATALOGUE, Model, ModelFile, read_catalogue
from app.speech.model_check import STAMP, hash_of, is_harmless, write_stamp

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,79}")
_LANGUAGE = re.compile(r"[a-z]{2,3}")


@dataclass(frozen=True)
class SiteModel:
    """What the site says of a model; the rest is read from its files."""

    name: str
    engine: str
    languages: tuple[str, ...]
    licence: str
    maker: str = ""


def add_to_site(folder: Path, files: Path, wanted: SiteModel) -> Model:
    """Copies the model in `files` below `folder` (where it is not that already), hashes it and notes it; replaces its entry.

    Raises ModelError with the reason; nothing is noted then.
    """
    _check(wanted)
    if not files.is_dir():
        raise ModelError(wanted.name, f"{files} is not a folder")
    if wanted.name in read_catalogue():
        raise ModelError(wanted.name, "is the name of a model of this program: choose another")
    _check_kind(wanted, files)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with FileLock(folder / f".{SITE_CATALOGUE}.lock", timeout=5):
            home = _brought(folder, files, wanted)
            model = _hashed(home, wanted)
            _note(folder / SITE_CATALOGUE, model)
            write_stamp(home, model)
    except Timeout as busy:
        raise ModelError(wanted.name, "another program is adding a model now") from busy
    except OSError as failed:
        raise ModelError(wanted.name, f"{failed.filename or folder}: {failed.strerror or failed}") from failed
    return model


def _check(wanted: SiteModel) -> None:
    if not _NAME.fullmatch(wanted.name):
        raise ModelError(wanted.name, "is no name for a model: letters, digits, dot, dash, at most 80")
    if not wanted.licence.strip():
        raise ModelError(wanted.name, "has no licence: say under which it may be used")
    if not wanted.languages or not all(_LANGUAGE.fullmatch(language) for language in wanted.languages):
        raise ModelError(wanted.name, f"{', '.join(wanted.languages) or 'nothing'} is no language code (zh, en…)")


def _check_kind(wanted: SiteModel, files: Path) -> None:
    """Said at once rather than when a call comes."""
    if wanted.engine == "sherpa-onnx":
        from app.speech.sherpa_models import look_at

        try:
            look_at(files)
        except ValueError as unfit:
            raise ModelError(wanted.name, str(unfit)) from unfit
    needed = {"whisper": ("model.bin", "config.json", "tokenizer.json"), "vosk": ("am/final.mdl", "conf/mfcc.conf")}
    if missing := [name for name in needed.get(wanted.engine, ()) if not (files / name).is_file()]:
        raise ModelError(wanted.name, f"{', '.join(missing)} not found in {files}: is it a {wanted.engine} model?")


def _brought(folder: Path, files: Path, wanted: SiteModel) -> Path:
    home = folder / wanted.name
    if home.exists() and files.resolve() == home.resolve():
        return home
    if home.exists():
        raise ModelError(wanted.name, f"{home} is there already: remove it first, or choose another name")
    part = folder / f".{wanted.name}.part"
    shutil.rmtree(part, ignore_errors=True)
    try:
        shutil.copytree(files, part, ignore=lambda _, names: [name for name in names if name == STAMP or name.startswith(".")])
        part.replace(home)
    except BaseException:
        shutil.rmtree(part, ignore_errors=True)
        raise
    return home


def _hashed(home: Path, wanted: SiteModel) -> Model:
    paths = sorted(path for path in home.rglob("*") if path.is_file() and not is_harmless(path.name))
    files = tuple(ModelFile(path.relative_to(home).as_posix(), path.stat().st_size, hash_of(path)) for path in paths)
    return Model(wanted.name, wanted.engine, wanted.languages, wanted.licence, wanted.maker, files=files)


def _note(path: Path, model: Model) -> None:
    known = read_catalogue(path) if path.exists() else {}
    known[model.name] = model
    document = tomlkit.document()
    document.add(tomlkit.comment("Models of this site, written by `python -m app.speech models add`. See models.toml."))
    document.add("model", tomlkit.item([_entry(each) for each in known.values()]))
    part = path.with_suffix(".part")
    part.write_text(tomlkit.dumps(document), encoding="utf-8")
    read_catalogue(part)
    part.replace(path)


def _entry(model: Model) -> dict[str, Any]:
    """As models.toml has it, without what is empty."""
    plain: dict[str, Any] = msgspec.to_builtins(model)
    return {key: value for key, value in plain.items() if value not in ("", [], (), None)}
