"""The shield through a real telephony process: the caller hears the notice, danger stops it, only the rule ends the call."""

import time
import wave
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest

from app.announcing import RESOURCES, with_announcements
from app.desk.core import Ports
from app.desk.desk import Desk
from app.desk.events import CallAnswered, CallEnded, CallRang, Heard, Ticked
from app.desk.policy import Policy, Rules
from app.desk.shield_events import CallerSpoke
from app.domain.call import CallId, CallStage
from app.domain.shield import AbuseRules
from app.domain.ticket import TicketId
from app.domain.transcript import Speaker, Utterance
from app.voice_file import RATE
from tests.fakes import FakeAdviser, FakeCourier, FakeProcess, FakeStore, hears_fire, proposes_place
from tests.integration.telephony.seat import Seat, way_back
from tests.trunk import Caller, Talk, from_alaw
from tests.waiting import wait_for

LOUD, QUIET = -40.0, -60.0
"""dB below full scale, of what the caller hears."""
Samples = npt.NDArray[np.float64]


@dataclass
class _Wire:
    """The desk's way to the telephony process."""

    seat: Seat

    def send(self, command: object) -> bool:
        self.seat.send(command)  # type: ignore[arg-type]
        return True


class LiveDesk:
    """A desk on a real telephony process; `pump` gives it what happened there, on the test's thread."""

    def __init__(self, seat: Seat, folder: Path, abuse: AbuseRules) -> None:
        policy, _ = with_announcements(Policy("8001"), RESOURCES)
        farewell = _tone(folder / "farewell.wav", 1.0)
        sounds = {**policy.announcements, "farewell": str(farewell)}
        policy = replace(policy, announcements=sounds, sound_s={**policy.sound_s, "farewell": 1.0}, abuse=abuse)
        self.seat, self.store, self._read = seat, FakeStore(), 0
        rules = Rules(hears_fire, proposes_place, " ".join, lambda: TicketId("t"), lambda: "f" * 32, time.time)
        ports = Ports(_Wire(seat), FakeProcess(), FakeProcess(), self.store, FakeAdviser(), FakeCourier())
        self.desk = Desk(ports, policy, rules, lambda _: None)

    def pump(self) -> None:
        count = self.seat.count
        for event in self.seat.events[self._read : count]:
            self.desk.handle(event)
        self._read = count
        self.desk.handle(Ticked(time.time()))

    def wait(self, is_so: object, what: str, seconds: float = 12.0) -> None:
        def look() -> list[bool]:
            self.pump()
            return [True] if is_so() else []  # type: ignore[operator]

        wait_for(look, what, seconds)

    def hears(self, call: CallId, text: str) -> None:
        self.desk.handle(Heard(call, Utterance(Speaker.CALLER, 1, text, 1.0, 2.0, False)))


class SilentCaller(Caller):
    """Somebody who is on the line and says nothing."""

    def __init__(self) -> None:
        super().__init__("127.0.0.5", pitch=0.0)


def _tone(path: Path, seconds: float) -> Path:
    clock = np.arange(int(RATE * seconds)) / RATE
    with wave.open(str(path), "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(RATE)
        out.writeframes((9000 * np.sin(2 * np.pi * 440 * clock)).astype("<i2").tobytes())
    return path


def envelope(voice: bytes | Samples, rate: int) -> Samples:
    """Loudness every 20 ms, in dB below full scale."""
    samples = np.frombuffer(voice, "<i2").astype(float) if isinstance(voice, bytes) else voice
    step = rate // 50
    framed = samples[: len(samples) // step * step].reshape(-1, step)
    return np.asarray(20 * np.log10(np.sqrt((framed**2).mean(axis=1)) / 32768 + 1e-6))


def likeness(heard: Samples, said: Samples) -> float:
    """How well the loudness of what was heard follows that of the announcement, at the best place (1 = the same)."""
    said = np.clip(said, -60, 0)
    best = -1.0
    for place in range(len(heard) - len(said) + 1):
        best = max(best, float(np.corrcoef(np.clip(heard[place : place + len(said)], -60, 0), said)[0, 1]))
    return best


@pytest.fixture
def live(seat: Seat, tmp_path: Path) -> LiveDesk:
    return LiveDesk(seat, tmp_path, AbuseRules(("civility_1", "civility_2"), pause_s=0, may_end=True, silent_s=2))


@pytest.fixture
def silent_caller() -> Iterator[SilentCaller]:
    caller = SilentCaller()
    yield caller
    caller.close()


def talk(live: LiveDesk, caller: Caller) -> tuple[Talk, CallId]:
    """The caller is answered."""
    live.seat.set_up(way_back(caller))
    live.seat.wait_up("practice")
    said = caller.call(live.seat.sip, "1001")
    rang = live.seat.wait(CallRang)
    live.pump()
    live.desk.take(rang.call)
    live.seat.wait(CallAnswered)
    live.pump()
    return said, rang.call


def test_the_caller_hears_the_notice_word_for_word(live: LiveDesk, citizen: Caller) -> None:
    said, call = talk(live, citizen)
    live.wait(lambda: len(said.heard) > 25, "half a second of sound")
    before = float(envelope(citizen.heard(said, 0.4), 8_000).max())

    live.desk.civility()
    until = live.desk.state.shield.of(call).playing_until + 0.5
    live.wait(lambda: time.time() >= until, "the end of the notice")

    with wave.open(live.desk.policy.announcements["civility_1"]) as file:
        spoken = envelope(file.readframes(file.getnframes()), RATE)
    heard = envelope(citizen.heard(said, len(spoken) / 50 + 2), 8_000)
    assert before < QUIET
    assert likeness(heard, spoken) > 0.9


def test_emergency_words_silence_the_notice_within_half_a_second(live: LiveDesk, citizen: Caller) -> None:
    said, call = talk(live, citizen)
    live.desk.civility()
    live.wait(lambda: float(envelope(citizen.heard(said, 0.2), 8_000).max(initial=-99)) > LOUD, "the notice")

    live.hears(call, "家里着火了")
    frames = len(said.heard)
    live.wait(lambda: len(said.heard) > frames + 75, "a second and a half more")

    after = envelope(from_alaw(b"".join(said.heard[frames:])).astype(float), 8_000)
    last_loud = max((place + 1 for place, level in enumerate(after) if level > QUIET), default=0) / 50
    assert last_loud <= 0.5
    assert live.desk.state.shield.of(call).shield.suspended_by == "着火"


def test_only_the_rule_ends_the_call_after_the_farewell_was_heard(live: LiveDesk, citizen: Caller) -> None:
    said, call = talk(live, citizen)
    live.seat.wait(CallerSpoke, lambda spoke: spoke.call == call)
    live.pump()
    live.desk.end_by_policy()
    was_refused = not live.desk.state.shield.of(call).shield.is_ending
    for _ in range(2):
        live.desk.civility()
    live.desk.end_by_policy()
    began = time.time()

    live.wait(lambda: said.is_over, "the end of the call")
    live.seat.wait(CallEnded)
    live.pump()

    assert was_refused
    assert time.time() - began >= 1.4
    assert live.store.calls[-1].ended_by == "policy"


def test_emergency_words_during_the_farewell_keep_the_call(live: LiveDesk, citizen: Caller) -> None:
    said, call = talk(live, citizen)
    live.seat.wait(CallerSpoke)
    live.pump()
    for _ in range(2):
        live.desk.civility()
    live.desk.end_by_policy()

    live.hears(call, "着火")
    until = time.time() + 3
    live.wait(lambda: time.time() > until, "three seconds")

    view = live.desk.state.call(call)
    assert view is not None and view.stage is CallStage.TALKING
    assert not said.is_over


def test_a_caller_who_says_nothing_is_found_silent_and_one_who_speaks_is_not(
    live: LiveDesk, silent_caller: SilentCaller
) -> None:
    said, call = talk(live, silent_caller)

    live.wait(lambda: live.desk.state.shield.of(call).silent_for >= 2, "two silent seconds")

    assert not any(isinstance(event, CallerSpoke) for event in live.seat.events)
    live.desk.civility()
    live.wait(lambda: float(envelope(silent_caller.heard(said, 0.3), 8_000).max(initial=-99)) > LOUD, "the question")
    assert live.desk.state.shield.of(call).shield.grade == 0


def test_a_new_window_learns_that_the_caller_has_spoken(live: LiveDesk, citizen: Caller) -> None:
    _, call = talk(live, citizen)
    live.seat.wait(CallerSpoke)
    live.seat.detach()
    since = live.seat.count

    live.seat.attach()

    assert live.seat.wait(CallerSpoke, since=since).call == call
