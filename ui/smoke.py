"""`--smoke`: one practice call is taken, heard and ended without a hand; the exit code says whether all of it went well."""

import sys
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

from app.desk.state import DeskState
from app.domain.call import CallStage
from ui.desk_calls import DeskCalls

PATIENCE_MS = 90_000
TALK_MS = 3_000


class Smoke(QObject):
    """`end` gets 0 after a call that rang, was answered, talked for three seconds and ended; 1 when time runs out."""

    def __init__(self, desk: DeskCalls, end: Callable[[int], None]) -> None:
        super().__init__()
        self._desk, self._end = desk, end
        self._steps: list[str] = []
        QTimer.singleShot(PATIENCE_MS, self, self._give_up)

    def show_state(self, state: DeskState) -> None:
        if state.practice.scenarios and self._once("practice"):
            self._later(lambda: self._desk.start_practice(""))
        if state.ringing is not None and self._once("rang"):
            self._later(self._desk.take)
        view = state.focused
        if view is not None and view.stage is CallStage.TALKING and self._once("talked"):
            QTimer.singleShot(TALK_MS, self, self._desk.hang_up)
        if view is not None and view.stage is CallStage.ENDED and "talked" in self._steps and self._once("ended"):
            sys.stdout.write("smoke: practice, rang, talked, ended\n")
            self._later(lambda: self._end(0))

    def _once(self, step: str) -> bool:
        if step in self._steps:
            return False
        self._steps.append(step)
        return True

    def _later(self, work: Callable[[], None]) -> None:
        """Out of the middle of a change of state."""
        QTimer.singleShot(0, self, work)

    def _give_up(self) -> None:
        sys.stderr.write(f"smoke: only {', '.join(self._steps) or 'nothing'} within {PATIENCE_MS // 1000} s\n")
        self._end(1)
