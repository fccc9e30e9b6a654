"""What a SIP user agent is set up with and what it tells: plain values, never pjsua2 objects."""

from dataclasses import dataclass, field
from enum import StrEnum

from app.domain.call import CallId
from app.errors import JiesuError


class SipError(JiesuError):
    """The SIP library refused; values: what was tried, why."""

    code = "call_failed"


@dataclass(frozen=True, slots=True)
class SipBind:
    """Where a user agent listens. Port 0 = any free one, the same for UDP and TCP.

    `takes_transfers`: follows a REFER of the other side by a call of its own (TransferAsked); else it is refused with 603.
    """

    address: str = "127.0.0.1"
    port: int = 0
    rtp_port: int = 30_000
    rtp_ports: int = 800
    user_agent: str = "Jiesu"
    takes_transfers: bool = False


@dataclass(frozen=True, slots=True)
class AccountSpec:
    """One identity. With `registers`, it logs in at `address` (host:port) with digest; else it only calls and is called.

    `via`: host:port of our own tunnel that leads there (transport "tls"). `srtp`: "mandatory", "optional" or "off"."""

    name: str
    address: str
    user: str = ""
    password: str = field(default="", repr=False)
    transport: str = "tcp"
    domain: str = ""
    registers: bool = False
    via: str = ""
    srtp: str = "off"


class Media(StrEnum):
    """How the voice of a call stands."""

    NONE = "none"
    ACTIVE = "active"
    HELD_BY_US = "held_by_us"
    HELD_BY_THEM = "held_by_them"


@dataclass(frozen=True, slots=True)
class AccountChanged:
    """A registration was answered, or could not be sent. `code` 200 = registered, 0 = left."""

    account: str
    code: int
    reason: str
    expires_s: int

    @property
    def is_up(self) -> bool:
        return self.code == 200 and self.expires_s > 0


@dataclass(frozen=True, slots=True)
class PeerAnswered:
    """An OPTIONS sent by `probe` was answered; any code below 500 but 408 shows that somebody is there."""

    account: str
    code: int
    reason: str

    @property
    def is_there(self) -> bool:
        return 100 <= self.code < 500 and self.code != 408


@dataclass(frozen=True, slots=True)
class ConnectionLost:
    """A TCP connection of signalling broke; which one, the library does not say: probe the accounts."""


@dataclass(frozen=True, slots=True)
class CallCame:
    """Somebody calls. 100 has been sent; `ring`, `answer` or `reject` is expected. `number` is raw (may be odd or "")."""

    call: CallId
    account: str
    number: str
    display: str
    dialled: str
    headers: dict[str, str] = field(default_factory=dict)
    is_known: bool = False  # it came from the address of the account


@dataclass(frozen=True, slots=True)
class CallProgressed:
    """A provisional answer to our INVITE: 100, 180, 183…"""

    call: CallId
    code: int
    reason: str


@dataclass(frozen=True, slots=True)
class CallUp:
    """The call is answered and acknowledged, in either direction; told once."""

    call: CallId


@dataclass(frozen=True, slots=True)
class CallOver:
    """The call is gone; its id is forgotten. `is_ours`: we hung up. `code` is the last SIP status heard."""

    call: CallId
    code: int
    reason: str
    is_ours: bool
    was_up: bool


@dataclass(frozen=True, slots=True)
class MediaChanged:
    call: CallId
    media: Media


@dataclass(frozen=True, slots=True)
class DigitCame:
    call: CallId
    digit: str


@dataclass(frozen=True, slots=True)
class MessageCame:
    """The far end of an account sent a text (MESSAGE), as plain text of at most 200 signs."""

    account: str
    text: str


@dataclass(frozen=True, slots=True)
class MessageTold:
    """What became of the oldest text that this account sent and that was not answered yet."""

    account: str
    code: int
    reason: str


@dataclass(frozen=True, slots=True)
class TransferProgressed:
    """What the other side says of our REFER; `is_final`: nothing more comes."""

    call: CallId
    code: int
    reason: str
    is_final: bool


@dataclass(frozen=True, slots=True)
class TransferAsked:
    """The other side of `call` sent REFER: we accepted with 202 and are calling `target` as `new_call`."""

    call: CallId
    new_call: CallId
    target: str


SipEvent = (
    AccountChanged
    | PeerAnswered
    | ConnectionLost
    | CallCame
    | CallProgressed
    | CallUp
    | CallOver
    | MediaChanged
    | DigitCame
    | MessageCame
    | MessageTold
    | TransferProgressed
    | TransferAsked
)
