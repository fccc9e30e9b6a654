"""What the desk asks of the telephony, speech and practice processes: frozen, tagged, one union per process."""

import msgspec

from app.domain.call import CallId, LegPurpose


class Command(msgspec.Struct, frozen=True, tag=True):
    """Root of all commands."""


# --- telephony -----------------------------------------------------------------------------------------------------------


class LineAccount(msgspec.Struct, frozen=True):
    """How to reach one way into the telephone network.

    `line`: "pbx", "gateway" or "practice". `address`: host:port. Without `user` no registration takes place.
    """

    line: str
    address: str
    user: str = ""
    password: str = ""
    transport: str = "tcp"
    domain: str = ""


class AudioChoice(msgspec.Struct, frozen=True):
    """Device names as `HeadsetChanged` lists them; "" = the system's default; "none" = no device. Gains are factors."""

    microphone: str = ""
    earpiece: str = ""
    ringer: str = ""
    microphone_gain: float = 1.0
    earpiece_gain: float = 1.0


class SetUpLines(Command, frozen=True, tag=True):
    """Register and listen; replaces what was set up before without touching calls that are up."""

    accounts: tuple[LineAccount, ...]
    local_address: str = "127.0.0.1"
    local_port: int = 0


class ChooseHeadset(Command, frozen=True, tag=True):
    choice: AudioChoice


class AnswerCall(Command, frozen=True, tag=True):
    """Answers; an active call is put on hold first."""

    call: CallId


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
    """Calls a number through `line`; `call` is the id that the new call gets."""

    call: CallId
    number: str
    line: str = "pbx"


class TransferBlind(Command, frozen=True, tag=True):
    call: CallId
    target: str


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
    headers: dict[str, str] = {}
    pressed_at: float = 0.0


class PlaySound(Command, frozen=True, tag=True):
    """Plays a WAV file (16 bit mono) to the caller and the agent, or to the agent only."""

    call: CallId
    path: str
    is_for_caller: bool


class StopSound(Command, frozen=True, tag=True):
    pass


class EndProcess(Command, frozen=True, tag=True):
    """Ends every call properly, then the process."""


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
    | AddLeg
    | PlaySound
    | StopSound
    | EndProcess
)


# --- speech --------------------------------------------------------------------------------------------------------------


class LoadEars(Command, frozen=True, tag=True):
    """Loads a recogniser. `models`: names of models.toml, the first that is installed is used; `folder`: where they lie."""

    models: tuple[str, ...]
    folder: str
    language: str = "zh"


class ListenTo(Command, frozen=True, tag=True):
    """Recognise this call from the tap's frames on; stays so until another is named.

    `since`: the Unix time that word times count from (when the call was answered); 0 = the call's first tap frame.
    """

    call: CallId
    since: float = 0.0


class StopListening(Command, frozen=True, tag=True):
    """Finish what was begun of this call and forget it."""

    call: CallId


class Say(Command, frozen=True, tag=True):
    """Speak a sentence into a WAV file; `voice` as in VoiceReady, "" = the best there is."""

    request: str
    text: str
    voice: str = ""
    speed: float = 1.0


SpeechCommand = LoadEars | ListenTo | StopListening | Say | EndProcess


# --- practice ------------------------------------------------------------------------------------------------------------


class StartScenario(Command, frozen=True, tag=True):
    """Let a scripted citizen call the console at `target` (a SIP address); "" = any scenario by chance."""

    scenario: str
    target: str


class StopScenario(Command, frozen=True, tag=True):
    pass


PracticeCommand = StartScenario | StopScenario | EndProcess
