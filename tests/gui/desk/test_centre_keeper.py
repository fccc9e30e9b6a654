"""The embedded centre beside the launcher: started, started again, and never waited for."""

import threading
import time

import pytest

from app.centre.embedded import EmbeddedCentre
from app.errors import CentreError
from tests.waiting import wait_for
from ui.centre_keeper import FIRST_PAUSE_S, CentreKeeper


class Centre(EmbeddedCentre):
    """Starts when it may; `tries` are the moments at which it was asked to."""

    def __init__(self, may_start: bool) -> None:
        self.may_start, self.is_up, self.was_stopped = may_start, False, False
        self.tries: list[float] = []
        self.asked = threading.Event()

    def prepare(self) -> None:
        pass

    def start(self, timeout_s: float = 60.0) -> None:
        self.tries.append(time.monotonic())
        self.asked.set()
        if not self.may_start:
            raise CentreError("another one holds the folder")
        self.is_up = True

    @property
    def is_running(self) -> bool:
        return self.is_up

    def stop(self) -> None:
        self.was_stopped, self.is_up = True, False


def test_a_centre_that_died_is_started_again() -> None:
    centre = Centre(may_start=True)
    keeper = CentreKeeper(centre)
    keeper.start()
    wait_for(lambda: centre.is_up, "the first start")

    centre.is_up = False

    wait_for(lambda: len(centre.tries) == 2 and centre.is_up, "the second start")
    keeper.stop()
    assert centre.was_stopped


@pytest.mark.expects_log("did not start")
def test_a_centre_that_does_not_start_is_not_tried_in_a_loop_and_the_end_need_not_wait_for_it() -> None:
    centre = Centre(may_start=False)
    keeper = CentreKeeper(centre)
    keeper.start()
    wait_for(lambda: len(centre.tries) == 2, "the second try")

    begun = time.monotonic()
    keeper.stop()

    assert centre.tries[1] - centre.tries[0] > 0.9 * FIRST_PAUSE_S
    assert time.monotonic() - begun < 1.0 and centre.was_stopped
