"""A call, its parties and its stages."""

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import NewType

from app.domain.quality import CallQuality
from app.domain.recording import RecordingMark

CallId = NewType("CallId", str)
"""32 hexadecimal digits, made by the telephony process; the same for audio taps, words, journal and records."""

NO_CALL = CallId("")


class Direction(StrEnum):
    INCOMING = "incoming"
    OUTGOING = "outgoing"


class CallStage(StrEnum):
    RINGING = "ringing"
    DIALLING = "dialling"
    TALKING = "talking"
    HELD = "held"
    ENDED = "ended"


class LegPurpose(StrEnum):
    """Why a further leg hangs on a call."""

    EMERGENCY = "emergency"
    THREE_WAY = "three_way"
    SILENT = "silent"  # hears caller and agent; the caller hears nothing of it


class LegStage(StrEnum):
    DIALLING = "dialling"
    RINGING = "ringing"
    TALKING = "talking"
    ENDED = "ended"
    FAILED = "failed"


class HandOverStep(StrEnum):
    """How far a caller was handed over to an emergency line."""

    TOGETHER = "together"  # the two talk through this console, the agent is out
    TRANSFERRED = "transferred"  # the exchange joined them without us
    REFUSED = "refused"  # the exchange would not: they stay together here
    TAKEN_BACK = "taken_back"  # the agent is on the call again
    RETURNED = "returned"  # the line went, the caller is still there: back with the agent


_DIGITS = re.compile(r"\+?[0-9]{3,20}")
_FILLERS = str.maketrans("", "", " -()\t")


def clean_number(raw: str) -> str:
    """The caller's number as digits with an optional leading +, or "" where `raw` holds none.

    A number with "/", letters or nothing at all must neither match another caller's record nor stop the call
    (agents' complaint 13), so what is not wholly a number is no number.
    """
    bare = raw.translate(_FILLERS)
    return bare if _DIGITS.fullmatch(bare) else ""


def masked(number: str) -> str:
    """The number as screens and logs may show it: 1381…00."""
    return f"{number[:4]}…{number[-2:]}" if len(number) > 6 else number


@dataclass(frozen=True, slots=True)
class CallRecord:
    """What remains of a call (通话记录): kept locally and sent to the centre. Times are Unix seconds; 0 = did not happen."""

    call: CallId
    number: str
    direction: Direction
    rang_at: float
    answered_at: float
    ended_at: float
    agent: str
    ended_by: str = ""
    origin: str = ""  # the line it came in on, from the headers, where the exchange says it
    headers: tuple[tuple[str, str], ...] = ()
    quality: CallQuality | None = None  # None = the line was never measured
    recording: RecordingMark | None = None  # None = not recorded, or not finished yet
    continues: CallId = NO_CALL  # the call whose case went on in this one

    @property
    def wait_s(self) -> float:
        """Seconds from the first ring to the answer, or to the end of a call nobody answered (GB/T 33358: at most 15 s)."""
        return max(0.0, (self.answered_at or self.ended_at) - self.rang_at)


@dataclass(frozen=True, slots=True)
class EmergencyRecord:
    """One press of an emergency button (R18): when, which line, which number was dialled, who pressed, what came of it."""

    call: CallId
    line: str  # "110", "119", "120" or "122"
    target: str  # the address dialled
    route: str  # "pbx" or "gateway"
    pressed_by: str
    pressed_at: float
    answered_at: float = 0.0
    outcome: str = ""  # "dialling", "answered", "failed: …", "undone", "ended", "handed over", "silent: …"
