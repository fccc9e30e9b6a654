"""Learning the weights of app.domain.linear_text from texts with labels: the same texts give the same file."""

import random
import zlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from scipy.sparse import csr_matrix, diags
from sklearn.linear_model import LogisticRegression

from app.domain.linear_text import ZERO, Grams, Weights, key
from app.domain.sound import SoundOf

SEED = 20261123
STEPS = 127
"""The greatest weight in units of its label's scale."""


@dataclass(frozen=True, slots=True)
class Example:
    """A text and the labels that are right for it; `more`: features beside its n-grams; `weight`: how much it counts.

    `unsure`: labels of which the text says neither yes nor no; it is left out while they are learnt.
    """

    text: str
    labels: frozenset[str]
    more: tuple[str, ...] = ()
    weight: float = 1.0
    unsure: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Recipe:
    """`softness`: C of the logistic regression. `least`: texts a feature must stand in. `boost`: weight of a label's own texts.

    `doubt`: texts with and without the label that every feature is taken to have stood in beforehand.
    """

    softness: float = 10.0
    least: int = 2
    boost: Mapping[str, float] = field(default_factory=dict)
    doubt: float = 0.5


def learn(examples: Sequence[Example], labels: Sequence[str], grams: Grams, recipe: Recipe = Recipe()) -> Weights:
    """One logistic regression for each label against all other texts, on n-grams that are there or not, of length one."""
    names = [sorted({gram.name for gram in grams(one.text)} | set(one.more)) for one in examples]
    known = _columns(names, recipe.least)
    rows = _matrix(names, known)
    fits = [_fit(rows, examples, label, recipe) for label in labels]
    columns = np.array([column for column, _ in fits])
    return _packed(tuple(labels), known, columns, [round(bias, 6) for _, bias in fits])


def _columns(names: Sequence[Sequence[str]], least: int) -> dict[int, int]:
    counts = Counter(key(name) for text in names for name in text)
    return {number: place for place, number in enumerate(sorted(number for number, count in counts.items() if count >= least))}


def _matrix(names: Sequence[Sequence[str]], known: Mapping[int, int]) -> csr_matrix:
    places, values, ends = [], [], [0]
    for text in names:
        columns = sorted({known[number] for name in text if (number := key(name)) in known})
        places += columns
        values += [1 / max(1, len(text)) ** 0.5] * len(columns)
        ends.append(len(places))
    return csr_matrix((values, places, ends), shape=(len(names), len(known)))


def _fit(rows: csr_matrix, examples: Sequence[Example], label: str, recipe: Recipe) -> tuple[np.ndarray, float]:
    """A weight for each feature, and the bias. Features count by how unequally they are spread, so that rare words learn fast.

    (S. Wang, C. Manning: Baselines and Bigrams, ACL 2012.)
    """
    used = np.array([place for place, one in enumerate(examples) if label not in one.unsure])
    wanted = np.array([label in examples[place].labels for place in used])
    if wanted.all() or not wanted.any():
        raise ValueError(f"texts with and without {label!r} are needed")
    weights = np.array([examples[place].weight for place in used]) * np.where(wanted, recipe.boost.get(label, 1.0), 1.0)
    spread = np.abs(_spread(rows[used], wanted, weights, recipe.doubt))
    model = LogisticRegression(C=recipe.softness, solver="liblinear", max_iter=2000, random_state=SEED)
    model.fit(rows[used] @ diags(spread), wanted, sample_weight=weights)
    return model.coef_[0] * spread, float(model.intercept_[0])


def _spread(rows: csr_matrix, wanted: np.ndarray, weights: np.ndarray, doubt: float) -> np.ndarray:
    """For each feature the log of how much more often it stands in texts with the label than in others."""
    stands = (rows > 0).astype(float)
    with_label = weights[wanted] @ stands[wanted] + doubt
    without = weights[~wanted] @ stands[~wanted] + doubt
    spread: np.ndarray = np.log((with_label / weights[wanted].sum()) / (without / weights[~wanted].sum()))
    return spread


def _packed(labels: tuple[str, ...], known: Mapping[int, int], columns: np.ndarray, biases: list[float]) -> Weights:
    """Weights in whole steps; a feature that rounds to nothing for every label is left out."""
    scales = np.abs(columns).max(axis=1) / STEPS
    steps = np.rint(columns / np.where(scales > 0, scales, 1)[:, None]).astype(int)
    rows = {
        number: bytes(int(step) + ZERO for step in steps[:, place]) for number, place in known.items() if steps[:, place].any()
    }
    return Weights.of(labels, tuple(round(float(scale), 9) for scale in scales), tuple(biases), rows)


def write_weights(path: Path, weights: Weights, remarks: Iterable[str]) -> int:
    """Bytes written."""
    data = weights.to_bytes(remarks)
    path.write_bytes(data)
    return len(data)


class Mishearing:
    """Texts as a recogniser might write them: some characters by another of the same sound, common ones first."""

    def __init__(self, texts: Iterable[str], sound_of: SoundOf) -> None:
        self._by_sign: dict[str, list[str]] = {}
        by_sound: dict[str, list[str]] = {}
        for sign, _ in sorted(Counter("".join(texts)).items(), key=lambda item: (-item[1], item[0])):
            if "一" <= sign <= "龥":
                by_sound.setdefault(sound_of(sign)[0], []).append(sign)
        for signs in by_sound.values():
            for sign in signs:
                self._by_sign[sign] = [other for other in signs[:8] if other != sign]

    def of(self, text: str, share: float, number: int = 0) -> str:
        """The text with `share` of its characters changed; the same text and number give the same."""
        chance = random.Random(zlib.crc32(f"{number} {text}".encode()))
        return "".join(
            chance.choice(others) if (others := self._by_sign.get(sign)) and chance.random() < share else sign for sign in text
        )
