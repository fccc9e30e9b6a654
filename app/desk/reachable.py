"""Whether and how calls reach the agent and the last number is called again: do not disturb, auto-answer, redial."""

from app.desk.commands import AnswerCall, DoNotDisturb
from app.desk.events import CallEnded, CallRang, CallRefused, DisturbChanged, LineAttached, ProcessFound
from app.desk.transferring import Transferring
from app.desk.workplace import Workplace
from app.domain.agent import AgentState
from app.domain.auto_answer import asked_delay_s
from app.domain.call import CallId, CallRecord, CallStage, Direction, clean_number, masked
from app.domain.notice import Gravity, NoticeCode


class Reachable(Transferring, Workplace):
    _answers_at: tuple[CallId, float] | None = None
    """The call that is to be answered by itself, and when."""

    # --- asked for by the agent ---

    def redial(self) -> None:
        """Calls the number that was dialled last, before a restart of the window too."""
        if self.state.last_dialled:
            self.dial(self.state.last_dialled)

    def dial(self, number: str) -> None:
        target = number.strip() if number.strip().startswith("sip:") else clean_number(number)
        if target and target not in self.policy.emergency_targets:
            self._remember_dialled(target)
        super().dial(number)

    def toggle_undisturbed(self) -> None:
        """New callers are refused from now on, or may ring again. Emergency lines that call back always may."""
        is_on = not self.state.is_undisturbed
        self._note(self.state.focus, "undisturbed" if is_on else "disturbable", by=self.policy.agent)
        self._ask_line(self._disturb(is_on))

    # --- said by the network ---

    def _on_disturb(self, event: DisturbChanged) -> None:
        self._change(is_undisturbed=event.is_undisturbed)
        self._tell_presence()

    def _on_refused(self, event: CallRefused) -> None:
        """Who was refused is written down as one who rang in vain, so that somebody rings back."""
        self._recognise(event.call, event.headers)
        if not self._is_of_the_hotline(event.call):
            return
        number = clean_number(event.number)
        self._note(event.call, "refused", number=event.number, headers=event.headers, at=event.at)
        record = CallRecord(event.call, number or event.number, Direction.INCOMING, event.at, 0.0, event.at, self.policy.agent,
                            "undisturbed", headers=tuple(sorted(event.headers.items())))  # fmt: skip
        self.ports.store.record_call(record)
        self.ports.store.find_missed()
        self.ports.courier.wake()
        self._notice(NoticeCode.CALL_REFUSED, masked(number) or "–", gravity=Gravity.INFO, is_standing=False)

    def _on_attached(self, event: LineAttached) -> None:
        self._change(is_undisturbed=event.is_undisturbed)
        super()._on_attached(event)

    def _on_process_found(self, event: ProcessFound) -> None:
        super()._on_process_found(event)
        if event.process == "telephony" and self.state.is_undisturbed:
            self.ports.line.send(self._disturb(True))  # it may be another one, that knows nothing of it

    def _on_rang(self, event: CallRang) -> None:
        super()._on_rang(event)
        delay_s = self._answers_after(event)
        if delay_s is not None and self._may_answer():
            self._answers_at = (event.call, event.at + delay_s)
            self._answer_by_itself(event.at)

    def _answer_by_itself(self, now: float) -> None:
        """What was free when it rang may be busy now: then it goes on ringing like any other call."""
        if self._answers_at is None or self._answers_at[1] > now:
            return
        call, self._answers_at = self._answers_at[0], None
        view = self.state.call(call)
        if view is not None and view.stage is CallStage.RINGING and self._may_answer():
            self._note(call, "answered-by-itself", policy=self.policy.auto_answer)
            if self._ask_line(AnswerCall(call, is_automatic=True)):
                self._focus_on(call)

    def _answers_after(self, event: CallRang) -> float | None:
        """Only the exchange may ask for it, and only where the site allows: nobody else opens a microphone from afar."""
        if self.policy.auto_answer == "always":
            return 0.0
        if self.policy.auto_answer == "asked" and event.line in [account.line for account in self.policy.accounts]:
            return asked_delay_s(event.headers)
        return None

    def _may_answer(self) -> bool:
        busy = (CallStage.TALKING, CallStage.HELD, CallStage.DIALLING)
        is_free = not any(view.stage in busy or view.living_legs for view in self.state.calls)
        ringing = [view for view in self.state.calls if view.stage is CallStage.RINGING]
        return self.state.agent_state is AgentState.READY and is_free and len(ringing) == 1

    def _on_ended(self, event: CallEnded) -> None:
        super()._on_ended(event)
        view = self.state.call(event.call)
        if self.state.is_undisturbed and view is not None and view.is_lost:
            self.ports.line.send(self._disturb(True))

    def _disturb(self, is_on: bool) -> DoNotDisturb:
        """Emergency lines may ring, and whoever was cut off here in mid-call and tries to come back."""
        ways = {target for targets in self.policy.emergency_targets.values() for _, target in targets}
        lost = {view.number for view in self.state.calls if view.is_lost and view.number}
        return DoNotDisturb(is_on, tuple(sorted({*self.policy.emergency_targets, *ways, *lost})))
