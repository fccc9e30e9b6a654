"""Announcements and their sounds; `python -m app.announcing` speaks those that have none into resources/sounds."""

# ruff: noqa: T201  it speaks to a terminal

import argparse
import sys
import wave
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from app.desk.policy import Policy
from app.domain.announcement import Announcement, seconds_of
from app.domain.notice import Gravity, Notice, NoticeCode
from app.errors import JiesuError, SettingsError
from app.storage.announcements import read_announcements, sounds_there

if TYPE_CHECKING:
    from app.speech.voice import VoiceMaker

RESOURCES = Path(__file__).resolve().parent.parent / "resources"
LARGEST = 200_000
"""Bytes that a made announcement may have: nobody listens longer than six seconds."""


def with_announcements(policy: Policy, resources: Path) -> tuple[Policy, Notice | None]:
    """The policy with every sound that lies there and the words whose sound is still to be made.

    A file that was edited wrongly silences the announcements and is told with a notice; it does not stop the console.
    """
    try:
        announcements = read_announcements(resources / "announcements.toml")
    except SettingsError as wrong:
        return policy, Notice(NoticeCode.SETTINGS_WRONG, wrong.values, Gravity.ERROR)
    there = {key: path for key, path in sounds_there(announcements, resources / "sounds").items() if _is_sound(path)}
    unspoken = tuple(announcement for announcement in announcements if announcement.key not in there)
    texts = {announcement.key: announcement.text for announcement in announcements}
    sound_s = {key: seconds_of(Path(there[key])) for key in there}
    return replace(policy, announcements=there, unspoken=unspoken, sound_s=sound_s, announcement_texts=texts), None


def _is_sound(path: str) -> bool:
    """A damaged file counts as missing: a notice that cannot be played must not be counted as heard."""
    try:
        return seconds_of(Path(path)) > 0
    except (OSError, EOFError, wave.Error):
        return False


def main(arguments: Sequence[str] = ()) -> int:
    """Exit code 0 where every announcement has its sound; sounds of words that were changed are removed."""
    from app.speech.catalogue import default_folder  # every window reads announcements, hardly anybody makes them
    from app.speech.voice import VoiceMaker

    parser = argparse.ArgumentParser(prog="python -m app.announcing", description="Makes the announcements callers hear.")
    parser.add_argument("--all", action="store_true", help="make those anew that lie there already")
    parser.add_argument("--models", type=Path, help="where the voice lies (default: JIESU_MODELS, else speech_models)")
    asked = parser.parse_args(list(arguments))
    try:
        announcements = read_announcements(RESOURCES / "announcements.toml")
        with VoiceMaker(asked.models or default_folder()) as maker:
            for announcement in announcements:
                _make(announcement, RESOURCES / "sounds", maker, asked.all)
    except (JiesuError, OSError, ValueError) as wrong:
        print(wrong, file=sys.stderr)
        return 1
    wanted = {announcement.file_name for announcement in announcements}
    for old in (RESOURCES / "sounds").glob("*-????????.wav"):
        if old.name not in wanted:
            old.unlink()
            print(f"removed {old.name}")
    return 0


def _make(announcement: Announcement, folder: Path, maker: "VoiceMaker", is_all: bool) -> None:
    path = folder / announcement.file_name
    if announcement.file and not path.is_file():
        raise ValueError(f"{announcement.key}: {path.name} is not in {folder}")
    if announcement.file or (path.exists() and not is_all):
        return
    from app.speech.levelling import level_file

    part = path.with_name(f"new-{path.name}")
    maker.make(announcement.spoken, announcement.voice, part)
    level_file(part)
    if part.stat().st_size > LARGEST:
        part.unlink()
        raise ValueError(f"{announcement.key}: too long to be listened to")
    part.replace(path)
    print(f"{path.name}: {path.stat().st_size // 1000} kB")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
