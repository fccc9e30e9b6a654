"""The window that runs has put what it loaded aside: no collection of rubbish looks through it again."""

from pathlib import Path

import pytest

from tests.end_to_end.screen import Screen
from tests.end_to_end.workplace import Workplace
from tests.waiting import wait_for

pytestmark = [pytest.mark.programs("Xvfb", "xdotool"), pytest.mark.timeout(180)]

PORT = 15598


def test_what_the_running_window_has_loaded_is_frozen(own_home: Path, screen: Screen) -> None:
    settings = {"practice.is_on": False, "telephony.local_port": PORT}
    with Workplace(own_home / "desk", screen, settings, "--no-centre") as desk:
        desk.shows(lambda state: state["agent_state"] == "ready", "a store that is open", 60)

        wait_for(lambda: desk.frozen() > 0, "frozen objects", 60)

        assert desk.frozen() > 10_000  # the modules of Qt, the store and the desk alone are more
