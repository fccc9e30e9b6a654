"""The transcript of a saved ticket on its way to the centre (R9): whole, in parts that an operation can hold, and only when
it is another than was told before."""

import hashlib

import msgspec
from sqlalchemy import Connection

from app.desk.heard_lines import line_of
from app.domain.call import CallId
from app.storage import journal
from app.storage.facts import find_fact, keep_fact
from app.storage.operations import append
from app.wire import TRANSCRIPT_KEPT, TranscriptKept

PART_BYTES = 256 * 1024
"""Half of what the centre takes in one operation."""


def tell(connection: Connection, ticket: str, call: CallId, agent: str, at: float) -> bool:
    """Queues the words of a call as they stand now; whether there was anything new to tell."""
    transcript, _ = journal.words_of(connection, call)
    lines = [msgspec.json.encode(line_of(said)) for said in transcript.utterances]
    digest = hashlib.sha256(b"\n".join(lines)).hexdigest()
    known = f"transcript {call}"
    if not lines or find_fact(connection, known, str) == digest:
        return False
    parts = _parts(lines)
    for number, part in enumerate(parts):
        body = TranscriptKept(call, ticket, agent, at, number, len(parts), tuple(msgspec.Raw(line) for line in part))
        append(connection, TRANSCRIPT_KEPT, call, body, at)
    keep_fact(connection, known, digest)
    return True


def _parts(lines: list[bytes]) -> list[list[bytes]]:
    parts: list[list[bytes]] = [[]]
    size = 0
    for line in lines:
        if parts[-1] and size + len(line) > PART_BYTES:
            parts.append([])
            size = 0
        parts[-1].append(line)
        size += len(line) + 1
    return parts
