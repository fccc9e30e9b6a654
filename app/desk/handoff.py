"""Handing over: by one key the caller is left to an emergency line that has answered, and the agent is free."""

from dataclasses import replace

from app.desk.cards import Cards
from app.desk.commands import HandOver, TakeBack
from app.desk.line_events import HandOverChanged
from app.desk.state import Leg
from app.domain.call import CallId, CallStage, HandOverStep, LegPurpose, LegStage
from app.domain.notice import Gravity, NoticeCode

TWICE_S = 1.5
"""The key pressed again so soon is a finger that bounced, not a wish to come back."""


class HandOff(Cards):
    """Main thread. Without an answer of the line nobody is handed over."""

    def hand_over(self, line: str) -> None:
        """A clear case (N2): the line is called, and as soon as it answers the caller is left to it; one that is called or
        talked with already gets the caller at once, or when it answers. Once more, and the agent is back on the call."""
        case = self._case_for_emergency()
        leg = self._living_leg(case.call, line)
        if leg is None:
            self._press(line, case, hands_over=True)
        elif leg.handed_at:
            if self.rules.clock() - leg.handed_at > TWICE_S:
                self.take_back()
        else:
            self._note(case.call, "hand-over-asked", line=line, leg=leg.leg, by=self.policy.agent)
            if self._ask_line(HandOver(case.call, leg.leg, self.policy.undo_s)):
                self._put_leg(case.call, replace(leg, hands_over=True))
                if leg.stage is LegStage.TALKING:
                    self._change(emergency=replace(self._undo_from(self.rules.clock()), pressed=line))

    def take_back(self) -> None:
        """The agent is on the call again that was handed over last."""
        handed = self._handed()
        if handed is not None:
            self._note(handed[0], "hand-over-taken-back", line=handed[1].line, by=self.policy.agent)
            self._ask_line(TakeBack(handed[0]))

    def undo_emergency(self) -> None:
        """A press is undone as a whole; a hand-over whose press is older is taken back, and the line stays on."""
        now, handed = self.rules.clock(), self._handed()
        is_open = now <= self.state.emergency.undo_until
        if handed is None or not is_open or self._is_fresh_press(handed[1].leg, now):
            super().undo_emergency()
            return
        self._change(emergency=replace(self.state.emergency, undo_until=0.0))
        self.take_back()

    def _on_handed(self, event: HandOverChanged) -> None:
        leg = self._leg(event.leg)
        self._note(event.call, "hand-over", leg=event.leg, line=event.line, step=event.step, reason=event.reason, at=event.at)
        match event.step:
            case HandOverStep.TOGETHER:
                self._left(event, leg)
            case HandOverStep.TRANSFERRED:
                self._record_hand_over(event, "handed over: by the exchange")
            case HandOverStep.REFUSED:
                if leg is not None and not leg.handed_at:  # a window that was not there when it began
                    self._put_leg(event.call, replace(leg, handed_at=event.at, hands_over=True))
                self._record_hand_over(event, "handed over: through this console")
                self._notice(NoticeCode.HAND_OVER_HERE, event.line, event.reason, gravity=Gravity.INFO, is_standing=False)
            case HandOverStep.TAKEN_BACK | HandOverStep.RETURNED:
                self._came_back(event, leg)

    def _left(self, event: HandOverChanged, leg: Leg | None) -> None:
        if leg is not None:
            self._put_leg(event.call, replace(leg, handed_at=event.at, hands_over=True))
        self._record_hand_over(event, "handed over")
        until = event.at + self.policy.undo_s
        if until > self.rules.clock():
            until = max(until, self.state.emergency.undo_until)
            self._change(emergency=replace(self.state.emergency, undo_until=until, pressed=event.line))
        self._notice(NoticeCode.HANDED_OVER, event.line, gravity=Gravity.INFO, is_standing=False)
        self._card_step(event.call, "handed over")

    def _came_back(self, event: HandOverChanged, leg: Leg | None) -> None:
        if leg is not None:
            self._put_leg(event.call, replace(leg, handed_at=0.0, hands_over=False))
        if event.step is HandOverStep.RETURNED:
            self._notice(NoticeCode.CALLER_RETURNED, event.line, gravity=Gravity.ERROR, is_standing=False)
        elif event.leg in self._pressed:
            self._record_hand_over(event, "answered")

    def _record_hand_over(self, event: HandOverChanged, outcome: str) -> None:
        if event.leg in self._pressed:
            self._record(event.leg, outcome)

    def _living_leg(self, call: CallId, line: str) -> Leg | None:
        view = self.state.call(call)
        legs = [leg for leg in view.living_legs if leg.purpose is LegPurpose.EMERGENCY] if view is not None else []
        return next((leg for leg in legs if leg.line == line), None)

    def _handed(self) -> tuple[CallId, Leg] | None:
        """The call that was handed over last and still runs through here."""
        handed = [
            (view.call, leg)
            for view in self.state.calls
            for leg in view.living_legs
            if leg.handed_at and view.stage is not CallStage.ENDED
        ]
        return max(handed, key=lambda found: found[1].handed_at, default=None)

    def _is_fresh_press(self, leg: CallId, now: float) -> bool:
        pressed = self._pressed.get(leg)
        return pressed is not None and pressed.record.pressed_at + self.policy.undo_s >= now
