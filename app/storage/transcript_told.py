"""The transcript of a saved ticket on its way to the centre (R9): whole, in parts that an operation can hold, and only when
it is another than was told before."""

import msgspec
from sqlalchemy import Connection

from app.domain.call import CallId
from app.storage import journal
from app.storage.operations import append
from app.storage.transcript_fetched import is_known, kept_at, lines_of, remember
from app.wire import TRANSCRIPT_KEPT, TranscriptKept

PART_BYTES = 256 * 1024
"""Half of what the centre takes in one operation."""

LATER_S = 0.001
"""A telling is later than the one it goes on from, whatever the clocks of two computers say."""


def tell(connection: Connection, ticket: str, call: CallId, agent: str, at: float) -> bool:
    """Queues the words of a call as they stand now; whether there was anything new to tell."""
    transcript, _ = journal.words_of(connection, call)
    lines = lines_of(transcript)
    if not lines or is_known(connection, call, lines):
        return False
    at = max(at, kept_at(connection, call) + LATER_S)
    parts = _parts(lines)
    for number, part in enumerate(parts):
        body = TranscriptKept(call, ticket, agent, at, number, len(parts), tuple(msgspec.Raw(line) for line in part))
        append(connection, TRANSCRIPT_KEPT, call, body, at)
    remember(connection, call, lines, at)
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
