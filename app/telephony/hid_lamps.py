"""What the lamps of a headset must say of the calls, by the events that telephony itself emits: with or without a window."""

from app.desk.events import (
    CallAnswered,
    CallDialled,
    CallEnded,
    CallFocused,
    CallHeld,
    CallRang,
    DeskEvent,
    LegChanged,
    LineAttached,
    MicrophoneMuted,
)
from app.domain.call import NO_CALL, CallId, CallStage, Direction, LegPurpose, LegStage
from app.telephony.hid_descriptor import LAMP_HOLD, LAMP_MUTE, LAMP_OFF_HOOK, LAMP_RING, RINGER, Usage

_UP = (CallStage.TALKING, CallStage.HELD, CallStage.DIALLING)


class CallsSeen:
    """Not thread safe: whoever owns it locks."""

    def __init__(self) -> None:
        self._stages: dict[CallId, CallStage] = {}
        self._legs: dict[CallId, LegChanged] = {}
        self._focus = NO_CALL
        self._is_muted = False

    def hear(self, event: DeskEvent) -> None:
        match event:
            case CallRang(call=call):
                self._stages[call] = CallStage.RINGING
            case CallDialled(call=call):
                self._stages[call] = CallStage.DIALLING
            case CallAnswered(call=call):
                self._stages[call] = CallStage.TALKING
            case CallHeld(call, is_held) if call in self._stages:
                self._stages[call] = CallStage.HELD if is_held else CallStage.TALKING
            case CallEnded(call=call):
                self._stages.pop(call, None)
            case CallFocused(call):
                self._focus = call
            case MicrophoneMuted(is_muted):
                self._is_muted = is_muted
            case LegChanged():
                self._hear_of_leg(event)
            case LineAttached():
                self._take_over(event)

    @property
    def ringing(self) -> CallId | None:
        """The call that has rung longest."""
        return next((call for call, stage in self._stages.items() if stage is CallStage.RINGING), None)

    @property
    def active(self) -> CallId | None:
        """The call that a hang-up ends: the one talked with, else one being dialled or on hold, else a party left behind."""
        up = [call for call, stage in self._stages.items() if stage in _UP]
        if self._focus in up:
            return self._focus
        return next((call for call in (*up, *self._legs)), None)

    @property
    def has_emergency(self) -> bool:
        """Whether an emergency line is on, or being called, in the call that a hang-up would end."""
        return any(leg.purpose is LegPurpose.EMERGENCY and leg.call == self.active for leg in self._legs.values())

    @property
    def is_muted(self) -> bool:
        return self._is_muted

    @property
    def lit(self) -> frozenset[Usage]:
        stages = set(self._stages.values())
        is_up = bool(self._legs) or bool(stages & set(_UP))
        is_held = CallStage.HELD in stages and not stages & {CallStage.TALKING, CallStage.DIALLING} and not self._legs
        said = {
            LAMP_RING: CallStage.RINGING in stages,
            RINGER: CallStage.RINGING in stages and not is_up,
            LAMP_OFF_HOOK: is_up,
            LAMP_HOLD: is_held,
            LAMP_MUTE: self._is_muted,
        }
        return frozenset(usage for usage, is_lit in said.items() if is_lit)

    def _hear_of_leg(self, leg: LegChanged) -> None:
        if leg.stage in (LegStage.ENDED, LegStage.FAILED):
            self._legs.pop(leg.leg, None)
        else:
            self._legs[leg.leg] = leg

    def _take_over(self, event: LineAttached) -> None:
        self._stages = {}
        for kept in event.calls:
            stage = CallStage.HELD if kept.is_held else CallStage.TALKING
            if not kept.answered_at:
                stage = CallStage.RINGING if kept.direction is Direction.INCOMING else CallStage.DIALLING
            self._stages[kept.call] = stage
        self._legs = {}
        for leg in event.legs:
            self._hear_of_leg(leg)
        self._focus, self._is_muted = event.focus, event.is_muted
