"""The speech process with engines that do not come back from loading: `python -m tests.integration.speech.broken_loading`.

The name of the model says how: "hangs" waits for ever, "hangs-all" keeps every thread of the process, "dies" ends it, "works"
loads and hears the word 好. A model may take JIESU_TEST_LOAD_S seconds.
"""

import os
import sys

from app.desk.events import EarsReady
from app.speech import load_watch, process
from app.speech.ears import EarsLoader
from app.speech.models import ModelFolder
from tests.integration.speech.broken_ears import WAYS, Broken


def _load(self: EarsLoader, folder: ModelFolder, name: str, language: str) -> None:
    if name != "works":
        WAYS[name]()
    self._loaded(Broken("raises"), EarsReady(name, name))


if __name__ == "__main__":
    EarsLoader._load_one = _load  # type: ignore[method-assign]
    load_watch.LOAD_S = float(os.environ["JIESU_TEST_LOAD_S"])
    load_watch.SAY_AFTER_S = load_watch.SAY_EVERY_S = 0.5
    process._STALLED_S = 1.0
    sys.exit(process.run_from_environment())
