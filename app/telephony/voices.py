"""Which voices are wired together just now, seen from all calls, their further parties, and what belongs together."""

from collections.abc import Iterator, Mapping

from app.domain.call import NO_CALL, CallId, Direction, LegPurpose
from app.telephony.announcer import Announcer
from app.telephony.bonds import BondBook
from app.telephony.courtesy import Turn
from app.telephony.legs import Legs
from app.telephony.line_call import LineCall
from app.telephony.sip import SipAgent
from app.telephony.sip_events import Media
from app.telephony.wiring import ANNOUNCER, COMFORT, EAR, HOLD_TONE, Pairs, listening, wiring


class Voices:
    """Lives on the SIP thread; `calls` is the switchboard's own table, which is read here and never written."""

    def __init__(
        self, agent: SipAgent, announcer: Announcer, calls: Mapping[CallId, LineCall], legs: Legs, bonds: BondBook
    ) -> None:
        self._agent, self._announcer = agent, announcer
        self._calls, self._legs, self._bonds = calls, legs, bonds
        self._announces_to: CallId | None = None

    def announce(
        self, call: CallId, frames: list[bytes], is_for_caller: bool, follows: bool = False, turn: Turn | None = None
    ) -> None:
        """Plays frames to the agent, and to the caller and further parties of `call` where that is asked. What `follows` goes
        after what is being played to the same ears; nothing goes to ears that it was not meant for. A `turn` is played
        politely, in the place of the frames."""
        ears = call if is_for_caller else None
        if turn is not None:
            if ears != self._announces_to:
                self._announcer.stop()
            self._announcer.play_politely(turn)
        elif follows and ears == self._announces_to:
            self._announcer.add(frames)
        else:
            self._announcer.play(frames)
        self._announces_to = ears

    def stop(self, call: CallId = NO_CALL) -> None:
        """Ends what is being said; with a call only what is said to its people, not what another caller is hearing."""
        if not call or call == self._announces_to:
            self._announcer.stop()

    def rewire(self, focus: CallId, is_muted: bool) -> None:
        """Connects what belongs together; connections that stay are not interrupted."""
        focused = self._calls.get(focus)
        caller = focused.id if focused is not None and focused.can_speak else NO_CALL
        room = self._bonds.room(focus)
        voices = [party for party in self._parties(room, is_up=False) if party != caller]
        hearing = None
        if self._announcer.is_playing:
            hearing = [party for party in (caller, *voices) if party] if self._announces_to == focus else []
        is_comforted = any(self._legs.is_calling_help(call) for call in room)
        waits = self._waits(focused, room)
        pairs = wiring(caller, voices, is_muted, waits, hearing, self._listeners(room), is_comforted)
        pairs |= self._apart(room)
        self._agent.patch(self._only_heard(pairs) | self._on_hold())

    def _only_heard(self, pairs: Pairs) -> Pairs:
        """A sentence for a caller who cannot hear it now, gone or on hold, ours or his own, ends unheard: a notice that nobody
        heard must not count as given."""
        is_for_caller = self._announcer.is_playing and self._announces_to is not None
        if is_for_caller and not any(source == ANNOUNCER and self._hears(party) for source, party in pairs):
            self._announcer.stop_turns()
        return pairs if self._announcer.is_playing else {pair for pair in pairs if pair[0] != ANNOUNCER}

    def _hears(self, party: str) -> bool:
        return party != EAR and self._agent.media(CallId(party)) is not Media.HELD_BY_THEM

    def are_together(self, call: CallId) -> bool:
        """Whether two or more parties of this call's conversation go on hearing each other without the agent."""
        return len(self._parties(self._bonds.room(call), is_up=True)) > 1

    def audible(self) -> Iterator[tuple[CallId, str]]:
        """Each voice that must be heard now, and its line."""
        for call in self._calls.values():
            if call.answered_at and not call.is_held:
                yield call.id, call.line
        for leg in self._legs.all():
            if leg.is_up:
                yield leg.voice, leg.route

    def _parties(self, room: set[CallId], is_up: bool) -> list[CallId]:
        """Who takes part: calls that may speak, and their further parties; with `is_up` only whoever has answered."""
        calls = [self._calls[call] for call in sorted(room) if call in self._calls]
        parties = [call.id for call in calls if call.can_speak and (call.answered_at or not is_up)]
        legs = [leg for call in sorted(room) for leg in self._legs.of(call)]
        return parties + [leg.voice for leg in legs if (leg.is_up or not is_up) and leg.purpose is not LegPurpose.SILENT]

    def _listeners(self, room: set[CallId]) -> list[CallId]:
        return [voice for call in room for voice in self._legs.listeners(call)]

    def _waits(self, focused: LineCall | None, room: set[CallId]) -> bool:
        """Whether somebody is being called who sends no tone of his own."""
        legs = [leg for call in room for leg in self._legs.waiting(call)]
        if any(not self._has_voice(leg.voice) for leg in legs):
            return True
        is_dialling = focused is not None and focused.direction is Direction.OUTGOING and not focused.answered_at
        return is_dialling and focused is not None and not self._has_voice(focused.id)

    def _apart(self, room: set[CallId]) -> Pairs:
        """Conversations that the agent has turned away from and that go on."""
        pairs: Pairs = set()
        for call in self._calls.values():
            if call.id not in room and call.can_speak:
                own_room = self._bonds.room(call.id)
                parties = self._parties(own_room, is_up=True)
                pairs |= {(one, other) for one in parties for other in parties if one != other}
                pairs |= listening(parties, self._listeners(own_room))
                if self._legs.is_calling_help(call.id):
                    pairs.add((COMFORT, call.id))
                if self._announcer.is_playing and self._announces_to in own_room:
                    pairs |= {(ANNOUNCER, party) for party in parties}
        return pairs

    def _on_hold(self) -> Pairs:
        """Nobody waits in silence: a quiet sign that the line is alive, where the exchange plays nothing of its own."""
        calls = [call.id for call in self._calls.values() if call.is_held and call.answered_at]
        legs = [leg.voice for leg in self._legs.all() if leg.is_up and self._agent.media(leg.voice) is Media.HELD_BY_US]
        return {(HOLD_TONE, party) for party in (*calls, *legs)}

    def _has_voice(self, call: CallId) -> bool:
        return self._agent.media(call) is Media.ACTIVE
