"""A sentence out of a recording, played into the agent's ear beside whatever goes on: it never enters the conference bridge,
so that no caller can come to hear it."""

from collections import deque
from io import BytesIO

from app.voice_file import from_alaw


class Playback:
    """`play` may be called from any thread; `pull` runs on the sound system's."""

    def __init__(self) -> None:
        self._wanted: deque[bytes] = deque(maxlen=1)
        self._voice = BytesIO()

    def play(self, voice: bytes) -> None:
        """A-law of 16 kHz in the place of what is being played; empty: stops."""
        self._wanted.append(from_alaw(voice).astype("<i2").tobytes())

    def pull(self, count: int) -> bytes | None:
        """`count` bytes, or None when nothing is being played."""
        if self._wanted:
            self._voice = BytesIO(self._wanted.pop())
        data = self._voice.read(count)
        return data + bytes(count - len(data)) if data else None
