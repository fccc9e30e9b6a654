"""Other softphones at the same work on the same machine: baresip and linphonec beside our telephony process.

Each calls the same gateway on the same virtual headset: dial → INVITE on the wire, and processor time of a call.
"""

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Protocol

import psutil

from app.desk.commands import AudioChoice, ChooseHeadset, Dial, HangUp, LineAccount
from app.desk.events import CallAnswered, CallEnded, HeadsetChanged
from app.domain.call import CallId
from tests.benchmarks.report import Figure, Group, Missing, Target
from tests.headset import VirtualHeadset
from tests.headset import why_not as no_headset
from tests.integration.telephony.seat import Seat
from tests.trunk import Gateway, Talk

SPEECH_PEAK = 2300.0
SETTLE_S = 2.0
_HERE = "127.0.0.1"
_BARESIP = """
poll_method epoll
call_local_timeout 60
call_max_calls 4
sip_listen {address}:0
audio_player {driver},{speaker}
audio_source {driver},{microphone}
ausrc_srate 16000
auplay_srate 16000
module_path /usr/lib/baresip/modules
module g711.so
module alsa.so
module stdio.so
module_tmp account.so
module_app menu.so
"""
_LINPHONE = """
[sip]
sip_port={port}
sip_tcp_port=-2
sip_tls_port=-2
bind_address={address}
contact=sip:bench@{address}
guess_hostname=0
use_ipv6=0
[sound]
playback_dev_id=ALSA: default device
capture_dev_id=ALSA: default device
echocancellation=0
"""


class Phone(Protocol):
    """`dial` returns when it was told to call; `pid` is the process that carries the call."""

    @property
    def pid(self) -> int: ...
    def dial(self, target: str) -> None: ...
    def hang_up(self) -> None: ...
    def close(self) -> None: ...


class Ours:
    """The telephony process with the taps written and the headset wired, as in the console."""

    def __init__(self, folder: Path, environment: Mapping[str, str], gateway: str) -> None:
        self._seat = Seat(folder, dict(environment))
        self._seat.attach()
        self._seat.set_up(LineAccount("gateway", gateway, transport="udp"))
        self._seat.send(ChooseHeadset(AudioChoice("headsetmic", "headset")))
        self._seat.wait(HeadsetChanged, lambda event: event.is_working, 20)
        self._seat.wait_up("gateway")
        self._calls = 0
        self._call = CallId("")

    @property
    def pid(self) -> int:
        return self._seat.process.pid

    def dial(self, target: str) -> None:
        self._calls += 1
        self._call = CallId(f"{self._calls:032x}")
        self._seat.send(Dial(self._call, f"{900_000 + self._calls}", "gateway"))

    def hang_up(self) -> None:
        since = 0
        self._seat.wait(CallAnswered, lambda event: event.call == self._call, since=since)
        self._seat.send(HangUp(self._call))
        self._seat.wait(CallEnded, lambda event: event.call == self._call, since=since)

    def close(self) -> None:
        self._seat.end()


class Typed:
    """A softphone that is told what to do on its standard input."""

    def __init__(self, command: list[str], environment: Mapping[str, str], folder: Path, dial: str, end: str) -> None:
        self._dial, self._end, self._folder = dial, end, folder
        with (folder / "out").open("wb") as out:
            self._process = subprocess.Popen(
                command, env={**os.environ, **environment}, stdin=subprocess.PIPE, stdout=out, stderr=out
            )
        time.sleep(SETTLE_S)
        if self._process.poll() is not None:
            raise Missing(f"{command[0]} ended: {(folder / 'out').read_text(errors='replace')[-300:]}")

    @property
    def pid(self) -> int:
        return self._process.pid

    def dial(self, target: str) -> None:
        self._type(self._dial.format(target))

    def hang_up(self) -> None:
        self._type(self._end)

    def close(self) -> None:
        self._process.terminate()
        try:
            self._process.wait(5)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait(5)

    def _type(self, line: str) -> None:
        assert self._process.stdin is not None
        self._process.stdin.write(line.encode() + b"\n")
        self._process.stdin.flush()


def baresip(folder: Path, environment: Mapping[str, str], _gateway: str) -> Typed:
    if not shutil.which("baresip"):
        raise Missing("baresip is not installed (Debian: baresip-core)")
    settings = _BARESIP.format(address=_HERE, driver="alsa", speaker="headset", microphone="headsetmic")
    (folder / "config").write_text(settings)
    (folder / "accounts").write_text(f"<sip:bench@{_HERE}>;regint=0;audio_codecs=pcma\n")
    return Typed(["baresip", "-4", "-f", str(folder)], environment, folder, "/dial {0}", "/hangup")


def linphone(folder: Path, environment: Mapping[str, str], _gateway: str) -> Typed:
    if not shutil.which("linphonec"):
        raise Missing("linphonec is not installed (Debian: linphone-cli)")
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as free:
        free.bind((_HERE, 0))
        port = free.getsockname()[1]
    (folder / ".local/share/linphone").mkdir(parents=True)
    (folder / "linphonerc").write_text(_LINPHONE.format(port=port, address=_HERE))
    own = {**environment, "HOME": str(folder)}
    shutil.copy(Path(environment["HOME"]) / ".asoundrc", folder / ".asoundrc")
    return Typed(["linphonec", "-c", str(folder / "linphonerc")], own, folder, "call {0}", "terminate")


def measure(is_quick: bool) -> Group:
    if reason := no_headset():
        raise Missing(reason)
    dials, talk_s = (4, 6.0) if is_quick else (30, 30.0)
    figures: list[Figure] = []
    notes = [
        "one call at a time to the same UDP gateway, PCMA both ways, the same virtual headset (PulseAudio); 100 % = one core;"
        " the far voice is at -26 dBov, the level of speech in telephone networks (ITU-T P.56)"
    ]
    makers: dict[str, Callable[[Path, Mapping[str, str], str], Phone]] = {
        "ours": Ours, "baresip": baresip, "linphonec": linphone
    }  # fmt: skip
    for name, make in makers.items():
        with tempfile.TemporaryDirectory(prefix="jq") as folder, VirtualHeadset() as headset:
            gateway = Gateway("127.0.0.8")
            gateway.peak = SPEECH_PEAK
            phone: Phone | None = None
            try:
                phone = make(Path(folder), headset.environment, gateway.target)
                invites = [_dial(phone, gateway) for _ in range(dials)]
                share, heard = _talk(phone, gateway, talk_s)
            except (Missing, AssertionError) as lacking:
                notes.append(f"{name} was not measured: {str(lacking)[:200]}")
                continue
            finally:
                if phone is not None:
                    phone.close()
                gateway.close()
        is_ours = name == "ours"
        figures += [
            Figure(f"dial_invite_{name}_ms", f"dial → INVITE on the wire: {name}", "ms", invites,
                   Target("p95", 10) if is_ours else None, is_peer=not is_ours),
            Figure(f"cpu_call_{name}", f"CPU of a call: {name}", "% core", [share * 100],
                   Target("p50", 5) if is_ours else None, is_peer=not is_ours),
        ]  # fmt: skip
        notes.append(f"{name}: the gateway heard {heard:.0%} of the time in sound")
    notes.append("ours: with both taps written; the command crosses the link as in the console")
    return Group("peers", figures, notes)


def _dial(phone: Phone, gateway: Gateway) -> float:
    """Milliseconds from the command to the INVITE."""
    time.sleep(0.3)
    gateway.talks.clear()
    begun = time.perf_counter()
    phone.dial(f"sip:12345@{gateway.target}")
    talk = gateway.wait(lambda _: True)
    _end(phone, gateway, talk)
    return (talk.at - begun) * 1000


def _talk(phone: Phone, gateway: Gateway, seconds: float) -> tuple[float, float]:
    """Cores that the phone used in a call, and the part of its time in which sound came."""
    gateway.talks.clear()
    phone.dial(f"sip:12345@{gateway.target}")
    talk = gateway.wait(lambda known: known.is_up)
    time.sleep(SETTLE_S)
    process = psutil.Process(phone.pid)
    before, begun, heard = _cpu_s(process), time.perf_counter(), len(talk.heard)
    time.sleep(seconds)
    took = time.perf_counter() - begun
    share = (_cpu_s(process) - before) / took
    came = (len(talk.heard) - heard) * 0.02 / took
    _end(phone, gateway, talk)
    return share, came


def _end(phone: Phone, gateway: Gateway, talk: Talk) -> None:
    gateway.wait(lambda known: known is talk and known.is_up)
    time.sleep(0.2)
    phone.hang_up()
    gateway.wait(lambda known: known is talk and known.is_over)


def _cpu_s(process: psutil.Process) -> float:
    times = process.cpu_times()
    return float(times.user + times.system)


if __name__ == "__main__":
    from tests.benchmarks.report import to_text

    print(to_text([measure("--quick" in sys.argv)]))
