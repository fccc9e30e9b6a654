"""Sealed evidence of a call, in the agent's hand: sealing, looking through, checking, giving out."""

from collections.abc import Callable
from dataclasses import replace
from typing import assert_never

from app.desk.caller_watch import CallerWatch
from app.desk.core import Ports
from app.desk.policy import Policy, Rules
from app.desk.shield_events import (
    EvidenceChecked,
    EvidenceExported,
    EvidenceFailed,
    EvidenceListed,
    EvidenceSealed,
    EvidenceWaits,
)
from app.desk.shield_wishes import AskEvidence, CheckEvidence, CompleteEvidence, ExportEvidence, ResumeEvidence, SealEvidence
from app.desk.state import DeskState
from app.domain.call import CallId, CallStage
from app.domain.evidence import PackFacts
from app.domain.notice import Gravity, NoticeCode

EvidenceEvent = EvidenceSealed | EvidenceWaits | EvidenceListed | EvidenceChecked | EvidenceExported | EvidenceFailed


ASK_S, WAIT_S = 3.0, 180.0
"""How often, and for how long after sealing, after the end of the call or after a start of the window, it is asked whether the
recording is whole. One that is not there by then is sealed as missing."""
MISSING = "audio-missing"


class EvidenceDesk(CallerWatch):
    def __init__(self, ports: Ports, policy: Policy, rules: Rules, show: Callable[[DeskState], None]) -> None:
        super().__init__(ports, policy, rules, show)
        self._wants_sound: dict[CallId, tuple[float, float]] = {}

    def seal_evidence(self, call: CallId | None = None) -> None:
        """Seals what is kept of a call: by itself after a call with notices, and whenever the agent asks."""
        view = self.state.call(call) if call else self.state.focused
        if view is None:
            return
        case = self.cases.get(view.call)
        ticket = case.draft.ticket if case is not None and case.draft is not None else None
        number = str(ticket.number or ticket.id) if ticket is not None else ""
        now = self.rules.clock()
        wish = SealEvidence(view.call, self.policy.agent, now, view.number or view.raw_number, number, view.answered_at)
        self.ports.store.serve_shield(wish)

    def _want_sound(self, facts: PackFacts) -> None:
        if facts.completes:
            self._wants_sound.pop(facts.call, None)
        elif facts.lacks:
            now = self.rules.clock()
            self._wants_sound[facts.call] = (now + WAIT_S, now + ASK_S)

    def _resume_evidence(self) -> None:
        """The store is open: what a window before this one began is brought to its end."""
        self.ports.store.serve_shield(ResumeEvidence())

    def _on_waits(self, calls: tuple[CallId, ...]) -> None:
        now = self.rules.clock()
        for call in calls:
            self._wants_sound.setdefault(call, (now + WAIT_S, now + ASK_S))

    def find_evidence(self) -> None:
        self.ports.store.serve_shield(AskEvidence())

    def check_evidence(self, name: str) -> None:
        self.ports.store.serve_shield(CheckEvidence(name))

    def export_evidence(self, name: str, target: str) -> None:
        """An open copy for the police or a court; who took it, when and whereto is written down."""
        self.ports.store.serve_shield(ExportEvidence(name, target, self.policy.agent, self.rules.clock()))
        self.ports.courier.wake()

    def _watch_evidence(self, now: float) -> None:
        """Asks now and then whether the recording of a sealed call is whole, until it is sealed as well."""
        for call, (until, due) in list(self._wants_sound.items()):
            view = self.state.call(call)
            if view is not None and view.stage is not CallStage.ENDED:  # sealed while it goes on: it is recorded to its end
                self._wants_sound[call] = (now + WAIT_S, now + ASK_S)
            elif now >= until:
                del self._wants_sound[call]
                self.ports.store.serve_shield(CompleteEvidence(call, is_final=True))
            elif now >= due:
                self._wants_sound[call] = (until, now + ASK_S)
                self.ports.store.serve_shield(CompleteEvidence(call))

    def _on_evidence(self, event: EvidenceEvent) -> None:
        match event:
            case EvidenceSealed(facts):
                self._want_sound(facts)
                packs = (facts, *(pack for pack in self.state.shield.packs if pack.name != facts.name))
                self._change(shield=replace(self.state.shield, packs=packs))
                lacks = MISSING if facts.is_missing else ", ".join(facts.lacks)
                self._notice(NoticeCode.EVIDENCE_SEALED, facts.name, lacks, gravity=Gravity.INFO, is_standing=False)
            case EvidenceWaits(calls):
                self._on_waits(calls)
            case EvidenceListed(packs):
                self._change(shield=replace(self.state.shield, packs=packs))
            case EvidenceChecked(name, flaws):
                self._change(shield=replace(self.state.shield, checked=name, pack_flaws=flaws))
            case EvidenceExported(name, target):
                self._notice(NoticeCode.EVIDENCE_EXPORTED, name, target, gravity=Gravity.INFO, is_standing=False)
            case EvidenceFailed(_, reason):
                self._notice(NoticeCode.EVIDENCE_FAILED, reason, gravity=Gravity.ERROR, is_standing=False)
            case _:
                assert_never(event)
