"""Scripted emergency calls on real parties: no citizen is dropped; click → answered by gateway B with the exchange killed.

    python -m tests.benchmarks.emergency [--calls 200] [--kills 20]

Prints a table; ends with 1 where a citizen was dropped or a limit was missed. The tests run a short form of it.
"""

import argparse
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from app.desk.commands import LineAccount
from app.desk.events import CallAnswered, CallRang, HandOverChanged, LegChanged
from app.domain.call import CallId, CallStage, HandOverStep, LegStage
from tests.exchange import TRUNK, Exchange, why_not
from tests.integration.telephony.help_desk import HelpDesk
from tests.integration.telephony.scripted import SlowGateway
from tests.integration.telephony.seat import Seat, level, way_back
from tests.trunk import Caller, Gateway, Talk

LIMIT_MS = 500.0
LOUD = -40
SCRIPTS = (
    "answers", "busy", "refusing", "dumb", "rings", "slow", "all busy", "blind", "blind, busy", "undone", "blind undone",
    "handed over later", "line leaves",
)  # fmt: skip


@dataclass(slots=True)
class Outcome:
    """What a run came to. Times are ms from the key to the line's answer."""

    calls: int = 0
    dropped: list[str] = field(default_factory=list)
    answered_ms: list[float] = field(default_factory=list)
    killed_ms: list[float] = field(default_factory=list)
    called_back_ms: list[float] = field(default_factory=list)


@dataclass(slots=True)
class _Hall:
    """One seat and its parties."""

    desk: HelpDesk
    citizen: Caller
    first: SlowGateway
    second: Gateway
    outcome: Outcome


def run_scripts(folder: Path, calls: int) -> Outcome:
    """Citizens call straight into the seat; the first way to 119 misbehaves as the script says, the second answers."""
    outcome = Outcome()
    with _seat(folder) as seat, ExitStack() as parties:
        citizen, second = Caller("127.0.0.5", pitch=700), Gateway("127.0.0.8", pitch=2300)
        first = SlowGateway("127.0.0.7", answers_after_s=0.05, pitch=1900)
        for party in (citizen, second, first):
            parties.callback(party.close)
        lines = (LineAccount("pbx", first.target, transport="udp"), LineAccount("gateway", second.target, transport="udp"))
        desk = HelpDesk(seat, way_back(citizen), *lines)
        seat.wait_up("practice")
        hall = _Hall(desk, citizen, first, second, outcome)
        for number in range(calls):
            _one_call(hall, SCRIPTS[number % len(SCRIPTS)])
    return outcome


def _one_call(hall: _Hall, script: str) -> None:
    desk, first, second = hall.desk, hall.first, hall.second
    first.manner = {"busy": "486 Busy Here", "blind, busy": "480 Gone", "refusing": "503 No", "dumb": "silent",
                    "all busy": "486 Busy Here"}.get(script, "rings")  # fmt: skip
    first.answers_after_s = {"rings": 99.0, "slow": 0.9}.get(script, 0.05)
    second.manner = "486 Busy Here" if script == "all busy" else "answers"
    talk, call = _answered(hall)
    pressed, since = time.perf_counter(), desk.seat.count
    (desk.desk.hand_over if script.startswith("blind") else desk.desk.press_emergency)("119")
    if script.endswith("undone"):
        desk.rest(0.3)
        desk.desk.undo_emergency()
        desk.until(lambda: not _legs(desk, call), "the end of what was undone")
        desk.rest(0.3)
    else:
        if script == "all busy":
            desk.rest(0.3)
            second.manner = "answers"
        up = desk.until(lambda: _found(desk, since, LegChanged, _is_talking), f"119 ({script})")
        hall.outcome.answered_ms.append((desk.seat.times[desk.seat.events.index(up, since)] - pressed) * 1000)
        _go_on(hall, script, since, call, talk)
    hall.outcome.calls += 1
    if talk.is_over:
        hall.outcome.dropped.append(script)
    hall.citizen.hang_up(talk)
    desk.until(lambda: not _is_up(desk, call), "the end of the call")
    for leg in _legs(desk, call):
        desk.desk.end_leg(CallId(leg))
    desk.until(lambda: not _legs(desk, call), "the end of the line")


def _go_on(hall: _Hall, script: str, since: int, call: CallId, talk: Talk) -> None:
    desk = hall.desk
    if script == "handed over later":
        desk.desk.hand_over("119")
    if script.startswith(("blind", "handed")):
        desk.until(lambda: _step(desk, since, HandOverStep.TOGETHER), "the hand-over")
        assert desk.state.voiced != call, "the agent is still on the call"
    desk.rest(0.7)
    heard = hall.citizen.heard(talk, 0.5)
    if max(level(heard, pitch, 8000) for pitch in (1900, 2300)) < LOUD:
        hall.outcome.dropped.append(f"{script}: does not hear the line")
    if script == "line leaves":
        _let_line_leave(hall, since, call)


def _let_line_leave(hall: _Hall, since: int, call: CallId) -> None:
    """The operator hangs up on a citizen who was handed over: he is back with the agent."""
    desk = hall.desk
    desk.desk.hand_over("119")
    desk.until(lambda: _step(desk, since, HandOverStep.TOGETHER), "the hand-over")
    gateway = next(one for one in (hall.first, hall.second) if _live_talk(one))
    there = _live_talk(gateway)
    assert there is not None
    gateway.hang_up(there)
    desk.until(lambda: _step(desk, since, HandOverStep.RETURNED), "the citizen's return")
    desk.until(lambda: desk.state.voiced == call, "the agent's return")


def run_kills(folder: Path, kills: int, outcome: Outcome) -> None:
    """Citizens come through a real exchange that is killed; the line and the citizen are reached through gateway B."""
    with _seat(folder) as seat, Exchange() as exchange, ExitStack() as parties:
        citizen, second = Caller(TRUNK, pitch=700), Gateway("127.0.0.8", pitch=2300)
        address, _, port = exchange.plan.emergency.rpartition(":")
        brigade = Gateway(address, int(port))
        for party in (citizen, second, brigade):
            parties.callback(party.close)
        pbx = LineAccount("pbx", exchange.address, "1001", "pw1001")
        desk = HelpDesk(seat, pbx, LineAccount("gateway", second.target, transport="udp"))
        for number in range(kills):
            if not exchange.is_running:
                exchange.start()
            _one_kill(desk, exchange, citizen, second, outcome, is_on=number % 2 == 1)


def _one_kill(desk: HelpDesk, exchange: Exchange, citizen: Caller, second: Gateway, outcome: Outcome, is_on: bool) -> None:
    """`is_on`: 119 was on the line through the exchange already; else the key is pressed after the exchange died."""
    desk.until(lambda: (state := desk.state.lines.get("pbx")) and state.is_up, "the exchange", 30)
    since = desk.seat.count
    citizen.call(exchange.address, "1001", f'"张三" <sip:13800138000@{TRUNK}>')
    rang = desk.until(lambda: _found(desk, since, CallRang), "the citizen's call")
    desk.desk.take(rang.call)
    desk.until(lambda: _is_up(desk, rang.call), "the answer")
    if is_on:
        desk.desk.press_emergency("119")
        desk.until(lambda: _found(desk, since, LegChanged, _is_talking), "119")
        desk.rest(0.3)
    desk.rest(0.3)
    since, known = desk.seat.count, set(second.talks)
    exchange.kill()
    killed = time.perf_counter()
    if not is_on:
        desk.desk.press_emergency("119")
    up = desk.until(lambda: _found(desk, since, LegChanged, _is_talking_by_b), "gateway B")
    if not is_on:
        outcome.killed_ms.append((desk.seat.times[desk.seat.events.index(up, since)] - killed) * 1000)
    back = desk.until(lambda: _found(desk, since, CallAnswered), "the citizen by gateway B", 20)
    outcome.called_back_ms.append((desk.seat.times[desk.seat.events.index(back, since)] - killed) * 1000)
    desk.rest(0.8)
    reached = [talk for call, talk in second.talks.items() if call not in known and talk.is_up and not talk.is_over]
    outcome.calls += 1
    if {talk.dialled for talk in reached} != {"119", "13800138000"}:
        outcome.dropped.append(f"killed: only {[talk.dialled for talk in reached]} is on")
    elif min(level(second.heard(talk, 0.5), second.pitch, 8000) for talk in reached) < LOUD:
        outcome.dropped.append("killed: citizen and line do not hear each other")
    _end_all(desk)


def _end_all(desk: HelpDesk) -> None:
    for _ in range(2):
        desk.desk.hang_up()
    for view in desk.state.calls:
        for leg in view.living_legs:
            desk.desk.end_leg(leg.leg)
    desk.until(lambda: all(view.stage is CallStage.ENDED and not view.living_legs for view in desk.state.calls), "the end")


# --- what is there ---


@contextmanager
def _seat(folder: Path) -> Iterator[Seat]:
    seat = Seat(folder)
    try:
        seat.attach()
        yield seat
    finally:
        seat.end()


def _answered(hall: _Hall) -> tuple[Talk, CallId]:
    desk, since = hall.desk, hall.desk.seat.count
    talk = hall.citizen.call(desk.seat.sip, "agent")
    rang = desk.until(lambda: _found(desk, since, CallRang), "the ring")
    desk.desk.take(rang.call)
    desk.until(lambda: talk.is_up and _is_up(desk, rang.call), "the answer")
    return talk, rang.call


def _found(desk: HelpDesk, since: int, kind: type, fits: Callable[..., bool] = lambda event: True):  # type: ignore[no-untyped-def]
    return next((event for event in desk.seat.events[since:] if isinstance(event, kind) and fits(event)), None)


def _is_talking(event: LegChanged) -> bool:
    return event.stage is LegStage.TALKING


def _is_talking_by_b(event: LegChanged) -> bool:
    return _is_talking(event) and event.route == "gateway"


def _step(desk: HelpDesk, since: int, step: HandOverStep) -> bool:
    return _found(desk, since, HandOverChanged, lambda event: event.step is step) is not None


def _is_up(desk: HelpDesk, call: CallId) -> bool:
    view = desk.state.call(call)
    return view is not None and view.stage in (CallStage.TALKING, CallStage.HELD)


def _legs(desk: HelpDesk, call: CallId) -> list[str]:
    view = desk.state.call(call)
    return [leg.leg for leg in view.living_legs] if view is not None else []


def _live_talk(gateway: Gateway) -> Talk | None:
    return next((talk for talk in reversed(gateway.talks.values()) if talk.is_up and not talk.is_over), None)


def table(outcome: Outcome) -> str:
    rows = [("119 answered, key → answer", outcome.answered_ms), ("exchange killed, key → gateway B", outcome.killed_ms),
            ("exchange killed → citizen called back", outcome.called_back_ms)]  # fmt: skip
    lines = [f"{outcome.calls} calls, {len(outcome.dropped)} dropped {outcome.dropped or ''}"]
    for name, times in rows:
        if times:
            ordered = sorted(times)
            p95 = ordered[min(len(ordered) - 1, round(0.95 * len(ordered)))]
            lines.append(
                f"{name}: p50 {statistics.median(times):.0f}  p95 {p95:.0f}  max {ordered[-1]:.0f} ms (n={len(times)})"
            )
    return "\n".join(lines)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--calls", type=int, default=180)
    parser.add_argument("--kills", type=int, default=20)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="jiesu-help-") as folder:
        for name in ("scripts", "kills"):
            (Path(folder) / name).mkdir()
        outcome = run_scripts(Path(folder) / "scripts", chosen.calls)
        if chosen.kills and not why_not():
            run_kills(Path(folder) / "kills", chosen.kills, outcome)
    print(table(outcome))
    return int(bool(outcome.dropped) or max(outcome.killed_ms, default=0.0) > LIMIT_MS)


if __name__ == "__main__":
    sys.exit(main())
