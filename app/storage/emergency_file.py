"""Reading resources/danger: the words of danger and of abuse, wordings by line or kind, words that take the sense away."""

from dataclasses import fields
from pathlib import Path

from app.domain.abuse import KINDS, AbuseWords
from app.domain.emergency import LINES, MATTERS, EmergencyWords
from app.domain.linear_text import Weights
from app.domain.spotting import Contexts, Frame
from app.domain.wordings import Classes, segments_of, words_of
from app.errors import SettingsError
from app.storage.toml_file import TomlFile, TomlTable

_FRAME = ("weight", "is_feared", "is_past", "without", "words")
_CONTEXTS = tuple(field.name for field in fields(Contexts) if field.name != "ordinary")
COMMON, CONTEXTS, ABUSE, ORDINARY = "classes.toml", "contexts.toml", "abuse.toml", "ordinary.txt"
LEARNT = "learnt.bin"


def read_emergency_words(folder: Path) -> EmergencyWords:
    """All files of `folder` but those of abuse: contexts.toml, classes.toml, and the wordings. Raises SettingsError."""
    common = _classes(TomlFile(folder / COMMON), {})
    frames: list[Frame] = []
    for path in sorted(folder.glob("*.toml")):
        if path.name not in (COMMON, CONTEXTS, ABUSE):
            file = TomlFile(path)
            file.top.allow("classes", "frames")
            classes = _classes(file, common)
            for table in file.tables("frames"):
                table.allow("line", "matter", *_FRAME)
                line = table.text("line", allowed=LINES)
                matter = table.text("matter", "", allowed=("", *MATTERS))
                frames += _frames(table, f"{line}:{matter}" if matter else line, classes)
    return EmergencyWords(tuple(frames), _contexts(TomlFile(folder / CONTEXTS), folder))


def read_abuse_words(folder: Path) -> AbuseWords:
    """Raises SettingsError."""
    file = TomlFile(folder / ABUSE)
    file.top.allow("classes", "frames", *_CONTEXTS)
    classes = _classes(file, {})
    frames: list[Frame] = []
    for table in file.tables("frames"):
        table.allow("kind", *_FRAME)
        frames += _frames(table, table.text("kind", allowed=KINDS), classes)
    return AbuseWords(tuple(frames), _contexts(file, folder))


def read_learnt(folder: Path) -> Weights:
    """What was learnt of danger. Raises SettingsError where the file is missing or spoilt."""
    path = folder / LEARNT
    try:
        return Weights.from_bytes(path.read_bytes())
    except (OSError, ValueError) as wrong:
        raise SettingsError(path, 1, str(wrong), ("the file as it was delivered",)) from wrong


def _contexts(file: TomlFile, folder: Path) -> Contexts:
    return Contexts(**{name: file.top.texts(name) for name in _CONTEXTS}, ordinary=_ordinary(folder / ORDINARY))


def _ordinary(path: Path) -> frozenset[str]:
    """One spelling a line; "#" begins a remark. A folder without the file knows none."""
    if not path.exists():
        return frozenset()
    return frozenset(line for line in path.read_text("utf-8").splitlines() if line and not line.startswith("#"))


def _classes(file: TomlFile, known: Classes) -> Classes:
    """The classes of a file beside those it may use; {other} within a class stands for the words of the other."""
    table = file.table("classes")
    classes = dict(known)
    for name in table.values if table is not None else ():
        assert table is not None
        classes[name] = tuple(word for text in table.texts(name) for word in _words(table, name, text, classes))
    return classes


def _words(table: TomlTable, name: str, text: str, classes: Classes) -> tuple[str, ...]:
    try:
        return words_of(text, classes)
    except KeyError as missing:
        raise table.wrong(name, text, [f"{{{known}}}" for known in classes]) from missing


def _frames(table: TomlTable, tag: str, classes: Classes) -> list[Frame]:
    weight = table.whole("weight") if "weight" in table.values else 2
    is_feared, is_past, without = table.flag("is_feared", False), table.flag("is_past", False), table.texts("without")
    frames = []
    for wording in table.texts("words"):
        try:
            segments = segments_of(wording, classes)
        except KeyError as missing:
            raise table.wrong("words", wording, [f"{{{name}}}" for name in classes]) from missing
        except ValueError as empty:
            raise table.wrong("words", wording, ("no empty part",)) from empty
        frames.append(Frame(tag, segments, weight, is_feared, is_past, without))
    return frames
