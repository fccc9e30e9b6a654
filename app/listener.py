"""`python -m app.listener [NAME …]`: shows which speech models there are, or chooses which of them listens."""

# ruff: noqa: T201  it speaks to a terminal

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path

import platformdirs

from app.errors import ModelCorrupt, ModelError, SettingsError
from app.settings import Settings, load, save
from app.speech.catalogue import RECOGNISERS, Model, default_folder
from app.speech.models import ModelFolder


def main(arguments: Sequence[str] | None = None) -> int:
    """Exit code 0 where the choice stands in the settings now, 1 where it cannot be used."""
    asked = _parser().parse_args(arguments)
    home = asked.home or Path(os.environ.get("JIESU_HOME") or platformdirs.user_data_dir("jiesu", appauthor=False))
    path = home.expanduser() / "settings.toml"
    settings = load(path)
    try:
        folder = ModelFolder(Path(settings.text("speech.folder") or default_folder()))
        if not asked.names:
            return _show(folder, settings)
        for name in asked.names:
            _check(folder, name, asked.language)
        save(path, {"speech.models": tuple(asked.names)})
    except ModelError as wrong:
        print(f"{': '.join(wrong.values)}. Nothing was changed.", file=sys.stderr)
        return 1
    except (OSError, SettingsError) as refused:
        print(f"{path} was not written: {refused}", file=sys.stderr)
        return 1
    print(f"{', '.join(asked.names)}: noted in {path}. A console that runs takes it up at its next start; in its settings "
          "(Ctrl+,) the same choice works at once.")  # fmt: skip
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m app.listener", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help="the model that is to listen, then those that stand in for it")
    parser.add_argument("--home", type=Path, help="folder of the console's settings (default: JIESU_HOME, else the user's)")
    parser.add_argument("--language", default="zh")
    return parser


def _check(folder: ModelFolder, name: str, language: str) -> None:
    """Raises ModelError where this model could not listen."""
    if name in folder.models and folder.models[name].engine not in RECOGNISERS:
        raise ModelError(name, "speaks and does not listen")
    with folder.opened(name, language):
        pass


def _show(folder: ModelFolder, settings: Settings) -> int:
    chosen = settings.words("speech.models")
    recognisers = [model for model in folder.models.values() if model.engine in RECOGNISERS]
    for model in sorted(recognisers, key=lambda model: (chosen.index(model.name) if model.name in chosen else 99, model.name)):
        place = str(chosen.index(model.name) + 1) if model.name in chosen else "-"
        print(f"{place:2} {model.name:32} {model.engine:12} {model.size >> 20:5} MB  {','.join(model.languages):6} "
              f"{model.licence:12} {_state(folder, model)}")  # fmt: skip
    print(f"in {folder.folder}; the first of 1, 2, … that is installed listens")
    return 0


def _state(folder: ModelFolder, model: Model) -> str:
    try:
        folder.find(model.name)
    except ModelCorrupt as corrupt:
        return f"broken: {corrupt.values[1]}"
    except ModelError:
        return "not installed"
    return "installed"


if __name__ == "__main__":
    sys.exit(main())
