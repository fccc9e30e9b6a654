"""One screen for a test, as an agent's PC has it."""

from collections.abc import Iterator

import pytest

from tests.end_to_end.citizen import Citizen
from tests.end_to_end.hotline import NUMBER
from tests.end_to_end.screen import Screen
from tests.exchange import TRUNK
from tests.headset import VirtualHeadset, why_not
from ui.free_ports import free_ports


@pytest.fixture
def screen() -> Iterator[Screen]:
    with Screen() as shown:
        yield shown


@pytest.fixture
def headset() -> Iterator[VirtualHeadset]:
    if lacking := why_not():
        pytest.skip(lacking)
    with VirtualHeadset() as worn:
        yield worn


@pytest.fixture
def citizen() -> Iterator[Citizen]:
    caller = Citizen(TRUNK, 15471, NUMBER)
    yield caller
    caller.close()


@pytest.fixture
def free_port() -> int:
    return free_ports(1)[0]
