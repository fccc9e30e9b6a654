"""Abuse of the agent heard in the caller's words (R14): insults, threats, sexual harassment. It only offers a notice."""

from dataclasses import dataclass, field

from app.domain.sound import SoundOf
from app.domain.spotting import Contexts, Frame, Spotter

KINDS = ("threat", "sexual", "insult")
"""What abuse may be, the gravest first."""

ENOUGH = 2


@dataclass(frozen=True, slots=True)
class AbuseWords:
    """What is listened for, and the words that make it a report of somebody else's abuse. The tag of a frame is a kind."""

    frames: tuple[Frame, ...]
    contexts: Contexts = field(default_factory=Contexts)


@dataclass(frozen=True, slots=True)
class Abuse:
    """What the caller said to the agent: `kind` is one of KINDS, `because` the words as they were heard."""

    kind: str
    because: str


class AbuseListener:
    """Pure: the same text gives the same answer. Told abuse ("he called me a fool") is a complaint and no abuse."""

    def __init__(self, words: AbuseWords, sound_of: SoundOf) -> None:
        self._spotter = Spotter(words.frames, words.contexts, sound_of)

    def prepare(self) -> None:
        """Builds the tables, which else happens at the first hearing."""
        self._spotter.prepare()

    def hear(self, text: str) -> Abuse | None:
        """The abuse in one utterance, if any."""
        _, spots = self._spotter.spots(text)
        for kind in KINDS:
            weights = {spot.words: spot.weight for spot in spots if spot.tag == kind}
            if sum(weights.values()) >= ENOUGH:
                return Abuse(kind, "、".join(sorted(weights, key=lambda words: -weights[words])[:2]))
        return None
