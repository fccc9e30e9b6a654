"""Sees a dead leg: no RTP for a second, not on hold, and nobody who answers for its line any more."""

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from app.domain.call import CallId
from app.telephony.lines import Lines
from app.telephony.sip import SipAgent
from app.telephony.sip_events import Media, SipError

_LOOK_S = 0.2
SILENT_S = 1.0


@dataclass(slots=True)
class _Heard:
    packets: int
    since: float


class SilenceWatch:
    """Lives on the SIP thread. Silence alone ends nothing: a far end may send none; the line must be lost as well."""

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
            if self._is_silent(call, now):
                self._lines.doubt(line)
                if self._lines.is_lost(line, since=self._heard[call].since - _LOOK_S):
                    self._dead(call)

    def _is_silent(self, call: CallId, now: float) -> bool:
        try:
            packets = self._agent.packets_heard(call)
            is_expected = self._agent.media(call) is Media.ACTIVE
        except SipError:
            return False
        heard = self._heard.get(call)
        if heard is None or packets != heard.packets or not is_expected:
            self._heard[call] = _Heard(packets, now)
            return False
        return now - heard.since >= SILENT_S
