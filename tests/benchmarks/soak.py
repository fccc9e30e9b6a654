"""Many calls one after the other through one telephony process: does it grow, and is every frame of the taps right?

`python -m tests.benchmarks.soak [--calls 2000]`, also part "soak" of `tests.benchmarks.desk`.
"""

import argparse
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import psutil

from app.desk.commands import AnswerCall, ForgetEnded, HangUp, SetUpLines
from app.desk.events import CallAnswered, CallEnded
from app.domain.call import CallId
from app.taps import FRAME_MS, TapFrame
from tests.benchmarks.report import Figure, Group, Target, to_text
from tests.integration.telephony.seat import PAUSE_S, Seat, way_back
from tests.trunk import Caller

MB = 1_000_000
WARM_UP = 0.2
"""The part of the calls after which nothing may grow any more: the library fills its pools first."""
TALK_S = 0.25
LOOK_EVERY = 20
SETTLE_S = 6.0
"""Ended calls are held for five seconds: memory is compared when none is."""


@dataclass(slots=True)
class Frames:
    """What was wrong with the frames of all calls: a number or a moment left out, a frame of another call."""

    seen: int = 0
    errors: int = 0
    last: dict[CallId, TapFrame] = field(default_factory=dict)

    def take(self, frames: Sequence[TapFrame], call: CallId) -> None:
        for frame in frames:
            before = self.last.get(frame.call)
            self.seen += 1
            if frame.call != call:
                self.errors += 1
            elif before is not None:
                is_next = frame.number == before.number + 1
                self.errors += not (is_next and abs(frame.at - before.at - FRAME_MS / 1000) < 1e-4)
            self.last = {frame.call: frame}


@dataclass(slots=True)
class Soak:
    """`rss` and the others: one sample every LOOK_EVERY calls."""

    calls: int = 0
    dropped: int = 0
    frames: Frames = field(default_factory=Frames)
    rss: list[int] = field(default_factory=list)
    handles: list[int] = field(default_factory=list)
    threads: list[int] = field(default_factory=list)
    grown: int = 0
    took_s: float = 0.0


def soak(calls: int, folder: Path) -> Soak:
    """Takes so many calls; each rings, is answered, talks and is ended by the agent or the citizen in turn."""
    found, seat, citizen = Soak(), Seat(folder), Caller("127.0.0.5")
    begun = time.perf_counter()
    try:
        seat.attach()
        own, _, port = seat.sip.rpartition(":")
        seat.send(SetUpLines((way_back(citizen),), own, int(port)))
        process = psutil.Process(seat.process.pid)
        warm = max(1, int(calls * WARM_UP))
        at_warm = 0
        for number in range(calls):
            _one_call(seat, citizen, found, number)
            if number == warm:
                time.sleep(SETTLE_S)
                at_warm = _own_memory(process)
            if number % LOOK_EVERY == 0:
                _look(process, found)
        time.sleep(SETTLE_S)
        _look(process, found)
        found.grown = _own_memory(process) - at_warm
    finally:
        citizen.close()
        seat.end()
    found.took_s = time.perf_counter() - begun
    return found


def _one_call(seat: Seat, citizen: Caller, found: Soak, number: int) -> None:
    time.sleep(PAUSE_S)
    since = seat.count
    talk = citizen.call(seat.sip, "12345")
    try:
        rang = seat.wait_ring(since)
    except AssertionError as late:
        raise AssertionError(f"call {number} does not ring, answers {talk.codes}: {late}") from None
    seat.taps.read()
    seat.send(AnswerCall(rang.call))
    seat.wait(CallAnswered, lambda event: event.call == rang.call, since=since)
    time.sleep(TALK_S)
    frames = seat.taps.read()
    found.dropped += talk.is_over
    if number % 2:
        seat.send(HangUp(rang.call))
    else:
        citizen.hang_up(talk)
    seat.wait(CallEnded, lambda event: event.call == rang.call, since=since)
    citizen.wait(lambda known: known.is_over)  # else nobody answers our BYE
    found.frames.take(frames, rang.call)
    found.frames.errors += seat.taps.lost + (not frames)
    seat.taps.lost = 0
    found.calls += 1
    seat.send(ForgetEnded((rang.call,)))  # as a window does once the record is in its store
    citizen.talks.clear()
    del seat.events[:], seat.times[:]


def _own_memory(process: psutil.Process) -> int:
    """Bytes that it holds for itself: pages of its libraries come and go as the system likes, here by 11 MB within seconds."""
    try:
        lines = Path(f"/proc/{process.pid}/status").read_text().splitlines()
        return next(int(line.split()[1]) * 1024 for line in lines if line.startswith("RssAnon:"))
    except (OSError, StopIteration):
        return int(process.memory_info().rss)


def _look(process: psutil.Process, found: Soak) -> None:
    found.rss.append(_own_memory(process))
    found.handles.append(process.num_fds())
    found.threads.append(process.num_threads())


def measure(is_quick: bool) -> Group:
    with tempfile.TemporaryDirectory(prefix="js") as folder:
        return told(soak(100 if is_quick else 2000, Path(folder)))


def told(found: Soak) -> Group:
    growth = Target("p50", 1.0)
    figures = [
        Figure("soak_calls", "calls taken", "", [found.calls]),
        Figure("soak_dropped", "calls that were dropped", "", [found.dropped], Target("p50", 0)),
        Figure("soak_growth", "memory grown after the first fifth of the calls", "MB", [max(0.0, found.grown / MB)], growth),
        Figure("soak_rss", "memory of telephony, shared with nobody", "MB", [size / MB for size in found.rss]),
        Figure("soak_handles", "open files and sockets", "", found.handles),
        Figure("soak_threads", "threads", "", found.threads),
        Figure("soak_frames", "tap frames read", "", [found.frames.seen]),
        Figure("soak_frame_errors", "tap frames lost, late or of another call", "", [found.frames.errors], Target("p50", 0)),
    ]
    note = f"{found.calls} calls of {TALK_S:g} s in {found.took_s:.0f} s, ended by agent and citizen in turn; without a headset"
    return Group("soak", figures, [note])


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(prog="tests.benchmarks.soak", description=__doc__)
    parser.add_argument("--calls", type=int, default=2000)
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="js") as folder:
        print(to_text([told(soak(options.calls, Path(folder)))]))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
