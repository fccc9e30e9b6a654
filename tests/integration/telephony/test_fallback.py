"""The desk and a real telephony process together: whatever the other side refuses, the citizen is never let go."""

import itertools
import threading
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from app.desk.state import DeskState
from app.domain.call import CallStage, LegPurpose, LegStage
from app.domain.notice import NoticeCode
from tests.fakes import Place
from tests.integration.telephony.seat import Seat, level, way_back
from tests.trunk import Caller, Gateway, Talk


class Workplace(Place):
    """A desk whose telephone is the real one."""

    def __init__(self, seat: Seat) -> None:
        super().__init__(dial_line="gateway", is_listening=False, emergency_targets={})
        self._numbers = itertools.count(1)
        self.seat = seat
        self._lock = threading.Lock()
        self._place = 0
        self.desk.ports.line.send = self._send  # type: ignore[method-assign]

    def _send(self, command: Any) -> bool:
        self.seat.send(command)
        return True

    def _new_call(self) -> str:
        return f"{next(self._numbers):032x}"

    def until(self, fits: Callable[[DeskState], bool], patience_s: float = 10.0) -> DeskState:
        """Hands over what telephony says until the state fits."""
        end = time.monotonic() + patience_s
        while not fits(self.state):
            assert time.monotonic() < end, self.state
            events = self.seat.events[self._place : self.seat.count]
            self._place += len(events)
            for event in events:
                self.desk.handle(event)
            if not events:
                time.sleep(0.01)
        return self.state


@pytest.fixture
def place(seat: Seat) -> Iterator[Workplace]:
    yield Workplace(seat)


def take(place: Workplace, citizen: Caller, gateway: Gateway) -> Talk:
    from app.desk.commands import LineAccount

    place.seat.set_up(way_back(citizen), LineAccount("gateway", gateway.target, transport="udp"))
    place.seat.wait_up("practice")
    place.seat.wait_up("gateway")
    talk = citizen.call(place.seat.sip, "agent")
    place.until(lambda state: state.ringing is not None)
    place.desk.take()
    place.until(lambda state: state.calls[0].stage is CallStage.TALKING)
    return talk


def codes(state: DeskState) -> list[NoticeCode]:
    return [notice.code for notice in state.notices]


def test_a_blind_transfer_that_is_refused_brings_the_target_to_the_citizen(
    place: Workplace, citizen: Caller, second_gateway: Gateway
) -> None:
    talk = take(place, citizen, second_gateway)

    place.desk.transfer_blind("8002")

    state = place.until(lambda state: any(leg.stage is LegStage.TALKING for leg in state.calls[0].legs))
    assert state.calls[0].legs[0].purpose is LegPurpose.THREE_WAY
    assert NoticeCode.TRANSFER_BROUGHT_IN in codes(state)
    time.sleep(2.0)
    assert level(citizen.heard(talk), second_gateway.pitch, 8000) > -35
    assert level(second_gateway.heard(second_gateway.wait_call("8002")), citizen.pitch, 8000) > -35


def test_an_attended_transfer_that_is_refused_puts_all_three_together(
    place: Workplace, citizen: Caller, second_gateway: Gateway
) -> None:
    talk = take(place, citizen, second_gateway)
    place.desk.consult("8002")
    place.until(lambda state: len(state.calls) == 2 and state.calls[1].stage is CallStage.TALKING)

    place.desk.complete_transfer()

    state = place.until(lambda state: bool(state.bonds.rooms) and state.calls[0].stage is CallStage.TALKING)
    assert NoticeCode.TRANSFER_JOINED in codes(state)
    time.sleep(2.0)
    assert level(citizen.heard(talk), second_gateway.pitch, 8000) > -35


def test_a_target_that_is_busy_leaves_the_citizen_with_the_agent(
    place: Workplace, citizen: Caller, gateways: Callable[..., Gateway]
) -> None:
    talk = take(place, citizen, gateways("127.0.0.8", manner="486 Busy Here"))

    place.desk.transfer_blind("8002")

    state = place.until(lambda state: NoticeCode.TRANSFER_FAILED in codes(state))
    assert state.calls[0].stage is CallStage.TALKING
    assert not talk.is_over


def test_a_citizen_parked_here_is_taken_back_after_another_call(
    place: Workplace, citizen: Caller, second_gateway: Gateway
) -> None:
    talk = take(place, citizen, second_gateway)
    place.desk.park()
    place.until(lambda state: bool(state.bonds.parked) and not state.voiced)
    place.desk.dial("8003")
    place.until(lambda state: len(state.calls) == 2 and state.calls[1].stage is CallStage.TALKING)
    place.desk.hang_up()
    place.until(lambda state: not state.voiced)

    place.desk.park()

    state = place.until(lambda state: state.calls[0].stage is CallStage.TALKING and not state.bonds.parked)
    assert state.voiced == state.calls[0].call
    assert not talk.is_over
