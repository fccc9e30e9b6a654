"""The one executable: without a role it is the launcher, with one it is the window or a process behind it."""

import argparse
import os
import runpy
import sys
from collections.abc import Callable
from pathlib import Path

from app import VERSION

PARTS = ("app.speech", "app.speech.voice_child", "app.practice")


def main(arguments: list[str]) -> int:
    if arguments[:1] == ["--part"]:
        return _part(arguments[1], arguments[2:])
    options = _options(arguments)
    if options.role is None and options.standby is None:
        return _launch(options, arguments)
    if options.standby is not None:
        from ui.standby import wait_for_turn

        if not wait_for_turn(options.standby):
            return 0
        options.role = options.standby
    roles: dict[str, Callable[[argparse.Namespace], int]] = {
        "window": _window,
        "telephony": _telephony,
        "speech": _speech,
        "practice": lambda _: _practice("exchange"),
        "trainer": lambda _: _practice("trainer", "--index", "0"),
        "trainer2": lambda _: _practice("trainer", "--index", "1"),
    }
    return roles[options.role](options)


def _options(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="jiesu", description="Jiesu (接诉): the workstation of a 12345 citizen hotline")
    parser.add_argument("--home", type=Path, help="folder for settings, store and logs (a second console needs its own)")
    parser.add_argument("--no-centre", action="store_true", help="do not start a centre on this machine")
    parser.add_argument("--no-practice", action="store_true", help="do not start the practice exchange")
    parser.add_argument("--practice", metavar="SCENARIO", help='let this citizen call as soon as the window is up ("any")')
    parser.add_argument("--wallboard", action="store_true", help="open the wallboard too")
    parser.add_argument("--smoke", action="store_true", help="answer one practice call and end: 0 when all went well")
    parser.add_argument("--state-file", type=Path, help="write what the window shows to this file (tests and support)")
    parser.add_argument("--version", action="version", version=VERSION)
    parser.add_argument("--role", help=argparse.SUPPRESS)
    parser.add_argument("--standby", help=argparse.SUPPRESS)
    parser.add_argument("rest", nargs="*", help=argparse.SUPPRESS)
    return parser.parse_args(arguments)


def _launch(options: argparse.Namespace, arguments: list[str]) -> int:
    import platformdirs

    from app.logs import set_up
    from app.settings import load
    from ui.display import NO_DISPLAY, has_display
    from ui.launcher import Launcher, Plan

    if not has_display():
        print(NO_DISPLAY, file=sys.stderr)
        return 2
    home = options.home or Path(os.environ.get("JIESU_HOME") or platformdirs.user_data_dir("jiesu", appauthor=False))
    home = home.expanduser().resolve()
    set_up("launcher", home / "logs")
    settings = load(home / "settings.toml")
    models = Path(settings.text("speech.folder") or os.environ.get("JIESU_MODELS") or _own_folder() / "speech_models")
    is_frozen = bool(getattr(sys, "frozen", False))
    plan = Plan(
        home=home,
        models=models,
        settings=settings,
        arguments=tuple(arguments),
        has_centre=not (options.no_centre or options.smoke or is_frozen),
        has_practice=options.smoke or (settings.claim("practice.is_on") and not options.no_practice),
    )
    return Launcher(plan).run()


def _own_folder() -> Path:
    return Path(getattr(sys, "_MEIPASS", Path(__file__).resolve().parent.parent))


def _window(options: argparse.Namespace) -> int:
    from ui.window import open_window

    return open_window(options, VERSION)


def _telephony(_: argparse.Namespace) -> int:
    from app.telephony.process import run_from_environment

    _log("telephony")
    return run_from_environment()


def _speech(_: argparse.Namespace) -> int:
    from app.speech.process import run_from_environment

    _log("speech")
    return run_from_environment()


def _practice(*arguments: str) -> int:
    from app.practice.command_line import main as practise
    from app.practice.lifetime import leave

    _log(arguments[0])
    leave(practise(arguments))


def _part(module: str, arguments: list[str]) -> int:
    """A built program has no `python -m`: its children name the module they are to be."""
    if module not in PARTS:
        return 2
    sys.argv = [module, *arguments]
    runpy.run_module(module, run_name="__main__")
    return 0


def _log(role: str) -> None:
    from app.logs import set_up
    from app.places import Places

    set_up(role, Places.from_env().logs)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
