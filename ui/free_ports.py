"""Ports of this machine that nobody uses now."""

import socket


def free_ports(count: int) -> list[int]:
    """Different TCP ports of 127.0.0.1 that are free for UDP too (SIP agents bind both)."""
    found: list[int] = []
    while len(found) < count:
        with socket.socket() as tcp, socket.socket(type=socket.SOCK_DGRAM) as udp:
            tcp.bind(("127.0.0.1", 0))
            port = tcp.getsockname()[1]
            try:
                udp.bind(("127.0.0.1", port))
            except OSError:
                continue
            if port not in found:
                found.append(port)
    return found
