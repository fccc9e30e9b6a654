"""The recording of a call (通话录音): how it stands, what the call's record keeps of it, and when it may be destroyed."""

from dataclasses import dataclass
from enum import StrEnum

DAY_S = 86_400.0

VOICE_RATE = 16_000
"""Samples a second of a sentence that is played (A-law: as many bytes)."""

AROUND_S = 0.3
"""Sound played before and after a sentence: recognisers cut close."""


class RecordingPolicy(StrEnum):
    """Which calls are recorded."""

    ALL = "all"
    NONE = "none"
    BY_AGENT = "by_agent"  # when the agent says so


class RecordingStage(StrEnum):
    OFF = "off"
    RUNNING = "running"
    PAUSED = "paused"  # sensitive data is being said: silence of the same length is kept in its place
    FAILED = "failed"  # the disk took nothing; goes on by itself when it does
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class RecordingMark:
    """What the call's record says of its recording. `sha256` is of the file as it lies there, enciphered."""

    sha256: str
    seconds: float
    size: int
    is_whole: bool = True


@dataclass(frozen=True, slots=True)
class KeptRecording:
    """A recording as the store knows it. Times are Unix seconds, 0 = not yet; `began_at` is when the call was answered."""

    call: str  # its id
    began_at: float
    mark: RecordingMark
    uploaded_at: float = 0.0
    held_for: str = ""  # why it must not be destroyed (legal hold); "" = nobody needs it
    destroyed_at: float = 0.0

    def may_go(self, now: float, keep_days: float) -> bool:
        """Whether it may be destroyed here: the centre has it, its days are over, and nobody holds it."""
        is_safe = self.uploaded_at > 0 and not self.destroyed_at
        return is_safe and not self.held_for and now - self.uploaded_at >= keep_days * DAY_S


@dataclass(frozen=True, slots=True)
class RecordingRules:
    """What the site decided: which calls, whether the caller is told, and how many days a recording stays here once the
    centre has it."""

    policy: RecordingPolicy = RecordingPolicy.ALL
    is_announced: bool = True
    keep_days: float = 30.0
