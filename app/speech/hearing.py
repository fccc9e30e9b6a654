"""The decoding thread: finals before pauses before partials, on the newest sound, never a growing backlog."""

import logging
import threading
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

from app.domain.transcript import Utterance, Word
from app.speech.engine import RATE, Ear, Engine, Sound, text_of
from app.speech.segmenter import TAIL_S, Stretch

log = logging.getLogger(__name__)

FIRST_PARTIAL_S = 0.5
PARTIAL_STEP_S = 0.4
"""New speech before the words are heard anew."""
LEAST_WINDOWS = 4
"""Windows of speech below which a stretch is no word, and a model would make one up."""
PARTIAL_SHARE = 0.6
"""The part of the time that partials may take; the rest is kept for finals and for the rest of the program."""
SLOW_S = 4.0
"""A final that waits longer than this is heard the quick way."""
LOST_S = 45.0
"""A final that waits longer than this keeps the words of its last partial."""

Tell = Callable[["Job", Utterance], None]


@dataclass(eq=False)
class Job:
    """What is to be told of one stretch. All but `ear` is guarded by the decoder's lock."""

    stretch: Stretch
    blank: Utterance
    """The utterance without its words; times of words count from its start."""
    tell: Tell
    ear: Ear | None = None
    words: tuple[Word, ...] = ()
    heard_to: int = 0
    """Samples heard at the last decoding."""
    is_well_heard: bool = False
    """Whether `words` were heard the best way, up to the last speech."""
    was_told: bool = False
    is_settled: bool = False
    ended_at: float = 0.0


class Decoder:
    """Hears jobs with one engine on a thread of its own. `slow` is told when words had to be left out, `failed` when the
    engine broke; both on the decoder's thread. Without an engine everything waits, the oldest finals being given up."""

    def __init__(self, slow: Callable[[], None], failed: Callable[[Exception], None],
                 clock: Callable[[], float] = time.monotonic) -> None:  # fmt: skip
        self._slow, self._failed, self._clock = slow, failed, clock
        self._engine: Engine | None = None
        self._jobs: list[Job] = []
        self._changed = threading.Condition()
        self._is_closed = False
        self._spent: deque[tuple[float, float]] = deque(maxlen=64)  # end of a partial, its seconds
        self._thread = threading.Thread(target=self._run, name="speech-decoder", daemon=True)
        self._thread.start()

    def use(self, engine: Engine | None) -> None:
        """Hear with this engine from now on; begun jobs are heard anew from their beginning."""
        with self._changed:
            self._engine = engine
            for job in self._jobs:
                job.ear, job.heard_to, job.is_well_heard = None, 0, False
            self._changed.notify()

    def offer(self, stretch: Stretch, change: Callable[[], Job]) -> None:
        """A stretch began, grew, paused or ended; `change` makes its job the first time. Never waits for the engine."""
        with self._changed:
            job = next((job for job in self._jobs if job.stretch is stretch), None)
            if job is None:
                job = change()
                self._jobs.append(job)
            if stretch.has_ended and not job.ended_at:
                job.ended_at = self._clock()
                is_known = job.is_well_heard and job.heard_to >= stretch.voiced_to
                if is_known or stretch.voiced < LEAST_WINDOWS:
                    self._settle(job)
            self._changed.notify()

    @property
    def guard(self) -> threading.Condition:
        """Held while stretches are changed, so that the decoder never reads one half-way."""
        return self._changed

    def wait_idle(self, timeout_s: float) -> bool:
        """Whether all ended stretches were told within the time."""
        with self._changed:
            return self._changed.wait_for(lambda: not any(job.ended_at for job in self._jobs), timeout_s)

    def close(self) -> None:
        with self._changed:
            self._is_closed = True
            self._changed.notify_all()
        self._thread.join(30)

    def _run(self) -> None:
        while True:
            with self._changed:
                while (picked := self._pick()) is None and not self._is_closed:
                    self._changed.wait(0.1)
                if self._is_closed or picked is None:
                    return
                engine, job, is_best = picked
                sound = job.stretch.sound()
            self._hear(engine, job, sound, is_best)

    def _pick(self) -> tuple[Engine, Job, bool] | None:
        self._give_up_the_oldest()
        if self._engine is None:
            return None
        ended = [job for job in self._jobs if job.ended_at]
        if ended:
            job = min(ended, key=lambda job: job.ended_at)
            return self._engine, job, self._clock() - job.ended_at < SLOW_S or self._engine.is_stream
        if not self._engine.is_stream:
            for job in self._jobs:
                if job.stretch.is_paused and not (job.is_well_heard and job.heard_to >= job.stretch.voiced_to):
                    return self._engine, job, True
        waiting = [job for job in self._jobs if self._wants_partial(job)]
        if waiting and self._may_spend():
            return self._engine, min(waiting, key=lambda job: job.heard_to / max(1, job.stretch.length)), False
        return None

    def _wants_partial(self, job: Job) -> bool:
        step = PARTIAL_STEP_S if job.heard_to else FIRST_PARTIAL_S
        return job.stretch.voiced_to - job.heard_to >= step * RATE

    def _may_spend(self) -> bool:
        if self._engine is None or self._engine.is_stream or not self._spent:
            return True
        ended, seconds = self._spent[-1]
        return self._clock() - ended >= seconds * (1 / PARTIAL_SHARE - 1)

    def _give_up_the_oldest(self) -> None:
        limit = self._clock() - LOST_S
        for job in [job for job in self._jobs if job.ended_at and job.ended_at < limit]:
            self._settle(job)
            self._slow()

    def _hear(self, engine: Engine, job: Job, sound: Sound, is_best: bool) -> None:
        began = self._clock()
        try:
            if job.ear is None:
                job.ear = engine.open_ear()
            words = job.ear.listen(sound, is_best)
        except Exception as broken:
            log.exception("the speech engine failed on an utterance")
            with self._changed:
                job.ear = None
                if job.ended_at:
                    self._settle(job)
                job.heard_to = len(sound)
            self._failed(broken)
            return
        with self._changed:
            if not is_best:
                self._spent.append((self._clock(), self._clock() - began))
            if job not in self._jobs or self._engine is not engine:
                return
            job.words, job.heard_to, job.is_well_heard = words, len(sound), is_best
            is_whole = job.stretch.voiced_to <= len(sound) <= job.stretch.voiced_to + int(TAIL_S * RATE) + 1
            if job.ended_at and ((is_best and is_whole) or began >= job.ended_at):
                self._settle(job)
            else:
                self._tell(job, is_final=False)

    def _settle(self, job: Job) -> None:
        self._jobs.remove(job)
        self._tell(job, is_final=True)
        self._changed.notify_all()

    def _tell(self, job: Job, is_final: bool) -> None:
        text = text_of(job.words)
        if not text and not job.was_told:
            return
        job.was_told = bool(text) or is_final
        blank = job.blank
        words = tuple(Word(w.text, round(blank.start_s + w.start_s, 2), round(blank.start_s + w.end_s, 2)) for w in job.words)
        upto = job.stretch.voiced_to if is_final else min(job.heard_to, job.stretch.voiced_to)
        end_s = blank.start_s + upto / RATE
        heard = Utterance(blank.speaker, blank.number, text, round(blank.start_s, 2), round(end_s, 2), is_final, words)
        job.tell(job, heard)
