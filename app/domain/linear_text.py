"""What a text is about, by the weights of its n-grams: characters as written and syllables as they sound. Learnt elsewhere."""

import json
import unicodedata
import zlib
from array import array
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from app.domain.sound import SoundOf, fuzzy

MAGIC = b"jiesu linear text 1\n"
"""The first line of a file of weights; remarks that begin with "#" follow, one line of JSON, and the packed table."""

LONGEST = 4
"""Characters and syllables of the longest n-gram."""

PAUSE = ","
"""What any mark of punctuation is read as."""

ZERO = 128
"""The byte that stands for no weight."""

READINGS = {"着": "zhao"}
"""Characters that a table of single readings gives another sound than the words of danger have: 着火 sounds as 找火 does."""


class Gram(NamedTuple):
    """A feature of a text and the characters it was read from, in the text as it was given."""

    name: str
    start: int
    end: int


Grams = Callable[[str], Iterable[Gram]]
"""What is read from a text; the same when it is learnt and when it is asked."""


class SoundGrams:
    """N-grams of 1 to LONGEST signs that cross no pause: "c" as written, "s" as they sound on the telephone."""

    def __init__(self, sound_of: SoundOf) -> None:
        self._sound_of = sound_of
        self._known: dict[str, str] = {}
        self._plain: dict[str, str] = {}  # of each sign met: as it is learnt, "" = a space, "," = a pause

    def __call__(self, text: str) -> Iterator[Gram]:
        run: list[tuple[str, int]] = []
        for place, sign in enumerate(text):
            plain = self._plain.get(sign)
            if plain is None:
                plain = self._plain[sign] = _plain(sign)
            if plain == PAUSE:
                yield from self._of(run)
                run = []
            elif plain:
                run.append((plain, place))
        yield from self._of(run)

    def _of(self, run: list[tuple[str, int]]) -> Iterator[Gram]:
        signs = "".join(sign for sign, _ in run)
        sounds = [self._sound(sign) for sign in signs]
        for first in range(len(run)):
            start, sound = run[first][1], "s" + sounds[first]
            yield Gram("c" + signs[first], start, start + 1)
            for last in range(first + 1, min(first + LONGEST, len(run))):
                end = run[last][1] + 1
                sound += " " + sounds[last]
                yield Gram("c" + signs[first : last + 1], start, end)
                yield Gram(sound, start, end)

    def _sound(self, sign: str) -> str:
        known = self._known.get(sign)
        if known is None:
            known = self._known[sign] = fuzzy(READINGS.get(sign) or self._sound_of(sign)[0])
        return known


def _plain(sign: str) -> str:
    """The sign as it is learnt: any digit as 0."""
    plain = unicodedata.normalize("NFKC", sign).lower()[:1]
    if plain.isalnum():
        return "0" if plain.isdigit() else plain
    return "" if not plain or plain.isspace() else PAUSE


@dataclass(frozen=True, slots=True)
class Weights:
    """One row of bytes for each known feature, by its `key`: a byte for each label, ZERO = nothing, times the label's scale.

    `keys` in ascending order, `table` their rows one after the other: a dictionary of them would take ten times the memory.
    """

    labels: tuple[str, ...]
    scales: tuple[float, ...]
    biases: tuple[float, ...]
    keys: "array[int]"  # an array cannot be subscripted before Python 3.12
    table: bytes

    @classmethod
    def of(
        cls, labels: tuple[str, ...], scales: tuple[float, ...], biases: tuple[float, ...], rows: Mapping[int, bytes]
    ) -> "Weights":
        keys = sorted(rows)
        return cls(labels, scales, biases, array("I", keys), b"".join(rows[key] for key in keys))

    def row(self, number: int) -> bytes | None:
        """The bytes of the feature with this key, None for one that was never learnt."""
        place = bisect_left(self.keys, number)
        if place == len(self.keys) or self.keys[place] != number:
            return None
        return self.table[place * len(self.labels) : (place + 1) * len(self.labels)]

    @classmethod
    def from_bytes(cls, data: bytes) -> "Weights":
        """Raises ValueError for what is no such file, is cut off or has been changed."""
        if not data.startswith(MAGIC):
            raise ValueError("no file of weights")
        rest = data[len(MAGIC) :]
        while rest.startswith(b"#"):
            rest = rest.partition(b"\n")[2]
        head, _, packed = rest.partition(b"\n")
        try:
            about = json.loads(head)
            labels, count = tuple(about["labels"]), int(about["count"])
            table = zlib.decompress(packed)
            scales, biases = tuple(map(float, about["scales"])), tuple(map(float, about["biases"]))
        except (KeyError, TypeError, UnicodeDecodeError, zlib.error) as wrong:
            raise ValueError("weights that cannot be read") from wrong
        width = len(labels)
        if (
            not len(scales) == len(biases) == width
            or len(table) != count * (4 + width)
            or zlib.crc32(table) != about.get("crc")
        ):
            raise ValueError("weights that do not fit their own description")
        return cls(labels, scales, biases, array("I", table[: 4 * count]), table[4 * count :])

    def to_bytes(self, remarks: Iterable[str]) -> bytes:
        """The file: the same weights and remarks give the same bytes."""
        table = self.keys.tobytes() + self.table
        about = {
            "labels": self.labels,
            "scales": self.scales,
            "biases": self.biases,
            "count": len(self.keys),
            "crc": zlib.crc32(table),
        }
        told = "".join(f"# {remark}\n" for remark in remarks)
        return MAGIC + told.encode() + json.dumps(about, ensure_ascii=False).encode() + b"\n" + zlib.compress(table, 9)


def key(name: str) -> int:
    """The number by which a feature is known."""
    return zlib.crc32(name.encode("utf-8", "surrogatepass"))


class LinearText:
    """Pure: the same text gives the same scores. Some 0.2 ms for a sentence."""

    def __init__(self, weights: Weights, grams: Grams) -> None:
        self._weights, self._grams = weights, grams

    @property
    def labels(self) -> tuple[str, ...]:
        return self._weights.labels

    def scores(self, text: str, more: Iterable[str] = ()) -> dict[str, float]:
        """For each label how surely it is meant, as log-odds: 0 is even. `more`: features that are no n-grams."""
        names = {gram.name for gram in self._grams(text)}
        names.update(more)
        rows = [row for name in names if (row := self._weights.row(key(name))) is not None]
        size = len(names) ** 0.5 or 1.0
        sums = [sum(column) - ZERO * len(rows) for column in zip(*rows, strict=True)] or [0] * len(self.labels)
        weights = self._weights
        return {
            label: bias + scale * total / size
            for label, scale, bias, total in zip(weights.labels, weights.scales, weights.biases, sums, strict=True)
        }

    def because(self, text: str, label: str, most: int = 12) -> tuple[int, int]:
        """Start and end of the characters that speak most for `label`, `most` of them at the longest."""
        place = self.labels.index(label)
        worth = [0.0] * len(text)
        seen: set[str] = set()
        for gram in self._grams(text):
            row = self._weights.row(key(gram.name))
            if row is None or gram.name in seen:
                continue
            seen.add(gram.name)
            share = (row[place] - ZERO) / (gram.end - gram.start)
            for at in range(gram.start, gram.end):
                worth[at] += share
        return _best_run(worth, most)


def _best_run(worth: list[float], most: int) -> tuple[int, int]:
    """The stretch of the greatest sum, `most` long at the longest."""
    best, span = 0.0, (0, 0)
    for start in range(len(worth)):
        total = 0.0
        for end in range(start + 1, min(len(worth), start + most) + 1):
            total += worth[end - 1]
            if total > best:
                best, span = total, (start, end)
    return span
