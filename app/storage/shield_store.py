"""The shield's part of the local store: what is asked of it goes to the store's thread, evidence to a room of its own."""

import time
from collections.abc import Callable
from pathlib import Path

from sqlalchemy import Connection

from app.desk.events import DeskEvent
from app.desk.shield_wishes import AskCaller, KeepMark, KeepSeen, KeepStep, SealEvidence, ShieldWish
from app.storage.database import Database
from app.storage.evidence_room import EvidenceRoom
from app.storage.shield_record import caller_known, keep_mark, keep_seen, keep_step

WriteSoon = Callable[[Callable[[Connection], object], Callable[[], None] | None], None]
Ask = Callable[[Callable[[Connection], DeskEvent]], None]


class ShieldStore:
    """`serve` may be called from any thread and returns at once."""

    def __init__(
        self,
        folder: Path,
        another: Callable[[], Database],
        emit: Callable[[DeskEvent], None],
        write_soon: WriteSoon,
        ask: Ask,
        agent: str,
    ) -> None:
        self._write_soon, self._ask, self._agent = write_soon, ask, agent
        self._room = EvidenceRoom(folder, another, emit)

    def serve(self, wish: ShieldWish) -> None:
        at = time.time()
        match wish:
            case KeepStep(call, step, tells_lead):
                self._write_soon(lambda connection: keep_step(connection, call, step, self._agent, tells_lead), None)
            case KeepSeen(number, seen):
                self._write_soon(lambda connection: keep_seen(connection, number, seen, at), None)
            case KeepMark(mark):
                self._write_soon(lambda connection: keep_mark(connection, mark), None)
            case AskCaller():
                self._ask(lambda connection: caller_known(connection, wish))
            case SealEvidence():  # after all that was told before it is on the disk
                self._write_soon(lambda _: None, lambda: self._room.serve(wish))
            case _:
                self._room.serve(wish)

    def close(self) -> None:
        self._room.close()
