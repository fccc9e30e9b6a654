"""Sees a dead leg: no RTP, not on hold, and nobody who answers at the server that it goes by."""

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from app.domain.call import CallId
from app.telephony.lines import Lines
from app.telephony.sip import SipAgent
from app.telephony.sip_events import Media, SipError

_LOOK_S = 0.1
DOUBT_S = 0.25
"""Silence after which the server is asked: with its half second to answer, a dead one is known in less than a second."""
SILENT_S = 2.0
"""Silence after which a call whose server is lost is given up; a server that was only frozen for a moment keeps it."""


@dataclass(slots=True)
class _Heard:
    packets: int
    since: float


class SilenceWatch:
    """Lives on the SIP thread. Silence alone ends nothing: a far end may send none; the server must be lost as well."""

    def __init__(
        self,
        agent: SipAgent,
        lines: Lines,
        watched: Callable[[], Iterable[tuple[CallId, str]]],
        dead: Callable[[CallId], None],
    ) -> None:
        """`watched` gives calls that should be heard and their lines; `dead` is told of one that is gone."""
        self._agent, self._lines, self._watched, self._dead = agent, lines, watched, dead
        self._heard: dict[CallId, _Heard] = {}
        agent.later(_LOOK_S, self._look)

    def _look(self) -> None:
        self._agent.later(_LOOK_S, self._look)
        now = time.monotonic()
        watched = dict(self._watched())
        for gone in self._heard.keys() - watched.keys():
            del self._heard[gone]
        for call, line in watched.items():
            silent_s = self._silent_s(call, now)
            if silent_s < DOUBT_S:
                continue
            server = self._agent.account_of(call) or line
            self._lines.doubt(server)
            if silent_s >= SILENT_S and self._lines.is_lost(server, since=self._heard[call].since - _LOOK_S):
                self._dead(call)

    def _silent_s(self, call: CallId, now: float) -> float:
        try:
            packets = self._agent.packets_heard(call)
            is_expected = self._agent.media(call) is Media.ACTIVE
        except SipError:
            return 0.0
        heard = self._heard.get(call)
        if heard is None or packets != heard.packets or not is_expected:
            self._heard[call] = _Heard(packets, now)
            return 0.0
        return now - heard.since
