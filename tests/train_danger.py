"""Learns resources/danger/learnt.bin from the texts of tests/data: all were written for this program.

    python -m tests.train_danger [--check]

--check writes nothing: each quarter of the training texts, in stretches of fifteen, is heard by what was learnt from the rest.
"""

import argparse
import random
import sys
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from app.domain.danger_sense import DANGER, LABELS, DangerSense, told
from app.domain.emergency import EmergencyListener
from app.domain.linear_text import LinearText, SoundGrams, Weights
from app.speech.sound import sound_of
from app.storage.emergency_file import LEARNT, read_emergency_words
from tests.benchmarks.danger_texts import OWN, Labelled, read_labelled
from tests.linear_training import Example, Mishearing, Recipe, learn, write_weights

FOLDER = Path(__file__).parents[1] / "resources" / "danger"
DATA = Path(__file__).parent / "data"
TRAINED = (
    *("danger_training", "danger_training_more", "danger_training_last", "danger_training_pairs"),
    *("danger_calls", "danger_plain", "danger_odd", "danger_told"),
    *("calm_training_more", "calm_requests", "calm_questions", "calm_talk_a", "calm_talk_b", "calm_talk_c", "calm_talk_d"),
    *("calm_calls", "calm_moments", "calm_home", "calm_street", "calm_money", "calm_office"),
)
TRAINING = tuple(DATA / f"{name}.tsv" for name in TRAINED)
TALK = DATA / "ordinary_talk.txt"
RECIPE = Recipe(softness=10.0, least=2)
MISHEARD, LESS = 0.12, 0.4
"""Characters of a text that are changed in its second form, and how much that counts."""

JOINED = 600
BEGUN = 0.5
"""How much the beginning of a text counts."""

STRETCH, PARTS = 15, 4
SEED = 20261123
REMARKS = (
    "Weights of n-grams of danger and of its lines and matters, learnt by tests/train_danger.py.",
    "From texts written for this program: tests/data/danger.tsv, danger_training*.tsv, ordinary_talk.txt. No citizen's letter.",
)


def read_talk(path: Path = TALK) -> list[Labelled]:
    """One calm text a line; "#" begins a remark."""
    return [Labelled(line, "") for line in path.read_text("utf-8").splitlines() if line and not line.startswith("#")]


class School:
    """Makes examples of texts. The wordings were chosen on the texts of OWN: what they say of those is not learnt."""

    def __init__(self, wordings: EmergencyListener, texts: Iterable[Labelled]) -> None:
        self._wordings = wordings
        self._mishearing = Mishearing([text.text for text in texts], sound_of)

    def weights(self, known: Sequence[Labelled], new: Sequence[Labelled], talk: Sequence[Labelled]) -> Weights:
        """`known`: texts that the wordings were made with; `new`, `talk`: texts they had not seen."""
        examples = [
            *self._both(known, False),
            *self._both(new, True),
            *self._both(talk, True),
            *(self._example(text, text.text, True, 0.5) for text in joined([*new, *talk], JOINED)),
            *self._begun([*new, *talk]),
        ]
        return learn(examples, LABELS, SoundGrams(sound_of), replace(RECIPE, boost=_evened(examples)))

    def _both(self, texts: Iterable[Labelled], has_wordings: bool) -> Iterable[Example]:
        for text in texts:
            yield self._example(text, text.text, has_wordings, 1.0)
            yield self._example(text, self._mishearing.of(text.text, MISHEARD), has_wordings, LESS)

    def _begun(self, texts: Iterable[Labelled]) -> Iterable[Example]:
        """Texts that are still being said: nothing is a danger before its word has come, and all is from then on."""
        chance = random.Random(SEED)
        for text in texts:
            share = chance.uniform(0.3, 0.8)
            if not text.expected:
                yield self._example(text, text.text[: max(3, round(share * len(text.text)))], True, BEGUN)
                continue
            start, end = self._word_of(text)
            if start >= 3:
                yield self._example(Labelled(text.text, ""), text.text[: round(start * chance.uniform(0.6, 1))], True, BEGUN)
            if start >= 0 and end < len(text.text):
                yield self._example(text, text.text[:end], True, BEGUN)

    def _word_of(self, text: Labelled) -> tuple[int, int]:
        """Where the wordings of a danger begin and stop; (-1, -1) where none was found."""
        spots = [spot.words for found in self._wordings.weighed(text.text).values() for spot in found.spots]
        places = [(place, place + len(words)) for words in spots if (place := text.text.find(words)) >= 0]
        return (min(start for start, _ in places), max(end for _, end in places)) if places else (-1, -1)

    def _example(self, text: Labelled, written: str, has_wordings: bool, weight: float) -> Example:
        more = told(self._wordings.weighed(written)) if has_wordings else ()
        if not text.expected:
            return Example(written, frozenset(), more, weight, frozenset(LABELS) - {DANGER})
        matter = {text.matter} if text.matter else set()
        return Example(written, frozenset({DANGER, *text.lines, *matter}), more, weight)


def _evened(examples: Sequence[Example]) -> dict[str, float]:
    """Each label counts as much as all others: rare dangers are as grave, and more texts of one sort move no threshold."""
    dangers = [one for one in examples if DANGER in one.labels]
    counts = {label: sum(label in one.labels for one in dangers) for label in LABELS if label != DANGER}
    evened = {label: (len(dangers) - count) / count for label, count in counts.items()}
    return evened | {
        DANGER: sum(one.weight for one in examples if DANGER not in one.labels) / sum(one.weight for one in dangers)
    }


def joined(texts: Sequence[Labelled], number: int) -> list[Labelled]:
    """Two or three texts as one, as utterances follow each other: every second holds one danger."""
    chance = random.Random(SEED)
    calm, dangers = [text for text in texts if not text.expected], [text for text in texts if text.expected]
    made = []
    for place in range(number):
        parts = [chance.choice(calm) for _ in range(chance.choice((2, 2, 3)))]
        expected = ""
        if place % 2:
            danger = chance.choice(dangers)
            parts, expected = [danger, parts[0]], danger.expected
            chance.shuffle(parts)
        made.append(Labelled(chance.choice(("", "\n", "，", "。")).join(part.text for part in parts), expected))
    return made


def check(wordings: EmergencyListener, known: list[Labelled], new: list[Labelled], talk: list[Labelled]) -> list[str]:
    """How unseen training texts are heard."""
    rows = []
    found = dangers = right = alarms = calm = 0
    for part in range(PARTS):
        train = [text for place, text in enumerate(new) if place // STRETCH % PARTS != part]
        test = [text for place, text in enumerate(new) if place // STRETCH % PARTS == part]
        weights = School(wordings, [*known, *train]).weights(known, train, talk)
        sense = DangerSense(wordings, LinearText(weights, SoundGrams(sound_of)))
        for text in test:
            heard = sense.hear(text.text)
            told_as = f"{heard.line}:{heard.matter} {heard.because}" if heard is not None else ""
            if not text.expected:
                calm, alarms = calm + 1, alarms + (heard is not None)
                rows += [f"false\t{text.text}\t{told_as}"] if heard is not None else []
                continue
            is_right = heard is not None and heard.line in text.lines and text.matter in ("", heard.matter)
            dangers, found, right = dangers + 1, found + (heard is not None), right + is_right
            rows += (
                [f"{'missed' if heard is None else 'wrong'}\t{text.text}\t{text.expected}\t{told_as}"] if not is_right else []
            )
    found_share, right_share = found / max(1, dangers), right / max(1, dangers)
    rows.append(f"dangers {dangers} found {found_share:.4f} right {right_share:.4f} calm {calm} false {alarms}")
    return rows


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--check", action="store_true")
    asked = parser.parse_args()
    wordings = EmergencyListener(read_emergency_words(FOLDER), sound_of)
    known, new, talk = read_labelled(OWN), [text for path in TRAINING for text in read_labelled(path)], read_talk()
    if asked.check:
        print("\n".join(check(wordings, known, new, talk)))
        return 0
    weights = School(wordings, [*known, *new]).weights(known, new, talk)
    size = write_weights(FOLDER / LEARNT, weights, REMARKS)
    print(f"{len(known) + len(new) + len(talk)} texts, {len(weights.keys)} features, {size} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main())
