"""A citizen in danger whom the network lost is called back at once by the second gateway, and meets the line again here."""

from collections.abc import Callable
from dataclasses import dataclass

from app.desk.commands import Dial, HangUp
from app.desk.core import Ports
from app.desk.events import CallAnswered, CallDialled, CallEnded, LegChanged
from app.desk.policy import Policy, Rules
from app.desk.recovering import LIVE, Recovering
from app.desk.state import CallView, DeskState
from app.domain.call import NO_CALL, CallId, CallStage, LegPurpose, LegStage
from app.domain.notice import Gravity, NoticeCode

PRESSED_AFTER_S = 60.0
"""A press so soon after a loss is about the caller who was lost."""

LINE_LOST_S = 10.0
"""An emergency line lost so shortly before its caller was lost with him."""

TRIES = 10
PAUSES_S = (2.0, 4.0, 6.0, 8.0, 10.0)
LINE_AGAIN = 5
"""How often a line that the network lost is called again without a key."""

LOST_REASONS = ("network", "408", "481", "500", "503", "504")


@dataclass(slots=True)
class _Chase:
    """One caller who is called back. `call` is the lost call, then each try in its turn."""

    call: CallId
    number: str
    began_at: float
    tries: int = 0
    next_at: float = 0.0
    is_dialling: bool = False


class CallingBack(Recovering):
    """Main thread. Needs no key; Esc within three seconds, or F3, ends it."""

    def __init__(self, ports: Ports, policy: Policy, rules: Rules, show: Callable[[DeskState], None]) -> None:
        super().__init__(ports, policy, rules, show)
        self._chases: list[_Chase] = []
        self._lines_lost: dict[CallId, float] = {}
        self._called_again: dict[tuple[CallId, str], int] = {}

    def undo_emergency(self) -> None:
        """Also takes back a ring-back that began by itself within the last three seconds."""
        now = self.rules.clock()
        fresh = [chase for chase in self._chases if chase.is_dialling and now <= chase.began_at + self.policy.undo_s]
        if not fresh or now > self.state.emergency.undo_until:
            super().undo_emergency()
            return
        self._note(fresh[-1].call, "calling-back-undone", by=self.policy.agent)
        self._ask_line(HangUp(fresh[-1].call))

    # --- when it begins ---

    def _on_ended(self, event: CallEnded) -> None:
        view = self.state.call(event.call)
        was_up = view is not None and view.stage is not CallStage.ENDED
        super()._on_ended(event)
        chase = next((chase for chase in self._chases if event.call in (chase.call, self.joined.get(chase.call))), None)
        if not was_up or view is None:
            return
        if chase is not None:
            self._go_on(chase, event)
        elif event.by == "network" and view.answered_at and self._is_emergency(view):
            self._begin(view)

    def _after_press(self, call: CallId, line: str, at: float) -> None:
        super()._after_press(call, line, at)
        view = self.state.call(call)
        if view is not None and view.is_lost and at - view.ended_at <= PRESSED_AFTER_S:
            self._begin(view)

    def _on_leg(self, event: LegChanged) -> None:
        """A line that the network lost in mid-talk is called again by itself, while its caller is there or is called back."""
        before = self._leg(event.leg)
        super()._on_leg(event)
        was_up = before is not None and before.stage is LegStage.TALKING
        is_gone = event.purpose is LegPurpose.EMERGENCY and event.stage is LegStage.ENDED and was_up
        if is_gone and event.reason.startswith(LOST_REASONS):
            self._lines_lost[event.call] = self.rules.clock()
            self._call_again(event)

    def _call_again(self, event: LegChanged) -> None:
        call = self.joined.get(event.call, event.call)
        case, key = self.cases.get(call), (call, event.line)
        if case is None or self._called_again.get(key, 0) >= LINE_AGAIN or self._is_on(call, event.line):
            return
        self._called_again[key] = self._called_again.get(key, 0) + 1
        self._note(call, "emergency-line-lost", line=event.line, reason=event.reason, again=True)
        self._press(event.line, case)

    def _is_settled(self, call: CallId) -> bool:
        """Whoever is being called back stays on the desk."""
        return super()._is_settled(call) and not any(chase.call == call for chase in self._chases)

    def _is_emergency(self, view: CallView) -> bool:
        lost_at = self._lines_lost.get(view.call, 0.0)
        is_helped = any(leg.purpose is LegPurpose.EMERGENCY for leg in view.living_legs)
        return is_helped or self.rules.clock() - lost_at <= LINE_LOST_S

    # --- how it goes on ---

    def _begin(self, view: CallView) -> None:
        is_under_way = any(chase.call == view.call for chase in self._chases) or view.call in self._going_on.values()
        if not view.number or is_under_way:
            return
        chase = _Chase(view.call, view.number, self.rules.clock())
        self._chases.append(chase)
        if not self._is_live(view.number):
            self._try(chase)

    def _is_live(self, number: str) -> bool:
        """Whether he rings us, or is rung or talked with: nobody is dialled away from the call that he has."""
        return any(view.number == number and view.stage in LIVE for view in self.state.calls)

    def _try(self, chase: _Chase) -> None:
        chase.tries += 1
        lost, chase.is_dialling = chase.call, True
        self._note(lost, "calling-back", attempt=chase.tries, line=self._way_back())
        self._notice(NoticeCode.CALLING_BACK, chase.tries, gravity=Gravity.ERROR)
        if chase.tries == 1:
            now = self.rules.clock()
            self._change(emergency=self._undo_from(now))
        self.ring_back(lost)
        if chase.call == lost:  # telephony could not be asked
            self._pause(chase)

    def _ring(self, call: CallId, number: str) -> bool:
        """Through the second gateway, which does not die with the exchange; the lines that are on go over to the new call."""
        lost = self._going_on.get(call, NO_CALL)
        chase = next((chase for chase in self._chases if chase.call == lost and chase.is_dialling), None)
        if chase is None:
            return super()._ring(call, number)
        chase.call = call
        self._asked.add(call)
        is_asked = self._ask_line(Dial(call, number, self._way_back(), takes_over=lost))
        if not is_asked:
            chase.call = lost
        return is_asked

    def _way_back(self) -> str:
        """Only lines by which citizens may be called: the trainer is none. The gateway first, for it outlives the exchange."""
        ways = self.policy.ring_back_lines
        if "gateway" in ways and any(account.line == "gateway" for account in self.policy.accounts):
            return "gateway"
        up = (line for line in ways if line in self.state.lines and self.state.lines[line].is_up)
        return next(up, self.policy.dial_line)

    def _go_on(self, chase: _Chase, event: CallEnded) -> None:
        """A try ended: by the agent for good; else it is tried again after a pause."""
        view = self.state.call(event.call)
        chase.call = event.call
        if event.by == "agent" or chase.tries >= TRIES or (view is not None and view.answered_at and event.by != "network"):
            self._chases.remove(chase)
            self._clear_notice(NoticeCode.CALLING_BACK)
            self._note(event.call, "calling-back-ended", by=event.by, tries=chase.tries)
            if event.by != "agent":
                self._notice(NoticeCode.CALLING_BACK_FAILED, chase.tries, gravity=Gravity.ERROR)
            return
        self._pause(chase)

    def _pause(self, chase: _Chase) -> None:
        chase.is_dialling = False
        chase.next_at = self.rules.clock() + PAUSES_S[min(max(1, chase.tries), len(PAUSES_S)) - 1]

    def _on_dialled(self, event: CallDialled) -> None:
        """What can be undone, and the card, stay as they were: it is the same emergency with another call."""
        before = self.state.emergency
        super()._on_dialled(event)
        if any(chase.call == event.call for chase in self._chases):
            self._change(emergency=before)

    def _on_answered(self, event: CallAnswered) -> None:
        super()._on_answered(event)
        view = self.state.call(event.call)
        number = view.number if view is not None else ""
        for chase in [chase for chase in self._chases if chase.call == event.call or chase.number == number]:
            self._chases.remove(chase)
            self._clear_notice(NoticeCode.CALLING_BACK)
            self._note(event.call, "calling-back-reached", tries=chase.tries)
            if chase.call != event.call:
                self._go_over(chase, event.call)

    def _go_over(self, chase: _Chase, call: CallId) -> None:
        """He was quicker than we: the case goes on with the call that reached him, and what is still ringing ends."""
        if chase.is_dialling:
            self._ask_line(HangUp(chase.call))
        view, case = self.state.call(call), self.cases.get(call)
        if view is not None and chase.call in self.cases and (case is None or not case.is_dirty):
            self.cases.pop(call, None)
            self._join(chase.call, view)
            self._keep_case(self.cases[call])

    def _watch_emergency(self, now: float) -> None:
        super()._watch_emergency(now)
        for chase in [chase for chase in self._chases if not chase.is_dialling and chase.next_at <= now]:
            chase.call = self.joined.get(chase.call, chase.call)
            if self.state.call(chase.call) is None:
                self._chases.remove(chase)
            elif not self._is_live(chase.number):
                self._try(chase)
