"""Reading resources/announcements.toml: what callers hear, and which of it lies there as sound."""

from collections.abc import Iterable
from pathlib import Path

from app.domain.announcement import Announcement
from app.storage.toml_file import TomlFile, TomlTable


def read_announcements(path: Path) -> tuple[Announcement, ...]:
    """Raises SettingsError(file, line, what, allowed)."""
    file = TomlFile(path)
    file.top.allow("voice", "announcement")
    voice = file.top.text("voice")
    read: dict[str, Announcement] = {}
    for table in file.tables("announcement"):
        announcement = _announcement(table, voice)
        if announcement.key in read:
            raise table.wrong("key", f"key = {announcement.key!r} twice", ("another key",))
        read[announcement.key] = announcement
    return tuple(read.values())


def sounds_there(announcements: Iterable[Announcement], folder: Path) -> dict[str, str]:
    """The absolute paths of the sounds that lie in `folder`, by key; announcements without sound are left out."""
    paths = {announcement.key: folder.absolute() / announcement.file_name for announcement in announcements}
    return {key: str(path) for key, path in paths.items() if path.is_file()}


def _announcement(table: TomlTable, voice: str) -> Announcement:
    table.allow("key", "text", "spoken", "file")
    key, text, name = table.text("key"), table.text("text"), table.text("file", "")
    if not text.strip():
        raise table.wrong("text", "text is empty", ('"text"',))
    if not key.replace("_", "").isalnum() or not key.isascii():
        raise table.wrong("key", f"key = {key!r}", ("a-z, 0-9, _",))
    if name and Path(name).name != name:
        raise table.wrong("file", f"file = {name!r}", ("a file in resources/sounds",))
    return Announcement(key, text, table.text("spoken", text), voice, name)
