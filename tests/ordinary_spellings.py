"""Writes resources/danger/ordinary.txt: spellings of ordinary Chinese that sound like a wording of danger or abuse.

    JIESU_SHARED=DIR python -m tests.ordinary_spellings [--check]

From free sources only: the word list of jieba (MIT), statutes (not copyrightable) and the list of streets (WTFPL). The same
sources and wordings give the same file; --check writes nothing and ends with 1 where the file is another.
"""

import argparse
import csv
import gzip
import json
import sys
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

import jieba

from app.domain.spotting import Spotter
from app.speech.sound import sound_of
from app.storage.emergency_file import ORDINARY, read_abuse_words, read_emergency_words
from tests.habits.needs import shared_folder
from tests.train_danger import FOLDER

HEAD = """\
# Spellings of ordinary Chinese that sound like a wording of this folder: by sound alone they say nothing.
# From the word list of jieba (MIT), national and Beijing statutes and the official list of streets: those that are no wording
# themselves and would be taken for one by their sound. Written by tests/ordinary_spellings.py.
"""
LAWS = ("kb/laws_national.jsonl.gz", "kb/laws_beijing.jsonl.gz")
STREETS = "geo/streets.csv"
COMMON = 3
"""How often a word of jieba's list was counted at least: rarer ones are often slips."""


def texts(data: Path) -> Iterator[str]:
    """The words and texts of all sources."""
    with jieba.get_dict_file() as file:
        for row in file:
            word, count, *_ = row.decode("utf-8").split(" ")
            if len(word) > 1 and int(count) >= COMMON:
                yield word
    for name in LAWS:
        with gzip.open(data / name, "rt", encoding="utf-8") as laws:
            for line in laws:
                yield "".join(json.loads(line)["text"].split())
    with (data / STREETS).open(encoding="utf-8") as streets:
        for street in csv.DictReader(streets):
            yield street["name"]


def spellings(sources: Iterable[str]) -> list[str]:
    """What is taken by its sound for a word of danger or of abuse, sorted."""
    spotters = []
    for read in (read_emergency_words, read_abuse_words):
        words = read(FOLDER)
        spotters.append(Spotter(words.frames, replace(words.contexts, ordinary=frozenset()), sound_of))
    found: set[str] = set()
    for text in sources:
        for spotter in spotters:
            found |= spotter.taken_by_sound(text)
    return sorted(found, key=lambda spelling: (len(spelling), spelling))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--check", action="store_true")
    asked = parser.parse_args()
    shared = shared_folder()
    if shared is None:
        print("JIESU_SHARED names no data folder", file=sys.stderr)
        return 1
    made = HEAD + "".join(f"{spelling}\n" for spelling in spellings(texts(shared / "data")))
    path = FOLDER / ORDINARY
    if asked.check:
        return int(path.read_text("utf-8") != made)
    path.write_text(made, "utf-8")
    print(f"{made.count(chr(10)) - HEAD.count(chr(10))} spellings")
    return 0


if __name__ == "__main__":
    sys.exit(main())
