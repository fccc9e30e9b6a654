"""Reading resources/intake/kinds.bin: what was learnt of how callers begin a request of each kind."""

from pathlib import Path

from app.domain.linear_text import LinearText, SoundGrams, Weights
from app.domain.sound import SoundOf
from app.domain.ticket import RequestKind
from app.errors import SettingsError


def read_kinds(path: Path, sound_of: SoundOf) -> LinearText:
    """Raises SettingsError where the file is missing, spoilt, or of other kinds."""
    try:
        weights = Weights.from_bytes(path.read_bytes())
    except (OSError, ValueError) as wrong:
        raise SettingsError(path, 1, str(wrong), ("the file as it was delivered",)) from wrong
    if set(weights.labels) != set(RequestKind):
        raise SettingsError(path, 1, ", ".join(weights.labels), tuple(RequestKind))
    return LinearText(weights, SoundGrams(sound_of))
