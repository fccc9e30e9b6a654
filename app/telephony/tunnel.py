"""TLS for the SIP library, which has none: tunnels from a loopback port of ours to a server whose certificate was verified."""

import asyncio
import logging
import socket
import ssl
import threading
from collections.abc import Callable, Iterable
from contextlib import suppress

import psutil

from app.desk.commands import LineAccount
from app.telephony.sip_stream import MessageStream, StreamBroken, inward, outward
from app.telephony.srv import Place

log = logging.getLogger(__name__)

_CONNECT_S = 3.0
_READ = 64 * 1024
_LONGEST = 16_000
"""Bytes of a message that the SIP library can take from a stream; a longer one would end the connection."""
Refused = Callable[[str, str], None]
"""Told on the tunnels' thread: the line, and why its server was not trusted; "" once it is."""


class Tunnels:
    """Lives on the SIP thread; the tunnels themselves on a thread of their own, which begins with the first."""

    def __init__(self, refused: Refused) -> None:
        self._refused = refused
        self._open: dict[tuple[Place, str, str, str], _Tunnel] = {}
        self._refusals: dict[tuple[str, str], str] = {}
        self._loop: asyncio.AbstractEventLoop | None = None

    def to(self, place: Place, account: LineAccount, own_address: str) -> str:
        """The host:port of ours that leads to that server; raises OSError where none can be opened."""
        key = (place, account.line, account.ca_file, own_address)
        if key not in self._open:
            host = own_address if own_address not in ("", "0.0.0.0") and not own_address.startswith("127.") else "127.0.0.1"
            door = socket.create_server((host, 0), backlog=8)
            tunnel = _Tunnel(door, place, account.ca_file, own_address, lambda why: self._say(account.line, place.address, why))
            self._running().call_soon_threadsafe(tunnel.start)
            self._open[key] = tunnel
        return self._open[key].address

    def keep(self, addresses: Iterable[str]) -> None:
        """Closes all but these."""
        kept = set(addresses)
        for key in [key for key, tunnel in self._open.items() if tunnel.address not in kept]:
            self._running().call_soon_threadsafe(self._open.pop(key).close)
        left = {(place.address, line) for place, line, _, _ in self._open}
        for line, address in [known for known in self._refusals if (known[1], known[0]) not in left]:
            self._say(line, address, "")

    def _say(self, line: str, address: str, why: str) -> None:
        """On either thread. "" once no server is refused any more."""
        before = self._refusals.pop((line, address), "")
        if why:
            self._refusals[line, address] = why
        if why != before and (why or not self._refusals):
            self._refused(line, why)

    def _running(self) -> asyncio.AbstractEventLoop:
        if self._loop is None:
            self._loop = asyncio.new_event_loop()
            threading.Thread(target=self._loop.run_forever, name="tunnels", daemon=True).start()
        return self._loop


class _Tunnel:
    """Lives on the tunnels' thread. For each connection of our SIP library it makes one to the server."""

    def __init__(
        self, door: socket.socket, place: Place, ca_file: str, own_address: str, refused: Callable[[str], None]
    ) -> None:
        self._from = (own_address, 0) if own_address not in ("", "0.0.0.0") else None
        self._door, self._place, self._ca_file, self._refused = door, place, ca_file, refused
        host, port = door.getsockname()
        self.address = f"{host}:{port}"
        self._server: asyncio.Server | None = None
        self._starting: asyncio.Task[None] | None = None
        self._writers: set[asyncio.StreamWriter] = set()

    def start(self) -> None:
        self._starting = asyncio.get_running_loop().create_task(self._start())

    def close(self) -> None:
        """Ends every connection and takes no more."""
        if self._server is not None:
            self._server.close()
        self._door.close()
        for writer in list(self._writers):
            writer.transport.abort()

    async def _start(self) -> None:
        self._server = await asyncio.start_server(self._serve, sock=self._door, limit=_READ)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._writers.add(writer)
        try:
            if not _is_ours(writer.get_extra_info("peername"), writer.get_extra_info("sockname")):
                log.warning("a connection of another process to a tunnel was refused")
                return
            await self._join(reader, writer)
        except Exception:
            log.exception("a tunnel broke")
        finally:
            self._writers.discard(writer)
            writer.transport.abort()

    async def _join(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            far_reader, far_writer = await self._connect()
        except (ssl.SSLError, ssl.CertificateError) as wrong:
            self._refused(_why(wrong))
            return
        except FileNotFoundError:
            self._refused("the file of the authorities is missing")
            return
        except (OSError, TimeoutError) as wrong:
            log.info("no connection through a tunnel: %s", type(wrong).__name__)
            return
        self._refused("")
        self._writers.add(far_writer)
        ways = (
            asyncio.create_task(_pump(reader, far_writer, lambda message: outward(message, self.address.encode()), 0)),
            asyncio.create_task(_pump(far_reader, writer, lambda message: inward(message, self.address.encode()), _LONGEST)),
        )
        try:
            await asyncio.wait(ways, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for way in ways:
                way.cancel()
            self._writers.discard(far_writer)
            far_writer.transport.abort()

    async def _connect(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        host, _, port = self._place.address.rpartition(":")
        opening = asyncio.open_connection(
            host, int(port), ssl=self._verifying(), server_hostname=self._place.name, limit=_READ, local_addr=self._from
        )
        reader, writer = await asyncio.wait_for(opening, _CONNECT_S)
        with suppress(OSError, AttributeError):
            writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
        return reader, writer

    def _verifying(self) -> ssl.SSLContext:
        """Certificate and name are verified; against the file of the settings, or what the system trusts."""
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        context.minimum_version = ssl.TLSVersion.TLSv1_2
        if self._ca_file:
            context.load_verify_locations(self._ca_file)
        else:
            context.load_default_certs()
        return context


async def _pump(
    source: asyncio.StreamReader, sink: asyncio.StreamWriter, change: Callable[[bytes], bytes], longest: int
) -> None:
    stream = MessageStream()
    try:
        while data := await source.read(_READ):
            for message in stream.feed(data):
                changed = change(message)
                if longest and len(changed) > longest:
                    log.warning("a message of %d bytes is not passed on", len(changed))
                    continue
                sink.write(changed)
            await sink.drain()
    except StreamBroken as wrong:
        log.warning("a tunnel is closed: %s", wrong.values[0])
    except (OSError, ssl.SSLError):
        pass  # the other side closed; so do we


def _is_ours(peer: tuple[str, int], own: tuple[str, int]) -> bool:
    """Whether the connection was made by this process."""
    try:
        known = psutil.Process().net_connections("tcp")
    except psutil.Error:
        return False
    return any(tuple(one.laddr) == tuple(peer) and tuple(one.raddr or ()) == tuple(own) for one in known)


def _why(wrong: ssl.SSLError | ssl.CertificateError) -> str:
    if isinstance(wrong, ssl.SSLCertVerificationError):
        return str(wrong.verify_message)
    return str(getattr(wrong, "reason", "") or type(wrong).__name__).replace("_", " ").lower()
