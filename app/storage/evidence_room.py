"""Where evidence is sealed, checked and given out: a thread of its own, so that no ticket waits for an hour of sound."""

import logging
import queue
import secrets
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import msgspec
from sqlalchemy import Connection, insert, select

from app.desk.shield_events import (
    EvidenceChecked,
    EvidenceExported,
    EvidenceFailed,
    EvidenceListed,
    EvidenceSealed,
    EvidenceWaits,
    ShieldEvent,
)
from app.desk.shield_wishes import AskEvidence, CheckEvidence, CompleteEvidence, ExportEvidence, ResumeEvidence, SealEvidence
from app.domain.call import NO_CALL, CallId
from app.domain.evidence import Flaw, PackFacts
from app.domain.shield import ShieldStep, StepKind
from app.errors import StoreError
from app.storage.database import Database
from app.storage.evidence import KEY_BYTES, SUFFIX, Content, PackUnreadable, Sealed, check_pack, read_pack, seal_of, write_pack
from app.storage.evidence_parts import AUDIO, MISSING, has_sound, missing_part, sound_part, why_missing, written_parts
from app.storage.facts import find_fact, keep_fact
from app.storage.recordings import RecordingFolder
from app.storage.shield_record import keep_step
from app.storage.tables import evidence as table
from app.voice_file import VoiceUnreadable

log = logging.getLogger(__name__)

EVIDENCE_KEY = "evidence-key"
CLOSE_S = 30.0

EvidenceWish = SealEvidence | CompleteEvidence | ResumeEvidence | AskEvidence | CheckEvidence | ExportEvidence


class EvidenceRoom:
    """Uses a connection of its own (`another`). `serve` may be called from any thread and returns at once."""

    def __init__(self, folder: Path, another: Callable[[], Database], emit: Callable[[ShieldEvent], None]) -> None:
        self.folder, self._another, self._emit = folder / "evidence", another, emit
        self._recordings = RecordingFolder(folder.parent / "recordings")
        self._wishes: queue.SimpleQueue[EvidenceWish | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._run, name="evidence", daemon=True)
        self._database: Database | None = None

    def serve(self, wish: EvidenceWish) -> None:
        if not self._thread.is_alive():
            self._thread.start()
        self._wishes.put(wish)

    def close(self) -> None:
        """Returns when what was asked for is done."""
        if self._thread.is_alive():
            self._wishes.put(None)
            self._thread.join(CLOSE_S)

    def _run(self) -> None:
        while (wish := self._wishes.get()) is not None:
            try:
                self._serve(wish)
            except (OSError, StoreError, VoiceUnreadable, PackUnreadable) as failed:
                log.error("evidence: %s", type(failed).__name__)
                self._emit(EvidenceFailed(getattr(wish, "call", NO_CALL), str(failed) or type(failed).__name__))
            except Exception as failed:
                log.exception("evidence could not be served")
                self._emit(EvidenceFailed(getattr(wish, "call", NO_CALL), type(failed).__name__))
        if self._database is not None:
            self._database.close()

    def _serve(self, wish: EvidenceWish) -> None:
        match wish:
            case SealEvidence():
                self._emit(EvidenceSealed(self.seal(wish)))
            case CompleteEvidence(call, is_final):
                for facts in self._complete(call, is_final):
                    self._emit(EvidenceSealed(facts))
            case ResumeEvidence():
                self._resume()
            case AskEvidence():
                with self._held().transaction(writes=False) as connection:
                    packs = tuple(msgspec.json.decode(body, type=PackFacts) for body in _bodies(connection))
                self._emit(EvidenceListed(packs))
            case CheckEvidence(name):
                self._emit(EvidenceChecked(name, self.check(name)))
            case ExportEvidence():
                self._export(wish)

    def _held(self) -> Database:
        if self._database is None:
            self._database = self._another()
        return self._database

    # --- sealing ---

    def seal(self, wish: SealEvidence) -> PackFacts:
        """Seals what there is; the recording is held back from destruction. Raises OSError, StoreError."""
        name = _free_name(self.folder, wish.at, wish.call)
        facts = PackFacts(name, wish.call, wish.at, wish.by, wish.ticket, wish.number)
        with self._held().transaction() as connection:
            key, previous = evidence_key(connection), _head(connection)
            sound = sound_part(connection, self._recordings, wish.call)
            facts = facts if sound is not None else replace(facts, lacks=("audio",))
            parts = written_parts(connection, facts, wish.answered_at)
            self._recordings.hold(connection, wish.call, f"evidence {name}")
        parts |= {AUDIO: sound} if sound is not None else {}
        return self._keep(facts, write_pack(self.folder / name, key, facts, parts, previous), previous)

    def _complete(self, call: CallId, is_final: bool) -> list[PackFacts]:
        """Seals the sound of packs that lacked it, each in a pack that names the first; in the end, that there is none."""
        with self._held().transaction() as connection:
            known = _facts(connection, call)
            key, sound = evidence_key(connection), sound_part(connection, self._recordings, call)
            why = why_missing(connection, self._recordings, call) if is_final and sound is None else ""
        if sound is not None:
            return [self._add(facts, key, sound) for facts in _waiting(known)]
        return [self._add(facts, key, why) for facts in _waiting(known, or_stated=False)] if why else []

    def _add(self, facts: PackFacts, key: bytes, found: Content | str) -> PackFacts:
        """Seals what was found for one pack: its sound, or in words why there is none."""
        now, call = time.time(), facts.call
        name = _free_name(self.folder, now, call)
        lacks = facts.lacks if isinstance(found, str) else ()
        more = replace(facts, name=name, sealed_at=now, lacks=lacks, completes=facts.name, size=0, sha256="")
        with self._held().transaction() as connection:
            previous = _head(connection)
            self._recordings.hold(connection, call, f"evidence {name}")
        parts: dict[str, Content] = {MISSING: missing_part(more, found)} if isinstance(found, str) else {AUDIO: found}
        return self._keep(more, write_pack(self.folder / name, key, more, parts, previous), previous)

    def _resume(self) -> None:
        """Whatever a window before this one left: recordings that are there are sealed at once, the others are told."""
        with self._held().transaction(writes=False) as connection:
            known = [msgspec.json.decode(body, type=PackFacts) for body in connection.execute(select(table.c.body)).scalars()]
            calls = dict.fromkeys(facts.call for facts in _waiting(known))
            whole = [call for call in calls if has_sound(connection, self._recordings, call)]
        for call in whole:
            try:
                sealed = self._complete(call, is_final=False)
            except (OSError, StoreError, VoiceUnreadable) as failed:  # the others are brought to their end all the same
                log.error("evidence of call %s: %s", call, type(failed).__name__)
                self._emit(EvidenceFailed(call, str(failed) or type(failed).__name__))
                continue
            known += sealed
            for facts in sealed:
                self._emit(EvidenceSealed(facts))
        left = tuple(dict.fromkeys(facts.call for facts in _waiting(known, or_stated=False)))
        if left:
            self._emit(EvidenceWaits(left))

    def _keep(self, facts: PackFacts, sealed: Sealed, previous: tuple[str, str]) -> PackFacts:
        known = replace(facts, size=sealed.size, sha256=sealed.sha256)
        step = ShieldStep(StepKind.SEALED, facts.sealed_at, facts.sealed_by, f"{facts.name} {sealed.sha256}")
        with self._held().transaction() as connection:
            row = {"name": facts.name, "call": facts.call, "at": facts.sealed_at, "mac": sealed.mac}
            connection.execute(insert(table).values(**row, previous=previous[0], body=msgspec.json.encode(known)))
            keep_step(connection, facts.call, step, facts.sealed_by, True)
        return known

    # --- checking and giving out ---

    def check(self, name: str) -> tuple[str, ...]:
        """What is wrong with a pack of this store; none = as it was sealed."""
        with self._held().transaction(writes=False) as connection:
            key = find_fact(connection, EVIDENCE_KEY, str)
            row = connection.execute(select(table).where(table.c.name == name)).first()
            before = connection.execute(select(table.c.mac).where(table.c.name == row.previous)).scalar() if row else None
        return check_file(self.folder / name, key, row.mac if row else "", before or "")

    def _export(self, wish: ExportEvidence) -> None:
        """Writes the open ZIP, readable by this user only. It is written down before it is given out."""
        with self._held().transaction() as connection:
            key = bytes.fromhex(find_fact(connection, EVIDENCE_KEY, str) or "")
            call = connection.execute(select(table.c.call).where(table.c.name == wish.name)).scalar() or ""
            inside = read_pack(self.folder / Path(wish.name).name, key)
            step = ShieldStep(StepKind.EXPORTED, wish.at, wish.by, f"{wish.name} → {wish.target}"[:200])
            keep_step(connection, CallId(call), step, wish.by, True)
        target = Path(wish.target)
        target.touch(mode=0o600)
        target.write_bytes(inside)
        self._emit(EvidenceExported(wish.name, wish.target))


def check_file(path: Path, key: str | None, mac: str = "", previous_mac: str = "") -> tuple[str, ...]:
    """A pack against the store's key and the chain: `mac` is what the store has of it, `previous_mac` of the one before."""
    if key is None:
        return (Flaw.UNREADABLE.value,)
    try:
        inside = read_pack(path, bytes.fromhex(key))
    except (PackUnreadable, OSError):
        return (Flaw.UNREADABLE.value,)
    manifest, flaws = check_pack(inside, bytes.fromhex(key))
    if manifest is not None and mac and (manifest.previous_mac != previous_mac or seal_of(inside) != mac):
        return (*flaws, Flaw.CHAIN_BROKEN.value)
    return flaws


def evidence_key(connection: Connection) -> bytes:
    """The key that packs of this store are sealed with; made in this transaction where there is none."""
    known = find_fact(connection, EVIDENCE_KEY, str)
    if known is None:
        known = secrets.token_hex(KEY_BYTES)
        keep_fact(connection, EVIDENCE_KEY, known)
    return bytes.fromhex(known)


def _free_name(folder: Path, at: float, call: CallId) -> str:
    stem = f"{datetime.fromtimestamp(at):%Y%m%d-%H%M%S}-{call[:8] or 'nocall'}"
    names = [f"{stem}{SUFFIX}", *(f"{stem}-{number}{SUFFIX}" for number in range(2, 1000))]
    return next(name for name in names if not (folder / name).exists())


def _head(connection: Connection) -> tuple[str, str]:
    """The pack sealed last, and its signature."""
    row = connection.execute(select(table.c.name, table.c.mac).order_by(table.c.id.desc()).limit(1)).first()
    return (row.name, row.mac) if row is not None else ("", "")


def _facts(connection: Connection, call: CallId) -> list[PackFacts]:
    bodies = connection.execute(select(table.c.body).where(table.c.call == call).order_by(table.c.id)).scalars()
    return [msgspec.json.decode(body, type=PackFacts) for body in bodies]


def _waiting(known: list[PackFacts], or_stated: bool = True) -> list[PackFacts]:
    """Packs that lack their recording; `or_stated`: also those of which it is stated that there is none."""
    done = {facts.completes for facts in known if not (or_stated and facts.is_missing)}
    return [facts for facts in known if facts.lacks and not facts.completes and facts.name not in done]


def _bodies(connection: Connection) -> list[bytes]:
    return list(connection.execute(select(table.c.body).order_by(table.c.id.desc()).limit(200)).scalars())
