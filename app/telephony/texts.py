"""Texts to the team lead's telephone (MESSAGE, RFC 3428): one after the other, each answered in its turn."""

from collections import deque
from collections.abc import Callable

from app.desk.commands import SendMessage
from app.desk.events import DeskEvent, MessageAnswered
from app.telephony.lines import Lines
from app.telephony.sip import SipAgent
from app.telephony.sip_events import MessageTold, SipError

_NO_WORD_S = 8.0


class Texts:
    """Lives on the SIP thread."""

    def __init__(self, agent: SipAgent, lines: Lines, emit: Callable[[DeskEvent], None]) -> None:
        self._agent, self._lines, self._emit = agent, lines, emit
        self._waiting: dict[str, deque[SendMessage]] = {}

    def send(self, command: SendMessage) -> None:
        try:
            account, _ = self._lines.account(command.line, command.target)
        except SipError as wrong:
            self._emit(MessageAnswered(command.request, False, wrong.values[-1]))
            return
        queue = self._waiting.setdefault(account, deque())
        queue.append(command)
        if len(queue) == 1:
            self._send_first(account)
        self._agent.later(_NO_WORD_S, lambda: self._too_late(account, command))

    def told(self, event: MessageTold) -> None:
        self._answer(event.account, event.code // 100 == 2, f"{event.code} {event.reason}")

    def _send_first(self, account: str) -> None:
        command = self._waiting[account][0]
        try:
            _, address = self._lines.account(command.line, command.target)
            self._agent.message(account, address, command.text)
        except SipError as wrong:
            self._answer(account, False, wrong.values[-1])

    def _too_late(self, account: str, command: SendMessage) -> None:
        if command in self._waiting.get(account, ()):
            if self._waiting[account][0] is command:
                self._answer(account, False, "408 no answer")
            else:
                self._agent.later(_NO_WORD_S, lambda: self._too_late(account, command))

    def _answer(self, account: str, is_done: bool, reason: str) -> None:
        queue = self._waiting.get(account)
        if not queue:
            return
        self._emit(MessageAnswered(queue.popleft().request, is_done, "" if is_done else reason))
        if queue:
            self._send_first(account)
