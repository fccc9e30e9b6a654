"""The port to an exchange's queue (ACD): what the centre asks of it, whatever exchange it is. Implemented in asterisk.py."""

import re
from dataclasses import dataclass
from typing import Protocol

from app.domain.agent import SupervisionMode

REASON_BYTES = 75
"""An Asterisk keeps no more of a reason, and cuts in the middle of a sign."""

_EXTENSION = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.+-]{0,39}")


class AcdDown(Exception):
    """The exchange cannot be reached just now."""


class AcdRefused(Exception):
    """The exchange would not do it; the text is its own."""


@dataclass(frozen=True, slots=True)
class Member:
    """An extension as it stands in one queue. `is_fixed`: it is written into the exchange's files and cannot leave."""

    queue: str
    extension: str
    is_paused: bool
    reason: str = ""
    unanswered: int = 0
    is_fixed: bool = False


@dataclass(frozen=True, slots=True)
class QueueNow:
    """A queue as it stands. `waiting_since`: when each caller that waits joined it, Unix seconds."""

    name: str
    waiting_since: tuple[float, ...] = ()
    answered: int = 0
    abandoned: int = 0
    level_percent: float = -1.0
    members: tuple[Member, ...] = ()


@dataclass(frozen=True, slots=True)
class Spy:
    """One supervision that the exchange is to begin. `id`: 32 hexadecimal digits; the leader's phone is told it."""

    id: str
    mode: SupervisionMode
    leader: str  # extension
    agent: str  # extension
    said: str  # what the leader's phone shows


class Acd(Protocol):
    """All of it on the event loop. What it knows is kept up to date by itself; asking costs nothing. Methods that act raise
    AcdDown, AcdRefused, and ValueError for an extension or a reason that is none."""

    @property
    def is_up(self) -> bool:
        """Whether what it says is of now."""
        ...

    @property
    def queues(self) -> tuple[QueueNow, ...]: ...

    def names(self) -> tuple[str, ...]:
        """The queues it was told to keep, known to the exchange or not."""
        ...

    def member(self, queue: str, extension: str) -> Member | None: ...

    async def log_in(self, queue: str, extension: str, name: str, is_paused: bool) -> None: ...

    async def log_out(self, queue: str, extension: str) -> None: ...

    async def pause(self, queue: str, extension: str, reason: str) -> None: ...

    async def unpause(self, queue: str, extension: str) -> None: ...

    async def supervise(self, spy: Spy) -> None:
        """Calls the leader's phone and joins it to the agent's call. What becomes of it is told by the listener."""
        ...

    async def end_supervision(self, id: str) -> None:
        """Ends it where it goes on; of one that is over nothing happens."""
        ...

    async def is_supervising(self, id: str) -> bool: ...

    async def close(self) -> None: ...


class AcdListener(Protocol):
    """Whom the port tells what happened; every method returns at once."""

    def acd_changed(self) -> None:
        """Members, callers or the way to the exchange changed."""
        ...

    def supervision_began(self, id: str) -> None: ...

    def supervision_ended(self, id: str, why: str) -> None: ...


def fitting_reason(text: str) -> str:
    """The reason as an exchange gives it back: one line, no longer than it keeps."""
    plain = " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())
    return plain.encode()[:REASON_BYTES].decode(errors="ignore").strip()


def is_extension(text: str) -> bool:
    """Whether the text can be an extension: nothing that an exchange could read as anything else."""
    return _EXTENSION.fullmatch(text) is not None
