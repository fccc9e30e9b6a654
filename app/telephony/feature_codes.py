"""The exchange's queue by feature codes: short calls in the background, beside whatever the agent does.

What is wanted is kept until it is reached: a code that fails is dialled again, and after every loss of the line all is said
anew, because an exchange that started anew has forgotten its queue. Such a call never rings, is never heard, and never takes
the headset from anybody.
"""

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass

from app.desk.commands import StandInQueue
from app.desk.queue_events import QueueCodeDialled
from app.domain.agent import QueueStanding
from app.domain.call import NO_CALL, CallId
from app.telephony.lines import Lines
from app.telephony.sip import SipAgent
from app.telephony.sip_events import CallOver, CallUp, DigitCame, SipError, SipEvent

log = logging.getLogger(__name__)

LOOK_S = 1.0
TALK_S = 8.0
"""An exchange that says in words what it did hangs up in the end; if it does not, we do."""
SILENT_S = 10.0
AGAIN_S = (2.0, 5.0, 15.0, 30.0)
PLACES = 3
"""A code is dialled only where two places stay free beside its own: a citizen's way to help must not wait for it."""
GOOD, BAD = "1", "0"
"""Tones by which an exchange may say what became of a code, beside answering or refusing the call."""


@dataclass(slots=True)
class _Dialled:
    call: CallId
    code: str
    reaches: QueueStanding
    at: float
    server: str = ""
    is_up: bool = False
    tone: str = ""
    has_given_way: bool = False


class FeatureCodes:
    """Lives on the SIP thread."""

    def __init__(self, agent: SipAgent, lines: Lines, emit: Callable[[QueueCodeDialled], None]) -> None:
        self._agent, self._lines, self._emit = agent, lines, emit
        self._wanted: StandInQueue | None = None
        self._reached = QueueStanding.UNKNOWN
        self._reached_at = 0.0
        self._reached_with = ""  # the server that was told: another one knows nothing of it
        self._dialled: _Dialled | None = None
        self._failures = 0
        self._again_at = 0.0
        self._is_looking = False

    def obey(self, command: StandInQueue) -> None:
        """Brings us there, and keeps us there. The same again is only said again where a window asks how it stands."""
        self._wanted = command
        self._failures, self._again_at = 0, 0.0
        if not self._is_looking:
            self._is_looking = True
            self._agent.later(LOOK_S, self._look_again)
        if self._reached is command.standing:
            self._emit(QueueCodeDialled(self._reached, ""))
        self._look()

    def hear(self, event: SipEvent) -> None:
        """An event of a call that is nobody else's: perhaps ours."""
        dialled = self._dialled
        if dialled is None or getattr(event, "call", NO_CALL) != dialled.call:
            return
        match event:
            case CallUp():
                dialled.is_up, dialled.at = True, time.monotonic()
            case DigitCame(_, digit) if digit in (GOOD, BAD):
                dialled.tone = digit
                self._agent.hang_up(dialled.call)
            case CallOver():
                self._over(dialled, event)

    def _look_again(self) -> None:
        self._agent.later(LOOK_S, self._look_again)
        self._look()

    def _look(self) -> None:
        now = time.monotonic()
        if self._dialled is not None:
            self._give_up(self._dialled, now)
            return
        wanted = self._wanted
        if wanted is None or now < self._again_at or not self._is_up(wanted.line):
            return
        is_forgotten = self._lines.is_lost(wanted.line, self._reached_at) or self._server(wanted.line) != self._reached_with
        if self._reached is not QueueStanding.UNKNOWN and is_forgotten:
            self._reached = QueueStanding.UNKNOWN
        step = next_step(self._reached, wanted)
        if step is not None and self._agent.crowd.has_room(PLACES):
            self._dial(wanted.line, *step)

    def _give_up(self, dialled: _Dialled, now: float) -> None:
        if now - dialled.at > (TALK_S if dialled.is_up else SILENT_S):
            self._agent.hang_up(dialled.call)

    def give_way(self) -> None:
        """Somebody needs the place of the code that is being dialled; it is dialled again later."""
        if self._dialled is not None:
            self._dialled.has_given_way = True
            self._agent.hang_up(self._dialled.call)

    def _server(self, line: str) -> str:
        return next((state.server for state in self._lines.states() if state.line == line), "")

    def _is_up(self, line: str) -> bool:
        return any(state.is_up for state in self._lines.states() if state.line == line)

    def _dial(self, line: str, code: str, reaches: QueueStanding) -> None:
        try:
            account, address = self._lines.account(line, code)
            call = self._agent.dial(account, address)
        except SipError as wrong:
            self._failed(code, wrong.values[-1])
            return
        self._dialled = _Dialled(call, code, reaches, time.monotonic(), self._server(line))

    def _over(self, dialled: _Dialled, event: CallOver) -> None:
        self._dialled = None
        if dialled.has_given_way:
            self._again_at = time.monotonic() + AGAIN_S[0]
        elif dialled.is_up and dialled.tone != BAD:
            self._reached, self._reached_at, self._failures = dialled.reaches, dialled.at, 0
            self._reached_with = dialled.server
            if self._wanted is not None and next_step(self._reached, self._wanted) is None:
                self._emit(QueueCodeDialled(self._wanted.standing, dialled.code))
            self._look()
        else:
            self._failed(dialled.code, "refused by a tone" if dialled.tone else f"{event.code} {event.reason}".strip())

    def _failed(self, code: str, reason: str) -> None:
        self._again_at = time.monotonic() + AGAIN_S[min(self._failures, len(AGAIN_S) - 1)]
        self._failures += 1
        log.warning("a feature code failed: %s", reason)  # which one is not written: it may hold the agent's secret
        self._emit(QueueCodeDialled(QueueStanding.FAILED, code, reason))


def next_step(reached: QueueStanding, wanted: StandInQueue) -> tuple[str, QueueStanding] | None:
    """The next code to dial and what it reaches; None where we are, or no code leads further.

    Who joins the queue is ready in it until the pause is dialled: an agent who is not ready joins only where there is a code to
    pause. Pauses outlive a login on some exchanges, so ready is said by both codes.
    """
    standing = wanted.standing
    if standing is QueueStanding.PAUSED and not wanted.pause_code:
        standing = QueueStanding.OUT
    if standing is reached:
        return None
    match standing, reached:
        case QueueStanding.OUT, _:
            step = (wanted.logout_code, QueueStanding.OUT)
        case QueueStanding.PAUSED, QueueStanding.IN:
            step = (wanted.pause_code, QueueStanding.PAUSED)
        case QueueStanding.PAUSED, _:
            step = (wanted.login_code or wanted.pause_code, QueueStanding.IN if wanted.login_code else QueueStanding.PAUSED)
        case QueueStanding.IN, QueueStanding.PAUSED if wanted.unpause_code:
            step = (wanted.unpause_code, QueueStanding.IN)
        case QueueStanding.IN, _ if wanted.login_code and wanted.unpause_code:
            step = (wanted.login_code, QueueStanding.PAUSED)
        case QueueStanding.IN, _:
            step = (wanted.login_code or wanted.unpause_code, QueueStanding.IN)
        case _:
            return None
    return step if step[0] else None
