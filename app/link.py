"""A line between two of our processes: frozen events and commands, msgspec over multiprocessing.connection.

The listening side outlives its clients: a window that was killed and started again attaches anew. Only a process that
knows the key (handed down by the launcher in the environment) gets in, and the address lies in a folder of the user's own.
"""

import contextlib
import logging
import os
import queue
import select
import socket
import threading
from collections.abc import Callable
from multiprocessing import AuthenticationError
from multiprocessing.connection import Client, Connection, Listener
from pathlib import Path
from typing import Any

import msgspec

log = logging.getLogger(__name__)

BACKLOG = 4096
"""Messages that may stand unread before the other side is taken for hung and dropped."""

AT_ONCE_BYTES = 32_768
"""A longer message is left to the writing thread."""

_LOST = (OSError, EOFError, AuthenticationError, ValueError)


class LinkServer:
    """The side of the process that is spoken to; one client at a time, the newest wins.

    `received` and `attached` are called on the link's threads; `send` may be called from any thread and never waits.
    `commands` is the union of message types that may come in.
    """

    def __init__(
        self,
        address: str,
        key: bytes,
        commands: Any,
        received: Callable[[Any], None],
        attached: Callable[[], None] = lambda: None,
    ) -> None:
        self._decoder = msgspec.msgpack.Decoder(commands)
        self._received, self._attached = received, attached
        if os.name == "posix":
            Path(address).unlink(missing_ok=True)  # left by one that was killed
        self._listener = Listener(address, authkey=key)
        self._address = address
        self._client: _Peer | None = None
        self._is_closed = False
        self._thread = threading.Thread(target=self._accept, name="link-accept", daemon=True)
        self._thread.start()

    @property
    def is_attended(self) -> bool:
        """Whether a client is attached now."""
        return self._client is not None and not self._client.is_closed

    def send(self, message: msgspec.Struct) -> None:
        """Sends to the present client; without one the message is gone: what lasts is told again on attaching."""
        client = self._client
        if client is not None:
            client.send(message)

    def close(self) -> None:
        """Sends what stands, lets no further client in and drops the present one."""
        self._is_closed = True
        with contextlib.suppress(*_LOST):
            Client(self._address).close()  # wakes accept()
        self._thread.join(5)
        self._listener.close()
        if self._client is not None:
            self._client.close()

    def _accept(self) -> None:
        while not self._is_closed:
            try:
                connection = self._listener.accept()
            except _LOST:
                continue
            if self._client is not None:
                self._client.close()
            self._client = _Peer(connection, self._decoder, self._received, lambda: None)
            self._attached()


class SteadyLink:
    """The window's side: attaches, and attaches again whenever the process was started anew.

    `received` gets every event, `attached` and `lost` are called each time the other side was reached or is gone; all on
    the link's threads.
    """

    RETRY_S = 0.05

    def __init__(
        self,
        address: str,
        key: bytes,
        events: Any,
        received: Callable[[Any], None],
        attached: Callable[[], None] = lambda: None,
        lost: Callable[[], None] = lambda: None,
    ) -> None:
        self._address, self._key = address, key
        self._decoder = msgspec.msgpack.Decoder(events)
        self._received, self._attached, self._lost = received, attached, lost
        self._peer: _Peer | None = None
        self._closing = threading.Event()
        self._gone = threading.Event()
        self._thread = threading.Thread(target=self._keep, name="link-keep", daemon=True)
        self._thread.start()

    def send(self, message: msgspec.Struct) -> bool:
        """Hands the message over; False where nobody is there to take it."""
        peer = self._peer
        if peer is None or peer.is_closed:
            return False
        peer.send(message)
        return True

    def close(self) -> None:
        """Sends what stands, then lets go; returns when the threads have ended."""
        self._closing.set()
        self._gone.set()
        self._thread.join(5)
        if self._peer is not None:
            self._peer.close()

    def _keep(self) -> None:
        while not self._closing.is_set():
            try:
                connection = Client(self._address, authkey=self._key)
            except _LOST:
                self._closing.wait(self.RETRY_S)
                continue
            self._gone.clear()
            if self._closing.is_set():  # closed meanwhile: nobody would wake us any more
                connection.close()
                return
            self._peer = _Peer(connection, self._decoder, self._received, self._gone.set)
            self._attached()
            self._gone.wait()
            if not self._closing.is_set():
                self._peer.close()
                self._lost()


class _Peer:
    """One open connection with a reading and a writing thread."""

    def __init__(self, connection: Connection, decoder: Any, received: Callable[[Any], None], lost: Callable[[], None]) -> None:
        self._connection, self._decoder = connection, decoder
        self._received, self._lost = received, lost
        self._encoder = msgspec.msgpack.Encoder()
        self._out: queue.Queue[bytes | None] = queue.Queue(BACKLOG)
        self._turn = threading.Lock()
        self._waiting = 0
        self.is_closed = False
        self._reader = threading.Thread(target=self._read, name="link-read", daemon=True)
        self._writer = threading.Thread(target=self._write, name="link-write", daemon=True)
        self._reader.start()
        self._writer.start()

    def send(self, message: msgspec.Struct) -> None:
        """Writes at once where that cannot wait: the writing thread would first have to be given the interpreter."""
        with self._turn:
            try:
                data = self._encoder.encode(message)
            except (TypeError, ValueError, OverflowError) as wrong:  # e.g. half a character: the others must still go out
                log.error("a message for a link could not be written: %s", type(wrong).__name__)
                return
            if self._waiting == 0 and len(data) <= AT_ONCE_BYTES and self._has_room():
                self._put_out(data)
                return
            self._waiting += 1
        try:
            self._out.put_nowait(data)
        except queue.Full:
            log.error("a process on a link has stopped reading; it is dropped")
            self._shut()

    def close(self) -> None:
        with contextlib.suppress(queue.Full):
            self._out.put_nowait(None)
        if threading.current_thread() is not self._writer:
            self._writer.join(2)
        self._shut()
        if threading.current_thread() is not self._reader:
            self._reader.join(2)

    def _shut(self) -> None:
        if self.is_closed:
            return
        self.is_closed = True
        with contextlib.suppress(queue.Full):
            self._out.put_nowait(None)
        with contextlib.suppress(*_LOST):
            if os.name == "posix":
                # shutdown wakes the reading thread; closing the descriptor under its feet would not
                with socket.socket(fileno=os.dup(self._connection.fileno())) as raw:
                    raw.shutdown(socket.SHUT_RDWR)
            else:
                self._connection.close()

    def _read(self) -> None:
        while True:
            try:
                data = self._connection.recv_bytes()
            except _LOST:
                break
            try:
                self._received(self._decoder.decode(data))
            except msgspec.MsgspecError as wrong:
                log.error("a message on a link could not be read: %s", type(wrong).__name__)
            except Exception:
                log.exception("a message on a link could not be handled")
        self._shut()
        self._lost()

    def _write(self) -> None:
        while (data := self._out.get()) is not None and self._put_out(data):
            with self._turn:
                self._waiting -= 1

    def _put_out(self, data: bytes) -> bool:
        """False where nobody is there any more; the reading thread notices it too."""
        try:
            self._connection.send_bytes(data)
        except _LOST:
            return False
        return True

    def _has_room(self) -> bool:
        """Whether the system takes AT_ONCE_BYTES without waiting: a socket is writable when most of its room is free."""
        try:
            return os.name == "posix" and bool(select.select((), (self._connection,), (), 0)[1])
        except _LOST:
            return False
