"""The desk's memory: the state that is shown, the cases behind it, and the ports it speaks through. Main thread only."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from app.desk.case import Case
from app.desk.events import DeskEvent
from app.desk.policy import Policy, Rules
from app.desk.ports import Adviser, Courier, Ears, Line, Messenger, NoMessenger, Store, Trainer
from app.desk.queue_state import NO_SEAT, Seat
from app.desk.state import NO_EMERGENCY, CallView, DeskState
from app.domain.call import NO_CALL, CallId, CallRecord, CallStage
from app.domain.notice import Gravity, Notice, NoticeCode
from app.domain.ticket import Ticket
from app.domain.transcript import NOTHING_SAID
from app.errors import JiesuError

FADE_S = 8.0
"""Seconds that a notice which is not standing stays on the screen."""


@dataclass(frozen=True, slots=True)
class Ports:
    line: Line
    ears: Ears
    trainer: Trainer
    store: Store
    adviser: Adviser
    courier: Courier
    messenger: Messenger = field(default_factory=NoMessenger)
    later: Callable[[DeskEvent], None] | None = None  # brings an event a moment later; None: nothing is put off


class Core:
    """`show` gets every new state. Parts of the desk inherit from this and share one state and one set of cases."""

    def __init__(self, ports: Ports, policy: Policy, rules: Rules, show: Callable[[DeskState], None]) -> None:
        self.ports, self.policy, self.rules = ports, policy, rules
        self.state = DeskState(agent=policy.agent, now=rules.clock())
        self.cases: dict[CallId, Case] = {}
        self.joined: dict[CallId, CallId] = {}  # a call whose case has gone on, and the call that has it now
        self._show = show
        self._fading: dict[tuple[str, ...], float] = {}
        self._units_for = ("", NO_CALL)

    # --- state ---

    def _become(self, state: DeskState) -> None:
        if state is not self.state:
            self.state = state
            self._show(state)

    def _change(self, **changes: Any) -> None:
        self._become(replace(self.state, **changes))

    def _with_call(self, call: CallId, **changes: Any) -> CallView | None:
        """Changes one call's view and shows it; None for a call the desk does not know (a late event)."""
        view = self.state.call(call)
        if view is None:
            return None
        changed = replace(view, **changes)
        self._become(self.state.with_call(changed))
        return changed

    @property
    def active(self) -> CallView | None:
        """The call that is being talked with: the one the headset is wired to, or else any that is not on hold."""
        up = [view for view in self.state.calls if view.stage in (CallStage.TALKING, CallStage.HELD, CallStage.DIALLING)]
        up = [view for view in up if not view.is_handed or view.call == self.state.voiced]
        up = [view for view in up if view.call not in self.state.bonds.parked]
        voiced = [view for view in up if view.call == self.state.voiced]
        talking = [view for view in up if view.stage is not CallStage.HELD]
        return next(iter(voiced or talking or up), None)

    @property
    def subject(self) -> CallView | None:
        """The call whose caller is dealt with: while somebody is consulted about him, still his."""
        view = self.active
        caller = self.state.bonds.caller_of(view.call) if view is not None else NO_CALL
        return self.state.call(caller) or view if caller else view

    # --- cases ---

    @property
    def case(self) -> Case | None:
        return self.cases.get(self.state.focus)

    def _keep_case(self, case: Case) -> None:
        """Remembers a case, and shows it when it is the one in focus."""
        self.cases[case.call] = case
        if case.call == self.state.focus:
            self._show_case(case)

    def _show_case(self, case: Case | None, focus: CallId | None = None) -> None:
        call = self.state.focus if focus is None else focus
        shown = case or Case(call)
        danger = shown.danger
        before = self.state.emergency if call == self.state.focus else NO_EMERGENCY
        self._change(
            focus=call,
            draft=shown.draft,
            wanting=self.policy.wanted.still_empty(shown.draft.ticket) if shown.draft is not None else (),
            transcript=shown.transcript if case else NOTHING_SAID,
            history=shown.history,
            query=shown.query,
            answers=shown.answers,
            advice=shown.advice,
            emergency=replace(
                before,
                suggested=danger.line if danger else "",
                because=danger.because if danger else "",
                matter=danger.matter if danger else "",
            ),
        )

    def _focus_on(self, call: CallId) -> None:
        """Shows another case. A call that has ended and whose ticket is kept, or never began, leaves the desk now."""
        left = self.state.focus
        if left == call:
            return
        if self._is_settled(left):
            self._forget(left)
        self._show_case(self.cases.get(call), call)

    def _is_settled(self, call: CallId) -> bool:
        """Whether nothing of this call is left: nobody is on the line any more, and all that was written is kept."""
        view, case = self.state.call(call), self.cases.get(call)
        is_over = view is None or (view.stage is CallStage.ENDED and not view.living_legs)
        return is_over and (case is None or not case.is_dirty)

    def _forget_if_settled(self, call: CallId) -> None:
        """What is on the screen stays there until the agent turns away."""
        if call != self.state.focus and self._is_settled(call):
            self._forget(call)

    def _forget(self, call: CallId) -> None:
        case = self.cases.pop(call, None)
        if case is not None and case.draft is not None:
            self.ports.store.drop_draft(case.draft.ticket)
        self._change(calls=tuple(view for view in self.state.calls if view.call != call))

    def _keep_draft(self, case: Case) -> None:
        if case.draft is not None and case.is_dirty:
            self.ports.store.keep_draft(case.draft.ticket, tuple(sorted(case.draft.own_fields)))

    # --- what the status area says ---

    def _notice(self, code: NoticeCode, *values: object, gravity: Gravity = Gravity.WARNING, is_standing: bool = True) -> None:
        self._show_notice(Notice(code, tuple(str(value) for value in values), gravity, is_standing))

    def _say_error(self, error: JiesuError) -> None:
        self._notice(NoticeCode(error.code), *error.values, is_standing=False)

    def _show_notice(self, notice: Notice) -> None:
        kept = tuple(other for other in self.state.notices if other.subject != notice.subject)
        self._fading.pop(notice.subject, None)
        if not notice.standing:
            self._fading[notice.subject] = self.rules.clock() + FADE_S
        self._change(notices=(*kept, notice))

    def _clear_notice(self, *codes: NoticeCode) -> None:
        kept = tuple(notice for notice in self.state.notices if notice.code not in codes)
        if len(kept) != len(self.state.notices):
            self._change(notices=kept)

    def _clear_about(self, code: NoticeCode, *values: str) -> None:
        """Takes away the one notice whose subject these values name."""
        gone = Notice(code, values).subject
        kept = tuple(notice for notice in self.state.notices if notice.subject != gone)
        if len(kept) != len(self.state.notices):
            self._change(notices=kept)

    def _fade(self, now: float) -> None:
        gone = [subject for subject, until in self._fading.items() if until <= now]
        for subject in gone:
            del self._fading[subject]
        kept = tuple(notice for notice in self.state.notices if notice.subject not in gone)
        if len(kept) != len(self.state.notices):
            self._change(notices=kept)

    # --- what others are asked and told ---

    def _keep_record(self, record: CallRecord) -> None:
        self.ports.store.record_call(record)

    def _ask_units(self, case: Case, words: str = "") -> None:
        """Asks who is responsible for what the form says, or for `words` while it says nothing."""
        if case.draft is not None:
            ticket = case.draft.ticket
            text = f"{ticket.matter} {ticket.content}".strip() or words
            self._units_for = (text, case.call)
            self.ports.adviser.find_units(text, ticket.address)

    def _note(self, call: CallId, kind: str, **body: Any) -> None:
        self.ports.store.note(call, kind, body)

    def _tell_presence(self) -> None:
        own = [view for view in self.state.calls if self._is_of_the_hotline(view.call)]
        ringing = [view for view in own if view.stage is CallStage.RINGING]
        self.ports.courier.tell_presence(
            self.state.agent_state,
            self.state.state_since,
            len(ringing),
            any(view.stage in (CallStage.TALKING, CallStage.HELD) for view in own),
            min((view.rang_at for view in ringing), default=0.0),
            self._seat(),
        )

    def _seat(self) -> Seat:
        """What the centre is told of the agent's place in the queue."""
        return NO_SEAT

    def _may_listen(self, _call: CallId) -> bool:
        """Whether the recogniser may hear this call."""
        return self.policy.is_listening

    def _is_of_the_hotline(self, _call: CallId) -> bool:
        """Whether it counts as a call: a team lead's supervision does not."""
        return True

    def _recognise(self, _call: CallId, _headers: Mapping[str, str]) -> None:
        """A call that began before this window, or never rang here: whether it counts follows from its headers alone."""

    def _put_ticket(self, ticket: Ticket) -> None:
        """Shows a ticket in the table and the history: in its old place, or on top."""
        old = {known.id for known in self.state.tickets}
        if ticket.id in old:
            tickets = tuple(ticket if known.id == ticket.id else known for known in self.state.tickets)
        else:
            tickets = (ticket, *self.state.tickets) if not self.state.ticket_query else self.state.tickets
        self._change(tickets=tickets)
        for case in list(self.cases.values()):
            if any(known.id == ticket.id for known in case.history):
                history = tuple(ticket if known.id == ticket.id else known for known in case.history)
                self._keep_case(replace(case, history=history))
