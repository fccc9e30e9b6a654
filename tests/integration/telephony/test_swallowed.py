"""An exchange that is just starting takes a REGISTER and never answers it: the seat must not wait for the library's 32 s."""

import re
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import suppress

import pytest

from app.desk.commands import LineAccount
from app.desk.events import LineChanged
from tests.integration.telephony.seat import Seat

SWALLOWS_S = 5.0


class Booting:
    """A registrar on TCP that takes everything in and answers nothing for its first seconds."""

    def __init__(self) -> None:
        self._door = socket.create_server(("127.0.0.4", 0))
        self.address = f"127.0.0.4:{self._door.getsockname()[1]}"
        self._begun = time.monotonic()
        self._callers: list[socket.socket] = []
        self._readers: list[threading.Thread] = []
        self._is_closing = False
        self.swallowed = 0
        self._thread = threading.Thread(target=self._serve, name="booting")
        self._thread.start()

    def close(self) -> None:
        self._is_closing = True
        socket.create_connection(self._door.getsockname()).close()  # wakes accept()
        self._thread.join(5)
        self._door.close()
        for caller in self._callers:
            with suppress(OSError):
                caller.shutdown(socket.SHUT_RDWR)
        for reader in self._readers:
            reader.join(5)
        for caller in self._callers:
            caller.close()

    def _serve(self) -> None:
        while not self._is_closing:
            caller, _ = self._door.accept()
            self._callers.append(caller)
            self._readers.append(threading.Thread(target=self._read, args=(caller,), name="booting-read"))
            self._readers[-1].start()

    def _read(self, caller: socket.socket) -> None:
        text = b""
        while True:
            try:
                data = caller.recv(65536)
            except OSError:
                return
            if not data:
                return
            text += data
            while (end := text.find(b"\r\n\r\n")) >= 0:
                request, text = text[:end].decode(), text[end + 4 :]
                if request.strip():
                    self._take(caller, request)

    def _take(self, caller: socket.socket, request: str) -> None:
        if time.monotonic() - self._begun < SWALLOWS_S:
            self.swallowed += request.startswith("REGISTER")
            return
        kept = [line for line in request.split("\r\n") if re.match(r"(Via|From|Call-ID|CSeq|Contact):", line, re.I)]
        to = next(line for line in request.split("\r\n") if line.lower().startswith("to:"))
        answer = ["SIP/2.0 200 OK", *kept, f"{to};tag=b1", "Expires: 120", "Content-Length: 0", "", ""]
        caller.sendall("\r\n".join(answer).encode())


@pytest.fixture
def booting() -> Iterator[Booting]:
    registrar = Booting()
    yield registrar
    registrar.close()


def test_a_register_that_was_swallowed_is_given_up_and_sent_anew(seat: Seat, booting: Booting) -> None:
    begun = time.monotonic()

    seat.set_up(LineAccount("pbx", booting.address, "1001", "secret"))

    seat.wait(LineChanged, lambda event: event.line == "pbx" and event.is_up, 25)
    assert booting.swallowed > 0
    assert time.monotonic() - begun < 31, "the library alone gives up after 32 s"
