"""What is heard and corrected as lines of the journal (现场留痕), and the transcript of a call made of them again."""

from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from app.domain.transcript import Speaker, Transcript, Utterance, transcript_of

HEARD, CORRECTED, FETCHED = "heard", "corrected", "fetched"
"""Kinds of lines: a final utterance; an utterance as the agent left it; all of them as another console kept them."""

_SHORT = {"words": ("text", "start_s", "end_s", "confidence"), "repairs": ("start", "end", "was")}


def line_of(said: Utterance) -> dict[str, Any]:
    """All of a final utterance, as short as can be: words are [text, start, end, confidence], times have milliseconds."""
    line: dict[str, Any] = {
        "speaker": said.speaker,
        "number": said.number,
        "text": said.text,
        "start_s": round(said.start_s, 3),
        "end_s": round(said.end_s, 3),
    }
    if said.words:
        line["words"] = [
            [word.text, round(word.start_s, 3), round(word.end_s, 3), round(word.confidence, 3)] for word in said.words
        ]
    if said.repairs:
        line["repairs"] = [[repair.start, repair.end, repair.was] for repair in said.repairs]
    if said.confidence < 1.0:
        line["confidence"] = round(said.confidence, 3)
    line.update({name: getattr(said, name) for name in ("heard_as", "is_missing", "original") if getattr(said, name)})
    if said.first is not None:
        line["first"] = line_of(said.first)
    return line


def utterance_of(line: dict[str, Any]) -> Utterance:
    """Raises msgspec.ValidationError for a line that holds no utterance."""
    return msgspec.convert({"final": True, **_named(line)}, Utterance)


def rebuilt(lines: Iterable[tuple[str, dict[str, Any]]]) -> tuple[Transcript, int]:
    """The transcript as it stands after these lines (kind, body), and how many of them could not be read."""
    said: dict[tuple[Speaker, int], Utterance] = {}
    unread = 0
    for kind, line in _single(lines):
        try:
            utterance = utterance_of(line)
        except (msgspec.ValidationError, TypeError, ValueError):
            unread += 1
            continue
        key = (utterance.speaker, utterance.number)
        if kind != HEARD or key not in said or not said[key].is_corrected:
            said[key] = utterance
    return transcript_of(said.values()), unread


def _single(lines: Iterable[tuple[str, dict[str, Any]]]) -> Iterator[tuple[str, Any]]:
    """Each utterance that the lines hold, with the kind of its line; {} where a line lacks its utterance."""
    for kind, body in lines:
        if kind == HEARD:
            yield kind, body
        elif kind == CORRECTED:
            yield kind, body.get("utterance", {})
        elif kind == FETCHED:
            yield from ((kind, line) for line in body.get("lines", ()))


def _named(line: dict[str, Any]) -> dict[str, Any]:
    """The line with its short lists as what they stand for."""
    named = dict(line)
    for key, names in _SHORT.items():
        if key in line:
            named[key] = [part if isinstance(part, dict) else dict(zip(names, part, strict=False)) for part in line[key]]
    if isinstance(line.get("first"), dict):
        named["first"] = {"final": True, **_named(line["first"])}
    return named
