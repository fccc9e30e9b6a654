"""What the desk asks of the telephony, speech and practice processes: frozen, tagged, one union per process."""

import msgspec

from app.desk.command import Command, EndProcess
from app.desk.speech_commands import HearOut, LearnWords, ListenTo, LoadEars, Say, SpeechCommand, StopListening
from app.desk.voice_commands import EarCommand, PlayToEar, StopEar
from app.domain.agent import QueueStanding
from app.domain.call import NO_CALL, CallId, LegPurpose

# --- telephony -----------------------------------------------------------------------------------------------------------


class LineAccount(msgspec.Struct, frozen=True):
    """How to reach one way into the telephone network.

    `line`: "pbx", "gateway" or "practice". `address`: host:port, several in order ("a:5060, b:5060") or "srv:domain".
    Without `user` no registration takes place. `transport`: "tcp", "udp" or "tls", verified against `ca_file` ("" = the
    system's authorities). `srtp`: "auto" (mandatory with tls, else off), "mandatory", "optional" or "off". `home_after_s`: how
    long a better server must be steady before it is used again.
    """

    line: str
    address: str
    user: str = ""
    password: str = ""
    transport: str = "tcp"
    domain: str = ""
    srtp: str = "auto"
    ca_file: str = ""
    home_after_s: float = 30.0


class AudioChoice(msgspec.Struct, frozen=True):
    """Device names as `HeadsetChanged` lists them; "" = the system's default; "none" = no device. Gains are factors."""

    microphone: str = ""
    earpiece: str = ""
    ringer: str = ""
    microphone_gain: float = 1.0
    earpiece_gain: float = 1.0
    gains: tuple[str, ...] = ()  # of single devices, "in:name=1.2" or "out:name=0.8"; they go before the two above
    engine: str = "auto"  # "pulse", "sounddevice" or "qt": the one tried first
    limit_dbfs: float = -10.0  # the loudest that reaches the ear


class SetUpLines(Command, frozen=True, tag=True):
    """Register and listen; replaces what was set up before without touching calls that are up.

    Only the servers of `accounts` may call, and those of `accepts_from` (IPv4 addresses or networks)."""

    accounts: tuple[LineAccount, ...]
    local_address: str = "127.0.0.1"
    local_port: int = 0
    accepts_from: tuple[str, ...] = ()


class ChooseHeadset(Command, frozen=True, tag=True):
    choice: AudioChoice


class AnswerCall(Command, frozen=True, tag=True):
    """Answers; an active call is put on hold first. `is_automatic`: nobody pressed a key, so the agent hears a beep."""

    call: CallId
    is_automatic: bool = False


class RejectCall(Command, frozen=True, tag=True):
    call: CallId
    code: int = 486


class HangUp(Command, frozen=True, tag=True):
    """Ends a call, or one further leg of it."""

    call: CallId


class HoldCall(Command, frozen=True, tag=True):
    call: CallId
    is_held: bool


class FocusCall(Command, frozen=True, tag=True):
    """Talk with this call: resumes it and holds the one talked with."""

    call: CallId


class MuteMicrophone(Command, frozen=True, tag=True):
    is_muted: bool


class SendDigits(Command, frozen=True, tag=True):
    """RFC 4733 digits: 0-9, *, #, A-D."""

    call: CallId
    digits: str


class Dial(Command, frozen=True, tag=True):
    """Calls a number through `line`; `call` is the id that the new call gets, `consult_of` the call it is about,
    `takes_back` the call that the exchange keeps at this number."""

    call: CallId
    number: str
    line: str = "pbx"
    consult_of: CallId = NO_CALL
    takes_back: CallId = NO_CALL
    takes_over: CallId = NO_CALL  # a call that was lost: its further parties go over to this one


class TransferBlind(Command, frozen=True, tag=True):
    call: CallId
    target: str


class TransferAttended(Command, frozen=True, tag=True):
    """Joins the far ends of `call` and of its consult call `other` at the exchange, without us."""

    call: CallId
    other: CallId


class JoinCalls(Command, frozen=True, tag=True):
    """From now on the parties of these calls and the agent hear each other; `call` is the one that is written down."""

    call: CallId
    others: tuple[CallId, ...]


class ParkCall(Command, frozen=True, tag=True):
    """Hands the call to the exchange's parking; without an `extension` it waits here, and another may be taken."""

    call: CallId
    extension: str = ""


class DoNotDisturb(Command, frozen=True, tag=True):
    """New callers are refused with 486 (免打扰); not `let_through`, nor who belongs to an emergency line that is on."""

    is_on: bool
    let_through: tuple[str, ...] = ()


class AddLeg(Command, frozen=True, tag=True):
    """Brings a further party into a call: all hear all. Tries `targets` in order: (route, number or SIP address).

    The next target is called when the one before gave no provisional answer within `patience_ms` or failed; whichever
    answers first stays, the others are cancelled. With no call up (`call` is ""), the agent alone is connected.
    `pressed_at` goes along with every word of the leg, so that a window that was started anew can write its record on.
    """

    call: CallId
    leg: CallId
    purpose: LegPurpose
    line: str
    targets: tuple[tuple[str, str], ...]
    patience_ms: int = 250
    headers: dict[str, str] = msgspec.field(default_factory=dict)
    pressed_at: float = 0.0
    answer_s: float = 0.0  # a way that nobody answers for so long is joined by the next; 0 = it is waited for
    rounds: int = 1  # how often all ways are tried, with pauses, before the leg has failed
    comfort: str = ""  # WAV file that the caller hears now and then while the line is called; "" = the tone alone
    hands_over: bool = False  # as soon as the line answers, caller and line are left to each other
    undo_s: float = 3.0  # how long TakeBack can undo that


class HandOver(Command, frozen=True, tag=True):
    """Leaves the caller to a line that talks, or will: the agent is out, and free. For `undo_s` TakeBack can undo it; then the
    exchange is asked to join the two without us, where both came through it."""

    call: CallId
    leg: CallId
    undo_s: float = 3.0


class TakeBack(Command, frozen=True, tag=True):
    """The agent is on a call again that was handed over."""

    call: CallId


class StandInQueue(Command, frozen=True, tag=True):
    """Stand so in the exchange's queue from now on, by feature codes dialled in the background; after each loss again.

    A code that is "" does not exist: without a code to pause, who pauses leaves the queue instead."""

    standing: QueueStanding
    login_code: str
    logout_code: str
    pause_code: str = ""
    unpause_code: str = ""
    line: str = "pbx"


class SendMessage(Command, frozen=True, tag=True):
    """Sends a text to a SIP address or extension (RFC 3428): answered by MessageAnswered."""

    request: str
    line: str
    target: str
    text: str


class PlaySound(Command, frozen=True, tag=True):
    """Plays a WAV file (16 bit mono) to the caller and the agent, or to the agent only; in the place of what is being played,
    or, where it `follows`, after it.

    With `patience_s` it never talks over the caller: it waits so long for a pause, behind what is being played, and ends where
    the caller begins to speak; up to `tries` times it begins anew. SoundOver tells of its `request` how it ended.
    """

    call: CallId
    path: str
    is_for_caller: bool
    follows: bool = False
    request: str = ""
    patience_s: float = 0.0  # 0 = at once, to its end
    tries: int = 1


class StopSound(Command, frozen=True, tag=True):
    """What is being said to the people of this call ends; without a call whatever is being said."""

    call: CallId = NO_CALL


class SetUpRecording(Command, frozen=True, tag=True):
    """Where recordings go, and for whose key they are sealed. `is_automatic`: every call is recorded from its answer on."""

    folder: str
    public_key: bytes
    is_automatic: bool


class StartRecording(Command, frozen=True, tag=True):
    """Record this call from now on; what came before stays silence."""

    call: CallId


class PauseRecording(Command, frozen=True, tag=True):
    """While it is paused, silence of the same length is kept."""

    call: CallId
    is_paused: bool


class PlayVoice(Command, frozen=True, tag=True):
    """Plays A-law of 16 kHz into the agent's ear alone; empty: stops. Nothing of it touches a disk or a caller."""

    voice: bytes


class ForgetEnded(Command, frozen=True, tag=True):
    """These calls that ended are written down: telephony need not tell of them again."""

    calls: tuple[CallId, ...]


class StartShiftCheck(Command, frozen=True, tag=True):
    """The pre-shift check of the headset, twenty seconds; ShiftCheckChanged tells. Refused while a call is up or rings."""


class StopShiftCheck(Command, frozen=True, tag=True):
    pass


class TellRingerHeard(Command, frozen=True, tag=True):
    """The agent's answer to the last step of the check."""

    is_heard: bool


TelephonyCommand = (
    SetUpLines
    | ChooseHeadset
    | AnswerCall
    | RejectCall
    | HangUp
    | HoldCall
    | FocusCall
    | MuteMicrophone
    | SendDigits
    | Dial
    | TransferBlind
    | TransferAttended
    | StandInQueue
    | JoinCalls
    | ParkCall
    | DoNotDisturb
    | AddLeg
    | HandOver
    | TakeBack
    | SendMessage
    | PlaySound
    | StopSound
    | StartShiftCheck
    | StopShiftCheck
    | TellRingerHeard
    | SetUpRecording
    | StartRecording
    | PauseRecording
    | PlayVoice
    | EarCommand
    | ForgetEnded
    | EndProcess
)


# --- practice ------------------------------------------------------------------------------------------------------------


class StartScenario(Command, frozen=True, tag=True):
    """Let a scripted citizen call the console at `target` (a SIP address); "" = any scenario by chance."""

    scenario: str
    target: str


class StopScenario(Command, frozen=True, tag=True):
    pass


PracticeCommand = StartScenario | StopScenario | EndProcess

__all__ = [
    "AddLeg",
    "AnswerCall",
    "AudioChoice",
    "ChooseHeadset",
    "Command",
    "Dial",
    "DoNotDisturb",
    "EndProcess",
    "FocusCall",
    "ForgetEnded",
    "HandOver",
    "HangUp",
    "HearOut",
    "HoldCall",
    "JoinCalls",
    "LearnWords",
    "LineAccount",
    "ListenTo",
    "LoadEars",
    "MuteMicrophone",
    "ParkCall",
    "PauseRecording",
    "PlaySound",
    "PlayToEar",
    "PlayVoice",
    "PracticeCommand",
    "RejectCall",
    "Say",
    "SendDigits",
    "SendMessage",
    "SetUpLines",
    "SetUpRecording",
    "SpeechCommand",
    "StandInQueue",
    "StartRecording",
    "StartScenario",
    "StartShiftCheck",
    "StopEar",
    "StopListening",
    "StopScenario",
    "StopShiftCheck",
    "StopSound",
    "TakeBack",
    "TelephonyCommand",
    "TellRingerHeard",
    "TransferAttended",
    "TransferBlind",
]
