"""Cutting one voice into stretches of speech: where each begins, pauses and ends."""

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

from app.speech.engine import RATE, Sound
from app.speech.voice_activity import WINDOW, WINDOW_S

SPEECH = 0.3
"""The chance from which on it is speech: low, for over a telephone the first signs of a sentence are hardly surer."""
BEGIN_WINDOWS = 3
"""Windows of speech, all but one in a row, before a stretch begins: a click is none."""
LEAD_S = 0.5
TAIL_S = 0.3
FALLING_S = 0.06
"""Silence after which a pause is near."""
PAUSE_S = 0.2
"""Silence after which the words so far are worth hearing well: most often nothing more comes."""
END_S = 0.6
"""Silence that ends a stretch. Shorter ones within a sentence stay together."""
LONG_S = 8.0
LONG_END_S = 0.35
"""From LONG_S on a shorter silence ends it."""
MOST_S = 20.0
"""No stretch is longer; it is then cut where the voice was weakest in the last seconds."""
_CUT_BACK_S = 3.0


@dataclass(eq=False)
class Stretch:
    """One stretch of speech, growing until it has ended. `start` counts samples of the channel."""

    start: int
    blocks: list[Sound] = field(default_factory=list)
    length: int = 0
    voiced_to: int = 0
    """Samples, from the beginning, up to the last speech."""
    voiced: int = 0
    """Windows of speech."""
    is_falling_silent: bool = False
    """Whether a pause is near; false again once it has come."""
    is_paused: bool = False
    has_ended: bool = False

    def append(self, block: Sound) -> None:
        self.blocks.append(block)
        self.length += len(block)

    @property
    def silent_s(self) -> float:
        """Seconds since the last speech."""
        return (self.length - self.voiced_to) / RATE

    def sound(self) -> Sound:
        """All up to a little after the last speech, or all there is while somebody speaks."""
        whole = np.concatenate(self.blocks) if self.blocks else np.zeros(0, np.int16)
        self.blocks = [whole]
        return whole[: self.voiced_to + int(TAIL_S * RATE)] if self.is_paused or self.has_ended else whole


class Segmenter:
    """Takes the samples of one channel and says what became of its stretches. One thread."""

    def __init__(self, chances: Callable[[Sound], list[float]]) -> None:
        self._chances = chances
        self._rest = np.zeros(0, np.int16)
        self._lead: list[Sound] = []
        self._recent: list[bool] = []
        self._weakness: list[float] = []
        self._silent = 0
        self._at = 0
        self.open: Stretch | None = None

    @property
    def heard(self) -> int:
        """Samples taken in so far."""
        return self._at + len(self._rest)

    def hear(self, sound: Sound) -> list[Stretch]:
        """The stretches that began, grew, paused or ended by these samples; look at their flags."""
        sound = np.concatenate([self._rest, sound])
        whole = len(sound) // WINDOW * WINDOW
        self._rest = sound[whole:]
        changed: dict[int, Stretch] = {}
        for at, chance in enumerate(self._chances(sound[:whole])):
            before = self.open
            self._step(sound[at * WINDOW : (at + 1) * WINDOW], chance)
            for stretch in (before, self.open):
                if stretch is not None:
                    changed[id(stretch)] = stretch
        return list(changed.values())

    def finish(self) -> Stretch | None:
        """Ends what is open: the call was left or a part of it is missing."""
        ended, self.open = self.open, None
        self._lead, self._recent, self._silent = [], [], 0
        if ended is not None:
            ended.has_ended = True
        return ended

    def _step(self, window: Sound, chance: float) -> None:
        self._at += WINDOW
        if self.open is None:
            self._wait(window, chance)
            return
        self.open.append(window)
        self._weakness.append(chance)
        if chance >= SPEECH:
            self._silent = 0
            self.open.is_paused = self.open.is_falling_silent = False
            self.open.voiced_to = self.open.length
            self.open.voiced += 1
        else:
            self._silent += 1
        self._judge(self.open)

    def _wait(self, window: Sound, chance: float) -> None:
        self._lead = [*self._lead, window][-int(LEAD_S / WINDOW_S + BEGIN_WINDOWS + 1) :]
        self._recent = [*self._recent, chance >= SPEECH][-BEGIN_WINDOWS - 1 :]
        if sum(self._recent) >= BEGIN_WINDOWS:
            self.open = Stretch(self._at - sum(map(len, self._lead)))
            for block in self._lead:
                self.open.append(block)
            self.open.voiced_to = self.open.length
            self.open.voiced = sum(self._recent)
            self._lead, self._recent, self._silent, self._weakness = [], [], 0, []

    def _judge(self, stretch: Stretch) -> None:
        silent_s = self._silent * WINDOW_S
        length_s = stretch.length / RATE
        if silent_s >= (LONG_END_S if length_s > LONG_S else END_S):
            self.finish()
        elif length_s >= MOST_S:
            self._cut(stretch)
        else:
            stretch.is_paused = silent_s >= PAUSE_S
            stretch.is_falling_silent = FALLING_S <= silent_s < PAUSE_S

    def _cut(self, stretch: Stretch) -> None:
        """Ends a stretch that is too long at its weakest place; what came after begins the next."""
        last = self._weakness[-int(_CUT_BACK_S / WINDOW_S) :]
        over = len(last) - int(np.argmin(last)) - 1
        whole = np.concatenate(stretch.blocks)
        keep = len(whole) - over * WINDOW
        stretch.blocks, stretch.length, stretch.voiced_to = [whole[:keep]], keep, min(stretch.voiced_to, keep)
        self.finish()
        self.open = Stretch(stretch.start + keep)
        if over:
            self.open.append(whole[keep:])
        self.open.voiced_to = self.open.length
        self.open.voiced = sum(chance >= SPEECH for chance in last[len(last) - over :])
        self._weakness = last[len(last) - over :] if over else []
