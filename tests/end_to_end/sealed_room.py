"""A room without a way out: a network namespace that holds the loopback alone and no route, in which every packet is kept.

Linux, with the right to make one (root, or a namespace of one's own). Whatever this thread starts while it is in there lives
there too. What is tried in vain is counted by the kernel: `Ip OutNoRoutes` grows with every connect or send that found no way.
"""

import ctypes
import os
import select
import socket
import struct
import subprocess
import sys
import threading
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType

CLONE_NEWNET = 0x40000000
_ETH_P_ALL = 0x0003
_SIOCSIFFLAGS, _SIOCGIFFLAGS = 0x8914, 0x8913
_UP = 0x1
_HERE = Path("/proc/thread-self")

End = tuple[str, int]


def why_not() -> str:
    """Why this machine has no such room; "" where it has."""
    if sys.platform != "linux":
        return "network namespaces are Linux's"
    if os.geteuid() != 0:
        return "making a network namespace needs root"
    pid = os.fork()
    if pid == 0:
        os._exit(ctypes.CDLL(None).unshare(CLONE_NEWNET) and 1)
    _, status = os.waitpid(pid, 0)
    if status != 0:
        return "the system allows no network namespace"
    is_seen = subprocess.run(["strace", "-e", "trace=none", "true"], capture_output=True, check=False).returncode == 0
    return "" if is_seen else "the system lets no process be watched"


@dataclass(frozen=True)
class Flow:
    """All packets one way between two ends."""

    kind: str  # "udp" or "tcp"
    source: End
    target: End

    def touches(self, *ends: End) -> bool:
        return self.source in ends or self.target in ends


@dataclass
class Seen:
    """What went over each interface: `flows` in bytes of payload, `written` the payload of TCP itself, `strange` what is
    neither IPv4 UDP nor TCP on loopback."""

    flows: Counter[Flow] = field(default_factory=Counter)
    written: defaultdict[Flow, bytearray] = field(default_factory=lambda: defaultdict(bytearray))
    packets: Counter[Flow] = field(default_factory=Counter)
    interfaces: Counter[str] = field(default_factory=Counter)
    strange: Counter[str] = field(default_factory=Counter)

    def take(self, interface: str, frame: bytes) -> None:
        self.interfaces[interface] += 1
        kind = struct.unpack("!H", frame[12:14])[0]
        if kind != 0x0800:
            self.strange[f"{interface} ethertype {kind:04x}"] += 1
            return
        head = (frame[14] & 0x0F) * 4
        packet = frame[14 : 14 + struct.unpack("!H", frame[16:18])[0]]
        source, target = (socket.inet_ntoa(packet[at : at + 4]) for at in (12, 16))
        is_fragment = struct.unpack("!H", packet[6:8])[0] & 0x1FFF
        name = {6: "tcp", 17: "udp"}.get(packet[9])
        if packet[9] == 1 and all(address.startswith("127.") for address in (source, target)):
            return  # "nobody listens at this port any more": what the kernel itself answers on loopback
        if name is None or is_fragment:
            self.strange[f"{interface} protocol {packet[9]} {source} to {target}"] += 1
            return
        ports = struct.unpack("!HH", packet[head : head + 4])
        header = 8 if name == "udp" else (packet[head + 12] >> 4) * 4
        flow = Flow(name, (source, ports[0]), (target, ports[1]))
        self.flows[flow] += len(packet) - head - header
        if name == "tcp":
            self.written[flow] += packet[head + header :]
        self.packets[flow] += 1


class SealedRoom:
    """`with SealedRoom() as room:` this thread, and all that it starts, is inside; after it, outside again."""

    def __init__(self) -> None:
        self.seen = Seen()
        self._ended = threading.Event()

    def __enter__(self) -> "SealedRoom":
        self._outside = os.open(_HERE / "ns/net", os.O_RDONLY)
        self._call("unshare", CLONE_NEWNET)
        _switch_on("lo")
        self._tap = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, socket.htons(_ETH_P_ALL))
        self._tap.setsockopt(socket.SOL_SOCKET, 33, 1 << 26)  # SO_RCVBUFFORCE: nothing is lost while the machine is busy
        self._thread = threading.Thread(target=self._look, name="sealed-room", daemon=True)
        self._thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._ended.set()
        self._thread.join(10)
        self._tap.close()
        self._call("setns", self._outside, CLONE_NEWNET)
        os.close(self._outside)

    @property
    def routes(self) -> list[str]:
        """Routes that lead anywhere but the loopback."""
        lines = (_HERE / "net/route").read_text().splitlines()[1:]
        return [line for line in lines if line.split()[0] != "lo"]

    @property
    def interfaces(self) -> set[str]:
        return {name for _, name in socket.if_nameindex()}

    @property
    def tried_in_vain(self) -> int:
        """How often anybody in here has tried to reach what no route leads to, IPv4 and IPv6."""
        lines = [line.split() for line in (_HERE / "net/snmp").read_text().splitlines() if line.startswith("Ip:")]
        of_4 = int(dict(zip(lines[0], lines[1], strict=True))["OutNoRoutes"])
        six = _HERE / "net/snmp6"
        pairs = dict(line.split() for line in six.read_text().splitlines()) if six.exists() else {}
        return of_4 + int(pairs.get("Ip6OutNoRoutes", 0))

    @property
    def lost(self) -> int:
        """Packets that were not seen; asking forgets them."""
        counts = self._tap.getsockopt(263, 6, 8)  # SOL_PACKET, PACKET_STATISTICS
        return int(struct.unpack("II", counts)[1])

    def _look(self) -> None:
        while not self._ended.is_set():
            if not select.select([self._tap], [], [], 0.2)[0]:
                continue
            frame, address = self._tap.recvfrom(65535)
            if address[2] != socket.PACKET_OUTGOING:  # on loopback each packet is seen twice
                self.seen.take(address[0], frame)

    @staticmethod
    def _call(name: str, *arguments: int) -> None:
        libc = ctypes.CDLL(None, use_errno=True)
        if getattr(libc, name)(*arguments) != 0:
            raise OSError(ctypes.get_errno(), f"{name}: {os.strerror(ctypes.get_errno())}")


def _switch_on(interface: str) -> None:
    import fcntl

    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asking:
        wish = struct.pack("16sH14s", interface.encode(), 0, b"")
        flags = struct.unpack("16sH14s", fcntl.ioctl(asking, _SIOCGIFFLAGS, wish))[1]
        fcntl.ioctl(asking, _SIOCSIFFLAGS, struct.pack("16sH14s", interface.encode(), flags | _UP, b""))
