"""No audio leaves the PC but the call itself (R43, N4): a whole call, with words and voices, in a room without any way out."""

import base64
import ipaddress
import random
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.end_to_end.hall import Hall
from tests.end_to_end.screen import Screen
from tests.end_to_end.sealed_room import Flow, SealedRoom, why_not
from tests.end_to_end.test_first_call import answer
from tests.end_to_end.workplace import Workplace, words
from tests.headset import VirtualHeadset
from ui.free_ports import free_ports

pytestmark = [pytest.mark.pbx, pytest.mark.speech("whisper-base", "kokoro-82m"), pytest.mark.shared, pytest.mark.timeout(400),
              pytest.mark.programs("Xvfb", "xdotool", "strace")]  # fmt: skip

ENOUGH = 8
"""Characters that show that the recogniser works here: how well it hears is measured elsewhere."""
ROUTE_LOOKUP = ('sin_port=htons(53), sin_addr=inet_addr("1.1.1.1")', 'inet_pton(AF_INET6, "1::1"')
VOICE_BYTES_S = 1_000
"""The narrowest voice that anybody would send (8 kbit/s): what carries less in a second carries no voice."""
UNREADABLE = re.compile(r"[A-Za-z0-9+/=_-]{200,}|[^\t\r\n -~\u00a0-\U0010ffff]")
"""Sound written as letters (a fifth of a second of the narrowest voice is longer), or bytes that are no text at all."""


@pytest.fixture
def room() -> Iterator[SealedRoom]:
    if lacking := why_not():
        pytest.skip(lacking)
    with SealedRoom() as sealed:
        yield sealed


@pytest.fixture
def hall(room: SealedRoom, own_home: Path) -> Iterator[Hall]:
    with Hall(own_home, free_ports(1)[0]) as around:
        yield around


@pytest.fixture
def desk(room: SealedRoom, hall: Hall, own_home: Path) -> Iterator[Workplace]:
    settings = {**hall.settings(), "recording.policy": "none", "speech.models": ["whisper-base"]}
    with (
        Screen() as screen,
        VirtualHeadset() as headset,
        Workplace(own_home / "desk", screen, settings, environment=headset.environment, under=watched(own_home)) as place,
    ):
        place.shows(lambda state: state["headset"]["is_working"], "a headset that works", 60)
        place.shows(lambda state: state["lines"]["pbx"]["is_up"], "the registration at the exchange", 60)
        place.shows(lambda state: state["speech"]["engine"] and state["speech"]["voices"], "ears and voices", 90)
        yield place


def sockets_of_the_speech_process(desk: Workplace) -> list[str]:
    """Network sockets of the speech process and its children; links of this machine are local sockets, not these."""
    ears = desk.process("speech")
    family = [ears, *ears.children(recursive=True)]
    return [f"{one.name()} {connection}" for one in family for connection in one.net_connections("inet")]


def test_of_a_whole_call_nothing_leaves_the_computer_but_the_call(
    room: SealedRoom, hall: Hall, desk: Workplace, own_home: Path
) -> None:
    opened: list[str] = []

    answer(hall, desk, "water_outage")
    desk.shows(lambda state: len(words(state)) > ENOUGH, "words of the caller", 120)
    opened += sockets_of_the_speech_process(desk)
    desk.screen.key("ctrl+shift+n")
    desk.shows(lambda state: state["voice"]["saying"], "a voice that reads the number back", 30)
    desk.shows(lambda state: not state["voice"]["saying"], "the end of it", 60)
    opened += sockets_of_the_speech_process(desk)
    desk.save()
    talked_s = desk.state()["now"] - desk.state()["calls"][0]["answered_at"]
    desk.screen.key("F3")
    desk.shows(lambda state: state["agent_state"] == "wrap_up", "the wrap-up")

    assert opened == [], "recognition and voices need no network"
    assert room.interfaces == {"lo"} and room.routes == [], "there was no way out"
    assert set(room.seen.interfaces) == {"lo"} and not room.seen.strange and room.lost == 0
    assert looked_outside(own_home) == [], "and the program looked for none"
    centre = ("127.0.0.1", hall.centre.port)
    told = [bytes(written) for flow, written in room.seen.written.items() if flow.target == centre]
    assert sum(map(len, told)) > 1_000, "the centre was told of the call"
    assert all(is_text(said) for said in told), "in words that a person can read, and nothing else"
    much = [flow for flow, size in room.seen.flows.items() if size > VOICE_BYTES_S * talked_s]
    carries_voice = [flow for flow in much if not flow.touches(centre)]
    assert carries_voice, "the call itself was seen"
    assert all(is_the_call(flow, hall) for flow in carries_voice), carries_voice
    assert all(ipaddress.ip_address(flow.target[0]).is_loopback for flow in room.seen.flows)


def test_sound_is_told_from_text() -> None:
    sound = bytes(random.Random(5).randrange(256) for _ in range(400))
    assert is_text('POST /v1/changes HTTP/1.1\r\n\r\n{"words": "停水了"}'.encode())
    assert (
        not is_text(sound) and not is_text(base64.b64encode(sound)) and not is_text(b'{"chunk": "%b"}' % sound.hex().encode())
    )


def is_text(said: bytes) -> bool:
    try:
        return not UNREADABLE.search(said.decode())
    except UnicodeDecodeError:
        return False


def watched(folder: Path) -> tuple[str, ...]:
    """The program under the eyes of the system: every address that any of its processes names is written down. The exchange
    beside it is not, for it looks up names of its own."""
    calls = "trace=connect,sendto,sendmsg,sendmmsg"
    return ("strace", "-D", "-f", "--seccomp-bpf", "-qq", "-e", calls, "-e", "signal=none", "-o", str(folder / "asked"))


def looked_outside(folder: Path) -> list[str]:
    """What the program tried to reach beyond this machine. A connect to ROUTE_LOOKUP that finds no way is the SIP library
    asking the kernel for its own address, once at its start: a connect of a datagram socket sends nothing."""
    lines = (folder / "asked").read_text(errors="replace").splitlines()
    assert any('inet_addr("127.' in line for line in lines), "the watch saw nothing at all"
    named = [line for line in lines if "inet_addr(" in line or "inet_pton(" in line]
    outside = [line for line in named if 'inet_addr("127.' not in line and '"::1"' not in line]
    return [line for line in outside if not any(known in line for known in ROUTE_LOOKUP)]


def is_the_call(flow: Flow, hall: Hall) -> bool:
    """Voice between exchange and console, or exchange and citizen: RTP to or from the ports that the exchange keeps for it."""
    rtp = range(hall.exchange.plan.rtp_first, hall.exchange.plan.rtp_last + 2)
    return flow.kind == "udp" and any(port in rtp for _, port in (flow.source, flow.target))
