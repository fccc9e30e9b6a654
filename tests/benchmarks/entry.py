"""How many keys a complete ticket takes with and without words: `python -m tests.benchmarks.entry [--calls DIR …] [--json]`."""

import argparse
import json
import sys
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from app.domain.transcript import Speaker, Transcript, Utterance, Word, transcript_of
from app.speech.written import Writer
from tests.benchmarks.entry_hands import Hands, Tally
from tests.benchmarks.entry_references import Reference, reference_of
from tests.benchmarks.entry_typing import HOW
from tests.benchmarks.fields import console_intake
from tests.habits.needs import shared_folder

TARGET = 0.40


@dataclass(frozen=True, slots=True)
class Entry:
    """One call. Keys by 双拼 and, `…_full`, by whole pinyin. `is_whole`: the reference names every field."""

    call: str
    without: int
    with_words: int
    without_full: int
    with_words_full: int
    confirmed: tuple[str, ...]
    corrected: tuple[str, ...]
    left: tuple[str, ...]
    is_whole: bool

    @property
    def share(self) -> float | None:
        return self.with_words / self.without if self.without else None


def measure(folders: Path | Sequence[Path], transcripts: Mapping[str, Transcript] | None = None, limit: int = 0) -> list[Entry]:
    """Every call that holds a script.json; `transcripts` by the folder's name: what was recognised in the place of the script.

    A call that `transcripts` lacks is measured with no words at all; one that nothing is known of is left out.
    """
    roots = [folders] if isinstance(folders, Path) else list(folders)
    scripts = sorted(path.parent for root in roots for path in root.glob("*/script.json"))
    entries = []
    for folder in scripts[: limit or None]:
        reference = reference_of(folder)
        said = scripted(folder) if transcripts is None else transcripts.get(folder.name, Transcript())
        if (entry := measure_call(folder.name, reference, said)).without:
            entries.append(entry)
    return entries


def measure_call(name: str, reference: Reference, said: Transcript) -> Entry:
    without, with_words = _filled(reference, Transcript()), _filled(reference, said)
    return Entry(
        name,
        without.keys,
        with_words.keys,
        without.full_keys,
        with_words.full_keys,
        tuple(with_words.confirmed),
        tuple(with_words.corrected),
        tuple(with_words.left),
        reference.is_whole,
    )


def scripted(folder: Path) -> Transcript:
    """The script's own words in written form, one utterance a turn, as sure as words can be."""
    turns = json.loads((folder / "script.json").read_text("utf-8"))["turns"]
    writer = Writer()
    said = []
    for number, turn in enumerate(turns):
        start_s, end_s = 5.0 * number, 5.0 * number + 4.0
        written = writer.write((Word(turn["text"], start_s, end_s),), True)
        text = "".join(word.text for word in written.words)
        said.append(Utterance(Speaker(turn["speaker"]), number, text, start_s, end_s, True, written.words))
    return transcript_of(said)


def heard(path: Path) -> dict[str, Transcript]:
    """Recognised words from a file: {call: [{"speaker", "text", "confidence"?}, …]}."""
    found: dict[str, Transcript] = {}
    for name, turns in json.loads(path.read_text("utf-8")).items():
        said = [
            Utterance(
                Speaker(turn["speaker"]),
                number,
                turn["text"],
                5.0 * number,
                5.0 * number + 4.0,
                True,
                (Word(turn["text"], 5.0 * number, 5.0 * number + 4.0, turn.get("confidence", 1.0)),),
                turn.get("confidence", 1.0),
            )
            for number, turn in enumerate(turns)
        ]
        found[name] = transcript_of(said)
    return found


def total_share(entries: Sequence[Entry]) -> float | None:
    without = sum(entry.without for entry in entries)
    return sum(entry.with_words for entry in entries) / without if without else None


def _filled(reference: Reference, said: Transcript) -> Tally:
    with Hands(console_intake().propose) as hands:
        hands.hear(said.utterances)
        return hands.complete(reference)


def as_table(entries: Sequence[Entry]) -> str:
    lines = [f"{'call':<20} {'without':>8} {'with':>6} {'share':>7}   {'full pinyin':>14}   confirmed / put right"]
    for entry in entries:
        share = f"{entry.share:.0%}" if entry.share is not None else "–"
        full = f"{entry.without_full} → {entry.with_words_full}"
        fields = f"{', '.join(entry.confirmed) or '–'} / {', '.join(entry.corrected) or '–'}"
        part = "" if entry.is_whole else " (part)"
        lines.append(f"{entry.call + part:<20} {entry.without:>8} {entry.with_words:>6} {share:>7}   {full:>14}   {fields}")
    without, with_words = sum(one.without for one in entries), sum(one.with_words for one in entries)
    of_all = total_share(entries)
    said = f"{of_all:.1%}" if of_all is not None else "–"
    full = f"{sum(one.without_full for one in entries)} → {sum(one.with_words_full for one in entries)}"
    lines.append(f"{'all':<20} {without:>8} {with_words:>6} {said:>7}   {full:>14}   target ≤ {TARGET:.0%}")
    return "\n".join(lines)


def main() -> int:
    reader = argparse.ArgumentParser(description=__doc__)
    shared = shared_folder()
    reader.add_argument("--calls", type=Path, nargs="+", default=[shared / "speech" / "calls"] if shared else [])
    reader.add_argument("--heard", type=Path, help="recognised words in the place of the scripts' own (JSON)")
    reader.add_argument("--limit", type=int, default=0)
    reader.add_argument("--json", action="store_true")
    wish = reader.parse_args()
    if not wish.calls:
        reader.error("--calls DIR, or JIESU_SHARED, names the folder of scripted calls")
    entries = measure(wish.calls, heard(wish.heard) if wish.heard else None, wish.limit)
    if wish.json:
        sys.stdout.write(
            json.dumps({"share": total_share(entries), "target": TARGET, "calls": [asdict(one) for one in entries]})
        )
        sys.stdout.write("\n")
    else:
        sys.stdout.write(f"{HOW}\n\n{as_table(entries)}\n")
    share = total_share(entries)
    return 0 if share is not None and share <= TARGET else 1


if __name__ == "__main__":
    sys.exit(main())
