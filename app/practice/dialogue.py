"""Turn taking of a citizen: when to speak, to say it again, to stop, and to hang up. No clock, no sound, no thread."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto

from app.practice.scenario import Ending, Turn, Wait


@dataclass(frozen=True, slots=True)
class Pace:
    """How patient a citizen is, in seconds."""

    greeting_s: float = 2.5  # for the agent's greeting to begin, from the answer or the end of a hold
    linger_s: float = 15.0  # of silence before hanging up once all is said
    barge_s: float = 0.8  # of the agent's voice in the citizen's own sentence before one that yields falls silent


PACE = Pace()


@dataclass(frozen=True, slots=True)
class Moment:
    """What the citizen perceives now. `at` counts seconds since the answer."""

    at: float
    is_voice: bool  # the other side speaks
    is_playing: bool  # our own sentence is still being spoken
    is_held: bool = False


@dataclass(frozen=True, slots=True)
class Speak:
    """Begin to speak turn `turn`, or its `if_silent` sentence."""

    turn: int
    is_reminder: bool = False


@dataclass(frozen=True, slots=True)
class FallSilent:
    """Stop in the middle of the sentence."""


@dataclass(frozen=True, slots=True)
class HangUp:
    pass


Action = Speak | FallSilent | HangUp


class _Doing(Enum):
    GREETED = auto()  # waits for the greeting, or for the first word after a hold
    SPEAKING = auto()
    LISTENING = auto()
    GONE = auto()


class Dialogue:
    """Ask `step` every few ten milliseconds; carry out what it answers before the next step."""

    def __init__(self, turns: Sequence[Turn], ending: Ending, yields: bool = False, pace: Pace = PACE) -> None:
        self._turns, self._ending, self._yields, self._pace = tuple(turns), ending, yields, pace
        self._doing = _Doing.GREETED
        self._next = Speak(0)
        self._since = 0.0  # silence of the other side is counted from here
        self._has_heard = False
        self._voice_since: float | None = None
        self._is_reminded = False
        self._is_held = False

    @property
    def is_all_said(self) -> bool:
        return self._next.turn >= len(self._turns)

    def step(self, now: Moment) -> Action | None:
        if self._doing is _Doing.GONE:
            return None
        if now.is_held or self._is_held:
            return self._while_held(now)
        self._follow_voice(now)
        match self._doing:
            case _Doing.GREETED:
                return self._await_greeting(now)
            case _Doing.SPEAKING:
                return self._while_speaking(now)
            case _:
                return self._listen(now)

    def _follow_voice(self, now: Moment) -> None:
        if not now.is_voice:
            self._voice_since = None
        elif self._voice_since is None:
            self._voice_since = now.at

    def _while_held(self, now: Moment) -> Action | None:
        """A citizen on hold says nothing; afterwards it waits to be spoken to, and then says again what was cut off."""
        was_held, self._is_held = self._is_held, now.is_held
        if now.is_held and not was_held:
            return self._cut_off() if self._doing is _Doing.SPEAKING else None
        if not now.is_held:
            self._since, self._has_heard, self._voice_since = now.at, False, None
        return None

    def _cut_off(self) -> FallSilent:
        self._doing = _Doing.GREETED
        self._has_heard = False
        return FallSilent()

    def _await_greeting(self, now: Moment) -> Action | None:
        if now.is_voice:
            self._has_heard = True
            return None
        if self._has_heard or now.at - self._since >= self._pace.greeting_s:
            return self._speak()
        return None

    def _while_speaking(self, now: Moment) -> Action | None:
        if now.is_playing:
            if self._yields and self._voice_since is not None and now.at - self._voice_since >= self._pace.barge_s:
                self._since = now.at
                return self._cut_off()
            return None
        self._doing = _Doing.LISTENING
        self._since, self._has_heard = now.at, now.is_voice
        self._is_reminded = self._next.is_reminder
        self._next = Speak(self._next.turn + 1)
        return None

    def _listen(self, now: Moment) -> Action | None:
        silent_s = now.at - self._since
        if now.is_voice:
            self._has_heard, self._since = True, now.at
            return None
        if self.is_all_said:
            return self._at_the_end(silent_s)
        turn = self._turns[self._next.turn]
        if turn.wait is Wait.PAUSE:
            return self._speak() if silent_s >= turn.pause_s else None
        if self._has_heard:
            return self._speak()
        return self._remind_or_go_on(silent_s)

    def _remind_or_go_on(self, silent_s: float) -> Action | None:
        said = self._turns[self._next.turn - 1]
        if silent_s < said.patience_s:
            return None
        return self._remind() or self._speak()

    def _at_the_end(self, silent_s: float) -> Action | None:
        """The last sentence may be repeated once; then the citizen stays, or leaves a line on which nobody speaks."""
        if not self._has_heard and silent_s >= self._turns[-1].patience_s and (reminder := self._remind()):
            return reminder
        if self._ending is Ending.HANGS_UP and silent_s >= self._pace.linger_s:
            self._doing = _Doing.GONE
            return HangUp()
        return None

    def _remind(self) -> Speak | None:
        """The `if_silent` sentence of the turn spoken last, once."""
        if self._is_reminded or not self._turns[self._next.turn - 1].if_silent:
            return None
        self._next = Speak(self._next.turn - 1, is_reminder=True)
        return self._speak()

    def _speak(self) -> Speak:
        self._doing = _Doing.SPEAKING
        return self._next
