"""What an evidence pack holds of a call: its record, its words with their times, its journal, its steps, its sound."""

import struct
from collections.abc import Callable
from datetime import datetime
from typing import IO, Any

import msgspec
import numpy as np
from sqlalchemy import Connection

from app.desk.heard_lines import line_of, rebuilt
from app.domain.call import CallId
from app.domain.evidence import PackFacts
from app.storage import calls, journal
from app.storage.evidence import Content, Sink
from app.storage.recording_key import recording_key
from app.storage.recordings import RecordingFolder, find
from app.storage.tables import recording as recording_table
from app.storage.transcript_file import MISSING as NO_WORDS
from app.storage.transcript_file import REMOVED, SIDES
from app.voice_file import RATE, VoiceReader, unseal

SHIELD = "shield"
"""The journal's kind of a step of the shield."""
AUDIO = "audio.wav"
MISSING = "audio-missing.txt"
_SIDES = {str(speaker): side for speaker, side in SIDES.items()}


def written_parts(connection: Connection, facts: PackFacts, answered_at: float) -> dict[str, Content]:
    """All but the sound, as JSON and as text that a person reads."""
    told = journal.lines(connection, facts.call)
    transcript, _ = rebuilt((kind, body) for _, kind, body in told)
    heard = [line_of(said) for said in transcript.utterances]
    steps = [body for _, kind, body in told if kind == SHIELD]
    about = {
        "call": facts.call,
        "caller_number": facts.number,
        "ticket": facts.ticket,
        "sealed_by": facts.sealed_by,
        "sealed_at": facts.sealed_at,
        "records": calls.calls(connection, facts.call),
        "emergencies": calls.emergencies(connection, facts.call),
    }
    return {
        "call.json": _json(about),
        "transcript.json": _json(heard),
        "transcript.txt": _words(heard, answered_at).encode(),
        "journal.json": _json([{"at": at, "kind": kind, **{"body": body}} for at, kind, body in told]),
        "shield.json": _json(steps),
    }


def has_sound(connection: Connection, folder: RecordingFolder, call: CallId) -> bool:
    """Whether there is a recording of this call, kept and not destroyed."""
    kept = find(connection, call)
    return kept is not None and not kept.destroyed_at and folder.file(call).exists()


def sound_part(connection: Connection, folder: RecordingFolder, call: CallId) -> Content | None:
    """Writes both sides of the recording (caller left, agent right); None while there is none that is whole."""
    if not has_sound(connection, folder, call):
        return None
    path = folder.file(call)
    sealed = connection.execute(recording_table.select().where(recording_table.c.call == call)).one().sealed_key
    key = unseal(sealed, recording_key(connection).private_bytes, call)
    return _sound_writer(lambda: path.open("rb"), key)


def why_missing(connection: Connection, folder: RecordingFolder, call: CallId) -> str:
    """Why there is no recording of this call for good, for a person to read; "" while one may still come."""
    kept = find(connection, call)
    if kept is None:
        return "" if folder.is_begun(call) else "本机没有这次通话的录音"
    if kept.destroyed_at:
        return f"录音已于 {_clock(kept.destroyed_at)} 按规定销毁"
    return "" if folder.file(call).exists() else "本机有录音的登记，录音文件已不存在"


def missing_part(facts: PackFacts, why: str) -> bytes:
    return f"通话 {facts.call} 的录音缺失：{why}。\n{_clock(facts.sealed_at)} 核对，补充证据包 {facts.completes}。\n".encode()


def _clock(at: float) -> str:
    return datetime.fromtimestamp(at).strftime("%Y-%m-%d %H:%M:%S")


def _sound_writer(opened: Callable[[], IO[bytes]], key: bytes) -> Callable[[Sink], None]:
    def write(out: Sink) -> None:
        with opened() as file:
            frames = sum(len(chunk.left) for chunk in VoiceReader(file, key).chunks())
        with opened() as file:
            out.write(_wav_head(frames))
            for chunk in VoiceReader(file, key).chunks():
                out.write(np.column_stack((chunk.left, chunk.right)).astype("<i2").tobytes())

    return write


def _wav_head(frames: int, channels: int = 2) -> bytes:
    """A RIFF head whose lengths are right without going back."""
    size, align = frames * channels * 2, channels * 2
    form = struct.pack("<4sIHHIIHH", b"fmt ", 16, 1, channels, RATE, RATE * align, align, 16)
    return struct.pack("<4sI4s", b"RIFF", 36 + size, b"WAVE") + form + struct.pack("<4sI", b"data", size)


def _words(heard: list[dict[str, Any]], answered_at: float) -> str:
    """One line an utterance, in the order it was begun: clock time, seconds since the answer, who, what."""
    lines = []
    for body in sorted(heard, key=lambda body: float(body.get("start_s", 0))):
        start = float(body.get("start_s", 0))
        clock = _clock(answered_at + start) if answered_at else ""
        side = _SIDES.get(str(body.get("speaker")), "?")
        said = (NO_WORDS if body.get("is_missing") else REMOVED) if not body.get("text") else body["text"]
        first = f"（话务员更正；原识别：{body['first'].get('text', '')}）" if "first" in body else ""
        lines.append(f"{clock} +{start:07.2f} s {side}：{said}{first}")
    return "\n".join(lines) + "\n"


def _json(value: object) -> bytes:
    return msgspec.json.format(msgspec.json.encode(value), indent=1)
