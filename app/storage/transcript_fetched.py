"""The transcript that another console kept, taken into the journal here: read again without the centre, corrected, exported."""

import hashlib
from typing import Any

import msgspec
from sqlalchemy import Connection

from app.desk.heard_lines import CORRECTED, FETCHED, line_of, utterance_of
from app.desk.transcript_wishes import KeepWords
from app.domain.call import CallId
from app.domain.transcript import Speaker, Transcript
from app.storage import journal
from app.storage.facts import find_fact, keep_fact

Key = tuple[Speaker, int]


def kept_at(connection: Connection, call: CallId) -> float:
    """When the words that are here were told to the centre, or came from there; 0 = neither."""
    return find_fact(connection, _at(call), float) or 0.0


def remember(connection: Connection, call: CallId, lines: list[bytes], at: float) -> None:
    """The centre has, or is about to get, exactly these words."""
    keep_fact(connection, _digest(call), _sum(lines))
    keep_fact(connection, _at(call), at)


def is_known(connection: Connection, call: CallId, lines: list[bytes]) -> bool:
    return find_fact(connection, _digest(call), str) == _sum(lines)


def lines_of(transcript: Transcript) -> list[bytes]:
    return [msgspec.json.encode(line_of(said)) for said in transcript.utterances]


def keep(connection: Connection, wish: KeepWords, now: float) -> None:
    """Sentences that the agent here corrected after the other console told of its own stay as they are. Nothing is written
    where these words, or later ones, are here already."""
    if wish.at <= kept_at(connection, wish.call):
        return
    corrected = _corrected_here(connection, wish.call)
    taken = [line for line in map(_line, wish.lines) if line is not None and corrected.get(_key(line), 0.0) <= wish.at]
    if not taken:
        return
    body = {"by": wish.by, "at": wish.at, "lines": taken}
    journal.write_line(connection, wish.call, now, FETCHED, msgspec.json.encode(body))
    if len(taken) == len(wish.lines):
        transcript, _ = journal.words_of(connection, wish.call)
        if len(transcript.utterances) == len(taken):
            remember(connection, wish.call, lines_of(transcript), wish.at)
            return
    keep_fact(connection, _at(wish.call), wish.at)


def _corrected_here(connection: Connection, call: CallId) -> dict[Key, float]:
    """When each sentence was corrected last at this console."""
    corrected = {}
    for at, kind, body in journal.lines(connection, call):
        line = _checked(body.get("utterance")) if kind == CORRECTED else None
        if line is not None:
            corrected[_key(line)] = at
    return corrected


def _line(raw: msgspec.Raw) -> dict[str, Any] | None:
    try:
        return _checked(msgspec.json.decode(raw))
    except msgspec.DecodeError:
        return None


def _checked(line: Any) -> dict[str, Any] | None:
    """The line where it holds an utterance: what cannot be read must not get into the journal."""
    try:
        utterance_of(line)
    except (msgspec.ValidationError, TypeError, ValueError):
        return None
    return dict(line)


def _key(line: dict[str, Any]) -> Key:
    return Speaker(line["speaker"]), int(line["number"])


def _sum(lines: list[bytes]) -> str:
    return hashlib.sha256(b"\n".join(lines)).hexdigest()


def _digest(call: CallId) -> str:
    return f"transcript {call}"


def _at(call: CallId) -> str:
    return f"transcript-at {call}"
