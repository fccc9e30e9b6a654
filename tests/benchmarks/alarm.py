"""From the last sound of a danger word in the caller's mouth to the lit button on the screen: the whole program, at
rest and with both cores taken, and what the other side hears of the agent meanwhile.

The sentences are this page's own, end with the word that names the danger, and are spoken by the installed voice.
"""

import itertools
import os
import shutil
import tempfile
import time
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import numpy.typing as npt

from app.speech.catalogue import default_folder
from app.speech.voice import VoiceMaker
from tests.benchmarks import call as call_part
from tests.benchmarks.eyes import Eyes
from tests.benchmarks.program import Program
from tests.benchmarks.report import Figure, Group, Missing, Target
from tests.benchmarks.taken import taken_cores
from tests.end_to_end.citizen import Citizen, sound_of
from tests.end_to_end.screen import Screen
from tests.habits.needs import lacking_model
from tests.trunk import Talk
from tests.waiting import wait_for

SENTENCES = (
    ("119", "你好我这边是幸福路的，我们楼上着火了"),
    ("120", "快一点啊，我爸爸刚才突然晕倒了"),
    ("119", "你们快来，电梯里有人被困住了"),
    ("110", "喂你好，有人拿着刀在门口砍人"),
    ("122", "在学府路的路口，两辆车撞车了"),
    ("120", "师傅你快点，这里有人触电了"),
    ("119", "我家厨房里面煤气泄漏了"),
    ("110", "我要报警，有小偷进我家里偷东西"),
)
_NUMBERS = itertools.count(1)
"""A number of his own for each caller: one who calls again goes on with the call that broke off."""
AUDIBLE = 0.03
WANTED_S = 1.0
LIMIT_S = 8.0
LATE_MS = 60.0
"""A packet of the agent's voice this long after the one before it cannot be hidden by a usual jitter buffer of 60 ms."""


class Witness(Citizen):
    """A citizen who knows when his last word left him."""

    def __init__(self, number: str) -> None:
        self.spoken_at = 0.0
        super().__init__("127.0.0.5", 0, number)

    def voice(self, place: int) -> npt.NDArray[np.int16]:
        frame = super().voice(place)
        if self.has_said_all and not self.spoken_at:
            self.spoken_at = time.perf_counter()
        return frame

    def tell(self, words: npt.NDArray[np.int16]) -> None:
        size = len(words) // 160 * 160
        self._words.extend(words[:size].reshape(-1, 160))
        self.spoken_at = 0.0


@dataclass
class Told:
    """Lags in seconds of sentences that lit their line; what lit it late; what lit nothing in time, or another line."""

    lags: list[float] = field(default_factory=list)
    late: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    gaps_ms: list[float] = field(default_factory=list)


def measure(is_quick: bool) -> Group:
    if reason := call_part.why_not() or lacking_model(()):
        raise Missing(reason)
    folder = Path(tempfile.mkdtemp(prefix="jb"))
    try:
        spoken = _spoken(folder, SENTENCES[:2] if is_quick else SENTENCES)
        with Screen() as screen, Program(folder, screen) as program, Eyes(screen.display) as eyes:
            program.shows(lambda state: state["speech"]["engine"], "a recogniser", 90)
            screen.focus("接诉|Jiesu")
            _see_first()
            rest = _told(program, eyes, spoken)
            with taken_cores():
                taken = _told(program, eyes, spoken)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    figures = [*_figures("", "", rest), *_figures("_taken", ", both cores taken", taken)]
    notes = [
        f"{len(spoken)} sentences, a call each; lit = the window tells that the line's button is lit (up to 50 ms late); lag "
        "from the last audible sample of the sentence, so a word understood before its end counts below the truth"
    ]
    if wrong := [*rest.wrong, *(f"{text} (cores taken)" for text in taken.wrong)]:
        notes.append(f"another line first, or none: {'; '.join(wrong)}")
    if late := [*rest.late, *(f"{text} (cores taken)" for text in taken.late)]:
        notes.append(f"later than {WANTED_S:g} s: {'; '.join(late)}")
    return Group("alarm", figures, notes)


def _see_first() -> None:
    """The witness is not what is measured: threads begun from now on run before everything else, where that is allowed."""
    if hasattr(os, "setpriority"):
        with suppress(PermissionError):
            os.setpriority(os.PRIO_PROCESS, 0, -15)


def _figures(key: str, name: str, told: Told) -> list[Figure]:
    late_name = f"agent's voice, packets late by over {LATE_MS - 20:g} ms{name}"
    late = 100 * sum(gap > LATE_MS for gap in told.gaps_ms) / max(1, len(told.gaps_ms))
    return [
        Figure(f"word_lit{key}_s", f"danger word → lit button{name}", "s", told.lags, Target("max", WANTED_S)),
        Figure(f"agent_late{key}", late_name, "%", [late], Target("p50", 0.1)),
    ]


def _spoken(folder: Path, sentences: tuple[tuple[str, str], ...]) -> list[tuple[str, str, npt.NDArray[np.int16]]]:
    """Line, text, 8 kHz sound that ends where it can no longer be heard."""
    made = []
    with VoiceMaker(default_folder()) as maker:
        voices = [voice for voice in maker.voices() if voice.startswith("kokoro:z")]
        if not voices:
            raise Missing("no Mandarin voice is installed")
        for number, (line, text) in enumerate(sentences):
            path = folder / f"{number}.wav"
            maker.make(text, voices[number % len(voices)], path)
            sound = sound_of(path)
            loud = np.flatnonzero(np.abs(sound) > np.abs(sound).max() * AUDIBLE)
            made.append((line, text, sound[loud[0] : loud[-1] + 160].astype(np.int16)))
    return made


def _told(program: Program, eyes: Eyes, spoken: list[tuple[str, str, npt.NDArray[np.int16]]]) -> Told:
    told = Told()
    for line, text, sound in spoken:
        citizen = Witness(f"139{next(_NUMBERS):08}")
        try:
            _one_call(program, eyes, citizen, (line, text, sound), told)
        finally:
            citizen.close()
    return told


def _one_call(
    program: Program, eyes: Eyes, citizen: Witness, sentence: tuple[str, str, npt.NDArray[np.int16]], told: Told
) -> None:
    line, text, sound = sentence
    talk = citizen.rings(f"127.0.0.1:{program.port}", "12345")
    program.shows(lambda state: state["calls"][-1]["stage"] == "ringing", "a ringing call", 20)
    eyes.press("F2")
    program.shows(lambda state: state["calls"][-1]["stage"] == "talking", "a call that talks", 20)
    time.sleep(1.5)  # what moves at the beginning of a call has moved
    packets = _Packets(talk)
    citizen.tell(sound)
    lit = _watch(program, line, packets)
    spoken_at = wait_for(lambda: citizen.spoken_at, "an end of the sentence", 20)
    if lit.right_at:
        told.lags.append(max(0.0, lit.right_at - spoken_at))
        if told.lags[-1] > WANTED_S:
            told.late.append(f"{text}: {told.lags[-1]:.2f} s")
    if lit.others or not lit.right_at:
        told.wrong.append(f"{text}: {' '.join(lit.others) or 'nothing'}{', then the right one' if lit.right_at else ''}")
    told.gaps_ms += packets.gaps_ms
    eyes.press("F3")
    program.shows(lambda state: state["calls"][-1]["stage"] == "ended", "an end of the call", 20)
    time.sleep(0.5)


class _Packets:
    """When packets of the agent's voice came, as seen by whoever waits for the light anyway."""

    def __init__(self, talk: Talk) -> None:
        self._talk, self._count, self._last = talk, len(talk.heard), time.perf_counter()
        self.gaps_ms: list[float] = []

    def look(self) -> None:
        now, count = time.perf_counter(), len(self._talk.heard)
        if count > self._count:
            self.gaps_ms.append((now - self._last) * 1e3)
            self._count, self._last = count, now


@dataclass
class _Lit:
    """When the right line was lit, 0 = never, and which others were before it."""

    right_at: float = 0.0
    others: list[str] = field(default_factory=list)


def _watch(program: Program, line: str, packets: _Packets) -> _Lit:
    """Reads the file in which the window tells what it shows: up to 50 ms late."""
    lit, over = _Lit(), time.perf_counter() + LIMIT_S
    while (now := time.perf_counter()) < over and not lit.right_at:
        packets.look()
        suggested = program.state()["emergency"]["suggested"]
        if suggested == line:
            lit.right_at = now
        elif suggested and suggested not in lit.others:
            lit.others.append(suggested)
        time.sleep(0.004)
    return lit
