"""Reading resources/emergency_words.toml."""

from pathlib import Path

from app.domain.emergency import ENOUGH, LINES, EmergencySign, EmergencyWords
from app.storage.toml_file import TomlFile

_LISTS = ("harmless", "denied", "unreal", "present", "explained")


def read_emergency_words(path: Path) -> EmergencyWords:
    """Raises SettingsError."""
    file = TomlFile(path)
    file.top.allow("signs", *_LISTS)
    signs = []
    for table in file.tables("signs"):
        table.allow("line", "is_enough", "by_sound", "is_always", "words")
        line = table.text("line", allowed=LINES)
        weight = ENOUGH if table.flag("is_enough") else ENOUGH - 1
        by_sound, always = table.flag("by_sound", False), table.flag("is_always", False)
        signs += [EmergencySign(line, wording, weight, by_sound, always) for wording in table.texts("words")]
    return EmergencyWords(tuple(signs), **{name: file.top.texts(name) for name in _LISTS})
