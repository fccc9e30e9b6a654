"""The one decider of the telephony process: what the desk asks, what the network says, and who is wired to the headset."""

import logging
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Protocol

from app.desk import commands as ask
from app.desk.events import (
    CallAnswered,
    CallDialled,
    CallEnded,
    CallFocused,
    CallHeld,
    CallRang,
    DeskEvent,
    DigitHeard,
    LineAttached,
    MicrophoneMuted,
    Noticed,
)
from app.domain.call import NO_CALL, CallId, Direction, LegStage
from app.domain.notice import Notice, NoticeCode
from app.telephony import sip_events as sip
from app.telephony.legs import Legs
from app.telephony.line_call import LineCall
from app.telephony.lines import Lines
from app.telephony.silence import SilenceWatch
from app.telephony.sip import SipAgent
from app.telephony.sounds import Announcer
from app.telephony.transfers import Transfers
from app.telephony.wiring import wiring

log = logging.getLogger(__name__)

_NETWORK_CODES = (408, 480, 481, 500, 502, 503, 504)
_DIGITS = frozenset("0123456789*#ABCD")


class Tap(Protocol):
    """Where the voices of the call in focus are written."""

    def began(self, call: CallId, answered_at: float) -> None: ...
    def ended(self, call: CallId) -> None: ...
    def follow(self, call: CallId) -> None: ...


class Switchboard:
    """Lives on the SIP thread: `obey` and `hear` are called there only. Calls go on whether or not a window listens."""

    def __init__(
        self,
        agent: SipAgent,
        tap: Tap,
        announcer: Announcer,
        ring: Callable[[bool, bool], None],
        emit: Callable[[DeskEvent], None],
    ) -> None:
        """`ring(is_ringing, is_soft)`: lets the ringer sound; soft while a call is talked with."""
        self._agent, self._tap, self._announcer, self._ring, self._emit = agent, tap, announcer, ring, emit
        self._calls: dict[CallId, LineCall] = {}
        self._focus = NO_CALL
        self._is_muted = False
        self._announces_to: CallId | None = None
        self._lost_numbers: dict[CallId, str] = {}
        self.lines = Lines(agent, emit)
        self.lines.may_rebind(lambda: not self._calls and not self._legs.all())
        self._legs = Legs(agent, self.lines, emit, self._rewire)
        self._transfers = Transfers(agent, emit, lambda call: self._end(call, "transfer"))
        self._watch = SilenceWatch(agent, self.lines, self._audible, self._went_dead)

    @property
    def is_idle(self) -> bool:
        """Whether no call is up or ringing."""
        return not self._calls and not self._legs.all()

    def show_all(self) -> None:
        """A window attached: tells it all that goes on here."""
        calls = tuple(call.kept() for call in self._calls.values())
        legs = tuple(leg.changed() for leg in self._legs.all())
        self._emit(LineAttached(calls, legs, self._focus, self._is_muted))
        for state in self.lines.states():
            self._emit(state)

    # --- what the desk asks ---

    def obey(self, command: ask.TelephonyCommand) -> None:
        try:
            self._obey(command)
        except sip.SipError as wrong:
            log.warning("%s was refused: %s", type(command).__name__, wrong)
            self._emit(Noticed(Notice(NoticeCode.CALL_FAILED, (wrong.values[-1],), standing=False)))
        self._rewire()

    def _obey(self, command: ask.TelephonyCommand) -> None:
        match command:
            case ask.SetUpLines():
                self.lines.set_up(command)
            case ask.AddLeg():
                self._add_leg(command)
            case ask.Dial():
                self._dial(command)
            case ask.MuteMicrophone(is_muted):
                self._is_muted = is_muted
                self._emit(MicrophoneMuted(is_muted))
            case ask.StopSound():
                self._announcer.stop()
            case ask.HangUp(call) if self._legs.has(call):
                self._legs.hang_up(call)
            case _:
                self._obey_about(command)

    def _obey_about(self, command: ask.TelephonyCommand) -> None:
        call = self._calls.get(getattr(command, "call", NO_CALL))
        if call is None:
            self._miss(command)
            return
        match command:
            case ask.AnswerCall():
                self._answer(call)
            case ask.RejectCall():
                call.ended_by = "agent"
                self._agent.reject(call.id, command.code)
            case ask.HangUp():
                self._end(call.id, "agent")
            case ask.HoldCall():
                self._hold(call, command.is_held)
            case ask.FocusCall():
                self._turn_to(call)
            case ask.SendDigits():
                self._agent.send_digits(call.id, "".join(d for d in command.digits.upper() if d in _DIGITS))
            case ask.TransferBlind():
                _, address = self.lines.account(call.line, command.target)
                self._transfers.begin(call.id, command.target, address)
            case _:
                log.error("%s is not for the switchboard", type(command).__name__)

    def _miss(self, command: ask.TelephonyCommand) -> None:
        """A command for a call that is not here: the window is told that it is gone. Its legs may still be up."""
        call = getattr(command, "call", NO_CALL)
        legs = self._legs.of(call)
        if legs and isinstance(command, ask.FocusCall):
            self._leave(call)
            self._focus_on(call)
            return
        for leg in legs if isinstance(command, ask.HangUp) else ():
            self._legs.hang_up(leg.id)
        if call:
            self._emit(CallEnded(call, 481, "no such call", "network", time.time()))

    def announce(self, call: CallId, frames: list[bytes], is_for_caller: bool) -> None:
        """Plays frames to the agent, and to the caller and further parties of `call` where that is asked."""
        self._announces_to = call if is_for_caller else None
        self._announcer.play(frames)
        self._rewire()

    # --- calls ---

    def _answer(self, call: LineCall) -> None:
        if call.is_ringing:
            self._leave(call.id)
            call.is_answering = True
            self._focus_on(call.id)
            try:
                self._agent.answer(call.id)
            except sip.SipError as wrong:
                call.is_answering = False  # it rings on and can be answered again
                log.error("call %s could not be answered: %s", call.id, wrong)
            self._sound_ringer()

    def _dial(self, command: ask.Dial) -> None:
        if command.call in self._calls:
            return
        now = time.time()
        self._emit(CallDialled(command.call, command.number, now))
        try:
            account, address = self.lines.account(command.line, command.number)
            self._take_over_legs(command.call, command.number)
            self._leave(command.call)
            self._agent.dial(account, address, call=command.call)
        except sip.SipError as wrong:
            self._emit(CallEnded(command.call, 0, wrong.values[-1], "network", time.time()))
            return
        self._calls[command.call] = LineCall(command.call, command.line, command.number, Direction.OUTGOING, now)
        self._focus_on(command.call)

    def _add_leg(self, command: ask.AddLeg) -> None:
        """A further party belongs to the call that is talked with: a leg of another call would be answered by silence."""
        call = self._calls.get(command.call)
        if call is not None and call.answered_at and self._focus != call.id:
            self._turn_to(call)
        elif self._focus not in self._calls:
            self._leave(command.call)
            self._focus_on(command.call)  # no call is up: the agent alone is connected
        self._legs.add(command)
        self._unfocus_if_empty()

    def _hold(self, call: LineCall, is_held: bool) -> None:
        if not is_held and self._focus != call.id:
            self._turn_to(call)
            return
        if call.is_held != is_held and call.answered_at:
            call.is_held = is_held
            self._rewire()  # at once: the other side's consent may take its time
            self._agent.hold(call.id, is_held)
            self._emit(CallHeld(call.id, is_held))

    def _turn_to(self, call: LineCall) -> None:
        self._leave(call.id)
        self._focus_on(call.id)
        self._hold(call, False)

    def _leave(self, other: CallId) -> None:
        """Puts on hold what the agent talks with now, unless it is `other`; a caller who has a further party on the line
        goes on talking with it: nobody in danger waits in silence because another call came."""
        left = self._calls.get(self._focus)
        if self._focus == other or (left is not None and left.answered_at and self._together(left)):
            return
        if left is not None and left.answered_at:
            self._hold(left, True)
        elif left is not None and left.direction is Direction.OUTGOING:
            self._end(left.id, "agent")
        self._legs.hold(self._focus, True)

    def _end(self, call: CallId, by: str) -> None:
        found = self._calls.get(call)
        if found is None:
            return
        found.ended_by = found.ended_by or by
        if by == "agent":
            for leg in self._legs.of(call):
                self._legs.hang_up(leg.id)
        self._agent.hang_up(call)

    def _focus_on(self, call: CallId) -> None:
        if call != self._focus:
            self._focus = call
            self._legs.hold(call, False)
            self._tap.follow(call)
            self._emit(CallFocused(call))

    # --- what the network says ---

    def hear(self, event: sip.SipEvent) -> None:
        match event:
            case sip.CallCame():
                self._came(event)
            case sip.CallOver() | sip.CallUp() | sip.CallProgressed() if self._legs.owns(event.call):
                self._hear_of_leg(event)
            case sip.CallOver():
                self._over(event)
            case sip.CallUp(call):
                self._up(call)
            case sip.DigitCame(call, digit) if call in self._calls:
                self._emit(DigitHeard(call, digit))
            case sip.TransferProgressed():
                self._transfers.progressed(event)
            case _:
                self._hear_of_line(event)
        self._rewire()

    def _hear_of_leg(self, event: sip.CallOver | sip.CallUp | sip.CallProgressed) -> None:
        match event:
            case sip.CallOver():
                self._legs.over(event)
                self._unfocus_if_empty()
            case sip.CallUp(call):
                self._legs.up(call)
            case sip.CallProgressed():
                self._legs.progressed(event)

    def _hear_of_line(self, event: sip.SipEvent) -> None:
        match event:
            case sip.AccountChanged():
                self.lines.registered(event)
            case sip.PeerAnswered():
                self.lines.answered(event)
            case sip.ConnectionLost():
                self.lines.doubt()

    def _came(self, event: sip.CallCame) -> None:
        now = time.time()
        call = LineCall(event.call, event.account, event.number, Direction.INCOMING, now, event.display, event.headers)
        self._calls[call.id] = call
        self._emit(CallRang(call.id, call.number, call.display, call.headers, now))
        with suppress(sip.SipError):  # given up in the same moment: CallOver follows
            self._agent.ring(call.id)
        self._sound_ringer()

    def _up(self, call: CallId) -> None:
        found = self._calls.get(call)
        if found is None or found.answered_at:
            return
        found.answered_at = time.time()
        self._tap.began(call, found.answered_at)
        self._emit(CallAnswered(call, found.answered_at))
        self._sound_ringer()

    def _take_over_legs(self, call: CallId, number: str) -> None:
        """A citizen whose call was lost is called back: the further parties that are still up will hear them again."""
        for lost, lost_number in list(self._lost_numbers.items()):
            if lost_number == number and self._legs.of(lost):
                self._legs.hold(lost, False)
                self._legs.move(lost, call)
                del self._lost_numbers[lost]

    def _over(self, event: sip.CallOver) -> None:
        call = self._calls.pop(event.call, None)
        if call is None:
            return
        was_transfer = self._transfers.call_ended(event.call)
        by = call.ended_by or ("transfer" if was_transfer else _ended_by(event))
        self._emit(CallEnded(event.call, event.code, event.reason, by, time.time()))
        if self._legs.of(call.id):
            self._lost_numbers[call.id] = call.number
        elif call.id != self._focus:
            self._tap.ended(call.id)
        self._unfocus_if_empty()
        self._sound_ringer()
        if by == "network":
            self.lines.doubt(call.line)

    def _unfocus_if_empty(self) -> None:
        if self._focus not in self._calls and not self._legs.of(self._focus):
            self._tap.ended(self._focus)
            self._lost_numbers.pop(self._focus, None)
            self._focus_on(NO_CALL)

    def _went_dead(self, call: CallId) -> None:
        log.warning("call %s: no voice for a second and its line is lost", call)
        if self._legs.owns(call):
            self._legs.lost(call)
        else:
            self._end(call, "network")

    # --- voices ---

    def _audible(self) -> Iterator[tuple[CallId, str]]:
        for call in self._calls.values():
            if call.answered_at and not call.is_held:
                yield call.id, call.line
        for leg in self._legs.all():
            if leg.is_up:
                yield leg.voice, leg.route

    def _sound_ringer(self) -> None:
        is_ringing = any(call.is_ringing for call in self._calls.values())
        self._ring(is_ringing, self._focus != NO_CALL)

    def _rewire(self) -> None:
        focused = self._calls.get(self._focus)
        caller = focused.id if focused is not None and focused.can_speak else NO_CALL
        legs = self._legs.of(self._focus)
        waits = any(leg.stage in (LegStage.DIALLING, LegStage.RINGING) and not self._has_voice(leg.voice) for leg in legs)
        waits = waits or (focused is not None and focused.direction is Direction.OUTGOING and not focused.answered_at
                          and not self._has_voice(focused.id))  # fmt: skip
        voices = [leg.voice for leg in legs]
        hearing = None
        if self._announcer.is_playing:
            hearing = [party for party in (caller, *voices) if party] if self._announces_to == self._focus else []
        pairs = wiring(caller, voices, self._is_muted, waits, hearing)
        for call in self._calls.values():
            if call.id != self._focus and call.can_speak and (legs_apart := self._together(call)):
                parties = (call.id, *legs_apart)
                pairs |= {(one, other) for one in parties for other in parties if one != other}
        self._agent.patch(pairs)

    def _together(self, call: LineCall) -> list[CallId]:
        """The voices of further parties that are on the line with this call."""
        return [leg.voice for leg in self._legs.of(call.id) if leg.is_up]

    def _has_voice(self, call: CallId) -> bool:
        return self._agent.media(call) is sip.Media.ACTIVE


def _ended_by(event: sip.CallOver) -> str:
    if event.is_ours:
        return "agent"
    return "network" if event.code in _NETWORK_CODES else "caller"
