"""What can be said of the recognisers at a glance: sizes are looked at, nothing is read or hashed."""

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from app.errors import ModelError
from app.speech.catalogue import RECOGNISERS, Model, read_catalogue, read_site
from app.speech.model_check import STAMP


class ModelState(StrEnum):
    INSTALLED = "installed"
    INCOMPLETE = "incomplete"
    ABSENT = "absent"


@dataclass(frozen=True)
class Glance:
    """One recogniser as a person who chooses sees it; `size` in bytes."""

    name: str
    engine: str
    size: int
    languages: tuple[str, ...]
    licence: str
    state: ModelState


def glances(folder: Path) -> tuple[Glance, ...]:
    """All recognisers of the catalogues; a damaged models.toml gives none."""
    try:
        known = {**read_site(folder)[0], **read_catalogue()}
    except ModelError:
        return ()
    return tuple(_glance(folder, model) for model in known.values() if model.engine in RECOGNISERS)


def _glance(folder: Path, model: Model) -> Glance:
    home = folder / model.name
    return Glance(model.name, model.engine, model.size, model.languages, model.licence, _state(home, model))


def _state(home: Path, model: Model) -> ModelState:
    try:
        if not home.is_dir():
            return ModelState.ABSENT
        if not model.files:
            return ModelState.INSTALLED if (home / STAMP).is_file() else ModelState.INCOMPLETE
        is_whole = all((home / file.path).stat().st_size == file.size for file in model.files)
    except OSError:
        return ModelState.INCOMPLETE
    return ModelState.INSTALLED if is_whole else ModelState.INCOMPLETE
