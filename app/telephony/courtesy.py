"""Good manners: whether the caller is speaking just now, and sounds that wait for a pause of his and give way to his voice."""

import threading
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from app.domain.announcement import SoundEnd
from app.telephony.ports import FRAME_MS

PAUSE_S = 0.6
"""So long the caller has been silent before something is said into the call."""
EAR_PAUSE_S = 0.3
"""The same for the agent's own ear: he can hear both, if he must."""

_WINDOW = 1500 // FRAME_MS
_ABOVE_DB, _LEAST_DBFS, _NOISE_DBFS = 8.0, -52.0, -34.0
"""A voice is louder than the noise by 8 dB; noise is what was quietest in 1.5 s, and never taken to be above -34 dBFS: a caller
who shouts without a break is heard all the same."""
_ECHO_DB, _ECHO_FRAMES = 18.0, 15
"""What we play comes back from the line quieter than this, within 300 ms."""
_BEGUN, _OF = 5, 8
"""A voice has begun when 100 ms of the last 160 are loud: a click or a knock is none."""

Tell = Callable[[str, SoundEnd], None]


class CallerVoice:
    """Hears whether the caller speaks. `hear` and `playing` run on the media clock; the rest may be asked by any thread."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._levels: deque[float] = deque(maxlen=_WINDOW)
        self._loud: deque[bool] = deque(maxlen=_OF)
        self._played: deque[float] = deque(maxlen=_ECHO_FRAMES)
        self._playing = -90.0
        self._spoke_at = float("-inf")

    def hear(self, frame: bytes) -> None:
        """One frame of the caller's side, 16 bit mono."""
        level = level_of(frame)
        self._levels.append(level)
        self._played.append(self._playing)
        self._playing = -90.0
        bound = max(_LEAST_DBFS, min(*self._levels, _NOISE_DBFS) + _ABOVE_DB, max(self._played) - _ECHO_DB)
        self._loud.append(level > bound)
        if sum(self._loud) >= _BEGUN:
            self._spoke_at = self._clock()

    def playing(self, frame: bytes) -> None:
        """What the caller hears of ours, before his own side of that tick: its echo is not his voice."""
        self._playing = level_of(frame)

    @property
    def is_speaking(self) -> bool:
        return self.quiet_s < 2 * FRAME_MS / 1000

    @property
    def quiet_s(self) -> float:
        """How long he has not been speaking; without end where nobody is on the line."""
        return self._clock() - self._spoke_at


def level_of(frame: bytes) -> float:
    """dBFS of a frame, -90 for silence."""
    samples = np.frombuffer(frame, "<i2").astype(np.float32)
    power = float((samples * samples).mean()) / 32768.0**2 if samples.size else 0.0
    return float(10 * np.log10(power)) if power > 1e-9 else -90.0


@dataclass(slots=True)
class Turn:
    """A sound that waits for the caller's pause: `tries` times it begins, `patience_s` it waits each time."""

    request: str
    frames: list[bytes]
    patience_s: float
    tries: int = 1
    pause_s: float = PAUSE_S


class Manners:
    """One turn after the other; `next_frame` is asked on one thread again and again while there is something to be played."""

    def __init__(self, caller: CallerVoice, tell: Tell, clock: Callable[[], float] = time.monotonic) -> None:
        self._caller, self._tell, self._clock = caller, tell, clock
        self._lock = threading.Lock()
        self._turns: deque[Turn] = deque()
        self._place = -1  # -1 = waits
        self._since = 0.0

    def add(self, turn: Turn) -> None:
        """Any thread."""
        with self._lock:
            if not self._turns:
                self._begin_waiting()
            self._turns.append(turn)

    def clear(self) -> None:
        """Any thread; what was to be played is told as stopped."""
        with self._lock:
            gone = list(self._turns)
            self._turns.clear()
        for turn in gone:
            self._tell(turn.request, SoundEnd.STOPPED)

    @property
    def is_busy(self) -> bool:
        return bool(self._turns)

    def next_frame(self) -> bytes | None:
        """The next piece, or None while it waits."""
        with self._lock:
            frame, ended = self._step()
        if ended is not None:
            self._tell(*ended)
        return frame

    def _step(self) -> tuple[bytes | None, tuple[str, SoundEnd] | None]:
        if not self._turns:
            return None, None
        turn = self._turns[0]
        if self._place < 0 and not self._may_begin(turn):
            is_lost = self._clock() - self._since >= turn.patience_s
            return None, self._end(turn, SoundEnd.WAITED) if is_lost else None
        if turn.patience_s and self._place > 0 and self._caller.is_speaking:
            return None, self._give_way(turn)
        self._place = max(0, self._place)
        if self._place >= len(turn.frames):
            return None, self._end(turn, SoundEnd.HEARD)
        frame = turn.frames[self._place]
        self._place += 1
        return frame, None

    def _may_begin(self, turn: Turn) -> bool:
        return not turn.patience_s or self._caller.quiet_s >= turn.pause_s

    def _give_way(self, turn: Turn) -> tuple[str, SoundEnd] | None:
        turn.tries -= 1
        if turn.tries > 0:
            self._begin_waiting()
            return None
        return self._end(turn, SoundEnd.CUT)

    def _end(self, turn: Turn, how: SoundEnd) -> tuple[str, SoundEnd]:
        self._turns.popleft()
        self._begin_waiting()
        return turn.request, how

    def _begin_waiting(self) -> None:
        self._place, self._since = -1, self._clock()
