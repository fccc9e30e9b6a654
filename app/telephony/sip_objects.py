"""The pjsua2 objects of ours: their callbacks become SipEvents. Nothing here may be kept outside the SIP thread."""

from collections.abc import Callable
from contextlib import suppress
from typing import Any
from uuid import uuid4

import pjsua2 as pj

from app.domain.call import CallId
from app.telephony import headers
from app.telephony.sip_events import (
    AccountChanged,
    AccountSpec,
    CallCame,
    CallOver,
    CallProgressed,
    CallUp,
    ConnectionLost,
    DigitCame,
    Media,
    MediaChanged,
    MessageCame,
    MessageTold,
    PeerAnswered,
    SipBind,
    SipEvent,
    TransferAsked,
    TransferProgressed,
)

Tell = Callable[[SipEvent], None]
"""Queues an event; it is handed out after the library's callback has returned."""

_PORT_TRIES = 20
CALLS_AT_MOST = 4
"""What the library was built for, whatever it is asked for. Each call takes two of its 64 sockets."""


def new_call_id() -> CallId:
    return CallId(uuid4().hex)


class SipEndpoint(pj.Endpoint):  # type: ignore[misc]
    def __init__(self, tell: Tell) -> None:
        pj.Endpoint.__init__(self)
        self._tell = tell
        self.choose: Callable[[str, str], int | None] = lambda _source, _message: None
        """Names the account index for a request from `source` (host:port); None leaves it to the library."""

    def onSelectAccount(self, prm: Any) -> None:
        chosen = self.choose(prm.rdata.srcAddress, prm.rdata.wholeMsg)
        if chosen is not None:
            prm.accountIndex = chosen

    def onTransportState(self, prm: Any) -> None:
        if prm.state == pj.PJSIP_TP_STATE_DISCONNECTED and not prm.type.upper().startswith("UDP"):
            self._tell(ConnectionLost())


class SipCall(pj.Call):  # type: ignore[misc]
    def __init__(self, account: "SipAccount", call: CallId, index: int = pj.PJSUA_INVALID_ID) -> None:
        pj.Call.__init__(self, account, index)
        self.id, self.account = call, account
        self.is_incoming = index != pj.PJSUA_INVALID_ID
        self.is_answered = self.is_up = self.is_over = self.is_ours = False
        self.media = Media.NONE
        self.audio: Any = None
        self.audio_index = -1
        self.wants_hold = False

    def onCallState(self, prm: Any) -> None:  # noqa: ARG002
        info = self.getInfo()
        if info.state == pj.PJSIP_INV_STATE_CONFIRMED and not self.is_up:
            self.is_up = True
            self.account.tell(CallUp(self.id))
        elif info.state == pj.PJSIP_INV_STATE_DISCONNECTED and not self.is_over:
            self.is_over = True
            self.media, self.audio = Media.NONE, None
            reason = headers.clean_text(info.lastReason)
            self.account.tell(CallOver(self.id, info.lastStatusCode, reason, self.is_ours, self.is_up))

    def onCallTsxState(self, prm: Any) -> None:
        tsx = prm.e.body.tsxState.tsx
        if tsx.method == "INVITE" and tsx.role == pj.PJSIP_ROLE_UAC and 100 <= tsx.statusCode < 200 and not self.is_up:
            self.account.tell(CallProgressed(self.id, tsx.statusCode, headers.clean_text(tsx.statusText)))

    def onCallMediaState(self, prm: Any) -> None:  # noqa: ARG002
        self.read_media()
        self.account.tell(MediaChanged(self.id, self.media))

    def read_media(self) -> None:
        """Finds the audio stream as it is now; a re-INVITE may have put another in its place."""
        self.media, self.audio = Media.NONE, None
        info = self.getInfo()  # held: its parts die with it
        for index, stream in enumerate(info.media):
            if stream.type == pj.PJMEDIA_TYPE_AUDIO and stream.status in _MEDIA:
                self.media, self.audio_index = _MEDIA[stream.status], index
                with suppress(pj.Error):  # on hold by both sides there is no stream
                    self.audio = self.getAudioMedia(index)  # while we hold it, it still takes a tone
                return

    def onInstantMessage(self, prm: Any) -> None:
        self.account.onInstantMessage(prm)

    def packets_heard(self) -> int:
        """RTP packets received since the stream began, -1 without a stream."""
        if self.media is Media.NONE:
            return -1
        try:
            statistics = self.getStreamStat(self.audio_index)  # held: its parts die with it
            rtcp = statistics.rtcp
            return int(rtcp.rxStat.pkt)
        except pj.Error:
            return -1

    def onDtmfDigit(self, prm: Any) -> None:
        self.account.tell(DigitCame(self.id, headers.clean_text(prm.digit)))

    def onCallTransferStatus(self, prm: Any) -> None:
        prm.cont = not prm.finalNotify
        reason = headers.clean_text(prm.reason)
        self.account.tell(TransferProgressed(self.id, prm.statusCode, reason, prm.finalNotify))

    def onCallTransferRequest(self, prm: Any) -> None:
        if not self.account.takes_transfers:
            prm.statusCode = pj.PJSIP_SC_DECLINE
            return
        fresh = SipCall(self.account, new_call_id())
        self.account.adopt(fresh)
        prm.newCall = fresh
        prm.statusCode = 202
        self.account.tell(TransferAsked(self.id, fresh.id, headers.clean_text(prm.dstUri)))


_MEDIA = {
    pj.PJSUA_CALL_MEDIA_ACTIVE: Media.ACTIVE,
    pj.PJSUA_CALL_MEDIA_LOCAL_HOLD: Media.HELD_BY_US,
    pj.PJSUA_CALL_MEDIA_REMOTE_HOLD: Media.HELD_BY_THEM,
}


_SRTP = {
    "off": pj.PJMEDIA_SRTP_DISABLED,
    "optional": pj.PJMEDIA_SRTP_OPTIONAL,
    "mandatory": pj.PJMEDIA_SRTP_MANDATORY,
}


class SipAccount(pj.Account):  # type: ignore[misc]
    def __init__(self, spec: AccountSpec, tell: Tell, adopt: Callable[[SipCall], None], takes_transfers: bool) -> None:
        pj.Account.__init__(self)
        self.spec, self.tell, self.adopt, self.takes_transfers = spec, tell, adopt, takes_transfers
        self.is_enrolled = True
        self.lets_in: Callable[[CallId, str], bool] = lambda _call, _source: True
        """Whether the desk is to hear of a call from `source` (host:port); else it is refused elsewhere."""
        self._renewals = 0
        self._registrar = ""

    def renew(self, bind: SipBind, port: int) -> None:
        """Only a changed registration makes the library drop a REGISTER that is under way: the Contact gets a new parameter."""
        self._renewals += 1
        config = account_config(self.spec, bind, port, self.is_enrolled)
        config.regConfig.contactParams = f";r={self._renewals}"
        self.modify(config)

    def send_text(self, address: str, text: str) -> None:
        request = pj.SendRequestParam()
        request.method = "MESSAGE"
        request.txOption.targetUri = address
        request.txOption.contentType = "text/plain;charset=utf-8"
        request.txOption.msgBody = text
        self.sendRequest(request)

    def onRegState(self, prm: Any) -> None:
        if prm.code == 200:
            self._registrar = prm.rdata.srcAddress
        reason = headers.clean_text(prm.reason)
        self.tell(AccountChanged(self.spec.name, prm.code, reason, prm.expiration))

    def onSendRequest(self, prm: Any) -> None:
        tsx = prm.e.body.tsxState.tsx
        if tsx.method == "MESSAGE":
            self.tell(MessageTold(self.spec.name, tsx.statusCode, headers.clean_text(tsx.statusText)))
            return
        self.tell(PeerAnswered(self.spec.name, tsx.statusCode, headers.clean_text(tsx.statusText)))

    def onIncomingCall(self, prm: Any) -> None:
        call = SipCall(self, new_call_id(), prm.callId)
        self.adopt(call)
        if not self.lets_in(call.id, prm.rdata.srcAddress):
            return
        found = headers.read_headers(prm.rdata.wholeMsg)
        number, display = headers.who_calls(found)
        kept = headers.kept_headers(found)
        is_known = self._is_from_home(prm.rdata.srcAddress)
        self.tell(CallCame(call.id, self.spec.name, number, display, kept.get("To", ""), kept, is_known))

    def onInstantMessage(self, prm: Any) -> None:
        if self._is_from_home(prm.rdata.srcAddress):
            self.tell(MessageCame(self.spec.name, headers.clean_text(prm.msgBody)[:200]))

    def _is_from_home(self, source: str) -> bool:
        """Whether it came from the address of this account, or from where its registrar answered (an address may be a name)."""
        return any(headers.is_same_host(source, home) for home in (self.spec.via or self.spec.address, self._registrar))


def endpoint_config(user_agent: str) -> Any:
    config = pj.EpConfig()
    config.uaConfig.threadCnt = 0
    config.uaConfig.mainThreadOnly = False
    config.uaConfig.maxCalls = CALLS_AT_MOST
    config.uaConfig.userAgent = user_agent
    config.logConfig.level = config.logConfig.consoleLevel = 0
    media = config.medConfig
    media.clockRate = media.sndClockRate = 16_000
    media.audioFramePtime = 20
    media.noVad = True
    media.ecTailLen = 0
    media.quality = 4
    media.sndAutoCloseTime = -1  # else the clock's thread ends a second after a call and another is made for the next
    # ms; left to itself the library's buffer throws away a quarter of what comes with 60 ms of jitter (measured), this 5 %
    media.jbInit, media.jbMinPre, media.jbMaxPre, media.jbMax = 40, 40, 240, 500
    media.threadCnt = 1
    media.hasIoqueue = True
    return config


def account_config(spec: AccountSpec, bind: SipBind, port: int, is_enrolled: bool = True) -> Any:
    config = pj.AccountConfig()
    home, next_hop = spec.domain or spec.address, spec.via or spec.address
    via = f";transport={spec.transport}" if spec.transport in ("tcp", "tls") else ""
    user = headers.sip_address(spec.user or "console", "", "udp").removeprefix("sip:").rstrip("@")
    config.idUri = f"sip:{user}@{home if spec.registers else f'{bind.address}:{port}'}"
    if bind.address not in ("", "0.0.0.0"):
        # the library would ask the kernel for the way to the peer, which on 127/8 names another address than ours
        config.sipConfig.contactForced = f"<sip:{user}@{bind.address}:{port}{via}>"
    registration = config.regConfig
    if spec.registers:
        config.sipConfig.authCreds.append(pj.AuthCredInfo("digest", "*", spec.user, 0, spec.password))
    if spec.registers and is_enrolled:
        registration.registrarUri = f"sip:{home}" + (";transport=tcp" if spec.transport == "tcp" else "")
    if next_hop != home and next_hop:
        config.sipConfig.proxies.append(f"sip:{next_hop}{';transport=tcp' if via else ''};lr")
    config.mediaConfig.srtpUse = _SRTP[spec.srtp]
    config.mediaConfig.srtpSecureSignaling = 0  # the tunnel is what makes the way of the keys secure
    config.mediaConfig.srtpOpt.keyings.append(pj.PJMEDIA_SRTP_KEYING_SDES)
    registration.timeoutSec = 120
    registration.retryIntervalSec = 2
    registration.firstRetryIntervalSec = 1
    registration.randomRetryIntervalSec = 0
    registration.unregWaitMsec = 1000
    transport = config.mediaConfig.transportConfig
    transport.port, transport.portRange, transport.boundAddress = bind.rtp_port, bind.rtp_ports, bind.address
    config.callConfig.timerUse = pj.PJSUA_SIP_TIMER_OPTIONAL
    config.callConfig.prackUse = pj.PJSUA_100REL_OPTIONAL
    config.natConfig.contactRewriteUse = 0
    config.natConfig.viaRewriteUse = False
    config.natConfig.sdpNatRewriteUse = 0
    return config


def open_transports(endpoint: Any, address: str, port: int) -> tuple[int, list[int]]:
    """One port for UDP and TCP: the port and the ids of both. What UDP is given at random another's TCP may have, so a port
    that was left to us (0) is tried again with another. Raises pj.Error."""
    for tries_left in reversed(range(1 if port else _PORT_TRIES)):
        opened: list[int] = []
        try:
            for kind in (pj.PJSIP_TRANSPORT_UDP, pj.PJSIP_TRANSPORT_TCP):
                config = pj.TransportConfig()
                config.boundAddress = config.publicAddress = address
                config.port = _port_of(endpoint, opened[0]) if opened else port
                opened.append(endpoint.transportCreate(kind, config))
            return _port_of(endpoint, opened[0]), opened
        except pj.Error:
            for transport in opened:
                endpoint.transportClose(transport)
            if not tries_left:
                raise
    raise AssertionError


def _port_of(endpoint: Any, transport: int) -> int:
    return int(endpoint.transportGetInfo(transport).localName.rpartition(":")[2])
