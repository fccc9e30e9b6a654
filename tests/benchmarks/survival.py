"""Kill -9 in a live call: python -m tests.benchmarks.survival [--kills 100] [--only window,speech,…].

A citizen (a real SIP party that speaks a tone) is on the line of a whole console with recogniser, practice exchange, trainers
and centre. Each part is killed again and again; what counts is the voice both ways, the way back of the window, and the
REGISTER of a new telephony process.
"""

import argparse
import shutil
import socket
import sys
import tempfile
import time
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import numpy as np
import psutil

from app.taps import TapReader
from tests.benchmarks.report import Figure, Group, Missing, Target, to_json
from tests.end_to_end.kept_store import KeptStore
from tests.end_to_end.screen import Screen
from tests.end_to_end.workplace import State, Workplace, stages
from tests.trunk import Caller, Gateway, call_id_of
from tests.waiting import wait_for
from ui.free_ports import free_ports
from ui.standby import WANTED, mark_of

NOTE = "smoke in the stairs"
ROLES = ("window", "speech", "centre", "practice", "trainer", "telephony")
TONE = 700
DURABLE_S = 1.0
"""What was typed is durable after this (app.desk.ports.Store): a kill within it may cost the last words."""

LOUD = 500
STALE_S = 0.15
"""The state that a window writes for whoever looks from outside is up to 50 ms old."""


class ListeningCaller(Caller):
    """Knows the longest time in which no voice came."""

    def __init__(self, address: str, port: int) -> None:
        self.gap_s, self._heard_at = 0.0, 0.0
        super().__init__(address, port, TONE)

    def listen_anew(self) -> None:
        self.gap_s = 0.0

    def _take(self, sock: socket.socket) -> None:
        super()._take(sock)
        if sock is self._rtp:
            now = time.perf_counter()
            if self._heard_at:
                self.gap_s = max(self.gap_s, now - self._heard_at)
            self._heard_at = now


class Registrar(Gateway):
    """Takes every registration, and knows when and of which dialogue each was."""

    def __init__(self, address: str, port: int) -> None:
        self.taken: list[tuple[float, str]] = []
        super().__init__(address, port)

    def take_message(self, message: str, peer: tuple[str, int]) -> None:
        if not message.startswith("REGISTER"):
            super().take_message(message, peer)
            return
        head = message.split("\r\n\r\n")[0].split("\r\n")[1:]
        kept = [
            line for line in head if line.split(":")[0].strip().lower() in ("via", "from", "to", "call-id", "cseq", "contact")
        ]
        kept = [f"{line};tag=r" if line.lower().startswith("to:") else line for line in kept]
        self.put("\r\n".join(["SIP/2.0 200 OK", *kept, "Expires: 300", "Content-Length: 0", "", ""]), peer)
        self.taken.append((time.perf_counter(), call_id_of(message)))


class LiveCall:
    """A console in a call, with a draft; `screen` belongs to the caller."""

    def __init__(self, folder: Path, screen: Screen, *options: str, speaks: bool = True) -> None:
        home = folder / "home"
        with KeptStore(home) as store:
            store.lease(1, 100)
        seat, sip, own = free_ports(3)
        self.registrar = Registrar("127.0.0.18", sip)
        self.citizen = ListeningCaller("127.0.0.18", own)  # as the exchange hands him on
        settings = {
            "telephony.local_port": seat,
            "telephony.pbx_address": f"127.0.0.18:{sip}",
            "telephony.pbx_user": "1001",
            "telephony.pbx_password": "pw1001",
            "telephony.pbx_transport": "udp",
            "speech.is_listening": speaks,
        }
        self._seat = f"127.0.0.1:{seat}"
        self.desk = Workplace(home, screen, settings, *options)

    def __enter__(self) -> "LiveCall":
        self.desk.start()
        self.desk.shows(lambda state: state["lines"]["pbx"]["is_up"], "the registration", 30)
        return self

    def __exit__(self, *_: object) -> None:
        try:
            self.desk.__exit__(None, None, None)  # where a process broke down by itself this says so
        finally:
            self.citizen.close()
            self.registrar.close()

    def begin(self) -> str:
        """The citizen calls and is answered; gives the call's id."""
        self.talk = self.citizen.call(self._seat, "1001")
        self.desk.shows(lambda state: "ringing" in stages(state), "a ringing call")
        self.desk.screen.focus("接诉|Jiesu")  # a window that was started anew has not the keyboard of itself here
        self.desk.screen.key("F2")
        self.desk.shows(lambda state: "talking" in stages(state), "a call that talks")
        call: str = self.desk.state()["focus"]
        self._taps = TapReader(Path(self.desk.process("telephony").environ()["JIESU_TAPS"]))
        return call

    def is_whole(self, state: State, call: str) -> bool:
        """Whether the window shows this call talked on, with its draft, and the agent still signed on."""
        draft = state["draft"]
        return bool(
            state["focus"] == call
            and [(view["call"], view["stage"]) for view in state["calls"]] == [(call, "talking")]
            and draft is not None
            and draft["ticket"]["content"].startswith(NOTE)
            and draft["ticket"]["contact"] == "13800138000"
            and state["agent_state"] not in ("offline", "")
            and state["lines"]["pbx"]["is_up"]
        )

    def wait_for_reserve(self, role: str) -> None:
        """Kills do not come every three seconds: the launcher has had time to make its reserve again."""
        run = Path(self.desk.process("telephony").environ()["JIESU_RUN"])
        if role in WANTED:
            wait_for(mark_of(run, role).exists, f"the reserve of {role}", 60, 0.05)

    def kill(self, role: str, call: str) -> tuple[float, float, float]:
        """Kills a part with no word of warning; gives the seconds until it is back, and the longest silence to the citizen and
        from him. Raises AssertionError where call, draft or registration were lost."""
        registered = len(self.registrar.taken)
        self.citizen.listen_anew()
        self._taps.read()
        victim = self._victim(role)
        begun = time.perf_counter()
        victim.kill()
        back_s = self._wait_back(role, call, victim, begun)
        wait_for(lambda: self.talk.is_up and not self.talk.is_over, "the call")
        from_citizen_s = self._gap_in_taps()
        assert self.is_whole(self.desk.state(), call), f"after a kill of {role}: {self.desk.said()}"
        fresh = {dialogue for _, dialogue in self.registrar.taken[registered:]}  # a refresh is of the same dialogue
        assert fresh <= {self.registrar.taken[registered - 1][1]}, f"registered again after a kill of {role}"
        return back_s, self.citizen.gap_s, from_citizen_s

    def _victim(self, role: str) -> psutil.Process:
        if role != "centre":
            return self.desk.process(role)
        assert self.desk.launcher is not None
        children = psutil.Process(self.desk.launcher.pid).children()
        return next(child for child in children if "app.centre" in child.cmdline())

    def _wait_back(self, role: str, call: str, victim: psutil.Process, begun: float) -> float:
        if role == "window":
            wait_for(lambda: not victim.is_running() or victim.status() == psutil.STATUS_ZOMBIE, "its end")
            self.desk.forget_state()
            try:
                self.desk.shows(lambda state: self.is_whole(state, call), "the same call and draft", 30)
            except AssertionError as late:
                raise AssertionError(f"{late}; draft {self.desk.state()['draft']}") from None
            return time.perf_counter() - begun
        wait_for(lambda: self._is_anew(role, victim), f"another {role}", 60, 0.02)
        back_s = time.perf_counter() - begun
        time.sleep(max(0.0, STALE_S - back_s))
        self.desk.forget_state()  # what was written before the loss was seen
        if role == "speech":
            self.desk.shows(lambda state: state["speech"]["engine"], "a recogniser", 60)
            back_s = time.perf_counter() - begun
        if role == "centre":
            self.desk.shows(lambda state: state["sync"]["is_online"] and not state["sync"]["waiting"], "the centre", 60)
            back_s = time.perf_counter() - begun
        return back_s

    def _is_anew(self, role: str, victim: psutil.Process) -> bool:
        try:
            return self._victim(role).pid != victim.pid
        except (AssertionError, StopIteration, psutil.NoSuchProcess):
            return False

    def _gap_in_taps(self) -> float:
        """The longest time without the citizen's tone, as telephony hears it."""
        frames = self._taps.read()
        loud = [frame.at for frame in frames if np.abs(np.frombuffer(frame.caller, np.int16)).max() > LOUD]
        assert loud, "the citizen is not heard any more"
        return max((later - earlier for earlier, later in pairwise(loud)), default=0.0)

    def lose_telephony(self, call: str) -> tuple[float, float]:
        """Kills telephony; gives the seconds until the exchange has taken the registration, and until ring-back is offered."""
        registered = len(self.registrar.taken)
        victim = self.desk.process("telephony")
        begun = time.perf_counter()
        victim.kill()
        wait_for(lambda: len(self.registrar.taken) > registered, "a registration", 15, 0.002)
        registered_s = self.registrar.taken[registered][0] - begun
        view = self.desk.shows(lambda state: next(view for view in state["calls"] if view["is_lost"]), "ring-back")
        offered_s = time.perf_counter() - begun
        draft = self.desk.state()["draft"]["ticket"]
        assert (view["call"], view["number"], draft["contact"]) == (call, "13800138000", "13800138000")
        assert draft["content"].startswith(NOTE)
        self.desk.shows(lambda state: state["lines"]["pbx"]["is_up"], "the line")
        return registered_s, offered_s

    def return_by_himself(self) -> str:
        """The citizen, who was cut off, rings again and is answered."""
        self.talk.is_over = True
        return self.begin()


Pause = Callable[[LiveCall, str], None]
Told = Callable[[str], None]


def measure(is_quick: bool) -> Group:
    """Ten kills of each, or a hundred."""
    return measured(10 if is_quick else 100, ROLES)


def measured(kills: int, roles: tuple[str, ...], told: Callable[[str], None] = lambda _: None, is_paced: bool = True) -> Group:
    """`is_paced`: the reserve of a process is there again before the process is killed again."""
    if not shutil.which("Xvfb"):
        raise Missing("no Xvfb")
    folder = Path(tempfile.mkdtemp(prefix="jb"))
    figures: list[Figure] = []
    pause: Pause = LiveCall.wait_for_reserve if is_paced else lambda live, role: None
    try:
        with Screen() as screen, LiveCall(folder, screen) as live:
            live.desk.shows(lambda state: state["speech"]["engine"] and state["sync"]["is_online"], "all parts", 120)
            call = live.begin()
            live.desk.note(NOTE)
            time.sleep(DURABLE_S)
            for role in roles:
                figures += (
                    _killed(live, call, role, kills, told, pause)
                    if role != "telephony"
                    else _lost(live, call, kills, told, pause)
                )
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return Group("survival", figures, [
        "one console with recogniser, practice exchange, trainers and centre on this machine; the citizen is a SIP party that "
        "speaks a tone; back = same call and draft in the state file (up to 50 ms late), nobody logged in or registered anew",
    ])  # fmt: skip


def _killed(live: LiveCall, call: str, role: str, kills: int, told: Told, pause: Pause) -> list[Figure]:
    outcomes = []
    for number in range(kills):
        pause(live, role)
        outcomes.append(live.kill(role, call))
        back_s, out_s, in_s = outcomes[-1]
        told(f"{role} {number + 1}/{kills}: back {back_s:.2f} s, silence {out_s:.3f} / {in_s:.3f} s")
    back, to_him, from_him = (list(column) for column in zip(*outcomes, strict=True))
    limit = Target("max", 3.0) if role == "window" else None
    return [
        Figure(f"{role}_lived", f"kill -9 of {role}: calls that lived", "", [float(len(outcomes))], Target("p50", kills, True)),
        Figure(f"{role}_back_s", f"kill -9 of {role} → back", "s", back, limit),
        Figure(f"{role}_gap_out_ms", f"… longest silence to the citizen ({role})", "ms", [1000 * gap for gap in to_him]),
        Figure(f"{role}_gap_in_ms", f"… longest silence from the citizen ({role})", "ms", [1000 * gap for gap in from_him]),
    ]


def _lost(live: LiveCall, call: str, kills: int, told: Told, pause: Pause) -> list[Figure]:
    registered, offered = [], []
    for number in range(kills):
        pause(live, "telephony")
        registered_s, offered_s = live.lose_telephony(call)
        registered.append(registered_s)
        offered.append(offered_s)
        told(f"telephony {number + 1}/{kills}: registered {registered_s:.2f} s, ring-back offered {offered_s:.2f} s")
        call = live.return_by_himself()
        assert live.is_whole(live.desk.state(), call), live.desk.said()
    return [
        Figure("telephony_registered_s", "kill -9 of telephony → REGISTER taken", "s", registered, Target("max", 1.0)),
        Figure("telephony_offer_s", "kill -9 of telephony → ring-back offered", "s", offered),
    ]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--only", default=",".join(ROLES))
    parser.add_argument("--at-once", action="store_true", help="kill again before the launcher has a reserve: the cold start")
    options = parser.parse_args()
    roles = tuple(options.only.split(","))
    group = measured(options.kills, roles, lambda line: print(line, flush=True), not options.at_once)
    for key, figure in to_json([group])["survival"].items():  # type: ignore[attr-defined]  # a table of tables
        print(key, figure)
    return 0 if all(figure.is_met is not False for figure in group.figures) else 1


if __name__ == "__main__":
    sys.exit(main())
