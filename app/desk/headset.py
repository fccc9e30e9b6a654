"""The headset at the desk: its keys, its check before the shift, and what the journal says of them."""

from dataclasses import replace

from app.desk.commands import StartShiftCheck, StopShiftCheck, TellRingerHeard
from app.desk.events import HeadsetKeysFound, HeadsetPressed, ShiftCheckChanged
from app.desk.phone import Phone

CHECK_RUNS = frozenset({"silence", "sentence", "echo", "ringer"})


class HeadsetDesk(Phone):
    # --- asked for by the agent ---

    def start_shift_check(self) -> None:
        """Twenty seconds: level, noise, clipping, echo, delay, ringer. A call that comes ends it at once."""
        self._ask_line(StartShiftCheck())

    def stop_shift_check(self) -> None:
        check = self.state.headset.check
        if check is not None and check.step in CHECK_RUNS:
            self._ask_line(StopShiftCheck())

    def tell_ringer_heard(self, is_heard: bool) -> None:
        """The answer to the check's last question."""
        self._ask_line(TellRingerHeard(is_heard))

    # --- said by telephony ---

    def _on_keys_found(self, event: HeadsetKeysFound) -> None:
        before = self.state.headset.keys
        self._change(headset=replace(self.state.headset, keys=event.device))
        if event.device != before:
            self._note(self.state.focus, "headset-keys", device=event.device)

    def _on_pressed(self, event: HeadsetPressed) -> None:
        """A key on the headset does what the key on the keyboard does; what telephony did by itself is only written down."""
        ringing, active = self.state.ringing, self.active
        about = ringing or active
        call = about.call if about is not None else self.state.focus
        self._note(call, "headset-key", key=event.key, device=event.device, at=event.at, done=event.is_done)
        if event.is_done:
            return
        if event.key == "mute":
            self.toggle_mute()
        elif ringing is not None:
            self.take(ringing.call)
        else:
            self.hang_up()

    def _on_shift_check(self, event: ShiftCheckChanged) -> None:
        before = self.state.headset
        self._change(headset=replace(before, check=event, last_check=event if event.step == "done" else before.last_check))
        is_news = before.last_check is None or before.last_check.at != event.at
        if event.step == "done" and is_news:
            found = {finding.what: [finding.verdict, finding.why, finding.value] for finding in event.findings}
            self._note(self.state.focus, "shift-check", at=event.at, microphone=event.microphone, earpiece=event.earpiece,
                       by=self.policy.agent, **found)  # fmt: skip
