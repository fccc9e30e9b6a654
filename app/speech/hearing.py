"""The decoding thread: finals before pauses before partials, on the newest sound, never a growing backlog."""

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

from app.domain.masking import place_of
from app.domain.transcript import Word
from app.speech.budget import Budget
from app.speech.engine import RATE, Ear, Engine, Sound, text_of
from app.speech.jobs import Job
from app.speech.made_up import is_made_up
from app.speech.pace import Effort, PacedEar
from app.speech.segmenter import Stretch
from app.speech.telling import Write, Written, as_heard, on_the_calls_clock
from app.speech.voice_activity import WINDOW_S

log = logging.getLogger(__name__)

SLOW_S = 4.0
"""A final that waits longer than this is heard the quick way."""
LOST_S = 45.0
"""A final that waits longer than this keeps the words of its last partial; the rest is marked as missing."""
HUNG_S = 10.0
"""An engine that takes longer than this, and than many times what was expected, does not come back."""
_HUNG_TIMES = 8.0
_TRIES = 2
"""An engine that fails on the same stretch so often will fail again."""

Attempt = Callable[[Job | None, int], None]
"""Told before the engine hears so many samples of a job, and with None when it has come back."""


@dataclass(frozen=True, slots=True)
class _Turn:
    """One decoding."""

    engine: Engine
    job: Job
    effort: Effort
    is_final: bool


class Decoder:
    """Hears jobs with one engine on a thread of its own. `slow` is told when words had to be left out, `failed` when the
    engine broke; both on the decoder's thread. Without an engine everything waits, the oldest finals being given up."""

    def __init__(self, slow: Callable[[], None], failed: Callable[[Exception], None],
                 clock: Callable[[], float] = time.monotonic, write: Write = as_heard,
                 attempt: Attempt = lambda _job, _samples: None) -> None:  # fmt: skip
        self._slow, self._failed, self._clock, self._write, self._attempt = slow, failed, clock, write, attempt
        self._engine: Engine | None = None
        self._jobs: list[Job] = []
        self._changed = threading.Condition()
        self._is_closed = False
        self._budget = Budget(clock)
        self._now: tuple[Job, int, float] | None = None  # the job being heard, its samples, and when it must be done
        self._thread = threading.Thread(target=self._run, name="speech-decoder", daemon=True)
        self._thread.start()

    def use(self, engine: Engine | None) -> None:
        """Hear with this engine from now on; begun jobs are heard anew from their beginning."""
        with self._changed:
            self._engine = engine
            self._budget = Budget(self._clock)
            for job in self._jobs:
                job.forget_engine()
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
                if job.is_known or not job.is_a_word:
                    self._settle(job)
            self._changed.notify()

    @property
    def guard(self) -> threading.Condition:
        """Held while stretches are changed, so that the decoder never reads one half-way."""
        return self._changed

    @property
    def hangs(self) -> bool:
        """Whether the engine has not come back from a stretch when it must have."""
        with self._changed:
            return self._now is not None and self._clock() > self._now[2]

    def abandon(self) -> Job | None:
        """Tells what the engine that hangs was hearing as far as it was heard before, the rest as missing; which it was."""
        with self._changed:
            if self._now is None:
                return None
            job, samples, _ = self._now
            if job in self._jobs:
                self._jobs.remove(job)
                job.left_at = job.stretch.voiced_to if job.ended_at else min(samples, job.stretch.voiced_to)
                job.settle_unheard(job.left_at)
            return job

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
                while (turn := self._pick()) is None and not self._is_closed:
                    self._changed.wait(0.1)
                if self._is_closed or turn is None:
                    return
                sound = turn.job.stretch.sound()
                allowed_s = max(HUNG_S, _HUNG_TIMES * self._budget.pace.expected_s(turn.effort, len(sound) / RATE))
                self._now = turn.job, len(sound), self._clock() + allowed_s
            self._hear(turn, sound)

    def _pick(self) -> _Turn | None:
        self._give_up_the_oldest()
        if (engine := self._engine) is None:
            return None
        if ended := [job for job in self._jobs if job.ended_at]:
            return self._final(engine, ended)
        if engine.is_stream:
            waiting = [job for job in self._jobs if self._budget.wants_partial(job)]
            return _Turn(engine, max(waiting, key=_unheard), Effort.QUICK, False) if waiting else None
        return self._ahead(engine)

    def _final(self, engine: Engine, ended: list[Job]) -> _Turn:
        job = self._budget.next_final(ended)
        is_late = self._clock() - job.ended_at >= SLOW_S and not engine.is_stream
        effort = Effort.HASTY if is_late else self._budget.effort_for(job, len(ended))
        return _Turn(engine, job, effort, True)

    def _ahead(self, engine: Engine) -> _Turn | None:
        """What is worth hearing before anybody has ended: a pause as a final, else what is newest as a partial."""
        paused = [job for job in self._jobs if self._wants_pause(job)]
        if paused and self._budget.may_hear_pauses():
            job = max(paused, key=_unheard)
            return _Turn(engine, job, self._budget.pause_effort(job), True)
        if any(job.stretch.is_falling_silent and not job.is_known for job in self._jobs) and self._budget.may_hear_pauses():
            return None  # a pause, and most likely an end, comes within a tenth of a second: it shall not wait
        waiting = [job for job in self._jobs if self._budget.wants_partial(job)]
        if waiting and self._budget.may_hear_partials():
            job = max(waiting, key=_unheard)
            return _Turn(engine, job, self._budget.partial_effort(job), False)
        return None

    def _wants_pause(self, job: Job) -> bool:
        return job.stretch.is_paused and job.is_a_word and not job.is_known and job.tried_to < job.stretch.voiced_to

    def _give_up_the_oldest(self) -> None:
        limit = self._clock() - LOST_S
        for job in [job for job in self._jobs if job.ended_at and job.ended_at < limit]:
            self._settle_unheard(job)
            self._slow()

    def _written(self, words: tuple[Word, ...], is_final: bool) -> Written:
        """Words are never lost because they cannot be made beautiful."""
        try:
            return self._write(words, is_final)
        except Exception as wrong:
            log.error("words stay as they were heard: %s", place_of(wrong))
            return as_heard(words, is_final)

    def _hear(self, turn: _Turn, sound: Sound) -> None:
        began = self._clock()
        job = turn.job
        self._attempt(job, len(sound))
        try:
            words = self._listen(turn, sound)
            written = self._written(on_the_calls_clock(words, job.blank.start_s), turn.is_final)
        except Exception as broken:
            log.error("the speech engine failed on an utterance: %s", place_of(broken))
            self._come_back()
            self._note_failure(turn, len(sound))
            self._failed(broken)
            return
        self._come_back()
        with self._changed:
            self._budget.note(turn.effort, turn.is_final, len(sound) / RATE, self._clock() - began)
            if job not in self._jobs or self._engine is not turn.engine:
                return
            job.words, job.written, job.failures = words, written, 0
            job.heard_to = job.tried_to = len(sound)
            job.is_well_heard = turn.is_final
            if job.ended_at and turn.is_final and (job.hold_whole(len(sound)) or began >= job.ended_at):
                self._settle(job)
            else:
                job.tell_partial()

    def _come_back(self) -> None:
        self._attempt(None, 0)
        with self._changed:
            self._now = None

    def _listen(self, turn: _Turn, sound: Sound) -> tuple[Word, ...]:
        job, ear = turn.job, self._ear_of(turn)
        if isinstance(ear, PacedEar):
            words = ear.listen_with(sound, turn.effort, turn.is_final)
        else:
            words = ear.listen(sound, turn.is_final)
        return () if is_made_up(text_of(words), job.stretch.voiced * WINDOW_S) else words

    def _ear_of(self, turn: _Turn) -> Ear:
        """Another engine may have taken over since: its jobs never get an ear of this one."""
        ear = turn.job.ear or turn.engine.open_ear()
        with self._changed:
            if self._engine is turn.engine:
                turn.job.ear = ear
        return ear

    def _note_failure(self, turn: _Turn, samples: int) -> None:
        job = turn.job
        with self._changed:
            job.ear, job.tried_to = None, samples
            job.failures += 1
            if job.ended_at and job.failures >= _TRIES and job in self._jobs:
                self._settle_unheard(job)

    def _settle(self, job: Job) -> None:
        self._jobs.remove(job)
        job.settle()
        self._changed.notify_all()

    def _settle_unheard(self, job: Job) -> None:
        self._jobs.remove(job)
        job.settle_unheard(job.stretch.voiced_to)
        self._changed.notify_all()


def _unheard(job: Job) -> int:
    return job.unheard
