"""Calls that end while no speech process is there: what was said then is heard late or marked as missing."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from app.desk.commands import HearOut
from app.desk.core import Ports
from app.desk.events import Heard, ProcessFound, ProcessLost
from app.desk.hearing import Hearing
from app.desk.policy import Policy, Rules
from app.desk.recognition import Recognition
from app.desk.speech_commands import number_of_gap
from app.desk.state import CallView, DeskState
from app.desk.workplace import Workplace
from app.domain.call import CallId, CallStage
from app.domain.transcript import Speaker, Utterance

PATIENCE_S = 30.0
"""So long a speech process may take to come back: longer than the taps keep sound, and than a restart ever took."""
_HEARD_OUT_S = 60.0
"""A process that was asked to hear a call out and dies within this had perhaps not told all of it."""


@dataclass(frozen=True, slots=True)
class _Unheard:
    """Unix times: answered, since when nobody listened, ended, and when a process was asked to hear it out (0 = not yet)."""

    since: float
    lost_at: float
    ended_at: float
    asked_at: float = 0.0


class UnheardCalls(Recognition, Hearing, Workplace):
    """The mark is made by whoever knows: the process that comes back and reads the taps, or this part where none comes."""

    def __init__(self, ports: Ports, policy: Policy, rules: Rules, show: Callable[[DeskState], None]) -> None:
        super().__init__(ports, policy, rules, show)
        self._deaf_since: float | None = None
        self._unheard: dict[CallId, _Unheard] = {}

    def _on_process_lost(self, event: ProcessLost) -> None:
        if event.process == "speech":
            self._lose_unmade()
            now = self.rules.clock()
            self._deaf_since = self._deaf_since or now
            asked = [call for call, known in self._unheard.items() if known.asked_at and now - known.asked_at < _HEARD_OUT_S]
            for call in asked:
                self._mark_unheard(call)
        super()._on_process_lost(event)

    def _on_process_found(self, event: ProcessFound) -> None:
        if event.process == "speech":
            now, deaf_since, self._deaf_since = self.rules.clock(), self._deaf_since, None
            if deaf_since is not None:
                self._mark_unheard_beginnings(deaf_since, now)
            for call, known in self._unheard.items():
                if not known.asked_at and self.ports.ears.send(HearOut(call, known.since, known.lost_at, known.ended_at)):
                    self._unheard[call] = replace(known, asked_at=now)
        super()._on_process_found(event)

    def _end_listening(self, view: CallView, at: float) -> bool:
        was_told = super()._end_listening(view, at)
        if self._may_listen(view.call) and (self._deaf_since is not None or not was_told):
            lost_at = max(view.answered_at, self._deaf_since or view.answered_at)
            self._unheard[view.call] = _Unheard(view.answered_at, lost_at, at)
        return was_told

    def _forget(self, call: CallId) -> None:
        """The case leaves the desk: what is not marked now never is."""
        if (known := self._unheard.get(call)) is not None and not known.asked_at:
            self._mark_unheard(call)
        self._unheard.pop(call, None)
        super()._forget(call)

    def _watch_unheard(self, at: float) -> None:
        for call, known in list(self._unheard.items()):
            if known.asked_at:
                if at - known.asked_at >= _HEARD_OUT_S:
                    del self._unheard[call]
            elif at - known.ended_at >= PATIENCE_S:
                self._mark_unheard(call)

    def _mark_unheard_beginnings(self, deaf_since: float, now: float) -> None:
        """Of a call that was answered meanwhile no process knows where it would have to go on: it listens from now on."""
        for view in self.state.calls:
            is_up = view.stage in (CallStage.TALKING, CallStage.HELD) and self._may_listen(view.call)
            if is_up and view.answered_at >= deaf_since:
                self._mark(view.call, view.answered_at, view.answered_at, now)

    def _mark_unheard(self, call: CallId) -> None:
        known = self._unheard.pop(call)
        self._mark(call, known.since, known.lost_at, known.ended_at)

    def _mark(self, call: CallId, since: float, begin: float, end: float) -> None:
        """All are Unix times; `since`: when the call was answered."""
        number = number_of_gap(begin)
        for speaker in Speaker if end > begin else ():
            mark = Utterance(speaker, number, "", begin - since, end - since, True, confidence=0.0, is_missing=True)
            self._on_heard(Heard(call, mark))
