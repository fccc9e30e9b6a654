"""The filter on our SIP sockets, tried on real sockets; and who counts as a peer."""

import socket
import subprocess
import sys
from pathlib import Path

import pytest

from app.telephony.sources import Bell, attach, networks_of

linux = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux has socket filters")


@pytest.mark.expects_log("no IPv4 address or network")
def test_peers_are_addresses_networks_and_hosts_with_ports() -> None:
    found = networks_of(["10.0.0.1:5060", "10.1.0.0/16", " 10.1.2.3 ", "nonsense", ""])

    assert [str(network) for network in found] == ["10.0.0.1/32", "10.1.0.0/16"]


@linux
def test_a_datagram_of_a_stranger_or_a_huge_one_does_not_arrive() -> None:
    with (
        socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as ours,
        socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as friend,
        socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as stranger,
    ):
        ours.bind(("127.0.0.41", 0))
        friend.bind(("127.0.0.42", 0))
        stranger.bind(("127.0.0.43", 0))

        assert attach(networks_of(["127.0.0.42"]), *ours.getsockname()) == 1

        stranger.sendto(b"strange", ours.getsockname())
        friend.sendto(b"x" * 62_000, ours.getsockname())
        friend.sendto(b"known", ours.getsockname())
        ours.settimeout(2)
        assert ours.recv(65536) == b"known"
        ours.setblocking(False)
        with pytest.raises(BlockingIOError):
            ours.recv(65536)


@linux
def test_the_bell_that_wakes_the_library_is_let_in_and_nothing_that_only_resembles_it() -> None:
    with (
        socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as ours,
        socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as bell,
        socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as neighbour,
        socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as stranger,
    ):
        ours.bind(("127.0.0.41", 0))
        bell.bind(("127.0.0.42", 0))
        neighbour.bind(("127.0.0.42", 0))
        stranger.bind(("127.0.0.43", bell.getsockname()[1]))

        address, port = ours.getsockname()
        bell_address, bell_port = bell.getsockname()
        attach([], address, port, Bell(bell_address, bell_port, length=2))

        for sender, data in ((neighbour, b"n!"), (stranger, b"s!"), (bell, b"too long"), (bell, b"b!")):
            sender.sendto(data, ours.getsockname())
        ours.settimeout(2)
        assert ours.recv(100) == b"b!"
        ours.setblocking(False)
        with pytest.raises(BlockingIOError):
            ours.recv(100)


WAKING = """
import os, time
from app.telephony import sip_thread
from app.telephony.sip import SipAgent
from app.telephony.sip_events import SipBind
from app.telephony.sources import Gate

sip_thread._PUMP_MS = 4000
agent = SipAgent(SipBind("127.0.0.41", 0, 41_000, 100, "test"), lambda event: None)
agent.do(lambda: Gate(agent))
took = []
for _ in range(4):
    time.sleep(0.2)  # it waits for the network
    begun = time.monotonic()
    agent.do(lambda: None)
    took.append(time.monotonic() - begun)
print(max(took) < 1.0, took, flush=True)
os._exit(0)
"""


def test_what_is_asked_of_telephony_is_done_at_once_also_where_no_peer_is_let_in() -> None:
    """The library would wait four seconds for the network here."""
    root = Path(__file__).resolve().parents[3]

    done = subprocess.run([sys.executable, "-c", WAKING], cwd=root, capture_output=True, text=True, timeout=60, check=False)

    assert "True" in done.stdout, done.stdout + done.stderr


@linux
def test_a_stranger_cannot_even_connect_and_a_long_stream_of_a_friend_comes_through() -> None:
    with socket.create_server(("127.0.0.41", 0)) as door:
        attach(networks_of(["127.0.0.42"]), *door.getsockname())
        with pytest.raises(OSError):
            socket.create_connection(door.getsockname(), 0.5, ("127.0.0.43", 0))

        with socket.create_connection(door.getsockname(), 2, ("127.0.0.42", 0)) as friend:
            far, _ = door.accept()
            with far:
                far.settimeout(5)
                sent = b"y" * 1_000_000
                friend.setblocking(True)
                got, place = b"", 0
                while len(got) < len(sent):
                    if place < len(sent):
                        place += friend.send(sent[place : place + 60_000])
                    got += far.recv(1 << 20)
    assert got == sent
