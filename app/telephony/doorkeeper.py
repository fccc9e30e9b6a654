"""Who may ring while the agent does not want to be disturbed, and what the exchange writes about parked calls."""

import re
import time
from collections.abc import Callable, Iterable, Mapping

from app.desk.commands import DoNotDisturb
from app.desk.events import CallRefused, DeskEvent, DisturbChanged
from app.domain.call import CallId, LegPurpose, clean_number
from app.telephony.bonds import BondBook
from app.telephony.legs import Legs
from app.telephony.line_call import LineCall
from app.telephony.sip_events import CallCame, MessageCame

_SLOT = re.compile(r"(?<!\d)[*#]?\d{2,8}(?!\d)")
"""The parking place in what the exchange writes: its only number."""


class Doorkeeper:
    """Lives on the SIP thread; `calls` is the switchboard's own table, which is read here and never written."""

    def __init__(
        self, calls: Mapping[CallId, LineCall], legs: Legs, bonds: BondBook, emit: Callable[[DeskEvent], None]
    ) -> None:
        self._calls, self._legs, self._bonds, self._emit = calls, legs, bonds, emit
        self._let_through: frozenset[str] = frozenset()
        self.is_undisturbed = False

    def obey(self, command: DoNotDisturb) -> None:
        self.is_undisturbed, self._let_through = command.is_on, frozenset(command.let_through)
        self._emit(DisturbChanged(command.is_on))

    def lets_in(self, came: CallCame, lost_numbers: Iterable[str]) -> bool:
        """False (told as CallRefused) while nobody may ring. Whoever belongs to an emergency that is going on always may: the
        citizen who calls again (`lost_numbers`: of calls whose further parties are still on), the line that calls back."""
        if not self.is_undisturbed or self._is_of_emergency(came.number, lost_numbers):
            return True
        self._emit(CallRefused(came.call, came.number, came.display, came.headers, time.time()))
        return False

    def read(self, message: MessageCame) -> bool:
        """Whether a text of the exchange says where a call was parked: one that holds one number."""
        slots = _SLOT.findall(message.text)
        if len(slots) == 1:
            self._bonds.hear_slot(slots[0])
        return len(slots) == 1

    def _is_of_emergency(self, number: str, lost_numbers: Iterable[str]) -> bool:
        legs = [leg for leg in self._legs.all() if leg.purpose is LegPurpose.EMERGENCY]
        of_calls = {self._calls[leg.call].number for leg in legs if leg.call in self._calls}
        known = {*of_calls, *lost_numbers, *(leg.line for leg in legs), *self._let_through}
        bare = clean_number(number)
        return number in known or (bool(bare) and bare in {clean_number(other) for other in known})
