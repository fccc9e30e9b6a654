"""What the telephony process tells: calls, further parties, lines, headset. One of the parts of `app.desk.events`."""

import msgspec

from app.domain.call import CallId, Direction, LegPurpose, LegStage


class Event(msgspec.Struct, frozen=True, tag=True):
    """Root of all events."""


class CallRang(Event, frozen=True, tag=True):
    """A caller rings. `number` is as the network said it (P-Asserted-Identity before From); `headers` hold X-Call-ID,
    User-to-User, P-Asserted-Identity, Call-Info where the INVITE had them."""

    call: CallId
    number: str
    display: str
    headers: dict[str, str]
    at: float


class CallDialled(Event, frozen=True, tag=True):
    """We call somebody."""

    call: CallId
    number: str
    at: float


class CallAnswered(Event, frozen=True, tag=True):
    """Both sides can speak. Word and tap times count from here."""

    call: CallId
    at: float


class CallHeld(Event, frozen=True, tag=True):
    call: CallId
    is_held: bool


class CallFocused(Event, frozen=True, tag=True):
    """The headset is now wired to this call; "" to none."""

    call: CallId


class CallEnded(Event, frozen=True, tag=True):
    """`by` is "caller", "agent", "network" (the exchange or gateway was lost) or "transfer"."""

    call: CallId
    code: int
    reason: str
    by: str
    at: float


class LegChanged(Event, frozen=True, tag=True):
    """A further leg of a call (emergency line or third party) came one step on."""

    call: CallId
    leg: CallId
    purpose: LegPurpose
    line: str  # "119", or the number of the third party
    target: str
    route: str  # "pbx" or "gateway"
    stage: LegStage
    reason: str
    at: float
    pressed_at: float = 0.0  # as AddLeg said it


class TransferEnded(Event, frozen=True, tag=True):
    call: CallId
    target: str
    is_done: bool
    reason: str


class DigitHeard(Event, frozen=True, tag=True):
    call: CallId
    digit: str


class MicrophoneMuted(Event, frozen=True, tag=True):
    is_muted: bool


class LineChanged(Event, frozen=True, tag=True):
    """State of a way into the telephone network: `line` is "pbx", "gateway" or "practice"."""

    line: str
    is_up: bool
    code: int
    reason: str


class HeadsetChanged(Event, frozen=True, tag=True):
    """The devices that carry the voice; "" where there is none."""

    microphone: str
    earpiece: str
    is_working: bool
    devices_in: tuple[str, ...] = ()
    devices_out: tuple[str, ...] = ()


class CallKept(msgspec.Struct, frozen=True):
    """A call as the telephony process holds it."""

    call: CallId
    number: str
    display: str
    headers: dict[str, str]
    direction: Direction
    rang_at: float
    answered_at: float
    is_held: bool


class LineAttached(Event, frozen=True, tag=True):
    """The first thing a window hears from telephony after it attached: all that goes on there."""

    calls: tuple[CallKept, ...]
    legs: tuple[LegChanged, ...]
    focus: CallId
    is_muted: bool
