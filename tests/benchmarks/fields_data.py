"""What fields are measured on: own calls, scripted calls, texts of citizens; each with a reference and how it is compared."""

import csv
import json
import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from app.domain.intake import Proposal
from app.domain.intake_contact import CALLING
from app.domain.transcript import Speaker, Transcript, Utterance

OWN = Path(__file__).resolve().parents[1] / "data" / "intake"
CLOSED = (
    "kind",
    "district",
    "street",
    "place",
    "happened",
    "hurt",
    "named_unit",
    "contact",
    "requester",
    "is_confidential",
    "urgency",
)
"""Fields of the own calls that must stay empty where the call names none."""

LOOSE = ("demand", "happened", "hurt")
"""Right where the expected words are within the found ones, which are not much longer."""

HALVES = ("dev", "held")
_FULL = 1.8
_SENTENCE = re.compile(r"[^。！？!?；;\n]+[。！？!?；;\n]*")
_DIGITS = dict(zip("零〇一二三四五六七八九幺两", "0012345678912", strict=True))
_UNITS = {"十": 10, "百": 100, "千": 1000}
_NUMERAL = re.compile("[零〇一二三四五六七八九幺两十百千]+")
_SIGNS = re.compile(r"[\s，,。、.；;！!？?的]+")

TITLE_KINDS = {
    "complaint": re.compile(r"^(?:我要|再次|强烈)?投诉"),
    "report": re.compile(r"^(?:我要|实名)?举报"),
    "inquiry": re.compile(r"^咨询|^请问|的咨询[？?！!。]?$|^我?想?咨询"),
    "suggestion": re.compile(r"^建议|的(?:几点)?建议[。！!]?$"),
    "help": re.compile(r"^求助|^求救"),
}
"""The kind that a writer gives his message in its title; the words are written by the citizen, so this is a rough reference."""

LETTER_KINDS = {"建议": "suggestion", "咨询": "inquiry"}
DISTRICT = re.compile(r"(?:东城|西城|朝阳|丰台|石景山|海淀|门头沟|房山|通州|顺义|昌平|大兴|怀柔|平谷|密云|延庆)区")
MASKED_DISTRICT = re.compile(r"[A-Z][0-9]{1,2}[区县]")
DOOR = re.compile(r"(?:路|街|大道|巷)([0-9]{1,4})号")


@dataclass(frozen=True, slots=True)
class Case:
    """One call or text, and what is known of it. A field that is not in `expected` has no reference; None: it must be empty."""

    name: str
    transcript: Transcript
    expected: Mapping[str, object]
    how: Mapping[str, str] = field(default_factory=dict)  # field → "within" where the reference is only a part


@dataclass(frozen=True, slots=True)
class Judged:
    """One field of one case. `confidence`: of the least sure of its words; None where nothing was proposed."""

    case: str
    field: str
    expected: object
    found: object
    is_right: bool
    confidence: float | None
    rules: tuple[str, ...] = ()


def judge(case: Case, proposal: Proposal) -> list[Judged]:
    judged = []
    for name, expected in case.expected.items():
        found, evidence = proposal.get(name, (None, ()))
        if expected is None and found is None:
            continue
        sure = min((one.confidence for one in evidence), default=0.0) if found is not None else None
        right = expected is not None and found is not None and is_same(name, expected, found, case.how.get(name, ""))
        judged.append(Judged(case.name, name, expected, found, right, sure, tuple(dict.fromkeys(one.rule for one in evidence))))
    return judged


def is_same(name: str, expected: object, found: object, how: str = "") -> bool:
    if not isinstance(expected, str) or not isinstance(found, str):
        return expected == found
    if name == "contact" and expected == "calling":
        return found == CALLING
    wanted, got = plain(expected), plain(found)
    if how == "within":
        return wanted in got
    return wanted == got or (name in LOOSE and wanted in got and len(got) <= _FULL * len(wanted) + 6)


def plain(text: str) -> str:
    """Without signs, and numbers in digits: 一百二十三号 and 123号 are the same door."""
    return _NUMERAL.sub(_in_digits, _SIGNS.sub("", text))


def _in_digits(match: re.Match[str]) -> str:
    if not any(sign in _UNITS for sign in match[0]):
        return "".join(_DIGITS[sign] for sign in match[0])
    total, digit = 0, 0
    for sign in match[0]:
        if sign in _UNITS:
            total, digit = total + (digit or 1) * _UNITS[sign], 0
        else:
            digit = int(_DIGITS[sign])
    return str(total + digit)


def own_calls(half: str) -> list[Case]:
    """calls.toml is what the rules were written with, held_calls.toml was written afterwards and never tuned for."""
    return own_calls_of(OWN / {"dev": "calls.toml", "held": "held_calls.toml"}[half])


def own_calls_of(file: Path) -> list[Case]:
    """Also of kind_held.toml, which was written to see of what kind calls are."""
    return [_own(call) for call in tomllib.loads(file.read_text("utf-8"))["call"]]


def _own(call: dict[str, object]) -> Case:
    turns, expect = call["turns"], call["expect"]
    assert isinstance(turns, list) and isinstance(expect, dict)
    unknown = set(expect) - {*CLOSED, "demand"}
    assert not unknown, f"{call['name']}: {unknown} is no field"
    said = [(Speaker.AGENT if turn[0] == "A" else Speaker.CALLER, turn[2:]) for turn in turns]
    expected: dict[str, object] = {name: expect.get(name) if expect.get(name) != "" else None for name in CLOSED}
    return Case(str(call["name"]), transcript_of(said), expected | ({"demand": expect["demand"]} if "demand" in expect else {}))


def transcript_of(said: Sequence[tuple[Speaker, str]]) -> Transcript:
    return Transcript(tuple(Utterance(speaker, n, text, float(n), n + 0.9, True) for n, (speaker, text) in enumerate(said)))


def scripted_calls(folders: Sequence[Path], transcripts: Mapping[str, Transcript] | None = None) -> list[Case]:
    """Calls of the form of ../shared/speech/calls: script.json names kind and place; other fields have no reference there.

    `transcripts` by the folder's name: what was recognised, in the place of the script's own words.
    """
    cases = []
    for folder in folders:
        script = json.loads((folder / "script.json").read_text("utf-8"))
        if transcripts is not None and folder.name not in transcripts:
            continue
        own = transcript_of([(Speaker(turn["speaker"]), turn["text"]) for turn in script["turns"]])
        expected = {name: script["expected"][name] for name in ("kind", "place") if name in script["expected"]}
        cases.append(Case(folder.name, transcripts[folder.name] if transcripts else own, expected, {"place": "within"}))
    return cases


def texts(folder: Path, half: str) -> Iterator[Case]:
    """Messages of citizens, sentence by sentence, the title withheld. Even rows are dev, odd ones held."""
    for file in ("teddy_raw_dev.csv", "teddy_fj3_unlabelled_dev.csv"):
        for row, text in _rows(folder / file, half):
            yield Case(f"{file}:{row}", _spoken(text["body"]), _of_message(text["title"], text["body"]), {"place": "within"})
    for row, text in _rows(folder / "bj_letters_dev.csv", half):
        body = text["content"]
        expected: dict[str, object] = {"kind": LETTER_KINDS[text["type"]]} if text["type"] in LETTER_KINDS else {}
        named = set(DISTRICT.findall(body))
        if len(named) == 1:
            expected["district"] = named.pop()
        yield Case(f"letters:{row}", _spoken(body), expected, {"place": "within"})


def _rows(path: Path, half: str) -> Iterator[tuple[int, dict[str, str]]]:
    if not path.is_file():
        return
    with path.open(encoding="utf-8-sig", newline="") as file:
        yield from ((n, row) for n, row in enumerate(csv.DictReader(file)) if n % 2 == HALVES.index(half))


def _of_message(title: str, body: str) -> dict[str, object]:
    kinds = [kind for kind, pattern in TITLE_KINDS.items() if pattern.search(title.strip())]
    expected: dict[str, object] = {"kind": kinds[0]} if len(kinds) == 1 else {}
    districts = set(MASKED_DISTRICT.findall(body))
    if len(districts) == 1:
        expected["district"] = districts.pop()
    doors = {match[0] for match in DOOR.finditer(body)}
    if len(doors) == 1:
        expected["place"] = doors.pop()
    return expected


def _spoken(body: str) -> Transcript:
    sentences = [match[0].strip() for match in _SENTENCE.finditer(body.replace("_x000D_", "\n"))]
    return transcript_of([(Speaker.CALLER, sentence) for sentence in sentences if sentence][:200])
