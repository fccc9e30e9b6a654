"""How well the two sides of a call hear each other: measured figures, and the opinion score (MOS) that follows from them.

MOS by the E-model of ITU-T G.107, simplified to what a packet network changes (all else at the standard's defaults):

    R      = 93.2 - Id - Ie,eff                              93.2 = Ro - Is of G.107 with every default
    Id     = 0.024 d + 0.11 (d - 177.3) H(d - 177.3)          d = one-way delay in ms, H = 1 above 0
    Ie,eff = Ie + (95 - Ie) P / (P + Bpl)                     P = lost packets in %, lost at random (BurstR = 1)
    MOS    = 1 for R <= 0; 4.5 for R >= 100; else 1 + 0.035 R + R (R - 60) (100 - R) 7e-6

Ie and Bpl are those of ITU-T G.113: G.711 with loss concealment (App. I) 0 and 25.1. G.722 at 64 kbit/s has Ie,wb = 13 on the
wideband scale of G.107.1 (App. IV), which ends at 129: (129 - 13) / 1.29 = 89.9 on this scale, so Ie = 3.3. Its Bpl is not in
the narrowband tables; 10 is taken, which judges loss harder than G.711's value does.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

UNKNOWN = -1.0
"""In the place of a figure that nobody told: a far end without RTCP says nothing of what it receives."""

BAD_MOS = 3.5
"""Below it many users are dissatisfied (G.109): the agent is told how to be understood all the same."""

BAD_S = 4.0
"""A score must stay below BAD_MOS this long before anything is said, and at or above it as long before it is unsaid."""

_RO = 93.2
_CODECS = {"PCMA": (0.0, 25.1), "PCMU": (0.0, 25.1), "G722": (3.3, 10.0)}
_OTHER = (11.0, 19.0)
"""G.729A of G.113: a cautious guess for a codec that is not offered here."""

PACKET_MS = 20.0


class Trouble(StrEnum):
    """What is wrong with the line, seen from the agent's chair."""

    NONE = ""
    THEY_HEAR_BADLY = "they_hear_badly"
    WE_HEAR_BADLY = "we_hear_badly"
    BOTH = "both"


def mos_of(codec: str, loss_percent: float, one_way_ms: float) -> float:
    """The opinion score 1…4.5 of one direction; see the formula above."""
    base, robustness = _CODECS.get(codec.split("/")[0].upper(), _OTHER)
    loss, delay = max(0.0, loss_percent), max(0.0, one_way_ms)
    late = 0.024 * delay + (0.11 * (delay - 177.3) if delay > 177.3 else 0.0)
    rating = _RO - late - (base + (95.0 - base) * loss / (loss + robustness))
    if rating <= 0:
        return 1.0
    return 4.5 if rating >= 100 else 1 + 0.035 * rating + rating * (rating - 60) * (100 - rating) * 7e-6


@dataclass(frozen=True, slots=True)
class LineQuality:
    """One look at a call's line, over the last interval. `_in`: what we hear; `_out`: what the far end hears (by RTCP).

    A figure nobody told is UNKNOWN. `buffer_ms` is the delay that the jitter buffer here adds. `audible_in` is False while
    nothing is to be heard, as on hold: then no judgement of the incoming voice is made.
    """

    at: float
    codec: str
    jitter_in_ms: float
    jitter_out_ms: float
    loss_in: float
    loss_out: float
    round_trip_ms: float
    buffer_ms: float = 0.0
    audible_in: bool = True

    @property
    def mos_in(self) -> float:
        """How well the agent hears; UNKNOWN while nothing is to be heard."""
        if not self.audible_in:
            return UNKNOWN
        return mos_of(self.codec, self.loss_in, self._way_ms + self.buffer_ms + PACKET_MS)

    @property
    def mos_out(self) -> float:
        """How well the far end hears; it is taken to buffer twice the jitter it reports."""
        if self.loss_out < 0:
            return UNKNOWN
        return mos_of(self.codec, self.loss_out, self._way_ms + 2 * max(0.0, self.jitter_out_ms) + PACKET_MS)

    @property
    def mos(self) -> float:
        """The worse of both directions; UNKNOWN where neither is known."""
        known = [score for score in (self.mos_in, self.mos_out) if score >= 0]
        return min(known, default=UNKNOWN)

    @property
    def trouble(self) -> Trouble:
        is_in, is_out = 0 <= self.mos_in < BAD_MOS, 0 <= self.mos_out < BAD_MOS
        if is_in and is_out:
            return Trouble.BOTH
        if is_in:
            return Trouble.WE_HEAR_BADLY
        return Trouble.THEY_HEAR_BADLY if is_out else Trouble.NONE

    @property
    def _way_ms(self) -> float:
        return max(0.0, self.round_trip_ms) / 2


@dataclass(frozen=True, slots=True)
class CallQuality:
    """What the call's record keeps of its line: means, and the worst interval. UNKNOWN where nobody told a figure."""

    codec: str
    looks: int
    mos_mean: float
    mos_worst: float
    loss_in_mean: float
    loss_in_worst: float
    loss_out_mean: float
    loss_out_worst: float
    jitter_worst_ms: float
    round_trip_mean_ms: float
    round_trip_worst_ms: float


def sum_up(looks: Sequence[LineQuality]) -> CallQuality | None:
    """The record of a call's looks; None where there were none."""
    if not looks:
        return None
    scores = _known(look.mos for look in looks)
    loss_in, loss_out = _known(look.loss_in for look in looks), _known(look.loss_out for look in looks)
    trips = _known(look.round_trip_ms for look in looks)
    jitters = _known(jitter for look in looks for jitter in (look.jitter_in_ms, look.jitter_out_ms))
    return CallQuality(
        looks[-1].codec,
        len(looks),
        _mean(scores),
        min(scores, default=UNKNOWN),
        _mean(loss_in),
        max(loss_in, default=UNKNOWN),
        _mean(loss_out),
        max(loss_out, default=UNKNOWN),
        max(jitters, default=UNKNOWN),
        _mean(trips),
        max(trips, default=UNKNOWN),
    )


def _known(figures: Iterable[float]) -> list[float]:
    return [round(figure, 3) for figure in figures if figure >= 0]


def _mean(figures: list[float]) -> float:
    return round(sum(figures) / len(figures), 3) if figures else UNKNOWN


@dataclass(frozen=True, slots=True)
class QualityWatch:
    """Judges look by look whether there is trouble that lasts; `trouble` changes only after BAD_S of the same."""

    trouble: Trouble = Trouble.NONE
    seen: Trouble = Trouble.NONE
    since: float = 0.0

    def after(self, look: LineQuality) -> "QualityWatch":
        seen = look.trouble
        since = self.since if seen is self.seen and self.since else look.at
        is_lasting = look.at - since >= BAD_S
        return QualityWatch(seen if is_lasting else self.trouble, seen, since)
