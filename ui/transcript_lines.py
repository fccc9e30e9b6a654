"""What one paragraph of a transcript shows: its head, its words in runs of one look, what is to be said of a place."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication
from PySide6.QtGui import QTextCharFormat

from app.domain.transcript import Evidence, Repair, Speaker, Transcript, Utterance
from ui.clock_texts import duration_text
from ui.labels import speaker_text
from ui.transcript_formats import CORRECTED, PLAYED, REPAIRED, Formats

_MISSING = QT_TRANSLATE_NOOP("TranscriptView", "… words are missing here ({0}–{1})")
_REMOVED = QT_TRANSLATE_NOOP("TranscriptView", "(taken out by the agent)")
_HEARD_AS = QT_TRANSLATE_NOOP("TranscriptView", "heard: {0}")
_BEFORE = QT_TRANSLATE_NOOP("TranscriptView", "before the agent's correction: {0}")
_SURE = QT_TRANSLATE_NOOP("TranscriptView", "recognised with {0} % certainty")

UNMARKED = ("content",)
"""Fields that are made of all that was said: marking their words would mark everything, and so nothing."""

_NO_BREAKS = str.maketrans(dict.fromkeys("\n\r\u2028\u2029", " "))
"""One utterance is one paragraph, whatever a recogniser puts into it."""

Spans = tuple[tuple[int, int], ...]
Key = tuple[Speaker, int]


@dataclass(frozen=True, slots=True)
class Line:
    """Equal lines need no repainting."""

    utterance: Utterance
    spans: Spans = ()
    is_played: bool = False

    @property
    def key(self) -> Key:
        return self.utterance.speaker, self.utterance.number


def head_of(line: Line) -> str:
    said = line.utterance
    if line.is_played:  # one sign at a time: the head of a call of hours has no room for more
        return f"{PLAYED} {duration_text(said.start_s)} {speaker_text(said.speaker)}\t"
    sign = f" {CORRECTED}" if said.is_corrected else f" {REPAIRED}" if said.repairs else ""
    return f"{duration_text(said.start_s)} {speaker_text(said.speaker)}{sign}\t"


def body_of(said: Utterance) -> str:
    """The words, or in their place why there are none."""
    if said.text:
        return said.text + ("" if said.final else " …")
    if said.is_missing:
        return _tr(_MISSING).format(duration_text(said.start_s), duration_text(said.end_s))
    return _tr(_REMOVED)


def runs_of(line: Line, formats: Formats) -> list[tuple[str, QTextCharFormat]]:
    """The body cut where its look changes."""
    said = line.utterance
    if not said.text:
        return [(body_of(said), formats.no_words())]
    doubtful = [(start, end) for start, end, _ in said.doubtful_spans()] if said.final else []
    repaired = [(repair.start, repair.end) for repair in said.repairs]
    edges = {0, len(said.text)}
    for start, end in (*line.spans, *doubtful, *repaired):
        edges |= {max(0, min(start, len(said.text))), max(0, min(end, len(said.text)))}
    places = sorted(edges)
    runs = []
    for start, end in pairwise(places):
        look = (_covers(line.spans, start), _covers(repaired, start), _covers(doubtful, start))
        runs.append((said.text[start:end].translate(_NO_BREAKS), formats.words(said.speaker, said.final, *look)))
    if not said.final:
        runs.append((" …", formats.words(said.speaker, False)))
    return runs


def tip_at(said: Utterance, place: int) -> str:
    """What is to be known of the character at `place` of the text; of the head where that is negative."""
    tips = []
    repair = repair_at(said, place)
    if repair is not None:
        tips.append(_tr(_HEARD_AS).format(repair.was or "–"))
    sure = next((sure for start, end, sure in said.doubtful_spans() if start <= place < end), None)
    if sure is not None:
        tips.append(_tr(_SURE).format(round(sure * 100)))
    if said.is_corrected:
        tips.append(_tr(_BEFORE).format(_before(said)))
    elif place < 0 and said.heard_as:
        tips.append(_tr(_HEARD_AS).format(said.heard_as))
    return "\n".join(tips)


def repair_at(said: Utterance, place: int) -> Repair | None:
    return next((repair for repair in said.repairs if repair.start <= place < max(repair.end, repair.start + 1)), None)


def spans_of(evidence: Mapping[str, tuple[Evidence, ...]], transcript: Transcript) -> dict[Key, Spans]:
    """The characters of each utterance that some field came from, in order; words of another call are none of them."""
    found: dict[Key, list[Evidence]] = {}
    for name, parts in evidence.items():
        if name in UNMARKED:
            continue
        for part in parts:
            found.setdefault((part.speaker, part.utterance), []).append(part)
    spans: dict[Key, Spans] = {}
    for said in transcript.utterances:
        if own := found.get((said.speaker, said.number)):
            spans[said.speaker, said.number] = tuple(
                sorted((part.start, part.end) for part in own if said.text[part.start : part.end] == part.text)
            )
    return spans


def _before(said: Utterance) -> str:
    return body_of(said.first) if said.first is not None else said.original


def _covers(spans: list[tuple[int, int]] | Spans, place: int) -> bool:
    return any(start <= place < end for start, end in spans)


def _tr(source: object) -> str:
    return QCoreApplication.translate("TranscriptView", str(source))
