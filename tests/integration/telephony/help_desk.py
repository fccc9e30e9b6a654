"""A real desk before a real telephony process: keys go in, parties on the network see what comes of it."""

import time
from collections.abc import Callable
from dataclasses import replace
from typing import Any, TypeVar

from app.desk.commands import Command, LineAccount
from app.desk.events import Ticked
from tests.fakes import Place
from tests.integration.telephony.seat import Seat

_Found = TypeVar("_Found")
TICK_S = 0.1


class _SeatLine:
    """The desk's way to telephony."""

    def __init__(self, seat: Seat) -> None:
        self._seat = seat

    def send(self, command: Command) -> bool:
        self._seat.send(command)
        return True


class HelpDesk(Place):
    """`pump` is the main thread's loop: events of telephony and the clock's ticks."""

    def __init__(self, seat: Seat, *accounts: LineAccount, **policy: Any) -> None:
        targets = {line: (("pbx", line), ("gateway", line)) for line in ("110", "119")}
        wanted = {"emergency_targets": targets, "ring_back_lines": ("pbx", "gateway"), "emergency_answer_s": 1.2}
        super().__init__(accounts=accounts, is_listening=False, **{**wanted, **policy})
        self.seat = seat
        self.desk.ports = replace(self.desk.ports, line=_SeatLine(seat))
        self.desk.rules = replace(self.desk.rules, clock=time.time)
        self._read = seat.count
        self._ticked = 0.0
        seat.set_up(*accounts)

    def pump(self) -> None:
        for event in self.seat.events[self._read : self.seat.count]:
            self._read += 1
            self.desk.handle(event)
        now = time.time()
        if now - self._ticked >= TICK_S:
            self._ticked = now
            self.desk.handle(Ticked(now))

    def until(self, found: Callable[[], _Found], what: str, patience_s: float = 10.0) -> _Found:
        """Works until `found` gives something true."""
        end = time.monotonic() + patience_s
        while time.monotonic() < end:
            self.pump()
            if value := found():
                return value
            time.sleep(0.002)
        said = "\n".join(map(str, self.seat.events[-12:]))
        raise AssertionError(f"{what} did not come about; last events:\n{said}\n{self.seat.log[-3000:]}")

    def rest(self, seconds: float) -> None:
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            self.pump()
            time.sleep(0.005)
