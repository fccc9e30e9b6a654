"""Texts with the emergency line they should light: read from a file, made noisy, cut as speech comes."""

import csv
import json
import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from app.domain.sound import SoundOf

OWN = Path(__file__).parents[1] / "data" / "danger.tsv"
UNSEEN = Path(__file__).parents[1] / "data" / "danger_unseen.tsv"
"""Texts that nothing was ever learnt from or chosen by: third column = danger or everyday."""

CHOSEN_BY = tuple(UNSEEN.with_name(f"danger_{name}.tsv") for name in ("limits", "limits_calls"))
"""Texts that nothing was learnt from, but that the limits were chosen by: danger, everyday, ordinary, near or letter."""

ABUSE = Path(__file__).parents[1] / "data" / "abuse.tsv"
NOISE = 0.15
"""The share of characters that get another spelling of the same sound."""

ORDINARY = (
    ("dispatch/teddy_raw_dev.csv", ("title", "body")),
    ("dispatch/bj_letters_dev.csv", ("title", "content")),
    ("dispatch/teddy_fj3_unlabelled_dev.csv", ("title", "body")),
    ("kb/ncp_qa_dev.csv", ("question",)),
    ("kb/kb_queries_dev.jsonl", ("query",)),
)
_SENTENCE = re.compile(r"(?<=[。！？!?；;\n])")


@dataclass(frozen=True, slots=True)
class Labelled:
    """`expected`: "" = nothing may light; "110", "110|120", or with a matter "110|120:suicide"."""

    text: str
    expected: str
    half: str = ""

    @property
    def lines(self) -> tuple[str, ...]:
        return tuple(line for line in self.expected.partition(":")[0].split("|") if line)

    @property
    def matter(self) -> str:
        return self.expected.partition(":")[2]


@dataclass(frozen=True, slots=True)
class Message:
    """An ordinary message: where it is from, and its text."""

    source: str
    id: str
    text: str


def read_labelled(path: Path) -> list[Labelled]:
    """Lines of text, TAB, expected and, if any, a half; a line "text<TAB>expected" ahead of them is the head."""
    texts = []
    for number, line in enumerate(path.read_text("utf-8-sig").splitlines()):
        columns = [column.strip() for column in line.split("\t")]
        if not columns[0] or (number == 0 and columns[0].lower() == "text"):
            continue
        expected = columns[1] if len(columns) > 1 else ""
        texts.append(Labelled(columns[0], "" if expected.lower() in ("none", "-", "null") else expected, "".join(columns[2:3])))
    return texts


def read_ordinary(data: Path, half: int) -> Iterator[Message]:
    """Every second message of each file: half 0 was looked at while the words were chosen, half 1 was not."""
    for name, columns in ORDINARY:
        path = data / name
        with path.open(encoding="utf-8") as file:
            rows = list(csv.DictReader(file)) if path.suffix == ".csv" else [json.loads(line) for line in file]
        for row in rows[half::2]:
            yield Message(path.stem, row.get("id") or row.get("qid", ""), "。".join(row[column] for column in columns))


def windows(text: str) -> list[str]:
    """Two sentences at a time, as two utterances are heard."""
    parts = [part for part in _SENTENCE.split(text) if part.strip()]
    return ["\n".join(parts[max(0, place - 1) : place + 1]) for place in range(len(parts))]


def homophones(texts: list[str], sound_of: SoundOf) -> dict[str, list[str]]:
    """For each character of the texts the others of the texts that sound the same."""
    by_sound: dict[str, list[str]] = {}
    for sign in dict.fromkeys("".join(texts)):
        if "一" <= sign <= "龥":
            by_sound.setdefault(sound_of(sign)[0], []).append(sign)
    return {sign: [other for other in signs if other != sign] for signs in by_sound.values() for sign in signs}


def noisy(text: str, others: dict[str, list[str]], chance: random.Random) -> str:
    """The text as a recogniser of small words might write it: some characters by another of the same sound."""
    return "".join(chance.choice(others[sign]) if chance.random() < NOISE and others.get(sign) else sign for sign in text)
