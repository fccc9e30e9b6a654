"""Plays announcements into the bridge: at once, or politely."""

from collections import deque

from app.telephony.courtesy import CallerVoice, Manners, Tell, Turn


class Announcer:
    """`pull` runs on the media clock, the rest on the SIP thread. What was asked for politely waits behind what is being
    played; what is to be heard at once takes the place of all."""

    def __init__(self, caller: CallerVoice | None = None, tell: Tell | None = None) -> None:
        self._frames: deque[bytes] = deque()
        self._caller = caller or CallerVoice()
        self._manners = Manners(self._caller, tell or (lambda _request, _how: None))

    def play(self, frames: list[bytes]) -> None:
        """Replaces what is being played."""
        self._manners.clear()
        self._frames = deque(frames)

    def add(self, frames: list[bytes]) -> None:
        """Goes on with these after what is being played."""
        self._frames.extend(frames)

    def play_politely(self, turn: Turn) -> None:
        self._manners.add(turn)

    def stop(self) -> None:
        self._frames = deque()
        self._manners.clear()

    def stop_turns(self) -> None:
        """Ends what was asked for politely; whoever asked is told that it was not heard."""
        self._manners.clear()

    @property
    def is_playing(self) -> bool:
        """Something is heard, or waits to be."""
        return bool(self._frames) or self._manners.is_busy

    def pull(self) -> bytes | None:
        try:
            frame: bytes | None = self._frames.popleft()
        except IndexError:
            frame = self._manners.next_frame() if self._manners.is_busy else None
        if frame is not None:
            self._caller.playing(frame)
        return frame
