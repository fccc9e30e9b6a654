"""Which calls belong together: a consult call and its caller, calls that hear each other, calls that were parked here."""

import time
from collections.abc import Callable, Iterable

import msgspec

from app.desk.events import Bonds, CallsBound, DeskEvent, ParkedAway
from app.domain.call import NO_CALL, CallId

_EARLY_S = 10.0
"""The exchange may say where it parked a call before it says that it did."""


class BondBook:
    """Lives on the SIP thread, so that a window that was started anew finds everything as it was. Every change is told."""

    def __init__(self, emit: Callable[[DeskEvent], None]) -> None:
        self._emit = emit
        self._consults: dict[CallId, CallId] = {}
        self._rooms: list[set[CallId]] = []
        self._parked: list[CallId] = []
        self._away: list[ParkedAway] = []
        self._taking: dict[CallId, CallId] = {}
        self._early = ("", 0.0)
        self._told = Bonds()

    def told(self) -> Bonds:
        """As it stands now."""
        consults = tuple(self._consults.items())
        rooms = tuple(tuple(sorted(room)) for room in self._rooms)
        return Bonds(consults, rooms, tuple(self._parked), tuple(self._away))

    def consult(self, call: CallId, caller: CallId) -> None:
        """`call` was dialled to ask somebody about the caller's case."""
        self._consults[call] = caller
        self._tell()

    def caller_of(self, consult: CallId) -> CallId:
        return self._consults.get(consult, NO_CALL)

    def join(self, calls: Iterable[CallId]) -> None:
        """From now on all of them hear each other, and whoever heard one of them before."""
        room = set(calls)
        for other in [other for other in self._rooms if other & room]:
            room |= other
            self._rooms.remove(other)
        self._rooms.append(room)
        self._tell()

    def room(self, call: CallId) -> set[CallId]:
        """The calls that hear each other with this one, itself included."""
        return next((set(room) for room in self._rooms if call in room), {call})

    def park(self, call: CallId, is_parked: bool) -> None:
        if is_parked and call not in self._parked:
            self._parked.append(call)
        elif not is_parked and call in self._parked:
            self._parked.remove(call)
        self._tell()

    def put_away(self, call: ParkedAway) -> bool:
        """The exchange keeps this caller from now on; whether it has said where."""
        slot, at = self._early
        if slot and time.monotonic() - at < _EARLY_S:
            call = msgspec.structs.replace(call, slot=slot)
        self._early = ("", 0.0)
        self._away.append(call)
        self._tell()
        return bool(call.slot)

    def hear_slot(self, slot: str) -> None:
        """The exchange says where it keeps the caller that was parked last."""
        for place, away in reversed(list(enumerate(self._away))):
            if not away.slot:
                self._away[place] = msgspec.structs.replace(away, slot=slot)
                self._tell()
                return
        self._early = (slot, time.monotonic())

    def take_back(self, call: CallId, away: CallId) -> None:
        """`call` is dialled to take a caller back whom the exchange keeps."""
        self._taking[call] = away

    def took_back(self, call: CallId, is_there: bool) -> None:
        """That call was answered, or the exchange has nobody there any more; else the caller is still kept."""
        away = self._taking.pop(call, None)
        if away is not None and is_there:
            self._away = [known for known in self._away if known.call != away]
            self._tell()

    def keep(self, calls: set[CallId]) -> None:
        """Forgets all but these: a call that is over and because of which nobody is on the line belongs to no other."""
        self._consults = {one: caller for one, caller in self._consults.items() if {one, caller} <= calls}
        self._rooms = [room & calls for room in self._rooms if len(room & calls) > 1]
        self._parked = [call for call in self._parked if call in calls]
        self._tell()

    def _tell(self) -> None:
        now = self.told()
        if now != self._told:
            self._told = now
            self._emit(CallsBound(now))
