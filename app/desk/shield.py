"""The abuse shield in the agent's hand: graded notices, the end by the city's rule, rest whenever somebody may be in danger."""

from collections.abc import Callable
from dataclasses import replace
from typing import assert_never

from app.desk.commands import HangUp, PlaySound, StopSound
from app.desk.core import Ports
from app.desk.events import CallEnded, Heard, LegChanged
from app.desk.evidence import EvidenceDesk
from app.desk.policy import Policy, Rules
from app.desk.shield_events import CallerKnown, CallerSpoke, NumberMarked, ShieldTold
from app.desk.shield_state import ShieldState
from app.desk.shield_wishes import KeepStep
from app.desk.state import CallView, DeskState
from app.domain.call import CallId, CallStage, LegPurpose
from app.domain.notice import Gravity, NoticeCode
from app.domain.shield import Shield, ShieldStep, ShieldWhy, Standing, StepKind, heard_threat
from app.domain.transcript import Speaker

SOUND_S = 8.0
"""How long an announcement is taken to be heard where its length is not known."""
BREATH_S = 0.5
NEWS_S = 900.0
"""A lead is told of a colleague's step no later than this: an older one is in the record."""
BY_POLICY = "policy"
TOLD = (StepKind.NOTICE, StepKind.SUSPENDED, StepKind.ENDED)
TOLD_KEPT = 20
FOR_HELP = (LegPurpose.EMERGENCY, LegPurpose.SILENT)


class ShieldDesk(EvidenceDesk):
    """Nothing here ends a call by itself: the agent asks, the city's rule allows, and danger forbids."""

    _ending: CallId | None = None
    """The call that was told to end by rule, until telephony says that it has."""

    def __init__(self, ports: Ports, policy: Policy, rules: Rules, show: Callable[[DeskState], None]) -> None:
        super().__init__(ports, policy, rules, show)
        abuse = policy.abuse
        city = ShieldState({}, len(abuse.steps), abuse.may_end, abuse.to_police, mark_days=abuse.mark_days)
        self.state = replace(self.state, shield=city)

    # --- asked for by the agent ---

    @property
    def _shielded(self) -> CallView | None:
        """The caller who is talked with; nobody while a colleague is consulted: notices are not for him."""
        view = self.active
        return None if view is not None and self.state.bonds.caller_of(view.call) else view

    def civility(self) -> None:
        """Plays the next notice to the caller; to one who says nothing, the question whether he needs help."""
        view = self._shielded
        if view is None:
            self._refuse(ShieldWhy.NO_CALL)
            return
        shown = self._shield_of(view.call)
        if shown.silent_for and not shown.has_spoken and not shown.shield.grade:
            self.ask_silent_caller()
            return
        now = self.rules.clock()
        why = shown.shield.why_no_notice(self.abuse, self._standing(view), now)
        key = shown.shield.next_key(self.abuse)
        path = self.policy.announcements.get(key, "")
        if why is None and not path:
            why = ShieldWhy.NO_SOUND
        if why is not None:
            self._refuse(why)
        elif self._ask_line(PlaySound(view.call, path, True)):
            until = now + self.policy.sound_s.get(key, SOUND_S)
            self._step(view.call, StepKind.NOTICE, key, shown.shield.grade + 1)
            self._change_shield(view.call, playing_until=until, abuse="")

    def end_by_policy(self) -> None:
        """Plays the farewell and ends the call, where the city's rule allows it; asked again meanwhile, it is called off."""
        view = self._shielded
        if view is None:
            self._refuse(ShieldWhy.NO_CALL)
            return
        shield, now = self._shield_of(view.call).shield, self.rules.clock()
        if shield.is_ending:
            self._stay(view.call, "agent")
            return
        path = self.policy.announcements.get(self.abuse.farewell, "")
        why = shield.why_no_end(self.abuse, self._standing(view), now) or (None if path else ShieldWhy.NO_SOUND)
        if why is not None:
            self._note(view.call, "shield-refused", why=why, by=self.policy.agent)
            self._refuse(why)
        elif self._ask_line(PlaySound(view.call, path, True)):
            until = now + self.policy.sound_s.get(self.abuse.farewell, SOUND_S) + BREATH_S
            ending = self._step(view.call, StepKind.ENDING, self.abuse.farewell).ending_at(until)
            self._change_shield(view.call, shield=ending, playing_until=until)

    def resume_shield(self) -> None:
        """The agent says that nobody is in danger; with an emergency line on the call nobody can say so."""
        view = self._shielded
        if view is None:
            return
        shield = self._shield_of(view.call).shield
        if self._standing(view).has_emergency:
            self._refuse(ShieldWhy.EMERGENCY)
        elif shield.suspended_by:
            self._step(view.call, StepKind.RESUMED, shield.suspended_by)

    def press_emergency(self, line: str) -> None:
        super().press_emergency(line)  # first: whoever is in danger waits for nothing
        view = self._shielded or self.state.focused
        if view is not None:
            self._suspend(view.call, line)

    # --- danger stops it ---

    def _on_heard(self, event: Heard) -> None:
        super()._on_heard(event)
        if event.utterance.speaker is not Speaker.CALLER or event.call not in self.cases:
            return
        danger = self._danger_since_resumed(event.call)
        if danger:
            self._suspend(event.call, danger)
            return
        if threat := heard_threat(self.abuse, event.utterance.text):
            self._hear_threat(event.call, threat)
        self._hear_abuse(event.call, event.utterance.text)

    def _danger_since_resumed(self, call: CallId) -> str:
        """The words that suspend the shield now: those that lit a line, or, once resumed, only what was said since."""
        case, shield = self.cases[call], self._shield_of(call).shield
        resumed_at = max((step.at for step in shield.steps if step.kind is StepKind.RESUMED), default=0.0)
        if shield.suspended_by or case.danger is None:
            return ""
        if not resumed_at:
            return case.danger.because
        view = self.state.call(call)
        since_s = resumed_at - (view.answered_at if view is not None else 0.0)
        said = [u.text for u in case.transcript.utterances if u.speaker is Speaker.CALLER and u.end_s > since_s]
        danger = self.rules.hear_danger("\n".join(said[-2:]), False) if said else None
        return danger.because if danger is not None else ""

    def _look_back_for_danger(self, call: CallId) -> None:
        """A window that was started anew in mid-call: words that suspended the shield of the one before still do."""
        case, steps = self.cases.get(call), self._shield_of(call).shield.steps
        said = case.transcript.said_by(Speaker.CALLER) if case is not None else ""
        if said and not any(step.kind is StepKind.RESUMED for step in steps):
            danger = self.rules.hear_danger(said, False)
            if danger is not None:
                self._suspend(call, danger.because)

    def _on_help_key(self, call: CallId, digit: str) -> None:
        super()._on_help_key(call, digit)
        if self._shield_of(call).pressed:
            self._suspend(call, digit)

    def _hear_abuse(self, call: CallId, text: str) -> None:
        """Words only offer a notice; nothing is ever played by itself."""
        abuse = self.rules.hear_abuse(text) if self.rules.hear_abuse is not None else None
        if abuse is None:
            return
        if abuse.kind == "threat":
            self._hear_threat(call, abuse.because)
        if not self._shield_of(call).abuse:
            self._note(call, "abuse-heard", sort=abuse.kind, because=abuse.because)
            self._change_shield(call, abuse=abuse.because)

    def _hear_threat(self, call: CallId, threat: str) -> None:
        shown = self._shield_of(call)
        if not shown.threat:
            self._note(call, "threat-heard", because=threat)
            self._change_shield(call, threat=threat)

    def _on_leg(self, event: LegChanged) -> None:
        super()._on_leg(event)
        view = self.state.call(event.call)
        if event.purpose in FOR_HELP and view is not None and _has_emergency(view):
            self._suspend(event.call, event.line)
        elif self._shield_of(event.call).shield.is_ending:
            self._stay(event.call, ShieldWhy.THREE_WAY)

    def _suspend(self, call: CallId, because: str) -> None:
        """No notice, no ending; what is being played stops at once."""
        shown = self._shield_of(call)
        if shown.shield.suspended_by or self.state.call(call) is None:
            return
        if shown.playing_until > self.rules.clock():
            self.ports.line.send(StopSound(call))
        if shown.shield.steps:
            self._step(call, StepKind.SUSPENDED, because)
            self._notice(NoticeCode.SHIELD_SUSPENDED, because, gravity=Gravity.ERROR, is_standing=False)
        else:
            self._change_shield(call, shield=replace(shown.shield, suspended_by=because))
        self._change_shield(call, playing_until=0.0)

    # --- the end by rule ---

    def _stay(self, call: CallId, because: str) -> None:
        self.ports.line.send(StopSound(call))
        self._step(call, StepKind.STAYED, because)
        self._change_shield(call, playing_until=0.0)

    def _watch_shield(self, now: float) -> None:
        self._watch_silence(now)
        self._show_who_leads()
        self._watch_evidence(now)
        for call, shown in list(self.state.shield.calls.items()):
            if shown.shield.is_ending and now >= shown.shield.ends_at:
                self._end_now(call, now)

    def _show_who_leads(self) -> None:
        if self.state.shield.is_lead != self.policy.queue.is_lead:
            self._change(shield=replace(self.state.shield, is_lead=self.policy.queue.is_lead))

    def _end_now(self, call: CallId, now: float) -> None:
        """The farewell was heard: the call ends, unless something has come between since."""
        view = self.state.call(call)
        if view is None or view.stage is CallStage.ENDED:
            return
        shield = self._shield_of(call).shield
        why = shield.why_no_end(self.abuse, self._standing(view), now)
        if why is not None:
            self._stay(call, why)
            self._refuse(why)
        elif self._ask_line(HangUp(call)):
            self._ending = call
            self._step(call, StepKind.ENDED, BY_POLICY)

    def _on_ended(self, event: CallEnded) -> None:
        view = self.state.call(event.call)
        is_by_policy = self._ending == event.call and event.by == "agent"
        if self._ending == event.call:
            self._ending = None
        super()._on_ended(_by_policy(event) if is_by_policy else event)
        shown = self._shield_of(event.call)
        if shown.shield.is_ending:
            self._change_shield(event.call, shield=shown.shield.ending_at(0.0))
        if view is not None and view.stage is not CallStage.ENDED and shown.shield.is_used:
            self.seal_evidence(event.call)

    # --- told ---

    def _step(self, call: CallId, kind: StepKind, what: str = "", grade: int = 0) -> Shield:
        """Takes one step: shown, stamped with its time, in the journal, and told to the lead."""
        step = ShieldStep(kind, self.rules.clock(), self.policy.agent, what, grade)
        changed = self._change_shield(call, shield=self._shield_of(call).shield.with_step(step))
        self.ports.store.serve_shield(KeepStep(call, step, self.abuse.tells_lead))
        if self.abuse.tells_lead:
            self.ports.courier.wake()
        return changed.shield

    def _on_shield(self, event: CallerSpoke | CallerKnown | ShieldTold | NumberMarked) -> None:
        match event:
            case CallerSpoke(call):
                self._on_spoke(call)
            case CallerKnown():
                self._on_caller_known(event)
                self._look_back_for_danger(event.call)
            case ShieldTold():
                self._on_told(event)
            case NumberMarked():
                self._on_marked(event)
            case _:
                assert_never(event)

    def _on_told(self, event: ShieldTold) -> None:
        """For everybody's wallboard; a lead gets a notice as well."""
        step = event.step
        if step.kind not in TOLD or self.rules.clock() - step.at >= NEWS_S:
            return
        told = (event, *self.state.shield.told)[:TOLD_KEPT]
        self._change(shield=replace(self.state.shield, told=told))
        if self.policy.queue.is_lead and event.agent != self.policy.agent:
            self._notice(NoticeCode.SHIELD_TOLD, event.agent, step.kind, step.grade or "", is_standing=False)

    def _refuse(self, why: ShieldWhy) -> None:
        self._notice(NoticeCode.SHIELD_REFUSED, why, is_standing=False)

    def _standing(self, view: CallView) -> Standing:
        shown = self._shield_of(view.call)
        is_silent = shown.silent_for > 0 and not shown.has_spoken
        return Standing(
            is_talking=view.stage is CallStage.TALKING,
            is_held=view.stage is CallStage.HELD,
            has_emergency=_has_emergency(view),
            has_third_party=bool(view.living_legs),
            is_silent=is_silent or bool(shown.pressed),
        )


def _has_emergency(view: CallView) -> bool:
    return any(leg.purpose in FOR_HELP for leg in view.living_legs)


def _by_policy(event: CallEnded) -> CallEnded:
    return CallEnded(event.call, event.code, event.reason, BY_POLICY, event.at)
