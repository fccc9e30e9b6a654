"""Sees that models were installed, mended or removed while nothing can listen."""

from pathlib import Path

from app.desk.commands import LoadEars
from app.speech.model_check import STAMP

Sight = frozenset[tuple[str, int, int]]
"""Path, size and time of every file."""


def sight_of(wish: LoadEars) -> Sight:
    """How the wished models lie on the disk now: a few questions to the file system, nothing is read."""
    return frozenset(seen for name in wish.models for path in (Path(wish.folder) / name).rglob("*") if (seen := _seen(path)))


def _seen(path: Path) -> tuple[str, int, int] | None:
    """None for what is no file of the model: our own stamp, a folder, a file that is gone again."""
    try:
        found = path.stat()
    except OSError:
        return None
    is_of_model = path.is_file() and not path.name.startswith(STAMP.partition(".")[0])
    return (str(path), found.st_size, found.st_mtime_ns) if is_of_model else None
