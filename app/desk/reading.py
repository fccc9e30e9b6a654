"""Words become fields of the draft: at once, or, where much was never read before, in steps so short that no key waits."""

from collections.abc import Callable

from app.desk.case import Case
from app.desk.core import Ports
from app.desk.events import WordsUnread
from app.desk.policy import Policy, Rules
from app.desk.speaking import Speaking
from app.desk.state import DeskState
from app.domain.call import CallId

READ_S = 0.008
"""Seconds of a step: a window that comes back finds a whole call unread."""


class Reading(Speaking):
    """All that was said is read at each final, not the latest words alone: what the first minute said stays in the summary."""

    def __init__(self, ports: Ports, policy: Policy, rules: Rules, show: Callable[[DeskState], None]) -> None:
        super().__init__(ports, policy, rules, show)
        self._unread: set[CallId] = set()

    def _read(self, case: Case) -> Case:
        """The case with what its words fill; as it is while they are still being read (WordsUnread goes on)."""
        ahead, later = self.rules.read_ahead, self.ports.later
        if ahead is None or later is None or ahead(case.transcript, READ_S):
            self._unread.discard(case.call)
            return case.filled(self.rules.propose(case.transcript), self.policy.sure_from)
        if case.call not in self._unread:
            self._unread.add(case.call)
            later(WordsUnread(case.call))
        return case

    def _on_unread(self, event: WordsUnread) -> None:
        self._unread.discard(event.call)
        case = self.cases.get(self.joined.get(event.call, event.call))
        if case is not None and (read := self._read(case)) is not case:
            self._keep_draft(read)
            self._keep_case(read)
