"""Who is this caller (R15, R16, N1): repeated and silent calls, a lead's mark on the number. It advises and blocks nothing."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from app.desk.commands import PlaySound
from app.desk.events import CallEnded, Heard
from app.desk.hearing import Hearing
from app.desk.phone import UP, Phone
from app.desk.shield_events import CallerKnown, NumberMarked
from app.desk.shield_state import CallShield
from app.desk.shield_wishes import AskCaller, KeepMark, KeepSeen
from app.desk.state import CallView
from app.domain.call import CallId, CallStage, Direction, clean_number
from app.domain.callers import DAY_S, NumberMark, PastCall, repeats, standing_mark
from app.domain.notice import Gravity, NoticeCode
from app.domain.shield import AbuseRules, Shield, ShieldStep
from app.domain.transcript import Speaker

SILENT_HELP = "silent_help"
HELP_KEY = "1"


class CallerWatch(Phone, Hearing):
    """Keeps what the screen shows of each call's shield; other parts of the shield build on it."""

    @property
    def abuse(self) -> AbuseRules:
        return self.policy.abuse

    def _shield_of(self, call: CallId) -> CallShield:
        return self.state.shield.of(call)

    def _change_shield(self, call: CallId, **changes: Any) -> CallShield:
        """Changes what is shown of one call; calls that have left the desk leave with it."""
        changed = replace(self._shield_of(call), **changes)
        there = {view.call for view in self.state.calls}
        calls: Mapping[CallId, CallShield] = {
            known: shown for known, shown in {**self.state.shield.calls, call: changed}.items() if known in there
        }
        self._change(shield=replace(self.state.shield, calls=calls))
        return changed

    # --- asked for by the agent ---

    def ask_silent_caller(self) -> None:
        """Asks somebody who says nothing to press 1 if he needs help and cannot speak."""
        view = self.active
        path = self.policy.announcements.get(SILENT_HELP, "")
        if view is None or view.stage is not CallStage.TALKING:
            return
        if not path:
            self._notice(NoticeCode.ANNOUNCEMENT_SILENT, SILENT_HELP)
            return
        if self._ask_line(PlaySound(view.call, path, True)):
            self._note(view.call, "silent-asked", by=self.policy.agent)
            now = self.rules.clock()
            self._change_shield(view.call, asked_at=now, playing_until=now + self.policy.sound_s.get(SILENT_HELP, 6.0))

    def mark_number(self, number: str, advice: str, days: int) -> None:
        """A lead's word on one number, for so many days; 0 takes it away. Shown to every agent, blocks nobody."""
        kept = clean_number(number)
        if not self.policy.queue.is_lead or not kept:
            return
        now = self.rules.clock()
        mark = NumberMark(kept, advice.strip(), self.policy.agent, now, now + days * DAY_S)
        self.ports.store.serve_shield(KeepMark(mark))
        self.ports.courier.wake()
        self._on_marked(NumberMarked(mark))

    # --- said by the store and the network ---

    def _open_case(self, view: CallView) -> None:
        is_new = view.call not in self.cases
        super()._open_case(view)
        if is_new or view.answered_at:  # taken over from a window that is gone: its steps are in the journal
            since = self.rules.clock() - self.abuse.window_days * DAY_S
            self.ports.store.serve_shield(AskCaller(view.call, view.number, since))

    def _on_caller_known(self, event: CallerKnown) -> None:
        if self.state.call(event.call) is None:
            return
        now = self.rules.clock()
        earlier = [call for call in event.past if call.call != event.call]
        known = self._shield_of(event.call)
        shield = known.shield
        if event.steps and not shield.steps:
            shield = _again(event.steps, shield)
        self._change_shield(
            event.call,
            repeats=repeats([*earlier, PastCall(event.call, now)] if event.number else [], self.abuse, now),
            mark=standing_mark(event.marks, now),
            shield=shield,
        )

    def _on_marked(self, event: NumberMarked) -> None:
        """A newer word on a number that is on the screen."""
        now = self.rules.clock()
        for view in [view for view in self.state.calls if view.number == event.mark.number]:
            old = self._shield_of(view.call).mark
            marks = [mark for mark in (old, event.mark) if mark is not None]
            self._change_shield(view.call, mark=standing_mark(marks, now))

    def _on_ended(self, event: CallEnded) -> None:
        view = self.state.call(event.call)
        super()._on_ended(event)
        if view is not None and view.stage is not CallStage.ENDED and view.number and view.direction is Direction.INCOMING:
            shown = self._shield_of(event.call)
            is_silent = bool(view.answered_at) and not shown.has_spoken and event.at - view.answered_at >= self.abuse.silent_s
            seen = PastCall(view.call, view.rang_at, view.answered_at, is_silent, shown.shield.grade)
            self.ports.store.serve_shield(KeepSeen(view.number, seen))

    # --- silent callers ---

    def _on_spoke(self, call: CallId) -> None:
        if self.state.call(call) is not None and not self._shield_of(call).has_spoken:
            self._change_shield(call, has_spoken=True, silent_for=0.0)

    def _on_heard(self, event: Heard) -> None:
        super()._on_heard(event)
        if event.utterance.speaker is Speaker.CALLER and event.utterance.text:
            self._on_spoke(event.call)

    def _watch_silence(self, now: float) -> None:
        for view in self.state.calls:
            if view.stage not in UP or view.direction is not Direction.INCOMING:
                continue
            shown = self._shield_of(view.call)
            silent_for = now - view.answered_at if view.answered_at and not shown.has_spoken else 0.0
            if self.abuse.silent_s and silent_for >= self.abuse.silent_s:
                if not shown.silent_for:
                    self._note(view.call, "silent-caller", seconds=int(silent_for))
                self._change_shield(view.call, silent_for=float(int(silent_for)))

    def _on_help_key(self, call: CallId, digit: str) -> None:
        """Somebody who cannot speak has answered with a key: that is a voice, and a cry for help."""
        shown = self._shield_of(call)
        if shown.asked_at and digit == HELP_KEY and not shown.pressed:
            self._note(call, "silent-pressed", digit=digit)
            self._change_shield(call, pressed=digit)
            self._notice(NoticeCode.SILENT_CALLER_ANSWERED, gravity=Gravity.ERROR)


def _again(steps: tuple[ShieldStep, ...], shield: Shield) -> Shield:
    for step in steps:
        shield = shield.with_step(step)
    return shield
