"""The directory (通讯录) on the desk: found while one types; what is done with a number are the telephone's commands."""

from collections.abc import Callable

from app.desk.core import Core, Ports
from app.desk.events import DirectoryRead
from app.desk.policy import Policy, Rules
from app.desk.state import DeskState, DirectoryState
from app.domain.directory import Directory


class DirectoryDesk(Core):
    def __init__(self, ports: Ports, policy: Policy, rules: Rules, show: Callable[[DeskState], None]) -> None:
        super().__init__(ports, policy, rules, show)
        self._directory = Directory()

    def find_contacts(self, query: str) -> None:
        """By name, first letters of its sounds, number, unit or note; "" = the first of all."""
        self._change(contacts=self._directory.find(query), contacts_query=query)

    def _on_directory(self, event: DirectoryRead) -> None:
        self._directory = Directory(event.contacts)
        self._change(
            directory=DirectoryState(len(self._directory), event.problems),
            contacts=self._directory.find(self.state.contacts_query),
        )
