"""`python -m app.speech models list|install|verify`: the installer's command line."""

# ruff: noqa: T201  it speaks to a terminal

import argparse
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from app.errors import ModelCorrupt, ModelError
from app.speech.catalogue import default_folder
from app.speech.models import ModelFolder


def run_models(arguments: Sequence[str]) -> int:
    """Exit code 0 where all that was asked for is there and whole, 1 where not, 130 where the user broke it off."""
    asked = _parser().parse_intermixed_args(arguments)
    try:
        folder = ModelFolder(asked.folder or default_folder())
        if asked.action == "list":
            return _list(folder)
        names = asked.names or list(folder.models)
        return max(_do(asked, folder, name) for name in names)
    except ModelError as wrong:
        print(_sentence(wrong), file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("Broken off; the next install goes on from here.", file=sys.stderr)
        return 130


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m app.speech models", description="Speech models of this console.")
    parser.add_argument("action", choices=("list", "install", "verify"))
    parser.add_argument("names", nargs="*", metavar="NAME", help="models of models.toml; all of them where none is named")
    parser.add_argument("--folder", type=Path, help="where models lie (default: JIESU_MODELS, else speech_models)")
    parser.add_argument("--from", type=Path, dest="origin", metavar="DIR_OR_FILE", help="take the files from here instead")
    parser.add_argument("--quiet", action="store_true", help="say only what went wrong")
    return parser


def _list(folder: ModelFolder) -> int:
    for model in folder.models.values():
        try:
            folder.find(model.name)
            state = "installed"
        except ModelCorrupt as corrupt:
            state = f"broken: {corrupt.values[1]}"
        except ModelError:
            state = "-"
        languages = ",".join(model.languages)
        print(f"{model.name:28} {model.engine:8} {languages:8} {model.size >> 20:5} MB  {model.licence:12} {state}")
    print(f"in {folder.folder}")
    return 0


def _do(asked: argparse.Namespace, folder: ModelFolder, name: str) -> int:
    try:
        if asked.action == "verify":
            folder.verify(name)
        else:
            if folder.has(name):
                _say(asked.quiet, f"{name} is installed.")
                return 0
            folder.install(name, _Progress(asked.quiet), asked.origin)
    except ModelError as wrong:
        print(_sentence(wrong), file=sys.stderr)
        return 1
    _say(asked.quiet, f"{name} is whole." if asked.action == "verify" else f"{name} is installed now.")
    return 0


def _say(is_quiet: bool, text: str) -> None:
    if not is_quiet:
        print(text, flush=True)


def _sentence(wrong: ModelError) -> str:
    if isinstance(wrong, ModelCorrupt):
        model, file, *why = wrong.values
        return f"{model}: {file} is broken: it has not the hash that models.toml names{f' ({why[0]})' if why else ''}."
    return f"{': '.join(wrong.values)}."


class _Progress:
    """One line that grows on a terminal; elsewhere a line for each file."""

    def __init__(self, is_quiet: bool) -> None:
        self._is_quiet = is_quiet
        self._is_terminal = sys.stdout.isatty()
        self._shown_at = 0.0

    def __call__(self, what: str, at: int, size: int) -> None:
        is_done = at >= size
        if self._is_quiet or (not is_done and (not self._is_terminal or time.monotonic() - self._shown_at < 0.1)):
            return
        self._shown_at = time.monotonic()
        text = f"{what}  {at / 1e6:.1f} of {size / 1e6:.1f} MB"
        print(
            f"\r\x1b[K{text}" if self._is_terminal else text, end="" if self._is_terminal and not is_done else "\n", flush=True
        )
