"""The hand-off card on the desk: made at the press, kept up to date, shown, read aloud, pushed to the emergency desk."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import msgspec

from app.desk.calling_back import CallingBack
from app.desk.card_voice import CardVoice
from app.desk.case import Case
from app.desk.commands import PlaySound, Say, StopSound
from app.desk.core import Ports
from app.desk.emergency import UNDONE
from app.desk.events import CallEnded, Heard, LegChanged, SpeechMade, TicketKept
from app.desk.hearing import Hearing
from app.desk.help_events import CardPushed
from app.desk.policy import Policy, Rules
from app.desk.state import DeskState
from app.domain.call import NO_CALL, CallId, LegPurpose, LegStage
from app.domain.handoff import OPENING, HandOffCard, filled, ring_back_sentence, sentences
from app.domain.notice import NoticeCode
from app.domain.ticket import Stage, Ticket, TicketId

PUSH_AGAIN_S = 4.0
"""What was learnt since goes to the emergency desk no oftener than this."""

_STEPS = {LegStage.TALKING: "answered", LegStage.ENDED: "ended", LegStage.FAILED: "failed"}


class Cards(CallingBack, Hearing):
    """Main thread. The voice waits for nothing here: card, ticket number and emergency desk follow the call to the line."""

    def __init__(self, ports: Ports, policy: Policy, rules: Rules, show: Callable[[DeskState], None]) -> None:
        super().__init__(ports, policy, rules, show)
        self._cards: dict[CallId, HandOffCard] = {}  # by the call whose case they tell of, the latest press
        self._pushed: dict[str, tuple[HandOffCard, float]] = {}
        self._numbering: set[TicketId] = set()
        self._voice = CardVoice(
            lambda request, text: ports.ears.send(Say(request, text, self.policy.voice)),
            lambda call, path, follows: self._ask_line(PlaySound(self.joined.get(call, call), path, True, follows)),
            rules.new_call_id,
        )

    # --- asked for by the agent ---

    def card_shown(self, is_shown: bool) -> None:
        """The card was opened for reading out, or closed: written down with what stood on it."""
        card = self._fresh_card()
        if card is not None:
            self._keep_card(card, "card-shown" if is_shown else "card-closed")

    def speak_card(self) -> None:
        """A voice reads the card into the call, to operator, caller and agent; the same key stops it."""
        if self._voice.call is not None:
            self._stop_speaking()
            return
        card = self._fresh_card()
        if card is None:
            return
        self._know_opening()
        if not self._voice.begin(card.call, sentences(card), self.rules.clock()):
            self._notice(NoticeCode.SPEECH_DOWN, is_standing=False)
            return
        self._keep_card(card, "card-spoken")
        self._change(emergency=replace(self.state.emergency, is_spoken=True))

    def _know_opening(self) -> None:
        """It is the same on every card, and lies there as an announcement: the operator hears it at once."""
        path = self.policy.announcements.get("handoff", "")
        if path:
            self._voice.know(OPENING, path, self.policy.sound_s.get("handoff", 0.0))

    def _warm_voice(self, card: HandOffCard) -> None:
        """A voice takes seconds to load: it is ready when the operator answers."""
        self._know_opening()
        self._voice.prepare((OPENING, ring_back_sentence(card)))

    def _stop_speaking(self) -> None:
        if (call := self._voice.call) is not None:
            self._ask_line(StopSound(self.joined.get(call, call)))
        self._end_speaking()

    def _end_speaking(self) -> None:
        if self._voice.call is not None:
            self._note(self._voice.call, "card-spoken-ended")
        self._voice.stop()
        self._change(emergency=replace(self.state.emergency, is_spoken=False))

    # --- the card ---

    def _after_press(self, call: CallId, line: str, at: float) -> None:
        super()._after_press(call, line, at)
        card = HandOffCard(self.rules.new_call_id(), 1, call, line, "calling", pressed_at=at, agent=self.policy.agent)
        self._cards[call] = card
        self._number_ticket(call)
        fresh = self._refresh(call)
        if fresh is not None:
            self._keep_card(fresh, "card-made")
            self._push(fresh)
            self._warm_voice(fresh)

    def _number_ticket(self, call: CallId) -> None:
        """The operator is told a number that holds: the ticket is kept at once as an emergency, as far as it is written. What
        the agent is typing stays as it is on the form, and is saved with the next key."""
        case = self.cases.get(call)
        if case is None or case.draft is None:
            return
        ticket = case.draft.ticket
        if ticket.number is not None or ticket.id in self._numbering:
            return
        self._numbering.add(ticket.id)
        line = self._cards[call].line
        kept = ticket if ticket.stage is not Stage.DRAFT else ticket.moved_to(Stage.TAKEN)
        self.ports.store.save(replace(kept, matter=kept.matter.strip() or f"{line} 紧急转接"))

    def _on_kept(self, event: TicketKept) -> None:
        super()._on_kept(event)
        if event.ticket.id not in self._numbering:
            return
        self._numbering.discard(event.ticket.id)
        for case in [case for case in self.cases.values() if case.draft and case.draft.ticket.id == event.ticket.id]:
            self._keep_open(case)
            self._refresh(case.call)

    def _keep_open(self, case: Case) -> None:
        """The number was needed, the ticket is not done: it is still a draft, also after a restart."""
        kept = replace(case, is_dirty=True)
        self._keep_case(kept)
        self._keep_draft(kept)

    def _fresh_card(self) -> HandOffCard | None:
        """The card of the call that is worked on; one that was not called for yet tells what would be handed over."""
        view = self.subject or self.state.focused
        call = view.call if view is not None else self.state.focus
        if call in self._cards or not self.cases.get(call):
            return self._refresh(call)
        line = self.state.emergency.suggested
        self._cards[call] = HandOffCard(self.rules.new_call_id(), 0, call, line, "prepared", agent=self.policy.agent)
        return self._refresh(call)

    def _refresh(self, call: CallId) -> HandOffCard | None:
        """The card of this call with what is known now, shown where that call is on the screen."""
        case, card = self.cases.get(call), self._cards.get(call)
        if case is None or card is None:
            return card
        view = self.state.call(call)
        ticket = case.draft.ticket if case.draft is not None else None
        number = (view.number or view.raw_number) if view is not None else ""
        fresh = filled(card, ticket, number, case.transcript, case.danger.because if case.danger else "")
        if fresh != card:
            self._cards[call] = fresh
        if call in (self.state.focus, self.state.voiced) and self.state.emergency.card != fresh:
            self._change(emergency=replace(self.state.emergency, card=fresh))
        return fresh

    def _card_step(self, call: CallId, step: str) -> None:
        card = self._cards.get(call)
        if card is not None and card.revision and card.step != step:
            self._cards[call] = replace(card, step=step)
            fresh = self._refresh(call)
            if fresh is not None:
                self._keep_card(fresh, "card-step")
                self._push(fresh)

    def _keep_card(self, card: HandOffCard, kind: str) -> None:
        """A frozen copy in the journal."""
        body: dict[str, Any] = msgspec.to_builtins(card)
        self._note(card.call, kind, by=self.policy.agent, copy=body)

    # --- the emergency desk ---

    def _push(self, card: HandOffCard) -> None:
        if not self.policy.has_emergency_desk or not card.revision:
            return
        before = self._pushed.get(card.card)
        numbered = replace(card, revision=before[0].revision + 1 if before else 1)
        self._cards[card.call] = numbered
        self._pushed[card.card] = (numbered, self.rules.clock())
        self.ports.messenger.push_card(numbered)
        self._note(card.call, "card-pushing", card=card.card, revision=numbered.revision, step=card.step)
        if card.call in (self.state.focus, self.state.voiced):
            self._change(emergency=replace(self.state.emergency, card=numbered, pushed="sending"))

    def _push_news(self, now: float) -> None:
        """What was learnt since the last revision."""
        for card, at in list(self._pushed.values()):
            fresh = self._cards.get(card.call)
            if fresh is not None and fresh.card == card.card and now - at >= PUSH_AGAIN_S and fresh.says_more_than(card):
                self._push(fresh)

    def _on_pushed(self, event: CardPushed) -> None:
        call = next((card.call for card, _ in self._pushed.values() if card.card == event.card), NO_CALL)
        call = self.joined.get(call, call)
        self._note(call, "card-pushed", card=event.card, revision=event.revision, done=event.is_done, reason=event.reason,
                   case_number=event.case_number, at=event.at)  # fmt: skip
        known = self._cards.get(call)
        if known is not None and known.card == event.card:
            self._change(emergency=replace(self.state.emergency, pushed="sent" if event.is_done else event.reason))
        if event.is_done:
            self._clear_notice(NoticeCode.CARD_NOT_SENT)
        else:
            self._notice(NoticeCode.CARD_NOT_SENT, event.reason, is_standing=not event.is_final)
        if event.case_number:
            self._take_case_number(call, event.case_number)

    def _take_case_number(self, call: CallId, number: str) -> None:
        """The emergency desk's own number (警单号) goes onto the ticket, and to the centre with it."""
        case = self.cases.get(call)
        if case is None or case.draft is None or case.draft.ticket.police_case == number:
            return
        ticket = replace(case.draft.ticket, police_case=number)
        self._keep_case(replace(case, draft=replace(case.draft, ticket=ticket), is_dirty=True))
        self._keep_draft(self.cases[call])
        if ticket.version:
            self._numbering.add(ticket.id)
            self.ports.store.save(self._as_kept(ticket, number))
        view = self.state.call(call)
        for leg in view.legs if view is not None else ():
            if leg.purpose is LegPurpose.EMERGENCY:
                self._put_leg(call, replace(leg, case_number=number))
        self._refresh(call)

    def _as_kept(self, ticket: Ticket, number: str) -> Ticket:
        """The ticket as it was saved last: half a sentence of the agent's is not sent to the units for the sake of a number."""
        kept = next((known for known in self.state.tickets if known.id == ticket.id), None)
        return replace(kept or ticket, police_case=number)

    # --- what happens ---

    def _on_leg(self, event: LegChanged) -> None:
        pressed = self._pressed.get(event.leg)
        is_undone = pressed is not None and pressed.record.outcome == UNDONE
        super()._on_leg(event)
        call = self.joined.get(event.call, event.call)
        card = self._cards.get(call)
        if event.purpose is LegPurpose.EMERGENCY and card is not None and card.line == event.line and event.stage in _STEPS:
            self._card_step(call, "undone" if is_undone else _STEPS[event.stage])

    def _on_heard(self, event: Heard) -> None:
        super()._on_heard(event)
        self._refresh(self.joined.get(event.call, event.call))

    def _on_speech_made(self, event: SpeechMade) -> None:
        if not self._voice.hear(event, self.rules.clock()):
            super()._on_speech_made(event)

    def _on_ended(self, event: CallEnded) -> None:
        super()._on_ended(event)
        view = self.state.call(event.call)
        if self._voice.call == event.call and (view is None or not view.living_legs):  # else the operator still listens
            self._end_speaking()

    def _watch_emergency(self, now: float) -> None:
        super()._watch_emergency(now)
        if self._voice.is_over(now):
            if self._voice.gives_up():
                self._notice(NoticeCode.VOICE_FAILED, "the voice engine took too long", is_standing=False)
            self._end_speaking()
        for call in list(self._cards):
            at = self.joined.get(call, call)
            if at != call:  # the caller was called back: his card goes on with the new call
                self._cards[at] = replace(self._cards.pop(call), call=at)
            if at not in self.cases:
                self._cards.pop(at, None)
        self._show_card()
        self._push_news(now)

    def _show_card(self) -> None:
        """The card of the call on the screen, or none."""
        shown = self._refresh(self.state.focus) if self.state.focus in self._cards else None
        if self.state.emergency.card != shown:
            self._change(emergency=replace(self.state.emergency, card=shown))

    # --- who is where ---
