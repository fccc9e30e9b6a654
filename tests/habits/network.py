"""Tests speak with this machine only: 127.0.0.0/8, ::1 and local sockets. Anything else is refused and fails the test."""

import ipaddress
import socket
from collections.abc import Iterator
from typing import Any

import pytest

LOCAL_NAMES = {"localhost", "localhost.localdomain", "ip6-localhost", ""}


class OutsideNetwork(OSError):
    """A test tried to reach another machine."""


def is_local(host: object) -> bool:
    """Names are not looked up: only those that mean this machine are taken."""
    if host is None:
        return True
    text = host.decode("ascii", "replace") if isinstance(host, bytes) else str(host)
    if text in LOCAL_NAMES:
        return True
    try:
        return ipaddress.ip_address(text.partition("%")[0]).is_loopback
    except ValueError:
        return False


@pytest.fixture(autouse=True)
def only_this_machine(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    refused: list[str] = []

    def judge(host: object, what: str) -> None:
        if not is_local(host):
            refused.append(f"{what} {host!r}")
            raise OutsideNetwork(f"a test may not {what} {host!r}")

    def guarded(name: str) -> None:
        real = getattr(socket.socket, name)

        def call(self: socket.socket, *arguments: Any) -> Any:
            address = arguments[0] if name != "sendto" else arguments[-1]
            if self.family in (socket.AF_INET, socket.AF_INET6):
                judge(address[0], name)
            return real(self, *arguments)

        monkeypatch.setattr(socket.socket, name, call)

    real_lookup = socket.getaddrinfo

    def lookup(host: Any, *arguments: Any, **options: Any) -> Any:
        if not (isinstance(host, str) and host == "0.0.0.0"):  # a listener's own address
            judge(host, "look up")
        return real_lookup(host, *arguments, **options)

    for name in ("connect", "connect_ex", "sendto"):
        guarded(name)
    monkeypatch.setattr(socket, "getaddrinfo", lookup)
    yield
    if refused:
        pytest.fail("reached out of this machine: " + ", ".join(refused), pytrace=False)
