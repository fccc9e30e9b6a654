"""What the decoder may spend: how well a stretch is heard, and how often, by what this PC was measured to need."""

from collections import deque
from collections.abc import Callable

from app.speech.engine import RATE
from app.speech.jobs import Job
from app.speech.pace import Effort, Pace

FIRST_PARTIAL_S = 0.5
PARTIAL_STEP_S = 0.4
"""New speech before the words are heard anew; more where one hearing takes longer than that."""
PARTIAL_SHARE = 0.6
"""The part of the time that partials may take; the rest is kept for finals and for the rest of the program."""
FINAL_S = 0.7
"""What a final may take when nothing else waits."""
SOON_S = 0.7
"""What a final that is heard in a pause may take from the last word on: a danger in it shall be lit within a second."""
BEHIND_S = 1.5
"""While no final waits longer, they come in their order; after that the newest come first."""
BUSY = 0.85
"""With so much of the time spent, pauses within a sentence are not heard: most of that would be heard again."""
_SEEN_S = 10.0


class Budget:
    """Asked and told under the decoder's lock."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self.pace = Pace()
        self._spent: deque[tuple[float, float]] = deque(maxlen=256)  # end of a decoding, its seconds
        self._partial_ended, self._partial_s = 0.0, 0.0

    def note(self, effort: Effort, is_final: bool, sound_s: float, took_s: float) -> None:
        """What one decoding took."""
        self.pace.learn(effort, sound_s, took_s)
        self._spent.append((self._clock(), took_s))
        if not is_final:
            self._partial_ended, self._partial_s = self._clock(), took_s

    def next_final(self, ended: list[Job]) -> Job:
        """In order while that is soon; when it is not, the newest words are worth most."""
        oldest = min(ended, key=lambda job: job.ended_at)
        if self._clock() - oldest.ended_at < BEHIND_S:
            return oldest
        return max(ended, key=lambda job: job.ended_at)

    def effort_for(self, job: Job, waiting: int) -> Effort:
        return self.pace.best_within(job.sound_s, FINAL_S / waiting)

    def pause_effort(self, job: Job) -> Effort:
        """As well as the time leaves that the silence, and whatever was being heard in it, has not already taken. For that
        alone nothing is heard worse than QUICK: what is hasty costs more words than the moment is worth."""
        soon = self.pace.best_within(job.sound_s, SOON_S - job.stretch.silent_s)
        return min(self.effort_for(job, 1), max(soon, Effort.QUICK))

    def partial_effort(self, job: Job) -> Effort:
        return Effort.QUICK if self.pace.expected_s(Effort.QUICK, job.sound_s) <= 2 * FINAL_S else Effort.HASTY

    def wants_partial(self, job: Job) -> bool:
        first = job.heard_to == 0
        step = FIRST_PARTIAL_S if first else max(PARTIAL_STEP_S, self.pace.expected_s(Effort.QUICK, job.sound_s))
        return job.untried >= step * RATE

    def may_hear_partials(self) -> bool:
        return self._clock() - self._partial_ended >= self._partial_s * (1 / PARTIAL_SHARE - 1)

    def may_hear_pauses(self) -> bool:
        return self._share() < BUSY

    def _share(self) -> float:
        since = self._clock() - _SEEN_S
        return sum(took for at, took in self._spent if at > since) / _SEEN_S
