"""An evidence pack (证据包): what was sealed of one call, when, by whom, and what is wrong with it where somebody looked."""

from dataclasses import dataclass
from enum import StrEnum

from app.domain.call import CallId


class Flaw(StrEnum):
    """What a check of a pack may find."""

    UNREADABLE = "unreadable"  # damaged, cut short, or not sealed by this store
    PART_CHANGED = "part_changed"
    PART_MISSING = "part_missing"
    PART_ADDED = "part_added"
    SEAL_BROKEN = "seal_broken"  # the list of parts was not signed with this store's key
    CHAIN_BROKEN = "chain_broken"  # the pack sealed before it is not the one it names
    UNSIGNED_COPY = "unsigned_copy"  # an exported copy: its hashes fit, its seal can only be checked where it was made


@dataclass(frozen=True, slots=True)
class PackFacts:
    """One sealed file. `lacks`: "audio" where the recording was not whole yet; a later pack `completes` this one: with the
    recording, or, lacking it as well, with the statement that there is none."""

    name: str
    call: CallId
    sealed_at: float
    sealed_by: str
    ticket: str = ""
    number: str = ""
    lacks: tuple[str, ...] = ()
    completes: str = ""
    size: int = 0
    sha256: str = ""

    @property
    def is_missing(self) -> bool:
        """Whether it states that the recording is missing."""
        return bool(self.completes and self.lacks)
