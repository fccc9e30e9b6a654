"""The telephones of the citizens: real SIP calls, each with its own identity, mouth and ear."""

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass

from app.domain.call import CallId
from app.practice.citizen import Citizen, Sounds
from app.practice.scenario import CALL_PLACE, Scenario
from app.telephony.sip import SipAgent
from app.telephony.sip_events import (
    AccountSpec,
    CallOver,
    CallUp,
    Media,
    MediaChanged,
    SipBind,
    SipError,
    SipEvent,
    TransferAsked,
)
from app.telephony.sip_objects import new_call_id

log = logging.getLogger(__name__)

SLOTS = 8
RING_S = 120.0
_WITHHELD = "anonymous"
_DOMAIN = "practice.invalid"

Changed = Callable[[str, str, str], None]
"""Scenario key, step as in `PracticeChanged`, reason."""


def split_address(text: str) -> tuple[str, int]:
    """Host and port of "127.0.0.1:5060". Raises SipError."""
    host, colon, port = text.rpartition(":")
    if not colon or not host or not port.isdecimal() or int(port) > 65535:
        raise SipError("address", f"{text!r} is not host:port")
    return host, int(port)


@dataclass(slots=True)
class _Leg:
    """One call of one citizen. `since` is when it was dialled or, later, answered (monotonic)."""

    scenario: Scenario
    sounds: Sounds
    citizen: Citizen
    slot: int
    since: float
    is_up: bool = False
    is_held: bool = False
    is_leaving: bool = False
    before: CallId | None = None  # the call whose far end sent us here (REFER)
    after: CallId | None = None  # the call that such a far end sent us to


class Caller:
    """Everything belongs to one thread, which hands in the SIP events it was told and calls `live` every 20 ms."""

    def __init__(self, address: str, rtp_port: int, told: Callable[[SipEvent], None], changed: Changed) -> None:
        """Raises SipError where the address cannot be had."""
        host, port = split_address(address)
        self._changed = changed
        self._legs: dict[CallId, _Leg] = {}
        self._agent = SipAgent(SipBind(host, port, rtp_port, 400, "Jiesu practice", takes_transfers=True), told)
        self._address = f"{host}:{self._agent.port}"

    @property
    def address(self) -> str:
        """host:port as it came to be."""
        return self._address

    @property
    def is_busy(self) -> bool:
        return bool(self._legs)

    @property
    def running(self) -> tuple[tuple[str, str], ...]:
        """Scenario key and step of every call there is."""
        return tuple((leg.scenario.key, "talking" if leg.is_up else "calling") for leg in self._legs.values())

    def call(self, scenario: Scenario, sounds: Sounds, target: str) -> None:
        """Dials; what comes of it is told to `changed`."""
        call = new_call_id()
        try:
            slot = self._free_slot()
            account = f"citizen-{slot}"
            self._agent.add_account(AccountSpec(account, self._address, user=scenario.number or _WITHHELD))
            self._agent.dial(account, target, _headers(scenario, call), call)
            self._take(call, slot, scenario, sounds)
            self._changed(scenario.key, "calling", "")
        except SipError as refused:
            self._changed(scenario.key, "failed", refused.values[-1])

    def hang_up_all(self) -> None:
        for call, leg in list(self._legs.items()):
            leg.is_leaving = True
            self._agent.hang_up(call)

    def close(self) -> None:
        """Ends every call properly and the SIP library; the process may then only `os._exit`."""
        self._agent.close()
        self._legs.clear()

    def handle(self, event: SipEvent) -> None:
        match event:
            case CallUp(call):
                self._answered(call)
            case MediaChanged(call, media) if call in self._legs:
                self._legs[call].is_held = media is not Media.ACTIVE
            case TransferAsked(call, new_call):
                self._sent_on(call, new_call)
            case CallOver():
                self._over(event)

    def live(self) -> None:
        """Lets every citizen hear and speak for a moment."""
        now = time.monotonic()
        for call, leg in list(self._legs.items()):
            if not leg.is_up:
                is_patient = now - leg.since < RING_S
            else:
                is_patient = leg.citizen.live(now - leg.since, leg.is_held or leg.after is not None)
            if not is_patient and not leg.is_leaving:
                leg.is_leaving = True
                self._agent.hang_up(call)

    def _free_slot(self) -> int:
        taken = {leg.slot for leg in self._legs.values()}
        slot = next((slot for slot in range(SLOTS) if slot not in taken), None)
        if slot is None:
            raise SipError("practice", f"{SLOTS} practice calls are up already")
        return slot

    def _take(self, call: CallId, slot: int, scenario: Scenario, sounds: Sounds) -> _Leg:
        citizen = Citizen(scenario, sounds)
        leg = _Leg(scenario, sounds, citizen, slot, time.monotonic())
        self._legs[call] = leg
        self._agent.add_source(f"mouth-{slot}", citizen.pull)
        self._agent.add_sink(f"ear-{slot}", citizen.push)
        self._agent.connect(f"mouth-{slot}", call)
        self._agent.connect(call, f"ear-{slot}")
        return leg

    def _answered(self, call: CallId) -> None:
        leg = self._legs.get(call)
        if leg is None:
            self._agent.hang_up(call)  # the practice was stopped while it was being dialled
            return
        leg.is_up, leg.since = True, time.monotonic()
        self._changed(leg.scenario.key, "talking", "transferred" if leg.before else "")

    def _sent_on(self, call: CallId, new_call: CallId) -> None:
        """A blind transfer: the citizen calls the target itself and tells its story there from the beginning."""
        leg = self._legs.get(call)
        if leg is None:
            return
        log.info("call %s: the citizen was transferred and now calls as %s", call, new_call)
        try:
            self._take(new_call, self._free_slot(), leg.scenario, leg.sounds).before = call
            leg.after = new_call
        except SipError:
            self._agent.hang_up(new_call)

    def _over(self, event: CallOver) -> None:
        leg = self._legs.pop(event.call, None)
        if leg is None:
            return
        if leg.before in self._legs:
            self._legs[leg.before].after = None  # the transfer failed, or the third party left: back to who is still there
        elif leg.after not in self._legs:
            self._tell_end(leg, event)

    def _tell_end(self, leg: _Leg, event: CallOver) -> None:
        if event.was_up:
            self._changed(leg.scenario.key, "ended", "citizen" if event.is_ours else "agent")
        elif leg.is_leaving:
            self._changed(leg.scenario.key, "ended", "citizen")
        else:
            self._changed(leg.scenario.key, "failed", f"{event.code} {event.reason}")


def _headers(scenario: Scenario, call: CallId) -> dict[str, str]:
    """What a carrier adds to an INVITE: the asserted identity, or the wish for none, and the exchange's own data."""
    headers = {name: value.replace(CALL_PLACE, call) for name, value in scenario.headers.items()}
    if not scenario.number:
        return {**headers, "Privacy": "id"}
    display = f'"{scenario.display}" ' if scenario.display else ""
    return {**headers, "P-Asserted-Identity": f"{display}<sip:{scenario.number}@{_DOMAIN}>"}
