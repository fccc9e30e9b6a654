"""The one decider of the telephony process: what the desk asks, what the network says, and who is wired to the headset."""

import logging
import time
from collections.abc import Callable
from contextlib import suppress

from app.desk import commands as ask
from app.desk.events import (
    CallAnswered,
    CallDialled,
    CallEnded,
    CallRang,
    DeskEvent,
    DigitHeard,
    LineAttached,
    MicrophoneMuted,
    Noticed,
)
from app.domain.call import NO_CALL, CallId, Direction, LegPurpose
from app.domain.notice import Notice, NoticeCode
from app.telephony import sip_events as sip
from app.telephony.announcer import Announcer
from app.telephony.courtesy import Turn
from app.telephony.doorkeeper import Doorkeeper
from app.telephony.feature_codes import FeatureCodes
from app.telephony.line_call import LineCall
from app.telephony.silence import SilenceWatch
from app.telephony.sip import SipAgent
from app.telephony.sounds import answer_beep
from app.telephony.talks import Talks, Tap
from app.telephony.texts import Texts

log = logging.getLogger(__name__)

SUPERVISION = "X-Supervision"
"""A call with this header is a team lead's own way into another desk's call: nothing of it is recorded here."""
_NOBODY_CODES = (404, 410, 604)
_NETWORK_CODES = (408, 480, 481, 500, 502, 503, 504)


class Switchboard(Talks):
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
        super().__init__(agent, tap, announcer, emit)
        self._ring = ring
        self._door = Doorkeeper(self._calls, self._legs, self._bonds, emit)
        self._texts = Texts(agent, self.lines, emit)
        self._codes = FeatureCodes(agent, self.lines, emit)
        self._watch = SilenceWatch(agent, self.lines, self._voices.audible, self._went_dead)

    def show_all(self) -> None:
        """A window attached: tells it all that goes on here."""
        calls = tuple(call.kept() for call in self._calls.values())
        legs = tuple(leg.changed() for leg in self._legs.all())
        bonds, is_undisturbed = self._bonds.told(), self._door.is_undisturbed
        self._emit(LineAttached(calls, legs, self._focus, self._is_muted, bonds, is_undisturbed))
        self._handovers.show_all()
        for state in self.lines.states():
            self._emit(state)

    def after(self, work: Callable[[], None]) -> None:
        """Does `work`, which changes who listens in, and connects anew."""
        work()
        self._rewire()

    def streams(self) -> list[tuple[CallId, CallId, CallId]]:
        """Call, further leg ("" = the call's own) and voice of all that is up."""
        calls = [(call.id, NO_CALL, call.id) for call in self._calls.values() if call.answered_at]
        return calls + [(leg.call, leg.id, leg.voice) for leg in self._legs.all() if leg.is_up]

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
            case ask.AddLeg():
                self._add_leg(command)
            case ask.Dial():
                self._dial(command)
            case ask.HandOver(call):
                self._handovers.asked(command, self._calls.get(call))
            case ask.TakeBack(call):
                self._take_back(call)
            case ask.SendMessage():
                self._texts.send(command)
            case ask.StandInQueue():
                self._codes.obey(command)
            case ask.HangUp(call) | ask.SendDigits(call) if self._legs.has(call):
                self._obey_about_leg(command)
            case ask.SetUpLines() | ask.MuteMicrophone() | ask.StopSound() | ask.DoNotDisturb():
                self._obey_about_place(command)
            case _:
                self._obey_about(command)

    def _obey_about_place(self, command: ask.SetUpLines | ask.MuteMicrophone | ask.StopSound | ask.DoNotDisturb) -> None:
        match command:
            case ask.SetUpLines():
                self.lines.set_up(command)
            case ask.MuteMicrophone(is_muted):
                self._is_muted = is_muted
                self._emit(MicrophoneMuted(is_muted))
            case ask.StopSound(call):
                self._voices.stop(call)
            case ask.DoNotDisturb():
                self._door.obey(command)

    def _obey_about_leg(self, command: ask.HangUp | ask.SendDigits) -> None:
        leg = self._legs.get(command.call)
        if isinstance(command, ask.HangUp):
            self._legs.hang_up(leg.id)
        elif leg.is_up:
            self._send_digits(leg.voice, command.digits)

    def _obey_about(self, command: ask.TelephonyCommand) -> None:
        call = self._calls.get(getattr(command, "call", NO_CALL))
        if call is None:
            self._miss(command)
            return
        match command:
            case ask.AnswerCall():
                self._answer(call, command.is_automatic)
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
                self._send_digits(call.id, command.digits)
            case _:
                self._obey_handing_on(command, call)

    def _obey_handing_on(self, command: ask.TelephonyCommand, call: LineCall) -> None:
        match command:
            case ask.TransferBlind():
                _, address = self.lines.account(call.line, command.target)
                self._transfers.begin(call.id, command.target, address)
            case ask.TransferAttended():
                self._transfer_attended(call, command.other)
            case ask.JoinCalls():
                self._join(call, command.others)
            case ask.ParkCall():
                self._park(call, command.extension)
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

    def announce(
        self, call: CallId, frames: list[bytes], is_for_caller: bool, follows: bool = False, turn: Turn | None = None
    ) -> None:
        """Plays frames to the agent, and to the caller and further parties of `call` where that is asked."""
        self._voices.announce(call, frames, is_for_caller, follows, turn)
        self._rewire()

    # --- calls ---

    def _answer(self, call: LineCall, is_automatic: bool) -> None:
        if call.is_ringing:
            if is_automatic:
                self._voices.announce(call.id, answer_beep(), False)
            self._take_over_legs(call.id, call.number)
            self._leave(call.id)
            call.is_answering = True
            self._focus_on(call.id)
            try:
                self._agent.answer(call.id)
            except sip.SipError as wrong:
                call.is_answering = False  # it rings on and can be answered again
                log.error("call %s could not be answered: %s", call.id, wrong)
            self._unfocus_if_empty()
            self._sound_ringer()

    def _dial(self, command: ask.Dial) -> None:
        if command.call in self._calls:
            return
        now = time.time()
        if command.consult_of in self._calls:
            self._bonds.consult(command.call, command.consult_of)
        self._emit(CallDialled(command.call, command.number, now))
        left = self._calls.get(self._focus)
        left = left if left is not None and left.answered_at and not left.is_held else None
        try:
            account, address = self.lines.account(command.line, command.number)
            self._take_over_legs(command.call, command.number, command.takes_over)
            self._leave(command.call)
            self._agent.dial(account, address, call=command.call)
        except sip.SipError as wrong:
            self._emit(CallEnded(command.call, 0, wrong.values[-1], "network", time.time()))
            self._stay_with(command, self._calls.get(command.consult_of, left))
            return
        self._calls[command.call] = LineCall(command.call, account, command.number, Direction.OUTGOING, now)
        if command.takes_back:
            self._bonds.take_back(command.call, command.takes_back)
        self._focus_on(command.call)
        self._unfocus_if_empty()

    def _stay_with(self, command: ask.Dial, left: LineCall | None) -> None:
        """Nobody could be dialled: the agent is with whom he talked before, or with the parties that were to go along."""
        has_legs = bool(self._legs.of(command.call))
        if has_legs:
            self._lost_numbers[command.call] = command.number
        if left is not None and not left.ended_by:
            self._turn_to(left)
            self._legs.hold(command.call, True)
        elif has_legs:
            self._focus_on(command.call)
        self._unfocus_if_empty()

    def _add_leg(self, command: ask.AddLeg) -> None:
        """A further party belongs to the call that is talked with: a leg of another call would be answered by silence."""
        call = self._calls.get(command.call)
        if call is not None and call.answered_at and self._focus != call.id:
            self._turn_to(call)
        elif self._focus not in self._calls:
            self._leave(command.call)
            self._focus_on(command.call)  # no call is up: the agent alone is connected
        self._legs.add(command)
        if command.purpose is not LegPurpose.THREE_WAY and not self._agent.crowd.has_room(1):
            self._make_place()
        self._unfocus_if_empty()

    def _make_place(self) -> None:
        """The second way to help finds all places taken: a code of the queue, or a colleague only consulted, gives way."""
        self._codes.give_way()
        for consult, _ in self._bonds.told().consults:
            if len(self._bonds.room(consult)) == 1:
                self._end(consult, "agent")

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
                if not self._handovers.progressed(event):
                    self._transfers.progressed(event)
            case _:
                self._hear_of_line(event)
        self._rewire()

    def _hear_of_leg(self, event: sip.CallOver | sip.CallUp | sip.CallProgressed) -> None:
        match event:
            case sip.CallOver(call):
                self._legs.over(event)
                self._unfocus_if_empty()
            case sip.CallUp(call):
                self._legs.up(call)
                if (leg := self._legs.of_attempt(call)) is not None:
                    self._handovers.leg_up(leg, self._calls.get(leg.call))
            case sip.CallProgressed():
                self._legs.progressed(event)

    def _hear_of_line(self, event: sip.SipEvent) -> None:
        match event:
            case sip.MessageCame():
                if self._door.read(event):
                    self._transfers.heard_out()
            case sip.MessageTold():
                self._texts.told(event)
            case sip.AccountChanged():
                self.lines.registered(event)
            case sip.PeerAnswered():
                self.lines.answered(event)
            case sip.ConnectionLost():
                self.lines.doubt()
            case sip.DigitCame():
                self._codes.hear(event)

    def _came(self, event: sip.CallCame) -> None:
        now = time.time()
        if not self._door.lets_in(event, self._lost_numbers.values()):
            self._agent.reject(event.call)
            return
        call = LineCall(event.call, event.account, event.number, Direction.INCOMING, now, event.display, event.headers)
        self._calls[call.id] = call
        line = self.lines.line_of(event.account) if event.is_known else ""
        self._emit(CallRang(call.id, call.number, call.display, call.headers, now, line))
        with suppress(sip.SipError):  # given up in the same moment: CallOver follows
            self._agent.ring(call.id)
        self._sound_ringer()

    def _up(self, call: CallId) -> None:
        found = self._calls.get(call)
        if found is None or found.answered_at:
            self._codes.hear(sip.CallUp(call))
            return
        found.answered_at = time.time()
        self._taped.add(call)
        is_colleague = bool(self._bonds.caller_of(call)) or SUPERVISION in found.headers
        self._tap.began(call, found.answered_at, not is_colleague)
        self._bonds.took_back(call, True)
        self._emit(CallAnswered(call, found.answered_at))
        self._sound_ringer()

    def _over(self, event: sip.CallOver) -> None:
        call = self._calls.pop(event.call, None)
        if call is None:
            self._codes.hear(event)
            return
        was_transfer = self._transfers.call_ended(event.call)
        was_transfer = self._handovers.call_over(event.call, call.ended_by or _ended_by(event)) or was_transfer
        room, caller = self._bonds.room(event.call), self._bonds.caller_of(event.call)
        caller = NO_CALL if was_transfer else caller
        self._bonds.took_back(call.id, event.code in _NOBODY_CODES)
        by = call.ended_by or ("transfer" if was_transfer else _ended_by(event))
        self._emit(CallEnded(event.call, event.code, event.reason, by, time.time()))
        if self._legs.of(call.id):
            self._lost_numbers[call.id] = call.number
        self._go_on_after(call.id, room, caller)
        self._unfocus_if_empty()
        self._sound_ringer()
        if by == "network":
            self.lines.doubt(call.line)

    def _went_dead(self, call: CallId) -> None:
        log.warning("call %s: no voice for a second and its line is lost", call)
        if self._legs.owns(call):
            self._legs.lost(call)
        else:
            self._end(call, "network")

    # --- voices ---

    def _sound_ringer(self) -> None:
        is_ringing = any(call.is_ringing for call in self._calls.values())
        self._ring(is_ringing, self._focus != NO_CALL)


def _ended_by(event: sip.CallOver) -> str:
    if event.is_ours:
        return "agent"
    return "network" if event.code in _NETWORK_CODES else "caller"
