"""Speech played in real time into the taps, and what the program's own speech process told of it, and when."""

import time
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import cn2an
import psutil

from app.desk.commands import LearnWords, ListenTo, StopListening
from app.desk.events import EarsReady
from app.domain.call import CallId
from app.domain.site_words import site_words
from app.domain.transcript import Speaker, Transcript, Utterance
from app.speech.error_rate import distance, plain
from app.storage.catalogue import read_catalogue
from app.storage.knowledge_files import read_knowledge
from tests.benchmarks.report import Missing, percentile
from tests.benchmarks.speech_lag import SpeechRun, speech_run
from tests.benchmarks.speech_sounds import Scene, Turn

STAGES = ("raw", "repaired", "written")
_REST_S = 2.5
_RESOURCES = Path(__file__).resolve().parents[2] / "resources"


@dataclass
class Measured:
    """What came of the turns. Lags in seconds; `wrong` by stage, once with digits read one by one, once as they are said."""

    turns: int = 0
    missed: int = 0
    marked_missing: int = 0
    signs: int = 0
    wrong: dict[str, int] = field(default_factory=lambda: dict.fromkeys(STAGES, 0))
    wrong_as_said: dict[str, int] = field(default_factory=lambda: dict.fromkeys(STAGES, 0))
    final_lags: list[float] = field(default_factory=list)
    partial_lags: list[float] = field(default_factory=list)
    first_lags: list[float] = field(default_factory=list)
    cores: float = 0.0
    rss_mb: float = 0.0

    def figures(self) -> dict[str, float]:
        told: dict[str, float] = {"turns": self.turns, "turns_without_words": self.missed}
        told["marked_missing"] = self.marked_missing
        for stage in STAGES:
            told[f"cer_{stage}"] = round(100 * self.wrong[stage] / max(1, self.signs), 2)
            told[f"cer_{stage}_numbers_as_said"] = round(100 * self.wrong_as_said[stage] / max(1, self.signs), 2)
        for name in ("final", "partial", "first"):
            lags: list[float] = getattr(self, f"{name}_lags")
            if lags:
                told |= {f"{name}_lag_p{part}_s": round(percentile(lags, part), 3) for part in (50, 95)}
        return told | {"cores": round(self.cores, 2), "rss_mb": round(self.rss_mb)}


@dataclass
class Played:
    """One scene as it was told: each utterance with the Unix time at which it came."""

    scene: Scene
    began: float
    heard: list[tuple[float, Utterance]]

    @property
    def transcript(self) -> Transcript:
        made = Transcript()
        for _, utterance in self.heard:
            made = made.with_heard(utterance)
        return made


def play_scenes(model: str, models: Path, scenes: Sequence[Scene]) -> tuple[list[Played], Measured]:
    """All scenes, one call after the other, in one process. Raises Missing where the model does not listen."""
    measured, played = Measured(), []
    with speech_run({"JIESU_MODELS": str(models)}) as run:
        run.load(model, folder=models)
        try:
            run.wait_for(lambda event: isinstance(event, EarsReady) and event.model == model, 120)
        except TimeoutError as deaf:
            raise Missing(f"{model} does not listen") from deaf
        run.send(LearnWords(console_words()))
        process = psutil.Process(run.process.pid)
        before, began = process.cpu_times(), time.perf_counter()
        for scene in scenes:
            played.append(_play(run, scene))
            add(measured, played[-1])
            measured.rss_mb = max(measured.rss_mb, process.memory_info().rss / 1e6)
        after, took = process.cpu_times(), time.perf_counter() - began
        measured.cores = (after.user + after.system - before.user - before.system) / took
    return played, measured


def console_words() -> tuple[str, ...]:
    """What a console without a list of its own teaches: units, places, titles of the knowledge that comes with it."""
    return site_words(read_catalogue(_RESOURCES / "dispatch_catalogue.toml"), read_knowledge(_RESOURCES / "knowledge"), ())


def _play(run: SpeechRun, scene: Scene) -> Played:
    call = CallId(uuid.uuid4().hex)
    run.send(ListenTo(call))
    began = run.play(call, scene.voices[Speaker.CALLER], scene.voices[Speaker.AGENT])
    run.be_silent(call, _REST_S)
    run.send(StopListening(call))
    return Played(scene, began, run.heard(call))


def add(measured: Measured, played: Played) -> None:
    """Adds what was heard of the turns of one scene."""
    heard, began = played.heard, played.began
    measured.marked_missing += sum(utterance.is_missing for _, utterance in heard)
    shares = _shared_out(played.scene.turns, [(at, u) for at, u in heard if u.final and u.text])
    for turn, finals in zip(played.scene.turns, shares, strict=True):
        utterances = [u for _, u in sorted(finals, key=lambda item: item[1].start_s)]
        measured.turns += 1
        measured.missed += not utterances
        measured.signs += len(plain(turn.text))
        for stage in STAGES:
            said = "".join(stage_of(u, stage) for u in utterances)
            measured.wrong[stage] += distance(plain(turn.text), plain(said))
            measured.wrong_as_said[stage] += min(distance(plain(turn.text), plain(way)) for way in (said, _as_said(said)))
        if finals:
            measured.final_lags.append(max(at for at, _ in finals) - began - turn.stop_s)
        ours = [(at, u) for at, u in heard if _belongs(u, turn) and u.text]
        measured.partial_lags += [at - began - u.end_s for at, u in ours if not u.final]
        if ours:
            measured.first_lags.append(min(at for at, _ in ours) - began - turn.begin_s)


def _shared_out(turns: Sequence[Turn], finals: list[tuple[float, Utterance]]) -> list[list[tuple[float, Utterance]]]:
    """Each final to the turn it overlaps most."""
    shares: list[list[tuple[float, Utterance]]] = [[] for _ in turns]
    for at, utterance in finals:
        overlaps = [_overlap(utterance, turn) for turn in turns]
        best = max(range(len(turns)), key=lambda place: overlaps[place])
        if overlaps[best] > 0:
            shares[best].append((at, utterance))
    return shares


def _overlap(utterance: Utterance, turn: Turn) -> float:
    if utterance.speaker is not turn.speaker:
        return 0.0
    return min(utterance.end_s, turn.stop_s) - max(utterance.start_s, turn.begin_s)


def _belongs(utterance: Utterance, turn: Turn) -> bool:
    return _overlap(utterance, turn) > 0


def stage_of(utterance: Utterance, stage: str) -> str:
    """The text as the engine wrote it, with its repairs, or as it stands on the screen."""
    raw = utterance.heard_as or utterance.text
    if stage == "written":
        return utterance.text
    return _repaired(raw, utterance) if stage == "repaired" else raw


def _repaired(raw: str, utterance: Utterance) -> str:
    """What the engine wrote with the repairs put in at the places they were made for."""
    if not utterance.heard_as:
        raw = utterance.text
        for repair in sorted(utterance.repairs, key=lambda repair: -repair.start):
            raw = raw[: repair.start] + repair.was + raw[repair.end :]
    done = 0
    for repair in sorted(utterance.repairs, key=lambda repair: repair.start):
        at = raw.find(repair.was, done)
        if at >= 0:
            put = utterance.text[repair.start : repair.end]
            raw, done = raw[:at] + put + raw[at + len(repair.was) :], at + len(put)
    return raw


def _as_said(text: str) -> str:
    """Numbers as they are spoken (144亿 → 一百四十四亿); the text itself where the library does not know them."""
    try:
        made: str = cn2an.transform(text, "an2cn")
    except (ValueError, IndexError):
        return text
    return made
