"""`python -m app.speech models list|install|verify|add`: the installer's command line."""

# ruff: noqa: T201  it speaks to a terminal

import argparse
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from app.errors import ModelCorrupt, ModelError, ModelForeign, ModelStranger, ModelUnreadable
from app.speech.catalogue import RECOGNISERS, SITE_CATALOGUE, default_folder
from app.speech.models import ModelFolder
from app.speech.site_models import SiteModel, add_to_site


def run_models(arguments: Sequence[str]) -> int:
    """Exit code 0 where all that was asked for is there and whole, 1 where not, 130 where the user broke it off."""
    if arguments[:1] == ["add"]:
        return _add(_add_parser().parse_args(arguments[1:]))
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
    parser = argparse.ArgumentParser(prog="python -m app.speech models", description="Speech models of this console.",
                                     epilog="`add NAME …` makes known a model of the site's own: `add --help`.")  # fmt: skip
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
    if folder.site_wrong:
        print(f"{SITE_CATALOGUE} cannot be read: {folder.site_wrong.values[-1]}", file=sys.stderr)
    return 1 if folder.site_wrong else 0


def _add_parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m app.speech models add",
        description="Makes known a model that this site brought itself, and writes the hashes of its files to "
        f"{SITE_CATALOGUE}: from then on it is used only as it is now. Whether it is what its maker gave, the site must have "
        "made sure of.",
    )
    parser.add_argument("name", metavar="NAME", help="letters, digits, dot, dash")
    parser.add_argument("--engine", required=True, choices=RECOGNISERS)
    parser.add_argument(
        "--files", required=True, type=Path, metavar="DIR", help="the unpacked model; copied unless it lies there"
    )
    parser.add_argument("--licence", required=True, help='as its maker names it, e.g. "Apache-2.0"')
    parser.add_argument("--languages", nargs="+", default=["zh"], metavar="LANGUAGE", help='default: "zh"')
    parser.add_argument("--maker", default="", help="who made it and where it was got")
    parser.add_argument("--folder", type=Path, help="where models lie (default: JIESU_MODELS, else speech_models)")
    return parser


def _add(asked: argparse.Namespace) -> int:
    wanted = SiteModel(asked.name, asked.engine, tuple(asked.languages), asked.licence, asked.maker)
    try:
        model = add_to_site(asked.folder or default_folder(), asked.files, wanted)
    except ModelError as wrong:
        print(_sentence(wrong), file=sys.stderr)
        return 1
    for file in model.files:
        print(f"{file.sha256}  {file.path}  {file.size}")
    print(f"{model.name} is known now ({model.engine}, {model.size >> 20} MB). Use it: python -m app.listener {model.name}")
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
        return f"{model}: {file} is broken: {why[0] if why else 'it has not the hash that the catalogue names'}."
    if isinstance(wrong, ModelForeign):
        return "{} is for {}, not for {}.".format(*wrong.values)
    if isinstance(wrong, ModelStranger):
        return "{}: {} is not of this model; remove it.".format(*wrong.values)
    if isinstance(wrong, ModelUnreadable):
        return "{}: {} cannot be read: {}.".format(*wrong.values)
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
