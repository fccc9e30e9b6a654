"""What the repair of site words gains and what it harms: `python -m tests.benchmarks.repair [--recognised FILE] [--limit N]`.

Gain: JSON lines {"text", "heard"} of recognised speech; queries and streets made noisy. Harm: letters, statutes and
questions in which nothing must change, simplified first, as recognised words are; every change counts, also where a writer's
slip is put right. The data are those of JIESU_SHARED. The words are those of the example catalogue and knowledge, and all
streets of Beijing as the site's own. `--half even|odd`: of these texts only those whose CRC-32 is so, to read one half's
examples and only count the other's.
"""

import argparse
import csv
import gzip
import json
import os
import random
import re
import sys
import time
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from app.domain.site_words import site_words
from app.speech.context_words import context_changes
from app.speech.error_rate import distance, plain
from app.speech.lexicon import Lexicon
from app.speech.repair import THRESHOLD, Repairer
from app.speech.signs import Change
from app.speech.sound import readings_of, sound_of
from app.speech.word_frequency import common_words
from app.speech.written import simplified
from app.storage.catalogue import read_catalogue
from app.storage.knowledge_files import read_knowledge

RESOURCES = Path(__file__).resolve().parents[2] / "resources"
_CHINESE = re.compile(r"[\u4e00-\u9fff]")


@dataclass
class Harm:
    """Correct text, and what would have been changed in it."""

    name: str
    sentences: int = 0
    signs: int = 0
    hurt: int = 0
    wrong: int = 0
    examples: list[str] = field(default_factory=list)


@dataclass
class Gain:
    """Noisy text: repairs that brought the right words back, all that did not, and signs that were wrong before and after."""

    name: str
    texts: int = 0
    signs: int = 0
    errors: int = 0
    errors_after: int = 0
    right: int = 0
    wrong: int = 0
    examples: list[str] = field(default_factory=list)


def repairer(own: Iterable[str], threshold: float = THRESHOLD) -> Repairer:
    words = site_words(read_catalogue(RESOURCES / "dispatch_catalogue.toml"), read_knowledge(RESOURCES / "knowledge"), own)
    return Repairer(Lexicon(words, readings_of), common_words(), sound_of, threshold)


def streets(shared: Path) -> list[tuple[str, str]]:
    with (shared / "data/geo/beijing_streets.csv").open(encoding="utf-8") as rows:
        return [(row["name"], row["area"]) for row in csv.DictReader(rows)]


def sentences(texts: Iterable[str]) -> Iterator[str]:
    for text in texts:
        yield from (part for part in re.split(r"(?<=[。？！；\n])", text) if _CHINESE.search(part))


def changes_of(text: str, repair: Repairer) -> list[Change]:
    """By the site's words and by neighbours."""
    changes = [*repair.repairs(text), *context_changes(text, sound_of(text))]
    return [change for change in changes if text[change.start : change.end] != change.text]


def half_of(texts: Iterable[str], half: str) -> Iterator[str]:
    """All texts, or those whose checksum is even or odd."""
    for text in texts:
        if not half or ("even", "odd")[zlib.crc32(text.encode()) % 2] == half:
            yield text


def measure_harm(name: str, texts: Iterable[str], repair: Repairer, skip: int = 0, limit: int = sys.maxsize) -> Harm:
    harm = Harm(name)
    for sentence in islice(sentences(map(simplified, texts)), skip, skip + limit):
        harm.sentences += 1
        harm.signs += len(_CHINESE.findall(sentence))
        changes = changes_of(sentence, repair)
        harm.hurt += bool(changes)
        harm.wrong += sum(
            old != new for change in changes
            for old, new in zip(sentence[change.start : change.end], change.text, strict=True)
        )  # fmt: skip
        harm.examples += [f"{sentence[change.start : change.end]}→{change.text}" for change in changes]
    return harm


def measure_gain(name: str, pairs: Iterable[tuple[str, str]], repair: Repairer) -> Gain:
    """`pairs`: what was said, what was heard."""
    gain = Gain(name)
    for said, heard in pairs:
        changes = repair.repairs(heard)
        after = heard
        for change in changes:
            step = after[: change.start] + change.text + after[change.end :]
            is_right = _errors(said, step) < _errors(said, after)
            gain.right += is_right
            gain.wrong += not is_right
            gain.examples.append(f"{'+' if is_right else '-'}{after[change.start : change.end]}→{change.text}")
            after = step
        gain.texts += 1
        gain.signs += len(plain(said))
        gain.errors += _errors(said, heard)
        gain.errors_after += _errors(said, after)
    return gain


def _errors(said: str, heard: str) -> int:
    return distance(plain(said), plain(heard))


def noisy_streets(shared: Path, seed: int = 7) -> list[tuple[str, str]]:
    """A sentence a street; one sign of its name (not of 街道, 镇) is another sign of the same sound."""
    chance = random.Random(seed)
    common = common_words()
    alike: dict[str, list[str]] = {}
    for code in range(0x4E00, 0x9FA6):
        if common.is_common(chr(code), 300):
            alike.setdefault(sound_of(chr(code))[0], []).append(chr(code))
    pairs = []
    for street, district in streets(shared):
        template = chance.choice(
            ("我住在{}，这几天停水了", "{}有人占道经营", "我要反映{}的路灯不亮", f"我在{district}{{}}住了半年多了")
        )
        at = chance.randrange(max(1, len(re.sub(r"(?:街道|地区|镇|乡)$", "", street))))
        others = [sign for sign in alike.get(sound_of(street[at])[0], []) if sign != street[at]]
        if others:
            noisy = street[:at] + chance.choice(others) + street[at + 1 :]
            pairs.append((template.format(street), template.format(noisy)))
    return pairs


def noisy_queries(shared: Path, column: str) -> Iterator[tuple[str, str]]:
    with (shared / "data/kb/kb_queries_dev.jsonl").open(encoding="utf-8") as lines:
        for line in lines:
            query = json.loads(line)
            yield query["query"], query[column]


def correct_texts(shared: Path) -> Iterator[tuple[str, Iterable[str]]]:
    data = shared / "data"
    yield "letters of Beijing", _column(data / "dispatch/bj_letters_dev.csv", "content", "title")
    yield "messages (teddy)", _column(data / "dispatch/teddy_raw_dev.csv", "body", "title")
    yield "messages (teddy, unlabelled)", _column(data / "dispatch/teddy_fj3_unlabelled_dev.csv", "body", "title")
    yield "messages with replies (teddy)", _column(data / "kb/teddy_fj4_replies_dev.csv", "body", "title")
    yield "replies (teddy)", _column(data / "kb/teddy_fj4_replies_dev.csv", "reply")
    yield "questions (NCP)", _column(data / "kb/ncp_qa_dev.csv", "question")
    yield "statutes, national", _laws(data / "kb/laws_national.jsonl.gz")
    yield "statutes, Beijing", _laws(data / "kb/laws_beijing.jsonl.gz")
    yield "read Mandarin", _column(shared / "speech/read-mandarin/transcripts.tsv", "transcript")


def _column(path: Path, *names: str) -> Iterator[str]:
    with path.open(encoding="utf-8", newline="") as rows:
        for row in csv.DictReader(rows, delimiter="\t" if path.suffix == ".tsv" else ","):
            yield from (row[name] + "\n" for name in names)


def _laws(path: Path) -> Iterator[str]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)["text"]


def _recognised(path: Path) -> Iterator[tuple[str, str]]:
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            yield row["text"], row["heard"]


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--recognised", type=Path, action="append", default=[])
    options.add_argument("--limit", type=int, default=20_000, help="sentences of each correct text")
    options.add_argument("--skip", type=int, default=0, help="sentences of each correct text to leave out first")
    options.add_argument("--half", choices=("even", "odd"), default="", help="only this half of the correct texts")
    options.add_argument("--threshold", type=float, default=THRESHOLD)
    options.add_argument("--examples", type=int, default=0)
    asked = options.parse_args()
    if not os.environ.get("JIESU_SHARED"):
        print("JIESU_SHARED says where the data are.", file=sys.stderr)
        return 2
    shared = Path(os.environ["JIESU_SHARED"])
    repair = repairer((name for name, _ in streets(shared)), asked.threshold)
    print(f"lexicon: {len(repair.lexicon)} words, threshold {asked.threshold}")
    _print_gains(shared, repair, asked)
    _print_harm(shared, repair, asked)
    return 0


def _print_gains(shared: Path, repair: Repairer, asked: argparse.Namespace) -> None:
    gains = [(path.name, _recognised(path)) for path in asked.recognised]
    gains.append(("streets, one sign by sound", iter(noisy_streets(shared))))
    gains += [(column, noisy_queries(shared, column)) for column in ("noisy_homophone15", "noisy_mixed15")]
    for name, pairs in gains:
        began = time.process_time()
        gain = measure_gain(name, pairs, repair)
        spent = (time.process_time() - began) / max(1, gain.texts) * 1000
        print(
            f"{name:32} n={gain.texts:5} CER {gain.errors / gain.signs:.4f} → {gain.errors_after / gain.signs:.4f}  "
            f"repairs right {gain.right} wrong {gain.wrong}  {spent:.1f} ms a text"
        )
        _print_examples(gain.examples, asked.examples)


def _print_harm(shared: Path, repair: Repairer, asked: argparse.Namespace) -> None:
    every = Harm("all correct text")
    for name, texts in correct_texts(shared):
        harm = measure_harm(name, half_of(texts, asked.half), repair, asked.skip, asked.limit)
        _print_one(harm)
        _print_examples(harm.examples, asked.examples)
        every.sentences += harm.sentences
        every.signs += harm.signs
        every.hurt += harm.hurt
        every.wrong += harm.wrong
    _print_one(every)


def _print_one(harm: Harm) -> None:
    print(
        f"{harm.name:32} sentences {harm.sentences:6} harmed {harm.hurt:4} ({100 * harm.hurt / max(1, harm.sentences):.3f} %)  "
        f"signs {harm.signs:7} changed {harm.wrong:4} ({100 * harm.wrong / max(1, harm.signs):.4f} %)"
    )


def _print_examples(examples: list[str], most: int) -> None:
    if most:
        print("    " + "  ".join(random.Random(1).sample(examples, min(most, len(examples)))))


if __name__ == "__main__":
    sys.exit(main())
