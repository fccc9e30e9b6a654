"""Learns what kind of request a caller's first words are from tests/data/kind_training.tsv: `python -m tests.train_kind`."""

import sys
from collections.abc import Sequence
from pathlib import Path

from app.domain.linear_text import SoundGrams, Weights
from app.domain.ticket import RequestKind
from app.speech.sound import sound_of
from tests.linear_training import Example, Mishearing, Recipe, learn, write_weights

TEXTS = Path(__file__).parent / "data" / "kind_training.tsv"
WEIGHTS = Path(__file__).resolve().parents[1] / "resources" / "intake" / "kinds.bin"
LABELS = tuple(str(kind) for kind in RequestKind)
RECIPE = Recipe(softness=20.0, least=2)
MISHEARD = 0.08
"""Share of characters that a second copy of each text has by another character of the same sound."""


def training_texts() -> list[tuple[str, str]]:
    """Text and kind; "none" where nothing is said of any kind yet."""
    lines = TEXTS.read_text("utf-8").splitlines()
    return [(text, kind) for text, _, kind in (line.partition("\t") for line in lines if line and not line.startswith("#"))]


def examples_of(texts: Sequence[tuple[str, str]]) -> list[Example]:
    wrong = {kind for _, kind in texts} - {*LABELS, "none"}
    if wrong:
        raise ValueError(f"{TEXTS.name}: {wrong} is no kind")
    mishearing = Mishearing((text for text, _ in texts), sound_of)
    examples = []
    for text, kind in texts:
        labels = frozenset({kind} - {"none"})
        examples += [Example(text, labels), Example(mishearing.of(text, MISHEARD), labels, weight=0.5)]
    return examples


def trained(texts: Sequence[tuple[str, str]], recipe: Recipe = RECIPE) -> Weights:
    return learn(examples_of(texts), LABELS, SoundGrams(sound_of), recipe)


def main() -> None:
    texts = training_texts()
    WEIGHTS.parent.mkdir(exist_ok=True)
    size = write_weights(WEIGHTS, trained(texts), [f"python -m tests.train_kind: {len(texts)} texts of {TEXTS.name}"])
    sys.stdout.write(f"{len(texts)} texts, {size} bytes in {WEIGHTS}\n")


if __name__ == "__main__":
    main()
