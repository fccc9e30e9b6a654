"""Where the servers of a line are: a list of host:port in order, or a DNS SRV name, become IP addresses with ports."""

import ipaddress
import os
import random
import socket
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import dns.exception
import dns.rdatatype
import dns.resolver

from app.errors import JiesuError

SRV = "srv:"
NAME_SERVER = "JIESU_NAME_SERVER"
"""Environment: "ip:port" of the name server to ask instead of the system's."""
_PATIENCE_S = 2.0
_SERVICES = {"tls": "_sips._tcp", "tcp": "_sip._tcp", "udp": "_sip._udp"}


class NameNotFound(JiesuError):
    """A server's name leads to no address; values: the name, why."""

    code = "pbx_unreachable"


@dataclass(frozen=True, slots=True)
class Place:
    """One server. `name` is what its certificate must be made out to; `domain` stands in SIP addresses, "" = `address`.

    Servers of one `priority` are as good as each other; a lower one is better."""

    address: str
    name: str
    domain: str = ""
    priority: int = 0


@dataclass(frozen=True, slots=True)
class SrvRecord:
    priority: int
    weight: int
    port: int
    target: str


def entries(text: str) -> list[str]:
    """The parts of "a:5060, b:5060"."""
    return [part.strip() for part in text.split(",") if part.strip()]


def literal(text: str, transport: str) -> list[Place] | None:
    """The servers of `text` where it holds IP addresses only; None where a name must be looked up."""
    places = []
    for priority, entry in enumerate(entries(text)):
        host, port = _split(entry, transport)
        if not is_ip(host):
            return None
        places.append(Place(f"{host}:{port}", host, priority=priority))
    return places


def is_ip(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).version == 4
    except ValueError:
        return False


def in_order(records: Iterable[SrvRecord], draw: Callable[[int, int], int] = random.randint) -> list[SrvRecord]:
    """RFC 2782: by priority, within one at random so that weights are kept over many clients."""
    ordered: list[SrvRecord] = []
    left = sorted(records, key=lambda record: (record.priority, record.weight))
    while left:
        level = [record for record in left if record.priority == left[0].priority]
        mark, passed = draw(0, sum(record.weight for record in level)), 0
        for record in level:
            passed += record.weight
            if passed >= mark:
                break
        ordered.append(record)
        left.remove(record)
    return ordered


class NameLookup:
    """Asks name servers in threads of its own: a dead one must never hold up the SIP thread."""

    def __init__(self, name_server: str | None = None) -> None:
        """`name_server`: "ip:port" instead of the system's; by default what the environment says."""
        self._own = os.environ.get(NAME_SERVER, "") if name_server is None else name_server
        self._workers = ThreadPoolExecutor(3, "names")

    def ask(self, text: str, transport: str, answer: Callable[[list[Place] | NameNotFound], None]) -> None:
        """Calls `answer` on a thread of its own."""

        def look() -> None:
            try:
                answer(self.find(text, transport))
            except NameNotFound as wrong:
                answer(wrong)
            except Exception as wrong:  # a name that no resolver can make sense of must be said, and asked again, as well
                answer(NameNotFound(text, type(wrong).__name__))

        self._workers.submit(look)

    def find(self, text: str, transport: str) -> list[Place]:
        """Waits for the answer (≤ 2 s for each name asked of DNS); raises NameNotFound where none of the names is known."""
        if text.strip().lower().startswith(SRV):
            return self._find_srv(text.strip()[len(SRV) :].strip().rstrip("."), transport)
        places: list[Place] = []
        unknown: NameNotFound | None = None
        for priority, entry in enumerate(entries(text)):
            host, port = _split(entry, transport)
            domain = "" if is_ip(host) else f"{host}:{port}"
            try:
                places += [Place(f"{ip}:{port}", host, domain, priority) for ip in self._addresses(host)]
            except NameNotFound as wrong:
                unknown = wrong
        if unknown is not None and not places:
            raise unknown
        return places

    def _find_srv(self, domain: str, transport: str) -> list[Place]:
        name = f"{_SERVICES[transport]}.{domain}"
        try:
            answer = self._resolver().resolve(name, "SRV", lifetime=_PATIENCE_S)
        except (dns.exception.DNSException, OSError) as wrong:
            raise NameNotFound(name, _why(wrong)) from None
        records = [SrvRecord(one.priority, one.weight, one.port, one.target.to_text(omit_final_dot=True)) for one in answer]
        places: list[Place] = []
        for record in in_order(record for record in records if record.target):
            try:
                ips = self._addresses(record.target)
            except NameNotFound:
                continue
            places += [Place(f"{ip}:{record.port}", domain, domain, record.priority) for ip in ips]
        if not places:
            raise NameNotFound(name, "no address")
        return places

    def _addresses(self, host: str) -> list[str]:
        if is_ip(host):
            return [host]
        try:
            if self._own:
                return [item.to_text() for item in self._resolver().resolve(host, "A", lifetime=_PATIENCE_S)]
            found = socket.getaddrinfo(host, None, socket.AF_INET, socket.SOCK_STREAM)
            return list(dict.fromkeys(str(item[4][0]) for item in found))
        except (dns.exception.DNSException, OSError) as wrong:
            raise NameNotFound(host, _why(wrong)) from None

    def _resolver(self) -> dns.resolver.Resolver:
        if not self._own:
            return dns.resolver.Resolver()
        resolver = dns.resolver.Resolver(configure=False)
        host, _, port = self._own.rpartition(":")
        resolver.nameservers, resolver.port = [host], int(port)
        return resolver


def _split(entry: str, transport: str) -> tuple[str, int]:
    host, colon, port = entry.rpartition(":")
    if colon and port.isdigit():
        return host, int(port)
    return entry, 5061 if transport == "tls" else 5060


def _why(wrong: Exception) -> str:
    if isinstance(wrong, dns.exception.Timeout):
        return "the name server does not answer"
    if isinstance(wrong, dns.resolver.NXDOMAIN | socket.gaierror | dns.resolver.NoAnswer):
        return "the name is not known"
    return type(wrong).__name__
