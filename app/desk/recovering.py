"""Callers who were lost, calls nobody saw end: the case stays, one key rings back, who returns goes on where he was."""

from collections.abc import Callable
from dataclasses import replace

from app.desk.commands import Dial, ForgetEnded
from app.desk.continuation import moved
from app.desk.core import Ports
from app.desk.events import (
    CallAnswered,
    CallDialled,
    CallEnded,
    CallEndedUnseen,
    CallKept,
    DraftKept,
    LineAttached,
    StoreOpened,
)
from app.desk.phone import Phone
from app.desk.policy import Policy, Rules
from app.desk.state import CallView, DeskState
from app.desk.writing import Writing
from app.domain.agent import AgentState
from app.domain.call import NO_CALL, CallId, CallRecord, CallStage, Direction, clean_number
from app.domain.notice import Gravity, NoticeCode

RETURN_S = 900.0
"""A lost caller who rings again within this goes on with his case."""

REDIAL_S = 300.0
"""The same for one who hung up himself while his ticket is not saved: a slip of the finger, or something forgotten."""

OLD_S = 12 * 3600.0
"""A call lost before this, in another shift, is for the list of missed calls."""

LIVE = (CallStage.RINGING, CallStage.DIALLING, CallStage.TALKING, CallStage.HELD)


class Recovering(Phone, Writing):
    def __init__(self, ports: Ports, policy: Policy, rules: Rules, show: Callable[[DeskState], None]) -> None:
        super().__init__(ports, policy, rules, show)
        self._going_on: dict[CallId, CallId] = {}  # a call we asked for, and the lost one whose case it takes
        self._asked: set[CallId] = set()  # calls that the agent asked for and wants to see
        self._unwritten: dict[CallId, None] = {}  # ended, and not yet known to be durable
        self._seen_ends: set[CallId] = set()
        self._unended: dict[CallId, DraftKept] = {}  # restored cases whose call has no end in the journal
        self._is_attached = False
        self._wrap_up_at = 0.0
        self._assumed_at = 0.0  # since when the desk takes its agent for ready although nobody said so

    # --- asked for by the agent ---

    def ring_back(self, call: CallId | None = None) -> None:
        """Dials the lost caller, or else the caller of the ended call on the screen; the case goes on with the new call."""
        view = self.state.call(call) if call else self.state.lost or self.state.focused
        if view is None or view.stage is not CallStage.ENDED or view.call in self._going_on.values():
            return
        if self._is_dialled(view.number):
            return
        if not view.number:
            self._notice(NoticeCode.NUMBER_ODD, gravity=Gravity.WARNING, is_standing=False)
            return
        fresh = CallId(self.rules.new_call_id())
        self._going_on[fresh] = view.call
        if not self._ring(fresh, view.number):
            del self._going_on[fresh]

    def _is_dialled(self, number: str) -> bool:
        """Whether this caller is being rung back already, by the agent or by itself."""
        return bool(number) and any(view.number == number and view.stage is CallStage.DIALLING for view in self.state.calls)

    def let_go(self, call: CallId) -> None:
        """The lost caller of this call is not to be rung back from here; the list of missed calls still has him."""
        view = self.state.call(call)
        if view is not None and view.is_lost:
            self._note(call, "let-go", by=self.policy.agent)
            self._with_call(call, is_lost=False)
            self._forget_if_settled(call)

    def discard_draft(self) -> None:
        if self.state.focused is not None and self.state.focused.is_lost:
            self._with_call(self.state.focus, is_lost=False)
        super().discard_draft()

    def _ring(self, call: CallId, number: str) -> bool:
        """Dials through the line that is up; the agent's own way out where none is known to be."""
        up = (line for line in self.policy.ring_back_lines if line in self.state.lines and self.state.lines[line].is_up)
        self._asked.add(call)
        return self._ask_line(Dial(call, number, next(up, self.policy.dial_line)))

    # --- said by the network ---

    def _on_dialled(self, event: CallDialled) -> None:
        super()._on_dialled(event)
        if event.call in self._asked:
            self._asked.discard(event.call)
            self._focus_on(event.call)

    def _on_answered(self, event: CallAnswered) -> None:
        super()._on_answered(event)
        view = self.state.call(event.call)
        if view is not None and view.number:
            why = "answered" if view.direction is Direction.INCOMING else "reached"
            self._settle_missed_of(view.number, why, event.at)

    def _on_ended(self, event: CallEnded) -> None:
        before = self.state.call(event.call)
        self._going_on.pop(event.call, None)
        self._asked.discard(event.call)
        if before is None or before.stage is CallStage.ENDED:
            return
        self._seen_ends.add(event.call)
        is_of_the_hotline = self._is_of_the_hotline(event.call)
        is_lost = is_of_the_hotline and (event.by == "network" if before.answered_at else bool(before.continues))
        self._with_call(event.call, ended_at=event.at, is_lost=is_lost)
        super()._on_ended(event)
        if is_lost:
            self._note(event.call, "ring-back-offered", answered=bool(before.answered_at))
        if is_of_the_hotline:
            self._await_record(event.call)
        else:
            self._on_recorded((event.call,))  # nothing of it is written down

    def _on_attached(self, event: LineAttached) -> None:
        super()._on_attached(event)
        self._is_attached = True
        self._look_for_lost()

    def _on_unseen(self, event: CallEndedUnseen) -> None:
        """A call ended while no window was there: it is written down now, and its case is on the desk."""
        kept, ended = event.kept, event.ended
        known = self.state.call(kept.call)
        self._unended.pop(kept.call, None)
        if kept.call in self._seen_ends:
            self._await_record(kept.call)  # it is on its way to the store, and telephony could not be told yet
            return
        self._seen_ends.add(kept.call)
        self._recognise(kept.call, kept.headers)
        if not self._is_of_the_hotline(kept.call):
            self._on_recorded((kept.call,))
            return
        self._note(kept.call, "ended-unseen", code=ended.code, reason=ended.reason, by=ended.by, at=ended.at)
        self.ports.store.record_call(_record(event, self.policy.agent, known.continues if known is not None else NO_CALL))
        self._await_record(kept.call)
        self.ports.courier.wake()
        if kept.answered_at:
            self._show_unseen(event, known)

    def _show_unseen(self, event: CallEndedUnseen, known: CallView | None) -> None:
        view = _ended_view(event.kept, event.ended)
        if known is not None:
            view = replace(view, legs=known.legs, digits=known.digits, continues=known.continues)
        self._become(self.state.with_call(view))
        self._open_case(view)
        if not self._is_working_on_something():
            self._focus_on(view.call)
        self._wrap_up_at = max(self._wrap_up_at, event.ended.at)
        if self.state.state_since:  # else the store, which knows what the agent did last, is not open yet
            self._wrap_up_unseen()

    def _wrap_up_unseen(self) -> None:
        since = self.state.state_since
        if self._wrap_up_at > since or (self._wrap_up_at and since == self._assumed_at):
            self._wrap_up(self._wrap_up_at)
        self._wrap_up_at = 0.0

    # --- one case over several calls ---

    def _open_case(self, view: CallView) -> None:
        """A new call has a new case, unless it is that of a caller whose case lies open here."""
        old = self._going_on.pop(view.call, None) or self._returned(view)
        if old is not None and old in self.cases and view.call not in self.cases:
            self._join(old, view)
        else:
            super()._open_case(view)

    def _returned(self, view: CallView) -> CallId | None:
        """The call of the same number that was just cut off and whose ticket is not done; numbers withheld match nobody."""
        if not view.number or view.stage not in LIVE:
            return None
        is_caller = view.direction is Direction.INCOMING
        now = self.rules.clock()
        fitting = [
            other
            for other in self.state.calls
            if other.number == view.number and other.call in self.cases and other.stage is CallStage.ENDED and other.ended_at
            and now - other.ended_at <= (RETURN_S if other.is_lost else REDIAL_S)
            and (other.is_lost or (is_caller and other.answered_at and self.cases[other.call].is_dirty))
        ]  # fmt: skip
        return max(fitting, key=lambda other: other.ended_at).call if fitting else None

    def _join(self, old: CallId, view: CallView) -> None:
        """The old call's case goes over to the new call: ticket, words and history with it."""
        before = self.state.call(old)
        case = moved(self.cases.pop(old), view.call, before.answered_at if before is not None else 0.0)
        self.cases[view.call] = case
        self.joined.update({call: view.call for call, _ in case.earlier})
        self._note(old, "continued", by_call=view.call)
        self._note(view.call, "continues", calls=case.earlier)
        self._keep_draft(case)
        self._become(self.state.with_call(replace(view, continues=old)))
        if self.state.focus == old:
            self._show_case(case, view.call)
        self._with_call(old, is_lost=False)
        if before is None or not before.living_legs:  # parties that are still on go over by telephony's word
            self._change(calls=tuple(other for other in self.state.calls if other.call != old))

    def _is_settled(self, call: CallId) -> bool:
        """A lost caller whose ticket is not saved stays on the desk until he is reached or let go."""
        view, case = self.state.call(call), self.cases.get(call)
        is_open = view is not None and (view.is_lost or (bool(view.continues) and not view.answered_at))
        is_saved = case is not None and case.draft is not None and case.draft.ticket.number is not None and not case.is_dirty
        return super()._is_settled(call) and (is_saved or not is_open)

    # --- after a restart ---

    def _restore_all(self, event: StoreOpened) -> None:
        """The store is open, and the agent's state is the one it knows, or the one a desk begins with."""
        if event.agent_state is AgentState.OFFLINE:
            self._assumed_at = self.state.state_since
        self._restore(event.drafts)

    def _restore(self, drafts: tuple[DraftKept, ...]) -> None:
        super()._restore(drafts)
        self._unended.update({kept.call: kept for kept in drafts if kept.call and kept.call not in self._seen_ends})
        self._look_for_lost()
        for view in [view for view in self.state.calls if view.stage in LIVE]:
            old, case = self._returned(view), self.cases.get(view.call)
            if old is not None and (case is None or not case.is_dirty):
                self.cases.pop(view.call, None)
                self._join(old, view)
        if self.state.state_since:
            self._wrap_up_unseen()
        self.ports.store.find_missed()

    def _look_for_lost(self) -> None:
        """Restored cases whose call the network lost, or that telephony knows nothing of any more: both died together."""
        for call, kept in list(self._unended.items()):
            view = self.state.call(call)
            if view is None or view.stage is not CallStage.ENDED or not kept.answered_at:
                del self._unended[call]
            elif self._is_attached:
                del self._unended[call]
                is_fresh = self.rules.clock() - kept.answered_at < OLD_S
                self._with_call(
                    call,
                    answered_at=kept.answered_at,
                    ended_at=view.ended_at or kept.answered_at,
                    is_lost=is_fresh and kept.ended_by in ("network", ""),
                    continues=kept.earlier[-1][0] if kept.earlier else view.continues,
                )

    # --- written down ---

    def _await_record(self, call: CallId) -> None:
        self._unwritten[call] = None
        self.ports.store.confirm_calls(tuple(self._unwritten))
        self.ports.store.find_missed()

    def _on_recorded(self, calls: tuple[CallId, ...]) -> None:
        """What is durable need not be told again to the next window."""
        for call in calls:
            self._unwritten.pop(call, None)
        if calls:
            self.ports.line.send(ForgetEnded(calls))

    def _settle_missed_of(self, number: str, why: str, at: float) -> None:
        """Whoever rang in vain and is heard now need not be called back."""
        if any(entry.number == number and not entry.done_at for entry in self.state.missed):
            self.ports.store.settle_missed(number, why, self.policy.agent, at)
            self.ports.store.find_missed()


def _record(event: CallEndedUnseen, agent: str, continues: CallId) -> CallRecord:
    kept, ended = event.kept, event.ended
    return CallRecord(
        kept.call,
        clean_number(kept.number) or kept.number,
        kept.direction,
        kept.rang_at,
        kept.answered_at,
        ended.at,
        agent,
        ended.by,
        headers=tuple(sorted(kept.headers.items())),
        continues=continues,
    )


def _ended_view(kept: CallKept, ended: CallEnded) -> CallView:
    return CallView(
        kept.call,
        clean_number(kept.number),
        kept.display,
        kept.direction,
        CallStage.ENDED,
        kept.rang_at,
        kept.answered_at,
        kept.headers,
        raw_number=kept.number,
        ended_at=ended.at,
        is_lost=ended.by == "network",
    )
