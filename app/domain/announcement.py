"""An announcement (提示音): words that a caller hears, and the sound file they are kept in."""

import hashlib
import wave
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path


class SoundEnd(StrEnum):
    """How a sound that was to be heard ended."""

    HEARD = "heard"
    WAITED = "waited"  # the caller made no pause for as long as it could wait
    CUT = "cut"  # the caller began to speak
    STOPPED = "stopped"  # by the agent, or for another sound
    FAILED = "failed"  # it cannot be read


@dataclass(frozen=True, slots=True)
class Announcement:
    """`text` is read on the screen, `spoken` is what the voice says; `file` is a recording of the city's own, "" = made."""

    key: str
    text: str
    spoken: str
    voice: str
    file: str = ""

    @property
    def mark(self) -> str:
        """Eight signs that change with the words and the voice: a sound of other words is never played for these."""
        return hashlib.sha256(f"{self.voice}\n{self.spoken}".encode()).hexdigest()[:8]

    @property
    def file_name(self) -> str:
        return self.file or f"{self.key}-{self.mark}.wav"


def seconds_of(path: Path) -> float:
    """How long a WAV file is; raises OSError, EOFError, wave.Error where it is none."""
    with wave.open(str(path), "rb") as file:
        return file.getnframes() / file.getframerate()
