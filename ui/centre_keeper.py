"""Keeps the centre of this machine running beside the launcher's other work."""

import logging
import threading

from app.centre.embedded import EmbeddedCentre
from app.errors import JiesuError

log = logging.getLogger(__name__)

LOOK_S = 0.1
FIRST_PAUSE_S, LONGEST_PAUSE_S = 1.0, 30.0


class CentreKeeper:
    """Starts the embedded centre on a thread of its own, and again when it died: that may take a minute, and what holds a
    call must not wait for it. One that does not start is tried again less and less often."""

    def __init__(self, centre: EmbeddedCentre) -> None:
        self._centre = centre
        self._ending = threading.Event()
        self._thread = threading.Thread(target=self._keep, name="centre-keeper", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        """Returns when the centre and its database are gone."""
        self._ending.set()
        if self._thread.is_alive():
            self._thread.join()
        self._centre.stop()

    def _keep(self) -> None:
        pause_s = FIRST_PAUSE_S
        while not self._ending.wait(LOOK_S):
            if self._centre.is_running:
                continue
            try:
                self._centre.prepare()
                self._centre.start()
                pause_s = FIRST_PAUSE_S
            except (JiesuError, OSError) as failed:
                log.error("the embedded centre did not start: %s", failed)  # the window says so: it cannot reach it
                self._ending.wait(pause_s)
                pause_s = min(2 * pause_s, LONGEST_PAUSE_S)
