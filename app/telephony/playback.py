"""A sentence out of a recording, played into the agent's ear beside whatever goes on: a caller can never be wired to it."""

from collections import deque

from app.telephony.ports import FRAME_BYTES
from app.voice_file import from_alaw

PLAYBACK = "playback"


class Playback:
    """`play` may be called from any thread; `pull` runs on the media clock."""

    def __init__(self) -> None:
        self._frames: deque[bytes] = deque()

    def play(self, voice: bytes) -> None:
        """A-law of 16 kHz in the place of what is being played; empty: stops."""
        data = from_alaw(voice).astype("<i2").tobytes()
        data += bytes(-len(data) % FRAME_BYTES)
        self._frames = deque(data[place : place + FRAME_BYTES] for place in range(0, len(data), FRAME_BYTES))

    def pull(self) -> bytes | None:
        try:
            return self._frames.popleft()
        except IndexError:
            return None
