"""Whether what is said is written down by a recogniser: what the site decided, and how it stands with one call."""

from dataclasses import dataclass
from enum import StrEnum

from app.domain.recording import RecordingPolicy


class RecognitionStage(StrEnum):
    OFF = "off"
    TELLING = "telling"  # the caller is being told; nothing is recognised before he has heard it
    ON = "on"
    REFUSED = "refused"  # the caller objects


@dataclass(frozen=True, slots=True)
class RecognitionRules:
    """Which calls, and whether the caller is told before the first word."""

    policy: RecordingPolicy = RecordingPolicy.ALL
    is_announced: bool = False
