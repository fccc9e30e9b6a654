"""A stretch of speech on its way through the decoder: what was heard of it, what was told, what went wrong."""

from collections.abc import Callable
from dataclasses import dataclass

from app.domain.transcript import Utterance, Word
from app.speech.engine import RATE, Ear
from app.speech.segmenter import TAIL_S, Stretch
from app.speech.telling import UNHEARD_S, AsHeard, Written, missing, told

LEAST_WINDOWS = 4
"""Windows of speech below which a stretch is no word, and a model would make one up."""

_NOTHING = AsHeard(())

Tell = Callable[["Job", Utterance], None]


@dataclass(eq=False)
class Job:
    """All but `ear` is guarded by the decoder's lock."""

    stretch: Stretch
    blank: Utterance
    """The utterance without its words; times of words count from its start."""
    tell: Tell
    ear: Ear | None = None
    words: tuple[Word, ...] = ()
    written: Written = _NOTHING
    heard_to: int = 0
    """Samples heard at the last decoding."""
    tried_to: int = 0
    """The same, had the engine not failed."""
    is_well_heard: bool = False
    """Whether `words` were heard as a final is, up to the last speech."""
    failures: int = 0
    was_told: bool = False
    is_settled: bool = False
    ended_at: float = 0.0
    left_at: int | None = None
    """Samples up to which it was told, where the engine hung over it: another process hears the rest."""

    @property
    def is_known(self) -> bool:
        """Whether hearing it once more would bring nothing."""
        return self.is_well_heard and self.heard_to >= self.stretch.voiced_to

    @property
    def is_a_word(self) -> bool:
        return self.stretch.voiced >= LEAST_WINDOWS

    @property
    def unheard(self) -> int:
        """Samples of speech that nothing listened to yet."""
        return self.stretch.voiced_to - self.heard_to

    @property
    def untried(self) -> int:
        return self.stretch.voiced_to - max(self.heard_to, self.tried_to)

    @property
    def sound_s(self) -> float:
        """Seconds that the engine would have to hear now."""
        stretch = self.stretch
        upto = stretch.voiced_to + int(TAIL_S * RATE) if stretch.is_paused or stretch.has_ended else stretch.length
        return min(upto, stretch.length) / RATE

    def hold_whole(self, length: int) -> bool:
        """Whether sound of this length has all that was said."""
        return self.stretch.voiced_to <= length <= self.stretch.voiced_to + int(TAIL_S * RATE) + 1

    def forget_engine(self) -> None:
        """Another engine has to begin anew; what was heard stays until it has."""
        self.ear, self.heard_to, self.tried_to, self.is_well_heard, self.failures = None, 0, 0, False, 0

    def tell_partial(self) -> None:
        upto = min(self.heard_to, self.stretch.voiced_to)
        self._tell(told(self.blank, self.written, upto, is_final=False))

    def settle(self) -> None:
        """Tells the words as they stand as final."""
        self.is_settled = True
        self._tell(told(self.blank, self.written, self.stretch.voiced_to, is_final=True))

    def settle_unheard(self, upto: int) -> None:
        """Tells what was heard before, and marks what lies between that and the sample `upto` as missing."""
        self.is_settled = True
        begin = min(self.heard_to, upto) if self.words else 0
        if self.words:
            self._tell(told(self.blank, self.written, begin, is_final=True))
        if self.is_a_word and upto - begin >= (UNHEARD_S * RATE if begin else 1):
            self.tell(self, missing(self.blank, begin, upto))
        elif not self.words:
            self._tell(told(self.blank, AsHeard(()), upto, is_final=True))

    def _tell(self, utterance: Utterance) -> None:
        """Nothing is told of what nobody has seen and holds no words."""
        if utterance.text or self.was_told:
            self.was_told = bool(utterance.text) or utterance.final
            self.tell(self, utterance)
