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
    ShieldEvent,
)
from app.desk.shield_wishes import AskEvidence, CheckEvidence, CompleteEvidence, ExportEvidence, SealEvidence
from app.domain.call import NO_CALL, CallId
from app.domain.evidence import Flaw, PackFacts
from app.domain.shield import ShieldStep, StepKind
from app.errors import StoreError
from app.storage.database import Database
from app.storage.evidence import KEY_BYTES, SUFFIX, Content, PackUnreadable, Sealed, check_pack, read_pack, seal_of, write_pack
from app.storage.evidence_parts import AUDIO, sound_part, written_parts
from app.storage.facts import find_fact, keep_fact
from app.storage.recordings import RecordingFolder
from app.storage.shield_record import keep_step
from app.storage.tables import evidence as table
from app.voice_file import VoiceUnreadable

log = logging.getLogger(__name__)

EVIDENCE_KEY = "evidence-key"
CLOSE_S = 30.0

EvidenceWish = SealEvidence | CompleteEvidence | AskEvidence | CheckEvidence | ExportEvidence


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
            case CompleteEvidence(call):
                for facts in self._complete(call):
                    self._emit(EvidenceSealed(facts))
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

    def _complete(self, call: CallId) -> list[PackFacts]:
        """Seals the sound of packs that lacked it, each in a pack that names the first."""
        sealed = []
        with self._held().transaction() as connection:
            waiting = [facts for facts in _facts(connection, call) if facts.lacks and not facts.completes]
            done = {facts.completes for facts in _facts(connection, call)}
            key, sound = evidence_key(connection), sound_part(connection, self._recordings, call)
        for facts in waiting if sound is not None else []:
            if facts.name in done:
                continue
            now = time.time()
            name = _free_name(self.folder, now, call)
            whole = replace(facts, name=name, sealed_at=now, lacks=(), completes=facts.name, size=0, sha256="")
            with self._held().transaction() as connection:
                previous = _head(connection)
                self._recordings.hold(connection, call, f"evidence {name}")
            parts: dict[str, Content] = {AUDIO: sound} if sound is not None else {}
            sealed.append(self._keep(whole, write_pack(self.folder / name, key, whole, parts, previous), previous))
        return sealed

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


def _bodies(connection: Connection) -> list[bytes]:
    return list(connection.execute(select(table.c.body).order_by(table.c.id.desc()).limit(200)).scalars())
