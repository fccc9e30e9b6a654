"""A voice for the agent's ear alone (eyes-free): beside whatever goes on, never in the bridge, never over the caller."""

import threading

from app.telephony.courtesy import CallerVoice, Manners, Tell, Turn
from app.telephony.voice_paths import mixed


class EarVoice:
    """`play` and `stop` may be called from any thread; `pull` runs on the sound system's. The newest replaces what is there."""

    def __init__(self, caller: CallerVoice, tell: Tell) -> None:
        self._manners = Manners(caller, tell)
        self._lock = threading.Lock()
        self._rest = b""

    def play(self, turn: Turn) -> None:
        self._manners.clear()
        with self._lock:
            self._rest = b""
        self._manners.add(turn)

    def stop(self) -> None:
        self._manners.clear()
        with self._lock:
            self._rest = b""

    def pull(self, count: int) -> bytes | None:
        """`count` bytes, or None while there is nothing to be heard."""
        if not self._manners.is_busy and not self._rest:
            return None
        with self._lock:
            while len(self._rest) < count and (frame := self._manners.next_frame()) is not None:
                self._rest += frame
            taken, self._rest = self._rest[:count], self._rest[count:]
        return taken + bytes(count - len(taken)) if taken else None


def beside(one: bytes | None, other: bytes | None) -> bytes | None:
    """Both sounds of the same length at once, where both are there."""
    if one is None or other is None:
        return one or other
    return mixed(one, other)
