"""Which fields the words of a call fill, and how rightly: `python -m tests.benchmarks.fields [--calls DIR] [--texts DIR]`."""

import argparse
import json
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from app.desk.reading import READ_S
from app.domain.gazetteer import Gazetteer
from app.domain.intake import Intake
from app.domain.transcript import Transcript
from app.speech.sound import sound_of
from app.storage.catalogue import read_catalogue
from app.storage.kinds_file import read_kinds
from tests.benchmarks.fields_data import CLOSED, HALVES, Case, Judged, judge, own_calls, scripted_calls, texts
from tests.habits.needs import shared_folder

RESOURCES = Path(__file__).resolve().parents[2] / "resources"
CATALOGUE, KINDS = RESOURCES / "dispatch_catalogue.toml", RESOURCES / "intake" / "kinds.bin"
BANDS = ((0.0, 0.5), (0.5, 0.7), (0.7, 0.85), (0.85, 0.95), (0.95, 1.01))
FIELDS = (*CLOSED, "demand")
CALL_LENGTHS = (200, 3000)
"""Utterances of a call of ten minutes, and of two hours."""

Paces = Mapping[int, tuple[float, float, float]]

REFERENCES = """References.
own: fields written down beside each call by its writer; what is not named must stay empty. dev = calls.toml, the rules were
  written with it; held = held_calls.toml, written afterwards and not tuned for.
calls: kind and place of script.json; a place is right where the expected words are within it.
texts: dev = even rows, looked at; held = odd rows. kind: what the writer calls the message in its title (投诉, 举报, 咨询,
  建议, 求助: the title is withheld), for letters the type the site gave; district: where a plain search finds just one in
  the text; place: where a plain search finds just one road with a house number.
A field without a reference is not counted."""


@dataclass(frozen=True, slots=True)
class Row:
    """One field on one set. `expected`, `found`, `right` are counts; precision and recall are None without a reference."""

    set: str
    field: str
    expected: int
    found: int
    right: int
    precision: float | None
    recall: float | None
    note: str = ""


def console_intake() -> Intake:
    """As the console builds it."""
    catalogue = read_catalogue(CATALOGUE)
    matters = (matter for unit in catalogue.units for matter in unit.matters)
    return Intake(Gazetteer.of(catalogue), sound_of, matters, read_kinds(KINDS, sound_of))


def measure_calls(
    folders: Sequence[Path], transcripts: Mapping[str, Transcript] | None = None, name: str = "calls"
) -> list[Row]:
    """Fields of scripted calls; `transcripts` by the folder's name, without them the script's own words are read."""
    return rows_of(name, judged_in(scripted_calls(folders, transcripts)), FIELDS)


def judged_in(cases: Iterable[Case]) -> list[Judged]:
    intake = console_intake()
    return [one for case in cases for one in judge(case, intake.propose(case.transcript))]


def rows_of(name: str, judged: Sequence[Judged], fields: Sequence[str]) -> list[Row]:
    rows = []
    for field in fields:
        own = [one for one in judged if one.field == field]
        expected = sum(one.expected is not None for one in own)
        found = sum(one.found is not None for one in own)
        right = sum(one.is_right for one in own)
        note = "" if own else "no reference"
        rows.append(
            Row(
                name,
                field,
                expected,
                found,
                right,
                right / found if found else None,
                right / expected if expected else None,
                note,
            )
        )
    return rows


def calibration(judged: Sequence[Judged]) -> list[tuple[float, float, int, int]]:
    """Lower and upper end of each band of confidence, fields filled in it, and how many of them were right."""
    table = []
    for low, high in BANDS:
        own = [one for one in judged if one.confidence is not None and low <= one.confidence < high]
        table.append((low, high, len(own), sum(one.is_right for one in own)))
    return table


def by_rule(judged: Sequence[Judged]) -> dict[str, tuple[int, int]]:
    """Rules → fields they filled, and how many were right: what app/domain/intake_sureness.py is set by."""
    counts: dict[str, tuple[int, int]] = {}
    for one in judged:
        if one.confidence is not None:
            filled, right = counts.get(" + ".join(one.rules), (0, 0))
            counts[" + ".join(one.rules)] = filled + 1, right + one.is_right
    return dict(sorted(counts.items()))


def measure_pace(cases: Sequence[Case], count: int) -> tuple[float, float, float]:
    """Milliseconds of the processor for so many utterances: the longest step of the first reading, then, as one utterance more
    is said, median and worst."""
    said = [utterance for case in cases for utterance in case.transcript.utterances]
    said = (said * ((count + 200) // len(said) + 1))[: count + 200]
    utterances = tuple(replace(utterance, number=n, start_s=float(n)) for n, utterance in enumerate(said))
    intake, steps, taken = console_intake(), [], []
    is_read = False
    while not is_read:
        began = time.thread_time()
        is_read = intake.read_ahead(Transcript(utterances[:count]), READ_S)
        steps.append((time.thread_time() - began) * 1e3)
    for end in range(count, len(utterances)):
        began = time.thread_time()
        intake.propose(Transcript(utterances[:end]))
        taken.append((time.thread_time() - began) * 1e3)
    taken.sort()
    return max(steps), taken[len(taken) // 2], taken[-1]


def main() -> None:
    options = _options()
    paces = {count: measure_pace([*own_calls("dev"), *own_calls("held")], count) for count in CALL_LENGTHS}
    sets: dict[str, list[Judged]] = {f"own {half}": judged_in(own_calls(half)) for half in HALVES}
    if options.calls is not None:
        folders = sorted(path.parent for path in options.calls.glob("*/script.json"))
        sets["calls"] = judged_in(scripted_calls(folders))
    if options.texts is not None:
        sets |= {f"texts {half}": judged_in(texts(options.texts, half)) for half in HALVES}
    if options.json:
        print(json.dumps(_as_json(sets, paces), ensure_ascii=False, indent=1))
        return
    _print(sets, paces)
    for one in sets.get(options.wrong, []):
        if not one.is_right:
            told = f"expected {one.expected!r}", f"found {one.found!r}"
            print(one.case, one.field, *told, one.confidence, *one.rules, sep="\t")


def _as_json(sets: Mapping[str, Sequence[Judged]], paces: Paces) -> dict[str, object]:
    return {
        "fields": [asdict(row) for name, judged in sets.items() for row in rows_of(name, judged, FIELDS)],
        "calibration": {name: calibration(judged) for name, judged in sets.items()},
        "rules": {name: by_rule(judged) for name, judged in sets.items()},
        "ms": {count: {"first": pace[0], "median": pace[1], "worst": pace[2]} for count, pace in paces.items()},
    }


def _print(sets: Mapping[str, Sequence[Judged]], paces: Paces) -> None:
    print(REFERENCES, end="\n\n")
    print(f"{'set':12} {'field':16} {'expected':>8} {'found':>6} {'right':>6} {'precision':>9} {'recall':>7}")
    for name, judged in sets.items():
        rows = rows_of(name, judged, FIELDS)
        for row in (row for row in rows if not row.note):
            shares = f"{_share(row.precision):>9} {_share(row.recall):>7}"
            print(f"{name:12} {row.field:16} {row.expected:8} {row.found:6} {row.right:6} {shares}")
        print(f"{name:12} no reference: {', '.join(row.field for row in rows if row.note) or '–'}")
    print("\nconfidence of a filled field → share that was right (n)")
    for name, judged in sets.items():
        bands = "  ".join(
            f"{low:.2f}–{min(high, 1):.2f}: {_share(right / n if n else None)} ({n})"
            for low, high, n, right in calibration(judged)
        )
        print(f"{name:12} {bands}")
    print()
    for count, (first, median, worst) in paces.items():
        told = f"first reading in steps of at most {first:.1f}, then {median:.1f} in the middle, {worst:.1f} at worst"
        print(f"processor ms for {count} utterances: {told}")


def _share(value: float | None) -> str:
    return "–" if value is None else f"{value:.3f}"


def _options() -> argparse.Namespace:
    shared = shared_folder()
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--calls", type=Path, default=shared / "speech" / "calls" if shared else None, help="folders with script.json"
    )
    parser.add_argument(
        "--texts", type=Path, default=shared / "data" / "dispatch" if shared else None, help="folder of the CSV files"
    )
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--wrong", default="", help="also print what was wrong in this set, e.g. 'own dev'")
    return parser.parse_args()


if __name__ == "__main__":
    main()
