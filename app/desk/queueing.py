"""The agent and the exchange's queue: what a state means there, calls that were not taken, and a team lead's supervision.

No state changes by itself, with one exception that a site must choose: a call that is not taken may make the agent busy.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, assert_never

from app.desk.commands import RejectCall, StandInQueue
from app.desk.core import Ports
from app.desk.events import CallAnswered, CallEnded, CallRang, LineAttached, ProcessFound
from app.desk.phone import UP, Phone
from app.desk.policy import Policy, Rules
from app.desk.queue_events import BeatAnswered, QueueCodeDialled, QueueEvent, SupervisionRefused
from app.desk.queue_state import NO_SEAT, QueueView, Seat, Supervising
from app.desk.state import CallView, DeskState, Leg
from app.desk.workplace import Workplace
from app.domain.agent import NO_ANSWER, AgentState, QueueStanding, SupervisionMode, standing_of
from app.domain.call import CallId, CallStage, Direction
from app.domain.notice import Gravity, NoticeCode

SHORT_S = 5.0
"""A call that rang for less was given up by the caller, not left by the agent."""
COMES_S = 20.0
"""The call of a supervision comes within this, or never."""
HEADER = "X-Supervision"
TOLD = {
    SupervisionMode.LISTEN: NoticeCode.LEAD_LISTENS,
    SupervisionMode.WHISPER: NoticeCode.LEAD_WHISPERS,
    SupervisionMode.BARGE: NoticeCode.LEAD_BARGES,
}
REFUSED = {
    "no-lead": NoticeCode.SUPERVISION_NO_RIGHT,
    "no-call": NoticeCode.SUPERVISION_NO_CALL,
    "busy": NoticeCode.SUPERVISION_BUSY,
    "joined": NoticeCode.SUPERVISION_JOINED,
}


class Queueing(Phone, Workplace):
    """Stands before the parts it adds to: each event is handled there, and here it is seen what it means in the queue."""

    def __init__(self, ports: Ports, policy: Policy, rules: Rules, show: Callable[[DeskState], None]) -> None:
        super().__init__(ports, policy, rules, show)
        self.state: DeskState = replace(self.state, queue=QueueView(policy.queue))
        self._talking_since = 0.0
        self._is_no_work = False
        self._supervisions: set[CallId] = set()
        self._stood: StandInQueue | None = None
        self._overheard: set[str] = set()

    # --- asked for by a team lead ---

    def supervise(self, console: str, mode: SupervisionMode) -> None:
        """Takes part in the call of the agent at this console; asked again for the same, it ends."""
        before = self.state.queue.supervising
        if before is not None and (before.console, before.mode) == (console, mode):
            self.end_supervision()
            return
        own = [view for view in self.state.calls if view.stage in UP and not self._is_supervision(view.call)]
        if own:
            self._notice(NoticeCode.SUPERVISION_BUSY, is_standing=False)
            return
        asked = Supervising(self.rules.new_call_id(), console, mode, self.rules.clock())
        self._set_queue(supervising=asked)
        self._note(self.state.focus, "supervises", id=asked.id, console=console, mode=mode.value, by=self.policy.agent)
        self.ports.courier.supervise(asked.id, console, mode)

    def end_supervision(self) -> None:
        asked = self.state.queue.supervising
        if asked is not None:
            self._set_queue(supervising=None)
            self.ports.courier.supervise(asked.id, asked.console, None)

    # --- what every event means here ---

    def become(self, state: AgentState, reason: str = "") -> None:
        self._forget_unanswered()
        super().become(state, reason)

    def _on_rang(self, event: CallRang) -> None:
        super()._on_rang(event)
        self._answer_supervision(event)

    def _on_answered(self, event: CallAnswered) -> None:
        super()._on_answered(event)
        if not self._is_supervision(event.call):
            self._forget_unanswered()

    def _on_ended(self, event: CallEnded) -> None:
        view = self.state.call(event.call)
        self._see_unanswered(view, event)
        self._is_no_work = self._is_supervision(event.call)
        super()._on_ended(event)
        self._is_no_work = False
        supervising = self.state.queue.supervising
        if supervising is not None and supervising.call == event.call:
            self._set_queue(supervising=None)

    def _wrap_up(self, at: float) -> None:
        """Wrap-up, but for a state that the agent chose during the calls: that one begins now. After a supervision none."""
        if self._is_no_work or any(view.stage in (*UP, CallStage.DIALLING) for view in self.state.calls):
            return
        since, self._talking_since = self._talking_since, 0.0
        if not since:
            super()._wrap_up(at)
        elif self.state.state_since > since and self.state.agent_state is not AgentState.WRAP_UP:
            self.ports.store.set_agent_state(self.state.agent_state, self.state.state_reason, at)
            self._change(state_since=at)
        else:
            super()._wrap_up(at)

    def _on_attached(self, event: LineAttached) -> None:
        super()._on_attached(event)
        self._tell_presence()

    def _on_process_found(self, event: ProcessFound) -> None:
        super()._on_process_found(event)
        if event.process == "telephony":
            self._stood = None
            self._stand()

    def _on_queue(self, event: QueueEvent) -> None:
        match event:
            case BeatAnswered():
                self._on_beat(event)
            case QueueCodeDialled():
                self._on_code(event)
            case SupervisionRefused(id, why, reason):
                supervising = self.state.queue.supervising
                if supervising is not None and supervising.id == id:
                    self._set_queue(supervising=None)
                self._notice(REFUSED.get(why, NoticeCode.SUPERVISION_FAILED), reason, is_standing=False)
            case _:
                assert_never(event)

    # --- states ---

    def _tell_presence(self) -> None:
        talking = [view.answered_at for view in self.state.calls if view.stage in UP and not self._is_supervision(view.call)]
        if talking and not self._talking_since:
            self._talking_since = min(talking)
        super()._tell_presence()
        self._stand()

    def _seat(self) -> Seat:
        queue = self.policy.queue
        kept = queue.extension if queue.kept_by == "centre" else ""
        is_joined = self._has_further_parties()
        if not queue.extension and not self.state.queue.unanswered and not self.state.state_reason and not is_joined:
            return NO_SEAT
        return Seat(self.state.state_reason, kept, queue.extension, self.state.queue.unanswered, is_joined)

    def _has_further_parties(self) -> bool:
        """Whether more than one party is on, or being called: parties are mixed here, so all of them hear a lead's whisper."""
        return bool(self.state.bonds.rooms) or any(view.living_legs for view in self.state.calls)

    def _put_leg(self, call: CallId, leg: Leg) -> None:
        """The centre is told at once when the first further party is called, and when the last one has gone."""
        before = self._has_further_parties()
        super()._put_leg(call, leg)
        if self._has_further_parties() is not before:
            self._tell_presence()

    def _stand(self) -> None:
        """Lets telephony dial what brings us where the state says; it tries until that is done, after every loss anew."""
        queue = self.policy.queue
        if queue.kept_by != "codes" or not self.state.state_since:
            return
        standing = standing_of(self.state.agent_state)
        wanted = StandInQueue(standing, queue.login_code, queue.logout_code, queue.pause_code, queue.unpause_code)
        if wanted != self._stood and self.ports.line.send(wanted):
            self._stood = wanted

    def _on_beat(self, event: BeatAnswered) -> None:
        if self.policy.queue.kept_by == "centre":
            self._set_queue(standing=event.queue)
        if fresh := set(event.overheard) - self._overheard:
            self._overheard |= fresh
            asked = self.state.queue.supervising
            if asked is not None and asked.id in fresh and not asked.call:
                self._set_queue(supervising=None)  # its call does not come any more
            self._notice(NoticeCode.SUPERVISION_JOINED, is_standing=False)
        told = {TOLD[one.mode]: one.by for one in event.supervised}
        for code in TOLD.values():
            known = [notice for notice in self.state.notices if notice.code is code]
            if code not in told:
                self._clear_notice(code)
            elif not known or known[0].values != (told[code],):
                self._notice(code, told[code])

    def _on_code(self, event: QueueCodeDialled) -> None:
        self._set_queue(standing=event.standing)
        if event.standing is QueueStanding.FAILED:
            self._notice(NoticeCode.QUEUE_CODE_FAILED, event.code, event.reason)
        else:
            self._clear_notice(NoticeCode.QUEUE_CODE_FAILED)

    def _look_at_queue(self, now: float) -> None:
        """Every second: a call may ring too long, the settings may have changed, a supervision's call may not have come."""
        self._look_at_rings(now)
        if self.state.queue.policy != self.policy.queue:
            self._set_queue(policy=self.policy.queue, standing=QueueStanding.UNKNOWN)
            self._tell_presence()
        asked = self.state.queue.supervising
        if asked is not None and not asked.call and now - asked.asked_at > COMES_S:
            self._set_queue(supervising=None)
            self._notice(NoticeCode.SUPERVISION_FAILED, "", is_standing=False)

    # --- calls that ring and are not taken ---

    def _look_at_rings(self, now: float) -> None:
        queue = self.policy.queue
        if not queue.no_answer_is_busy or self.state.agent_state is not AgentState.READY:
            return
        if any(view.stage in (*UP, CallStage.DIALLING) for view in self.state.calls):
            return  # who talks with a citizen need not take a second one
        late = [view for view in self.state.calls if _rings_in(view) and now - view.rang_at >= queue.no_answer_s]
        for view in late[:1]:
            self._note(view.call, "not-taken", rang_s=round(now - view.rang_at, 1), by="policy")
            count = self.state.queue.unanswered + 1
            self.become_busy_for_no_answer()
            self._set_queue(unanswered=count)
            self._notice(NoticeCode.BUSY_FOR_NO_ANSWER, f"{queue.no_answer_s:g}", gravity=Gravity.ERROR)
            self.ports.line.send(RejectCall(view.call, 480))  # the exchange offers the caller to the next agent
            self._tell_presence()

    def become_busy_for_no_answer(self) -> None:
        """The one change of state that no person asked for, and only where the site chose it (agent.ring_no_answer)."""
        now = self.rules.clock()
        self._note(self.state.focus, "agent-state", state=AgentState.BUSY, reason=NO_ANSWER, at=now, by="policy")
        self.ports.store.set_agent_state(AgentState.BUSY, NO_ANSWER, now)
        self._change(agent_state=AgentState.BUSY, state_since=now, state_reason=NO_ANSWER)
        self.ports.courier.wake()

    def _see_unanswered(self, view: CallView | None, event: CallEnded) -> None:
        if view is None or not _rings_in(view) or event.by == "agent":
            return
        is_busy = any(other.stage in UP for other in self.state.calls)
        if event.at - view.rang_at >= SHORT_S and not is_busy and not self._is_supervision(event.call):
            self._set_queue(unanswered=self.state.queue.unanswered + 1)
            self._notice(NoticeCode.NOT_TAKEN, self.state.queue.unanswered)

    def _forget_unanswered(self) -> None:
        """The agent is there: took a call, or said what he does."""
        if self.state.queue.unanswered:
            self._set_queue(unanswered=0)
        self._clear_notice(NoticeCode.NOT_TAKEN, NoticeCode.BUSY_FOR_NO_ANSWER)

    # --- the lead's own call ---

    def _answer_supervision(self, event: CallRang) -> None:
        """Only a call that bears the id we have just asked for is answered by itself: nobody else can know it."""
        asked = self.state.queue.supervising
        if asked is not None and not asked.call and event.headers.get(HEADER) == asked.id:
            self._supervisions.add(event.call)
            self._set_queue(supervising=replace(asked, call=event.call))
            self.take(event.call)

    def _is_supervision(self, call: CallId) -> bool:
        return call in self._supervisions

    def _recognise(self, call: CallId, headers: Mapping[str, str]) -> None:
        """Only at a lead's desk: a citizen's call is one, whatever its headers say."""
        if self.policy.queue.is_lead and HEADER in headers:
            self._supervisions.add(call)

    def _is_of_the_hotline(self, call: CallId) -> bool:
        return not self._is_supervision(call)

    def _set_queue(self, **changes: Any) -> None:
        changed = replace(self.state.queue, **changes)
        if changed != self.state.queue:
            self._change(queue=changed)


def _rings_in(view: CallView) -> bool:
    return view.stage is CallStage.RINGING and view.direction is Direction.INCOMING
