"""What happens to the voices between device and bridge: gain, the ringing tone, the comfort limit, a look at the level.

Everything here runs on the sound system's or the media clock's own threads: it must never wait, raise or log.
"""

from collections.abc import Callable

import numpy as np

from app.telephony.guard import MicrophoneGuard
from app.telephony.limiter import Limiter
from app.telephony.voice_ring import VoiceRing

Hear = Callable[[bytes], None]
Make = Callable[[int], bytes]


class MicrophonePath:
    """Device → `push` → ring → `pull` → bridge. `hear`, where set, gets what is pushed (the pre-shift check)."""

    def __init__(self, guard: MicrophoneGuard) -> None:
        self.ring = VoiceRing()
        self.gain = 1.0
        self.hear: Hear | None = None
        self._guard = guard

    def push(self, samples: bytes) -> None:
        voice = louder(samples, self.gain)
        self.ring.push(voice)
        if self.hear is not None:
            self.hear(samples)

    def pull(self) -> bytes | None:
        """Called by the bridge while somebody is to hear the agent."""
        voice = self.ring.pull()
        self._guard.sent(voice)
        return voice


class EarpiecePath:
    """Bridge → `push` → ring → `pull` → device. `make`, where set, sounds instead of the bridge (the pre-shift check), `beside`
    with it, where it has something to say."""

    def __init__(self) -> None:
        self.ring = VoiceRing()
        self.gain = 1.0
        self.limiter = Limiter()
        self.make: Make | None = None
        self.tone: Callable[[], bytes] | None = None
        self.beside: Callable[[int], bytes | None] = lambda _count: None
        self._rest = b""

    def push(self, frame: bytes) -> None:
        self.ring.push(frame)

    def pull(self, count: int) -> bytes | None:
        """`count` bytes, or None for silence."""
        voice = self.ring.pull(count)
        if self.make is not None:
            return self.make(count)
        further = (self._ringing(self.tone, count) if self.tone is not None else None, self.beside(count))
        for sound in further:
            if sound is not None:
                voice = mixed(voice, sound) if voice is not None else sound
        return self.limiter.limit(louder(voice, self.gain)) if voice is not None else None

    def _ringing(self, tone: Callable[[], bytes], count: int) -> bytes:
        while len(self._rest) < count:
            self._rest += tone()
        taken, self._rest = self._rest[:count], self._rest[count:]
        return taken


def louder(samples: bytes, gain: float) -> bytes:
    if gain == 1.0 or not samples:
        return samples
    scaled = np.frombuffer(samples, "<i2").astype(np.float32) * gain
    return bytes(np.clip(scaled, -32768, 32767).astype("<i2").tobytes())


def mixed(one: bytes, other: bytes) -> bytes:
    """Both voices at once; the lengths must agree."""
    both = np.frombuffer(one, "<i2").astype(np.int32) + np.frombuffer(other, "<i2")
    return bytes(np.clip(both, -32768, 32767).astype("<i2").tobytes())
