"""Measures the line of every call and leg from the library's stream statistics, every one and a half seconds."""

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

import pjsua2 as pj

from app.desk.events import DeskEvent, QualityMeasured
from app.domain.call import CallId
from app.domain.quality import UNKNOWN, LineQuality
from app.telephony.sip import SipAgent
from app.telephony.sip_events import Media
from app.telephony.sip_objects import SipCall

LOOK_S = 1.5
"""RTCP comes every five seconds at most; what the far end says is taken as it stands between."""

Streams = Callable[[], Iterable[tuple[CallId, CallId, CallId]]]
"""Call, leg ("" = the call's own) and the call whose voice it is."""


@dataclass(frozen=True, slots=True)
class Reading:
    """Running totals of one stream and its figures of the moment. `told`: how often the far end reported."""

    codec: str
    heard: int
    lost: int
    sent: int
    told: int
    told_lost: int
    jitter_in_ms: float
    jitter_out_ms: float
    round_trip_ms: float
    buffer_ms: float
    is_audible: bool


@dataclass(slots=True)
class _Stream:
    """What was known of a stream at the last look, and at the far end's last report."""

    last: Reading
    at_report: Reading
    loss_out: float = UNKNOWN


class QualityMeter:
    """Lives on the SIP thread."""

    def __init__(self, agent: SipAgent, streams: Streams, emit: Callable[[DeskEvent], None]) -> None:
        self._agent, self._streams, self._emit = agent, streams, emit
        self._known: dict[CallId, _Stream] = {}
        agent.later(LOOK_S, self._look)

    def _look(self) -> None:
        self._agent.later(LOOK_S, self._look)
        present = list(self._streams())
        for gone in self._known.keys() - {voice for _, _, voice in present}:
            del self._known[gone]
        for call, leg, voice in present:
            reading = self._agent.examine(voice, read)
            quality = self._judge(voice, reading) if reading is not None else None
            if quality is not None:
                self._emit(QualityMeasured(call, leg, quality))

    def _judge(self, voice: CallId, now: Reading) -> LineQuality | None:
        """None at the first look at a stream: what was lost while it began says nothing. A re-INVITE begins it anew."""
        known = self._known.get(voice)
        if known is None or now.heard < known.last.heard or now.sent < known.last.sent:
            self._known[voice] = _Stream(now, now)
            return None
        heard, lost = now.heard - known.last.heard, max(0, now.lost - known.last.lost)
        if now.told > known.at_report.told:
            if known.at_report.told:
                told_lost = max(0, now.told_lost - known.at_report.told_lost)
                known.loss_out = min(100.0, 100.0 * told_lost / max(1, now.sent - known.at_report.sent))
            else:
                known.loss_out = 0.0 if not now.told_lost else min(100.0, 100.0 * now.told_lost / max(1, now.sent))
            known.at_report = now
        known.last = now
        return LineQuality(
            time.time(),
            now.codec,
            now.jitter_in_ms,
            now.jitter_out_ms if now.told else UNKNOWN,
            100.0 * lost / (heard + lost) if heard + lost else 100.0,
            known.loss_out,
            now.round_trip_ms,
            now.buffer_ms,
            now.is_audible,
        )


def read(call: SipCall) -> Reading | None:
    """The statistics of a call's stream as they stand; None while it has none. On the SIP thread."""
    if call.media is Media.NONE or call.audio_index < 0:
        return None
    try:
        info = call.getStreamInfo(call.audio_index)
        statistics: Any = call.getStreamStat(call.audio_index)  # held: its parts die with it
        rtcp, jbuf = statistics.rtcp, statistics.jbuf
        rx, tx = rtcp.rxStat, rtcp.txStat
        trip = rtcp.rttUsec
        return Reading(
            str(info.codecName),
            int(rx.pkt),
            int(rx.loss) + int(jbuf.discard),
            int(tx.pkt),
            int(tx.updateCount),
            int(tx.loss),
            rx.jitterUsec.last / 1000,
            tx.jitterUsec.last / 1000,
            trip.last / 1000 if trip.n else UNKNOWN,
            float(jbuf.avgDelayMsec),
            call.media is Media.ACTIVE,
        )
    except pj.Error:
        return None
