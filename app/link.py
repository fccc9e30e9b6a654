"""A line between two of our processes: frozen events and commands, msgspec over multiprocessing.connection.

The listening side outlives its clients: a window that was killed and started again attaches anew. Three things keep others
out: the address lies in a folder of the user's own (0700; on Windows a named pipe, whose default rights let only this user,
the system and administrators write); the system says whose process is calling (SO_PEERCRED: another user is turned away before
a byte is read); and whoever calls must prove, without showing it, that he knows the key that the launcher handed down in the
environment - it is in no argument and no log. Proofs are heard beside each other and within PROOF_S, so that strangers who
call and say nothing keep nobody waiting.
"""

import contextlib
import logging
import os
import queue
import select
import socket
import struct
import threading
import time
from collections.abc import Callable
from multiprocessing import AuthenticationError
from multiprocessing.connection import Client, Connection, Listener, answer_challenge, deliver_challenge
from pathlib import Path
from typing import Any

import msgspec

log = logging.getLogger(__name__)

BACKLOG = 4096
"""Messages that may stand unread before the other side is taken for hung and dropped."""

AT_ONCE_BYTES = 32_768
"""A longer message is left to the writing thread."""

WAITING = 64
"""Callers that the system may let wait for us; further ones are turned away by it and try again."""

PROVING = 32
"""Callers whose proof is heard at once; with more the one that has taken longest is turned away."""

PROOF_S = 2.0
"""Seconds that a caller may take for his proof, on a machine that is busy."""

SILENT_S = 10.0
"""Strangers are written down at most so often: their number must not fill the disk."""

_CREDENTIALS = struct.Struct("3i")  # pid, uid, gid

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
        self._listener = Listener(address, backlog=WAITING)
        if os.name == "posix":
            Path(address).chmod(0o600)
        self._address = address
        self._client: _Peer | None = None
        self._is_closed = False
        self._door = _Door(key, self._admit)
        self._entry = threading.Lock()
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
            if self._is_closed:
                connection.close()
            else:
                self._door.hear(connection)

    def _admit(self, connection: Connection) -> None:
        """On the thread that heard the proof; one after the other, so that the newest wins."""
        with self._entry:
            if self._is_closed:
                connection.close()
                return
            if self._client is not None:
                self._client.close()
            self._client = _Peer(connection, self._decoder, self._received, lambda: None)
            self._attached()
            self._client.listen()


class _Door:
    """Hears who is calling, each on a thread of its own; `admit` gets the connections of those who may come in."""

    def __init__(self, key: bytes, admit: Callable[[Connection], None]) -> None:
        self._key, self._admit = key, admit
        self._proving: dict[Connection, float] = {}
        self._lock = threading.Lock()
        self._said_at = 0.0
        self._turned_away = 0

    def hear(self, connection: Connection) -> None:
        """Returns at once."""
        if not _is_our_user(connection):
            connection.close()
            self._say("a process of another user")
            return
        with self._lock:
            longest = min(self._proving, key=lambda one: self._proving[one]) if len(self._proving) >= PROVING else None
            self._proving[connection] = time.monotonic()
        if longest is not None:
            _cut(longest)
        threading.Thread(target=self._prove, args=(connection,), name="link-proof", daemon=True).start()

    def _prove(self, connection: Connection) -> None:
        late = threading.Timer(PROOF_S, _cut, (connection,))
        late.daemon = True
        late.start()
        try:
            deliver_challenge(connection, self._key)
            answer_challenge(connection, self._key)
        except Exception as wrong:  # whatever a stranger sends: also what the library cannot make sense of
            self._leave(connection)
            connection.close()
            if isinstance(wrong, EOFError | ConnectionError):
                log.info("a process that called at the link went away, or was too slow, before it proved anything")
            else:
                self._say("a process that does not know the key")
            return
        finally:
            late.cancel()
        self._leave(connection)
        self._admit(connection)

    def _leave(self, connection: Connection) -> None:
        with self._lock:
            self._proving.pop(connection, None)

    def _say(self, who: str) -> None:
        self._turned_away += 1
        now = time.monotonic()
        if now - self._said_at >= SILENT_S or self._turned_away == 1:
            self._said_at = now
            log.warning("%s called at the link and was turned away (%d so far)", who, self._turned_away)


def _is_our_user(connection: Connection) -> bool:
    """Whether the calling process is of the user we run as; where the system cannot say (Windows), the pipe's rights hold."""
    if not hasattr(socket, "SO_PEERCRED"):
        return True
    try:
        with socket.socket(fileno=os.dup(connection.fileno())) as raw:
            said = raw.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, _CREDENTIALS.size)
    except OSError:
        return False
    uid: int = _CREDENTIALS.unpack(said)[1]
    return uid == os.getuid()


def _cut(connection: Connection) -> None:
    """Ends a connection under the feet of a thread that reads from it."""
    with contextlib.suppress(*_LOST):
        if os.name == "posix":
            # shutdown wakes the reading thread; closing the descriptor under its feet would not
            with socket.socket(fileno=os.dup(connection.fileno())) as raw:
                raw.shutdown(socket.SHUT_RDWR)
        else:
            connection.close()


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
            self._peer.listen()
            self._gone.wait()
            if not self._closing.is_set():
                self._peer.close()
                self._lost()


class _Peer:
    """One open connection with a reading and a writing thread; nothing is read before `listen`.

    Whoever is told what came in may answer on the spot: by then the owner must know this peer.
    """

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
        self._writer.start()

    def listen(self) -> None:
        """Once, by the owner."""
        self._reader.start()

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
        if self._reader.is_alive() and threading.current_thread() is not self._reader:
            self._reader.join(2)

    def _shut(self) -> None:
        if self.is_closed:
            return
        self.is_closed = True
        with contextlib.suppress(queue.Full):
            self._out.put_nowait(None)
        _cut(self._connection)

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
