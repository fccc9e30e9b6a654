"""A citizen on an answered line: hears what comes in, speaks what the script says, and knows when to go."""

import collections
from collections.abc import Callable, Iterator, Mapping

from app.practice.cached_speech import CachedSpeech, lines_of
from app.practice.dialogue import PACE, Dialogue, FallSilent, HangUp, Moment, Pace, Speak
from app.practice.scenario import Scenario
from app.practice.sounds import FRAME_BYTES, VoiceDetector

_EARS_FRAMES = 256

Sounds = Mapping[Speak, bytes]
"""What each thing a citizen may say sounds like."""


def sounds_of(
    scenario: Scenario, speech: CachedSpeech, made: Callable[[int, int], None] = lambda _of, _all: None
) -> dict[Speak, bytes]:
    """Takes seconds where a voice must still be made: `made` is told how many of how many sentences are ready.

    Raises ModelError for a recording that cannot be read.
    """
    wanted = dict(zip(_sayings(scenario), lines_of(scenario), strict=True))
    sounds: dict[Speak, bytes] = {}
    for said, line in wanted.items():
        made(len(sounds), len(wanted))
        sounds[said] = speech.sound(line)
    return sounds


def _sayings(scenario: Scenario) -> Iterator[Speak]:
    """In the order of `lines_of`."""
    for place, turn in enumerate(scenario.turns):
        yield Speak(place)
        if turn.if_silent:
            yield Speak(place, is_reminder=True)


class Playback:
    """Frames of one sound; belongs to the media clock's thread, but anyone may ask whether it is done."""

    def __init__(self, sound: bytes = b"") -> None:
        self._sound = sound
        self._at = 0

    @property
    def is_done(self) -> bool:
        return self._at >= len(self._sound)

    def pull(self) -> bytes | None:
        frame = self._sound[self._at : self._at + FRAME_BYTES]
        self._at += FRAME_BYTES
        return frame.ljust(FRAME_BYTES, b"\0") if frame else None


class Citizen:
    """`pull` and `push` belong to the media clock's thread and never wait; `live` to the thread that owns the calls."""

    def __init__(self, scenario: Scenario, sounds: Sounds, pace: Pace = PACE) -> None:
        self._sounds = sounds
        self._dialogue = Dialogue(scenario.turns, scenario.ending, scenario.yields, pace)
        self._detector = VoiceDetector()
        self._heard: collections.deque[bytes] = collections.deque(maxlen=_EARS_FRAMES)
        self._playback = Playback()

    def pull(self) -> bytes | None:
        return self._playback.pull()

    def push(self, frame: bytes) -> None:
        self._heard.append(frame)

    def live(self, at: float, is_held: bool) -> bool:
        """Takes in what was heard since the last time and acts on it; False once the citizen wants to hang up."""
        while self._heard:
            self._detector.hear(self._heard.popleft())
        match self._dialogue.step(Moment(at, self._detector.is_voice, not self._playback.is_done, is_held)):
            case Speak() as said:
                self._playback = Playback(self._sounds[said])
            case FallSilent():
                self._playback = Playback()
            case HangUp():
                return False
            case None:
                pass
        return True
