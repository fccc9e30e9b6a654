"""A real exchange, a real telephony process and loopback gateways for the tests of this folder."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from app.desk.commands import LineAccount
from tests.exchange import Exchange, why_not
from tests.integration.telephony.seat import Seat
from tests.trunk import Caller, Gateway


@pytest.fixture(scope="module")
def running_exchange() -> Iterator[Exchange]:
    if why_not():
        pytest.skip(why_not())
    with Exchange() as exchange:
        yield exchange


@pytest.fixture
def exchange(running_exchange: Exchange) -> Iterator[Exchange]:
    """Shared by the tests of a module; never to be killed."""
    yield running_exchange
    running_exchange.hang_up_all()


@pytest.fixture
def mortal_exchange() -> Iterator[Exchange]:
    """One of the test's own, that may be killed. Not in a module that uses `exchange`: only one runs at a time."""
    if why_not():
        pytest.skip(why_not())
    with Exchange() as exchange:
        yield exchange


@pytest.fixture
def seat(tmp_path: Path) -> Iterator[Seat]:
    """A telephony process with a window on it; it must end properly whatever the test did."""
    seat = Seat(tmp_path)
    try:
        seat.attach()
        yield seat
    finally:
        code = seat.end()
    assert code == 0, seat.log


@pytest.fixture
def pbx(exchange: Exchange) -> LineAccount:
    """Agent 1001 of the exchange."""
    return LineAccount("pbx", exchange.address, "1001", "pw1001")


@pytest.fixture
def gateways() -> Iterator[Callable[..., Gateway]]:
    """Makes gateways that are gone after the test."""
    made: list[Gateway] = []

    def make(*values: Any, **named: Any) -> Gateway:
        made.append(Gateway(*values, **named))
        return made[-1]

    yield make
    for gateway in made:
        gateway.close()


@pytest.fixture
def fire_brigade(gateways: Callable[..., Gateway], exchange: Exchange) -> Gateway:
    """The emergency gateway behind the exchange."""
    address, _, port = exchange.plan.emergency.rpartition(":")
    return gateways(address, int(port), pitch=1900)


@pytest.fixture
def second_gateway(gateways: Callable[..., Gateway]) -> Gateway:
    return gateways("127.0.0.8", pitch=2300)


@pytest.fixture
def citizen() -> Iterator[Caller]:
    """Calls straight into the seat, past any exchange; speaks a tone of 700 Hz."""
    caller = Caller("127.0.0.5", pitch=700)
    yield caller
    caller.close()
