"""Brings recordings to the centre in the background: piece by piece, never beside a call, each exactly once."""

import base64
import logging
import threading
import time
import uuid
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Protocol

import msgspec

from app.domain.call import CallId
from app.domain.recording import KeptRecording
from app.errors import CentreError, JiesuError
from app.sync.client import CentreClient, CentreRefused, Fork, Gap
from app.wire import Identity
from app.wire_recordings import OFFSET_HEADER, CentreKey, RecordingHold, RecordingOffer, RecordingTaken

log = logging.getLogger(__name__)

PIECE = 256 * 1024
LOOK_S = 30.0
RETRY_S = (2.0, 5.0, 15.0, 30.0)
BUSY_LOOK_S = 0.5


class Unsent(Protocol):
    @property
    def kept(self) -> KeptRecording: ...
    @property
    def key(self) -> bytes: ...
    @property
    def file(self) -> Path: ...


class Shelf(Protocol):
    """The recordings kept here, on the sending thread only. Raises StoreError, OSError."""

    def identity(self) -> Identity | None: ...
    def unsent(self) -> Sequence[Unsent]: ...
    def resealed(self, call: CallId, key: bytes, public: bytes) -> bytes: ...
    def sent(self, call: CallId) -> None: ...
    def untold_holds(self) -> list[tuple[CallId, str]]: ...
    def hold_told(self, call: CallId, why: str) -> None: ...
    def close(self) -> None: ...


class RecordingDoor(CentreClient):
    """The way to the centre's archive; every method raises CentreError."""

    def public_key(self) -> bytes:
        found: CentreKey = self._ask("GET", "/v1/recordings/key", CentreKey)
        return base64.b64decode(found.public)

    def offer(self, call: CallId, offer: RecordingOffer) -> RecordingTaken:
        taken: RecordingTaken = self._ask("POST", f"/v1/recordings/{call}", RecordingTaken, offer)
        return taken

    def put(self, call: CallId, offset: int, piece: bytes) -> RecordingTaken:
        """Brings the bytes that belong at `offset`; raises Gap with the offset that the centre wants instead."""
        with self._failures():
            headers = {OFFSET_HEADER: str(offset), "Content-Type": "application/octet-stream"}
            answer = self._http.patch(f"/v1/recordings/{call}", content=piece, headers=headers, extensions=self._traced)
        if answer.status_code != 200:
            self._refuse(answer.status_code, answer.content)
        return msgspec.json.decode(answer.content, type=RecordingTaken)

    def hold(self, call: CallId, why: str) -> None:
        self._ask("POST", f"/v1/recordings/{call}/hold", None, RecordingHold(why))


class RecordingUploader:
    """A thread of its own. `is_busy` is asked before every piece: beside a call nothing is sent. `rate`: bytes a second."""

    def __init__(
        self, address: str, shelf: Shelf, agent: str, version: str, is_busy: Callable[[], bool], rate: int = 512 * 1024
    ) -> None:
        """Raises CentreGarbage where `address` is none."""
        self._door = RecordingDoor(address, uuid.uuid4().hex, version)
        self._shelf, self._agent, self._is_busy, self._rate = shelf, agent, is_busy, rate
        self._wake, self._ending = threading.Event(), threading.Event()
        self._hopeless: set[CallId] = set()
        self._failures = 0
        self._thread = threading.Thread(target=self._run, name="recordings-up", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        """Breaks off where it is; what the centre has it keeps, and the rest goes next time."""
        self._ending.set()
        self._wake.set()
        self._door.interrupt()
        if self._thread.ident is not None:
            self._thread.join(5)
        self._door.close()

    def wake(self) -> None:
        """There is a new recording, or a call has ended."""
        self._wake.set()

    # --- the thread ---

    def _run(self) -> None:
        while not self._ending.is_set():
            try:
                self._round()
                self._failures = 0
                pause = LOOK_S
            except (JiesuError, OSError, msgspec.MsgspecError) as wrong:
                pause = RETRY_S[min(self._failures, len(RETRY_S) - 1)]
                self._failures += 1
                log.log(logging.DEBUG if self._failures > 1 else logging.INFO, "no recordings are sent: %s", wrong)
            except Exception:
                pause = RETRY_S[-1]
                log.exception("the sending of recordings failed")
            self._wake.wait(pause)
            self._wake.clear()
        with suppress(JiesuError, OSError):
            self._shelf.close()

    def _round(self) -> None:
        waiting = [one for one in self._shelf.unsent() if CallId(one.kept.call) not in self._hopeless]
        holds = self._shelf.untold_holds()
        if not waiting and not holds:
            return
        identity = self._shelf.identity()
        if identity is None:
            raise CentreError("not enrolled yet")
        self._door.be(identity)
        for call, why in holds:
            self._tell_hold(call, why)
        public = self._door.public_key() if waiting else b""
        for one in waiting:
            if self._ending.is_set():
                return
            self._bring(one, public)

    def _tell_hold(self, call: CallId, why: str) -> None:
        try:
            self._door.hold(call, why)
        except CentreRefused as refused:
            log.warning("the centre does not hold the recording of call %s: %s", call, refused)
        self._shelf.hold_told(call, why)

    def _bring(self, one: Unsent, public: bytes) -> None:
        """Goes on where the centre says that it stands, until it has it all."""
        kept = one.kept
        call, mark = CallId(kept.call), kept.mark
        sealed = base64.b64encode(self._shelf.resealed(call, one.key, public)).decode()
        offer = RecordingOffer(
            self._agent, kept.began_at, mark.seconds, mark.size, mark.sha256, sealed, mark.is_whole, kept.held_for
        )
        try:
            taken = self._door.offer(call, offer)
            with one.file.open("rb") as file:
                while not taken.is_done and not self._ending.is_set():
                    self._wait_for_quiet()
                    file.seek(taken.offset)
                    taken = self._put(call, taken.offset, file.read(PIECE))
        except (Fork, CentreRefused, FileNotFoundError) as wrong:
            log.error("the recording of call %s cannot be brought to the centre: %s", call, wrong)
            self._hopeless.add(call)  # until the next start: it must not hold up the others
            return
        if taken.is_done:
            self._shelf.sent(call)

    def _put(self, call: CallId, offset: int, piece: bytes) -> RecordingTaken:
        if not piece:
            raise CentreRefused(call, "the file is shorter than it was")
        begun = time.monotonic()
        try:
            return self._door.put(call, offset, piece)
        except Gap as gap:
            return RecordingTaken(gap.expect, False)
        finally:
            self._ending.wait(max(0.0, len(piece) / self._rate - (time.monotonic() - begun)))

    def _wait_for_quiet(self) -> None:
        while self._is_busy() and not self._ending.wait(BUSY_LOOK_S):
            pass
