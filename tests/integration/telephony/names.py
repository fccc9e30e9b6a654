"""A name server for tests, on loopback: says what stands in `srv` and `hosts`, and that it knows nothing else."""

from dataclasses import dataclass
from typing import Any

from dnslib import QTYPE, RCODE, RR, SRV, A
from dnslib.server import DNSLogger, DNSServer


@dataclass(frozen=True, slots=True)
class Srv:
    priority: int
    weight: int
    port: int
    target: str


class Names:
    def __init__(self, host: str) -> None:
        self.srv: dict[str, list[Srv]] = {}
        self.hosts: dict[str, str] = {}
        self._server = DNSServer(self, port=0, address=host, logger=DNSLogger(logf=lambda _line: None))
        self._server.start_thread()
        self.address = f"{host}:{self._server.server.server_address[1]}"

    def close(self) -> None:
        self._server.stop()
        self._server.server.server_close()

    def resolve(self, request: Any, _handler: object) -> Any:
        reply = request.reply()
        name = str(request.q.qname).rstrip(".").lower()
        if request.q.qtype == QTYPE.SRV:
            for one in self.srv.get(name, ()):
                reply.add_answer(RR(name, QTYPE.SRV, rdata=SRV(one.priority, one.weight, one.port, one.target), ttl=1))
        elif request.q.qtype == QTYPE.A and name in self.hosts:
            reply.add_answer(RR(name, QTYPE.A, rdata=A(self.hosts[name]), ttl=1))
        if not reply.rr:
            reply.header.rcode = RCODE.NXDOMAIN
        return reply
