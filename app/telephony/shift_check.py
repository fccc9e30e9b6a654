"""The check before the shift (班前检查): twenty seconds that find a headset nobody could hear, before a citizen does.

Silence (noise of the room), a sentence (level, clipping), a chirp in the ear (echo and the device's own delay), the ringer. All
but `interrupt` and the two sound callbacks runs on the audio thread.
"""

import threading
import time
from collections.abc import Callable

from app.desk.events import DeskEvent, ShiftCheckChanged, ShiftFinding
from app.telephony.check_findings import Recording, chirps, findings, rms
from app.telephony.voice_paths import EarpiecePath, MicrophonePath

STEPS = (("silence", 3.0), ("sentence", 7.0), ("echo", 3.0), ("ringer", 7.0))
"""The steps and how long each lasts, in seconds; the last ends when the agent answers."""
TOTAL_S = sum(seconds for _, seconds in STEPS)


class ShiftCheck:
    """One at a time. `floor`: the microphone the last check heard and its own noise, None before."""

    def __init__(
        self,
        microphone: MicrophonePath,
        earpiece: EarpiecePath,
        tell: Callable[[DeskEvent], None],
        ring: Callable[[bool], None],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._microphone, self._earpiece, self._tell, self._ring, self._clock = microphone, earpiece, tell, ring, clock
        self._lock = threading.Lock()
        self._recordings: dict[str, Recording] = {}
        self._step = -1
        self._step_began = 0.0
        self._devices = ("", "")
        self._played = b""
        self._ringer: bool | None = None
        self._has_answer = self._is_interrupted = False
        self.last: ShiftCheckChanged | None = None
        self.floor: tuple[str, float] | None = None

    @property
    def is_running(self) -> bool:
        return self._step >= 0

    def begin(self, microphone: str, earpiece: str, is_idle: bool) -> None:
        """Starts, or starts over; refused while a call is up, failed without a microphone and an earpiece."""
        if self.is_running:
            self._leave("cancelled")
        self._devices = (microphone, earpiece)
        if not is_idle or not (microphone and earpiece):
            self._say("refused" if not is_idle else "failed")
            return
        self._recordings = {name: Recording() for name, _ in STEPS}
        self._has_answer = self._is_interrupted = False
        self._ringer = None
        self._microphone.hear = self._hear
        self._enter(0)

    def interrupt(self) -> None:
        """Any thread: the devices are the call's from this moment on."""
        if self.is_running:
            self._microphone.hear = self._earpiece.make = None
            self._is_interrupted = True

    def cancel(self) -> None:
        if self.is_running:
            self._leave("cancelled")

    def tell_ringer_heard(self, is_heard: bool) -> None:
        if self.is_running and STEPS[self._step][0] == "ringer":
            self._ringer, self._has_answer = is_heard, True
            self.look(True)

    def look(self, is_idle: bool) -> None:
        """Goes on to the next step when the time has come; to be called about ten times a second."""
        if not self.is_running:
            return
        if self._is_interrupted or not is_idle:
            self._leave("interrupted")
            return
        gone = self._clock() - self._step_began
        if gone >= STEPS[self._step][1] or self._has_answer:
            self._next()
        else:
            self._say(STEPS[self._step][0], self._progress(gone))

    # --- the sound system's threads ---

    def _hear(self, samples: bytes) -> None:
        if self.is_running:
            self._recordings[STEPS[self._step][0]].add(samples)

    def _make(self, count: int) -> bytes:
        with self._lock:
            sound, self._played = self._played[:count], self._played[count:]
        if sound and not self._recordings["echo"].played_at:
            self._recordings["echo"].play_began()
        return sound + bytes(count - len(sound))

    # --- the audio thread ---

    def _enter(self, step: int) -> None:
        self._step, self._step_began = step, self._clock()
        name = STEPS[step][0]
        self._earpiece.make = None
        if name == "echo":
            self._played = chirps()
            self._earpiece.make = self._make
        if name == "ringer":
            self._ring(True)
        self._say(name, self._progress(0.0))

    def _next(self) -> None:
        if self._step + 1 < len(STEPS):
            self._enter(self._step + 1)
            return
        found = findings(self._recordings, self._ringer if self._has_answer else None)
        self.floor = (self._devices[0], rms(self._recordings["silence"].samples()))
        self._leave("done", found)

    def _leave(self, step: str, found: tuple[ShiftFinding, ...] = ()) -> None:
        is_ringing = STEPS[self._step][0] == "ringer"
        self._step = -1
        self._microphone.hear = self._earpiece.make = None
        if is_ringing and not self._is_interrupted:
            self._ring(False)
        self._say(step, 1.0 if step == "done" else 0.0, found)
        self._recordings = {}

    def _progress(self, gone: float) -> float:
        return (sum(seconds for _, seconds in STEPS[: self._step]) + gone) / TOTAL_S

    def _say(self, step: str, progress: float = 0.0, found: tuple[ShiftFinding, ...] = ()) -> None:
        level = self._recordings[step].level() if step in self._recordings else -90.0
        said = ShiftCheckChanged(step, progress, level, found, *self._devices, at=time.time())
        if step == "done":
            self.last = said
        self._tell(said)
