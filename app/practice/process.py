"""The practice exchange's process: takes the console's wishes, makes voices, lets citizens call."""

import logging
import queue
import random
import threading
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from app.desk.commands import EndProcess, PracticeCommand, StartScenario, StopScenario
from app.desk.events import Noticed, PracticeChanged, PracticeReady, ScenarioKept
from app.domain.notice import Gravity, Notice, NoticeCode
from app.errors import ModelError, SettingsError
from app.link import LinkServer
from app.practice.cached_speech import AheadMaker, CachedSpeech, lines_of
from app.practice.caller import Caller
from app.practice.citizen import sounds_of
from app.practice.dialogue import Speak
from app.practice.lifetime import end_with_parent
from app.practice.pack import load_pack
from app.practice.scenario import Scenario, load_scenarios
from app.telephony.sip_events import SipEvent

log = logging.getLogger(__name__)

RTP_PORT = 33_000
_TICK_S = 0.02


@dataclass(frozen=True, slots=True)
class _Attached:
    """A window came; it must hear what there is."""


@dataclass(frozen=True, slots=True)
class _Prepared:
    """Every sentence of a scenario has a sound; none where it could not be read, and `flaw` says why."""

    scenario: Scenario
    target: str
    wish: int
    sounds: dict[Speak, bytes] | None
    flaw: str = ""


_Inbox = StartScenario | StopScenario | EndProcess | SipEvent | _Attached | _Prepared


Loaded = tuple[tuple[Scenario, ...], tuple[SettingsError, ...]]
"""The scenarios there are, and an error for each file that is wrong."""


def load_all(folder: Path, pack: Path | None = None) -> Loaded:
    """Our own scenarios and those of a pack of recordings."""
    scenarios, wrong = load_scenarios(folder)
    if pack is None:
        return scenarios, wrong
    recorded, wrong_too = load_pack(pack)
    return (*scenarios, *recorded), (*wrong, *wrong_too)


class Exchange:
    """Owns the citizens' calls; everything but `put` and the preparing threads runs on the thread of `run`."""

    def __init__(self, scenarios: Sequence[Scenario], wrong: Sequence[SettingsError], speech: CachedSpeech, sip: str) -> None:
        """Raises SipError where the SIP address cannot be had."""
        self._scenarios = {scenario.key: scenario for scenario in scenarios}
        self._wrong = tuple(wrong)
        self._speech = speech
        self._inbox: queue.SimpleQueue[_Inbox] = queue.SimpleQueue()
        self._link: LinkServer | None = None
        self._wish = 0  # counts StopScenario: what was wished before it is no longer wanted
        self._preparing = 0
        self._told_flaw = ""
        self._is_ending = False
        self._caller = Caller(sip, RTP_PORT, self.put, self._tell)

    @property
    def sip_address(self) -> str:
        return self._caller.address

    @property
    def is_idle(self) -> bool:
        """Neither calls nor preparations: time to make voices ahead."""
        return not self._caller.is_busy and not self._preparing

    def put(self, message: _Inbox) -> None:
        """Any thread; returns at once."""
        self._inbox.put(message)

    def serve(self, address: str, key: bytes) -> None:
        """Lets windows attach. Raises OSError where the address is taken."""
        self._link = LinkServer(address, key, PracticeCommand, self.put, lambda: self.put(_Attached()))

    def run(self) -> None:
        """Returns after EndProcess, with every call ended properly."""
        while not self._is_ending:
            with suppress(queue.Empty):
                self._handle(self._inbox.get(timeout=_TICK_S))
                while True:
                    self._handle(self._inbox.get_nowait())
            self._caller.live()
        self._caller.close()
        if self._link is not None:
            self._link.close()

    def _handle(self, message: _Inbox) -> None:
        match message:
            case StartScenario(key, target):
                self._start(key, target)
            case StopScenario():
                self._wish += 1
                self._caller.hang_up_all()
            case EndProcess():
                self._is_ending = True
            case _Attached():
                self._greet()
            case _Prepared():
                self._prepared(message)
            case _:
                self._caller.handle(message)

    def _greet(self) -> None:
        kept = (ScenarioKept(one.key, one.title, one.description) for one in self._scenarios.values())
        self._send(PracticeReady(tuple(kept)))
        for error in self._wrong:
            self._send(Noticed(Notice(NoticeCode.SETTINGS_WRONG, error.values, Gravity.WARNING, standing=False)))
        for key, step in self._caller.running:
            self._tell(key, step, "")

    def _start(self, key: str, target: str) -> None:
        if key not in self._scenarios and (key or not self._scenarios):
            self._tell(key, "failed", f"no scenario {key}".strip())
            return
        self._preparing += 1
        wanted = (key, target, self._wish)
        threading.Thread(target=self._prepare, args=wanted, name="practice-prepare", daemon=True).start()

    def _by_chance(self) -> Scenario:
        """One whose voices are made, where there is one: a newcomer should not have to wait."""
        ready = [one for one in self._scenarios.values() if all(map(self._speech.is_kept, lines_of(one)))]
        return random.choice(ready or list(self._scenarios.values()))

    def _prepare(self, key: str, target: str, wish: int) -> None:
        """On a thread of its own: making voices takes seconds, and other calls go on meanwhile."""
        scenario = self._scenarios[key] if key else self._by_chance()

        def made(count: int, of: int) -> None:
            self._tell(scenario.key, "preparing", f"{count}/{of}")

        try:
            self.put(_Prepared(scenario, target, wish, sounds_of(scenario, self._speech, made)))
        except ModelError as flaw:
            self.put(_Prepared(scenario, target, wish, None, ", ".join(flaw.values)))
        except Exception as flaw:
            log.exception("the voices of scenario %s could not be made", scenario.key)
            self.put(_Prepared(scenario, target, wish, None, type(flaw).__name__))

    def _prepared(self, ready: _Prepared) -> None:
        self._preparing -= 1
        if not self._preparing:
            self._speech.rest()
        if self._speech.flaw and self._speech.flaw != self._told_flaw:
            self._told_flaw = self._speech.flaw
            self._send(Noticed(Notice(NoticeCode.VOICE_FAILED, (self._speech.flaw,), Gravity.WARNING, standing=False)))
        if ready.sounds is None:
            self._tell(ready.scenario.key, "failed", ready.flaw)
        elif ready.wish != self._wish:
            self._tell(ready.scenario.key, "ended", "stopped")
        else:
            self._caller.call(ready.scenario, ready.sounds, ready.target)

    def _tell(self, key: str, step: str, reason: str) -> None:
        log.info("practice call %s: %s %s", key, step, reason)
        self._send(PracticeChanged(key, step, reason))

    def _send(self, event: PracticeReady | PracticeChanged | Noticed) -> None:
        if self._link is not None:
            self._link.send(event)


def run_exchange(
    address: str, key: bytes, sip: str, speech: CachedSpeech, scenarios: Loaded, is_making_ahead: bool = True
) -> None:
    """Serves until EndProcess, a signal, or the launcher's end; call on the main thread, then `leave`.

    Raises SipError where the SIP address, OSError where the link's address cannot be had.
    """
    exchange = Exchange(*scenarios, speech, sip)
    exchange.serve(address, key)
    end_with_parent(lambda: exchange.put(EndProcess()))
    lines = [line for scenario in scenarios[0] for line in lines_of(scenario)] if is_making_ahead else []
    ahead = AheadMaker(speech, lines, lambda: exchange.is_idle)
    try:
        exchange.run()
    finally:
        ahead.stop(0.2)
