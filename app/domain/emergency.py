"""Words that suggest a matter of 110, 119, 120 or 122 (R18): suicide, crowds, public safety are named. The agent decides."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from app.domain.sound import SoundOf
from app.domain.spotting import Contexts, Frame, Spot, Spotter

LINES = ("119", "120", "110", "122")
"""The emergency lines, the gravest first where words speak equally for two."""

MATTERS = ("suicide", "mass", "social")
"""What a danger may be beside its line: R42-R44 ask for more than a transfer. The gravest first."""

ENOUGH = 2
"""The weight that lights a button: one wording that stands alone, or two that need company."""

REACH = 60
"""Characters within which wordings speak of the same thing."""


@dataclass(frozen=True, slots=True)
class EmergencyWords:
    """What is listened for, and the words that take the danger out of it. The tag of a frame is a line or "line:matter"."""

    frames: tuple[Frame, ...]
    contexts: Contexts = field(default_factory=Contexts)


@dataclass(frozen=True, slots=True)
class Suggestion:
    """The emergency line that words suggest, the words themselves as they were heard, and the matter ("" = the line's own)."""

    line: str
    because: str
    matter: str = ""
    is_worded: bool = True  # a wording names the line; else only what was learnt does


@dataclass(frozen=True, slots=True)
class Weighed:
    """Wordings of one line that stand close together, and what they weigh with the words around them."""

    line: str
    weight: int
    is_spelt: bool
    spots: tuple[Spot, ...]

    @property
    def rating(self) -> tuple[int, bool, int]:
        return self.weight, self.is_spelt, -LINES.index(self.line)


class EmergencyListener:
    """Pure: the same text gives the same suggestion. Fast enough for every partial result."""

    def __init__(self, words: EmergencyWords, sound_of: SoundOf) -> None:
        self._spotter = Spotter(words.frames, words.contexts, sound_of)

    def prepare(self) -> None:
        """Builds the tables, which else happens at the first hearing."""
        self._spotter.prepare()

    def hear(self, text: str) -> Suggestion | None:
        """The line that the caller's latest words (one or two utterances, partial or final) suggest, if any."""
        return suggested(self.weighed(text))

    def weighed(self, text: str) -> dict[str, Weighed]:
        """For each line of which wordings speak the place where they weigh most, be it too little to light a button."""
        heard, spots = self._spotter.spots(text)
        best: dict[str, Weighed] = {}
        for near in _neighbourhoods(spots):
            for line in LINES:
                kept = _without_overlaps(spot for spot in near if spot.tag.startswith(line))
                weight = sum({spot.words: spot.weight for spot in kept}.values())
                if not weight:
                    continue
                weight += self._spotter.bias(heard, kept[0].start, kept[-1].end)
                found = Weighed(line, weight, all(spot.is_spelt for spot in kept), tuple(kept))
                if line not in best or found.rating > best[line].rating:
                    best[line] = found
        return best


def suggested(weighed: dict[str, Weighed]) -> Suggestion | None:
    """The heaviest, where it is heavy enough to light a button."""
    best = max(weighed.values(), key=lambda found: found.rating, default=None)
    return _suggested(best.spots) if best is not None and best.weight >= ENOUGH else None


def _suggested(kept: Sequence[Spot]) -> Suggestion:
    line = kept[0].tag.partition(":")[0]
    matters = {spot.tag.partition(":")[2] for spot in kept if spot.weight >= ENOUGH}
    matter = next((matter for matter in MATTERS if matter in matters), "")
    ordered = sorted(kept, key=lambda spot: spot.tag.partition(":")[2] != matter)
    because = dict.fromkeys(spot.words for spot in ordered)
    return Suggestion(line, "、".join(list(because)[:3]), matter)


def _neighbourhoods(spots: list[Spot]) -> list[list[Spot]]:
    """Spots that lie close together: a long letter is not one cry."""
    ordered = sorted(spots, key=lambda spot: spot.start)
    return [
        [spot for spot in ordered[place:] if spot.end <= first.start + REACH or spot is first]
        for place, first in enumerate(ordered)
        if not place or ordered[place - 1].start != first.start
    ]


def _without_overlaps(spots: Iterable[Spot]) -> list[Spot]:
    """Of spots that share characters the heaviest and longest counts, in the order of the text."""
    kept: list[Spot] = []
    for spot in sorted(spots, key=lambda spot: (-spot.weight, spot.start - spot.end, spot.start)):
        if all(spot.end <= other.start or other.end <= spot.start for other in kept):
            kept.append(spot)
    return sorted(kept, key=lambda spot: spot.start)
