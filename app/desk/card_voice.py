"""The hand-off card's voice: sentence by sentence, the first is heard while the next are still being made."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from app.desk.events import SpeechMade
from app.domain.call import CallId

PATIENCE_S = 20.0
"""A sentence that is not made so long after the last was heard will not come."""

KEPT = 10
"""Sentences kept for another reading: the speech process removes old ones."""


@dataclass(slots=True)
class _Reading:
    """`left`: texts still to be played; `until`: when what was played so far has been heard."""

    call: CallId
    left: list[str]
    until: float
    has_begun: bool = False


class CardVoice:
    """Main thread. `ask(request, text)` has a sentence made, `play(call, path, follows)` plays it, after the one before."""

    def __init__(
        self,
        ask: Callable[[str, str], bool],
        play: Callable[[CallId, str, bool], bool],
        new_request: Callable[[], str],
    ) -> None:
        self._ask, self._play, self._new_request = ask, play, new_request
        self._asked: dict[str, str] = {}  # request → text, in the order in which they will be made
        self._made: dict[str, SpeechMade] = {}  # by text
        self._reading: _Reading | None = None

    @property
    def call(self) -> CallId | None:
        """The call that the card is being read into."""
        return self._reading.call if self._reading is not None else None

    def know(self, text: str, path: str, seconds: float) -> None:
        """A sentence that lies there already."""
        self._made[text] = SpeechMade("", path, seconds)

    def prepare(self, texts: Sequence[str]) -> bool:
        """Has sentences made ahead; False where nobody can be asked."""
        for text in texts:
            if text not in self._made and text not in self._asked.values():
                request = self._new_request()
                if not self._ask(request, text):
                    return False
                self._asked[request] = text
        return True

    def begin(self, call: CallId, texts: Sequence[str], now: float) -> bool:
        """False where there is no voice."""
        if not self.prepare(texts):
            return False
        self._reading = _Reading(call, list(texts), now)
        self._go_on(now)
        return True

    def hear(self, event: SpeechMade, now: float) -> bool:
        """Whether it was a sentence of ours. They are made in order: one that was passed over could not be spoken."""
        if event.request not in self._asked:
            return False
        while (request := next(iter(self._asked))) != event.request:
            del self._asked[request]
        self._made[self._asked.pop(event.request)] = event
        self._go_on(now)
        return True

    def stop(self) -> None:
        self._reading = None
        for text in list(self._made)[:-KEPT]:
            del self._made[text]

    def is_over(self, now: float) -> bool:
        """Whether the last sentence has been heard, or the voice keeps us waiting in vain."""
        return self._reading is not None and now >= self._reading.until + (PATIENCE_S if self._reading.left else 0.0)

    def gives_up(self) -> bool:
        """Whether something is left unsaid; what was asked for is forgotten, so that the next reading asks anew."""
        self._asked.clear()
        return self._reading is not None and bool(self._reading.left)

    def _go_on(self, now: float) -> None:
        reading = self._reading
        while reading is not None and reading.left:
            made = self._made.get(reading.left[0])
            if made is None and reading.left[0] in self._asked.values():
                return
            reading.left.pop(0)
            if made is not None and self._play(reading.call, made.path, reading.has_begun):
                reading.until = max(reading.until, now) + made.seconds
                reading.has_begun = True
