"""Who may send SIP to us: only our peers. Linux drops what others send before the library sees it; elsewhere they get 403."""

import ctypes
import ipaddress
import logging
import os
import socket
import struct
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from app.telephony.srv import is_ip

if TYPE_CHECKING:
    from app.telephony.sip import SipAgent

log = logging.getLogger(__name__)

_SO_ATTACH_FILTER = 26
_LOAD, _LOAD_HALF, _LOAD_LENGTH, _AND, _EQUAL, _LONGER, _RETURN = 0x20, 0x28, 0x80, 0x54, 0x15, 0x25, 0x06
_IP_SOURCE = (-0x100000 + 12) & 0xFFFFFFFF
"""SKF_NET_OFF: counted from the IP header, wherever the socket's own data begins."""
_UDP_SOURCE, _UDP_HEAD = 0, 8
"""Where a datagram's source port stands, and the bytes before its data."""
_ALL = 0xFFFFFFFF
NO_FILTER = "JIESU_NO_SOCKET_FILTER"
"""Environment: leaves the sockets alone, as on a system that has no such filters."""
LONGEST = 60_000
"""Bytes of a packet that is let through."""
_MOST_PEERS = 1000


Program = list[tuple[int, int, int, int]]


class Bell(NamedTuple):
    """Our own socket whose datagrams, all of one length, end the library's wait for the network: no peer, and always let in."""

    address: str
    port: int
    length: int


def filter_for(networks: Iterable[ipaddress.IPv4Network], is_datagram: bool, bell: Bell | None = None) -> Program:
    """A classic BPF program that lets in what comes from `networks` or `bell`, and of datagrams none that is too long."""
    program = [(_LOAD_LENGTH, 0, 0, 0), (_LONGER, 0, 1, LONGEST), (_RETURN, 0, 0, 0)] if is_datagram else []
    if is_datagram and bell is not None:
        program += [
            (_LOAD_LENGTH, 0, 0, 0),
            (_EQUAL, 0, 5, _UDP_HEAD + bell.length),
            (_LOAD, 0, 0, _IP_SOURCE),
            (_EQUAL, 0, 3, int(ipaddress.IPv4Address(bell.address))),
            (_LOAD_HALF, 0, 0, _UDP_SOURCE),
            (_EQUAL, 0, 1, bell.port),
            (_RETURN, 0, 0, _ALL),
        ]
    for network in networks:
        program += [
            (_LOAD, 0, 0, _IP_SOURCE),
            (_AND, 0, 0, int(network.netmask)),
            (_EQUAL, 0, 1, int(network.network_address)),
            (_RETURN, 0, 0, _ALL),
        ]
    return [*program, (_RETURN, 0, 0, 0)]


def networks_of(texts: Iterable[str]) -> list[ipaddress.IPv4Network]:
    """The networks of addresses, "host:port" and "a.b.c.d/n"; what is none of these is left out, and logged."""
    found: set[ipaddress.IPv4Network] = set()
    for text in texts:
        part = text.strip().rpartition(":")[0] if ":" in text else text.strip()
        try:
            found.add(ipaddress.IPv4Network(part, strict=False))
        except ValueError:
            log.warning("an entry of the peers is no IPv4 address or network")
    return sorted(ipaddress.collapse_addresses(found))


class Gate:
    """Lives on the SIP thread. Closed until it is opened for somebody."""

    def __init__(self, agent: "SipAgent") -> None:
        self._agent = agent
        self._peers: list[str] = []
        self._wanted: tuple[str, ...] = ()
        self._tunnels: frozenset[str] = frozenset()
        self._dialled: list[str] = []
        self._networks: list[ipaddress.IPv4Network] = []
        self._is_told = False
        agent.crowd.is_peer = self.is_peer
        self._attach()

    def open_for(self, peers: Iterable[str], wanted: Iterable[str], tunnels: Iterable[str] = ()) -> None:
        """Lets in `peers` (host:port), `wanted` (addresses or networks of the settings), our own `tunnels`; nobody else."""
        self._peers, self._wanted, self._tunnels = list(peers), tuple(wanted), frozenset(tunnels)
        self._attach()

    def let_in(self, address: str) -> None:
        """We are about to call this SIP address ourselves: it may answer."""
        host = address.rpartition("@")[2].partition(";")[0]
        host = host.partition(":")[0] if "@" in address else address.partition(":")[2].partition(":")[0].partition(";")[0]
        if is_ip(host) and not self.is_peer(host):
            self._dialled = [*self._dialled[-_MOST_PEERS // 2 :], host]
            self._attach()

    def is_peer(self, source: str) -> bool:
        """Whether "host:port" or a host may send us anything."""
        host = source.rpartition(":")[0] if ":" in source else source
        try:
            address = ipaddress.IPv4Address(host)
        except ValueError:
            return False
        return source in self._tunnels or any(address in network for network in self._networks)

    def _attach(self) -> None:
        self._networks = networks_of([*self._peers, *self._wanted, *self._dialled])[:_MOST_PEERS]
        own = self._agent.bind.address, self._agent.port
        try:
            count = attach(self._networks, *own, self._agent.bell)
        except OSError as wrong:
            count = 0
            reason = wrong.strerror or type(wrong).__name__
        else:
            reason = "no socket was found"
        if count < 2 and not self._is_told:
            self._is_told = True
            log.warning("SIP of strangers cannot be dropped by the system (%s): their calls are refused with 403", reason)


def attach(networks: Iterable[ipaddress.IPv4Network], address: str, port: int, bell: Bell | None = None) -> int:
    """Attaches filters to our listening sockets at that address; gives how many there were. Raises OSError."""
    if not sys.platform.startswith("linux") or os.environ.get(NO_FILTER):
        return 0
    allowed, count = list(networks), 0
    for one in _listening(address, port):
        program = filter_for(allowed, one.type == socket.SOCK_DGRAM, bell)
        code = b"".join(struct.pack("HBBI", *step) for step in program)
        kept = ctypes.create_string_buffer(code, len(code))
        one.setsockopt(socket.SOL_SOCKET, _SO_ATTACH_FILTER, struct.pack("HP", len(program), ctypes.addressof(kept)))
        count += 1
    return count


def _listening(address: str, port: int) -> Iterator[socket.socket]:
    """Our own sockets that take UDP or TCP connections there; the library does not say which they are."""
    for name in list(Path("/proc/self/fd").iterdir()):
        with _borrowed(int(name.name)) as one:
            if one is None or one.family != socket.AF_INET or one.getsockname() != (address, port):
                continue
            if one.type == socket.SOCK_DGRAM or one.getsockopt(socket.SOL_SOCKET, socket.SO_ACCEPTCONN):
                yield one


@contextmanager
def _borrowed(number: int) -> Iterator[socket.socket | None]:
    try:
        one = socket.socket(fileno=number)
    except OSError:
        yield None
        return
    try:
        yield one
    finally:
        one.detach()  # it is the library's
