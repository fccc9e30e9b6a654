"""What the telephony process tells: calls, further parties, lines, headset. One of the parts of `app.desk.events`."""

import msgspec

from app.domain.call import NO_CALL, CallId, Direction, HandOverStep, LegPurpose, LegStage
from app.domain.quality import LineQuality
from app.domain.recording import RecordingMark, RecordingStage


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
    line: str = ""  # the line that it came in on; "" where the sender is not the far end of a line that is set up


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


class LegTried(Event, frozen=True, tag=True):
    """One more way of an emergency line is called; or all were without an answer and are called again in `again_s`, where
    `route` is "". `reason` says why the way before gave nothing, "" for the first."""

    call: CallId
    leg: CallId
    line: str
    route: str
    target: str
    round: int
    reason: str
    again_s: float
    at: float


class HandOverChanged(Event, frozen=True, tag=True):
    """How the handing over of a caller to a line stands: see HandOverStep."""

    call: CallId
    leg: CallId
    line: str
    step: HandOverStep
    reason: str
    at: float


class MessageAnswered(Event, frozen=True, tag=True):
    """A SendMessage was taken by the other side, or not."""

    request: str
    is_done: bool
    reason: str


class TransferEnded(Event, frozen=True, tag=True):
    """`other`: the consult call of an attended transfer. `is_park`: the target was the exchange's parking."""

    call: CallId
    target: str
    is_done: bool
    reason: str
    other: CallId = NO_CALL
    is_park: bool = False


class ParkedAway(msgspec.Struct, frozen=True):
    """A caller whom the exchange keeps; dialling `slot` takes him back, "" = the exchange only said it aloud."""

    call: CallId
    number: str
    display: str
    slot: str
    at: float


class Bonds(msgspec.Struct, frozen=True):
    """How calls belong together: (consult call, its caller's call), calls that hear each other, calls parked here, callers
    parked in the exchange."""

    consults: tuple[tuple[CallId, CallId], ...] = ()
    rooms: tuple[tuple[CallId, ...], ...] = ()
    parked: tuple[CallId, ...] = ()
    away: tuple[ParkedAway, ...] = ()

    def caller_of(self, consult: CallId) -> CallId:
        return next((caller for one, caller in self.consults if one == consult), NO_CALL)

    def consult_of(self, caller: CallId) -> CallId:
        return next((one for one, known in self.consults if known == caller), NO_CALL)

    def room(self, call: CallId) -> tuple[CallId, ...]:
        """The calls that hear each other with this one, itself included; () where it is alone."""
        return next((room for room in self.rooms if call in room), ())


class CallsBound(Event, frozen=True, tag=True):
    """What belongs together has changed; all of it."""

    bonds: Bonds


class CallRefused(Event, frozen=True, tag=True):
    """A caller was refused (486) because the agent does not want to be disturbed."""

    call: CallId
    number: str
    display: str
    headers: dict[str, str]
    at: float


class DisturbChanged(Event, frozen=True, tag=True):
    """Whether new callers are refused."""

    is_undisturbed: bool


class DigitHeard(Event, frozen=True, tag=True):
    call: CallId
    digit: str


class MicrophoneMuted(Event, frozen=True, tag=True):
    is_muted: bool


class LineChanged(Event, frozen=True, tag=True):
    """State of a way into the telephone network: `line` is "pbx", "gateway" or "practice".

    `server`: the one of several that is used (host:port); `is_home`: it is the one that is preferred."""

    line: str
    is_up: bool
    code: int
    reason: str
    server: str = ""
    is_home: bool = True


class HeadsetChanged(Event, frozen=True, tag=True):
    """The devices that carry the voice; "" where there is none."""

    microphone: str
    earpiece: str
    is_working: bool
    devices_in: tuple[str, ...] = ()
    devices_out: tuple[str, ...] = ()
    engine: str = ""


class HeadsetKeysFound(Event, frozen=True, tag=True):
    """The headset whose keys and lamps we serve; "" = none."""

    device: str


class HeadsetPressed(Event, frozen=True, tag=True):
    """A key on the headset: "hook" (answer, or hang up) or "mute". `is_done`: telephony acted itself, no window was there."""

    key: str
    device: str
    at: float
    is_done: bool = False


class ShiftFinding(msgspec.Struct, frozen=True):
    """One thing the pre-shift check looked at. `what`: "level", "noise", "clipping", "echo", "latency" or "ringer"; `verdict`:
    "good", "fair", "bad" or "unknown"; `why` tells cases apart ("low", "high", "none" …); `value` in dBFS, dB, % or ms."""

    what: str
    verdict: str
    why: str = ""
    value: float = 0.0


class ShiftCheckChanged(Event, frozen=True, tag=True):
    """The check came on: `step` is "silence", "sentence", "echo", "ringer", and at the end "done", "cancelled",
    "interrupted" (a call came), "refused" (a call is up) or "failed" (no device). `progress` is 0…1 of the whole."""

    step: str
    progress: float = 0.0
    level_dbfs: float = -90.0
    findings: tuple[ShiftFinding, ...] = ()
    microphone: str = ""
    earpiece: str = ""
    at: float = 0.0


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


class CallEndedUnseen(Event, frozen=True, tag=True):
    """A call ended while no window was there, or none that wrote it down; told after LineAttached until ForgetEnded."""

    kept: CallKept
    ended: CallEnded


class QualityMeasured(Event, frozen=True, tag=True):
    """How the line of a call, or of a further leg of it (`leg`, "" = the call's own), did in the last interval."""

    call: CallId
    leg: CallId
    quality: LineQuality


class RecordingChanged(Event, frozen=True, tag=True):
    """How the recording of a call stands; told again to a new window. `mark` comes with ENDED, where the file is whole."""

    call: CallId
    stage: RecordingStage
    at: float
    began_at: float
    mark: RecordingMark | None = None
    reason: str = ""


class LineAttached(Event, frozen=True, tag=True):
    """The first thing a window hears from telephony after it attached: all that goes on there."""

    calls: tuple[CallKept, ...]
    legs: tuple[LegChanged, ...]
    focus: CallId
    is_muted: bool
    bonds: Bonds = Bonds()
    is_undisturbed: bool = False
