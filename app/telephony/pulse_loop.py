"""The one thread on which everything of PulseAudio's client library happens: its main loop, and what we ask it to do."""

import os
import threading
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future
from typing import TypeVar

from app.telephony import pulse_library as pa

_PATIENCE_S = 5.0
_Result = TypeVar("_Result")


class PulseLoop:
    """The thread is Python's: on one of the library's own, each callback would make and drop a state of the interpreter.

    It sleeps inside the library, so what needs no callback does not touch the interpreter.
    """

    def __init__(self) -> None:
        """Raises OSError where there is no library."""
        self.library = pa.load()
        self._asked: deque[Callable[[], None]] = deque()
        self._bell = os.eventfd(0, os.EFD_CLOEXEC | os.EFD_NONBLOCK)
        self._loop = self.library.pa_mainloop_new()
        self.api = self.library.pa_mainloop_get_api(self._loop)
        self._rung = pa.IoCallback(self._do_asked)  # held: C keeps only its address
        api = self.api.contents
        self._io = api.io_new(self.api, self._bell, pa.INPUT, self._rung, None)
        self._thread = threading.Thread(target=pa.load_run(), args=(self._loop, None), name="pulse", daemon=True)
        self._thread.start()

    def do(self, work: Callable[[], _Result]) -> _Result:
        """Runs `work` on the loop's thread and gives its result; raises OSError when it does not get to it in time.

        Any thread but the loop's.
        """
        answer: Future[_Result] = Future()

        def run() -> None:
            if not answer.set_running_or_notify_cancel():
                return
            try:
                answer.set_result(work())
            except Exception as wrong:
                answer.set_exception(wrong)

        self._asked.append(run)
        os.eventfd_write(self._bell, 1)
        try:
            return answer.result(_PATIENCE_S)
        except TimeoutError:
            answer.cancel()
            raise OSError("the sound library does not answer") from None

    def close(self) -> None:
        """Once, by any thread but the loop's; what the library holds must have been given back. Raises OSError like `do`."""
        self.do(lambda: self.library.pa_mainloop_quit(self._loop, 0))
        self._thread.join(_PATIENCE_S)
        self.api.contents.io_free(self._io)
        self.library.pa_mainloop_free(self._loop)
        os.close(self._bell)

    def _do_asked(self, *_: object) -> None:
        os.eventfd_read(self._bell)
        while self._asked:
            self._asked.popleft()()
